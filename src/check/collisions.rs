//! Names that are one name where case is ignored.

use rustc_hash::FxHashMap;

use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, DiagnosticCode, shown};
use crate::mapping::{Mapping, SourceKind};
use crate::names::folded;
use crate::span::Span;

/// `names-collide`, each name once: roles, then groups, then IdP groups that the text names.
pub(super) fn collisions(mapping: &Mapping, catalog: &Catalog) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let sources = mapping.entries().iter().flat_map(|entry| entry.source.parts());
    let names = sources.filter(|(_, kind, _)| *kind == SourceKind::Name);
    let roles = catalog.roles().iter().map(|role| (role.as_str(), None));
    let groups = catalog.groups().map(|group| (group.name.as_str(), None));
    find("roles", &mut roles.into_iter(), &mut diagnostics);
    find("app groups", &mut groups.into_iter(), &mut diagnostics);
    let mut names = names.map(|(name, _, span)| (name, Some(span)));
    find("IdP groups", &mut names, &mut diagnostics);
    diagnostics
}

fn find(kind: &str, names: &mut dyn Iterator<Item = (&str, Option<Span>)>, diagnostics: &mut Vec<Diagnostic>) {
    // By the folded name: all that have it.
    let mut known = FxHashMap::<String, Vec<&str>>::default();
    for (name, span) in names {
        let alike = known.entry(folded(name)).or_default();
        if alike.contains(&name) {
            continue;
        }
        if let Some(other) = alike.first() {
            let message = format!(
                "the {kind} {} and {} are one, as `compare` is `ignore-case`",
                shown(other),
                shown(name)
            );
            let diagnostic = Diagnostic::new(DiagnosticCode::NamesCollide, message)
                .param("name", name)
                .param("other", *other)
                .help("use one spelling, or compare names exactly");
            diagnostics.push(match span {
                Some(span) => diagnostic.at(span),
                None => diagnostic,
            });
        }
        alike.push(name);
    }
}
