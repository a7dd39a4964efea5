//! Sources against the groups that the identity provider is known to have.

use std::borrow::Cow;

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use super::suggest::Suggestions;
use crate::diagnostic::{Diagnostic, DiagnosticCode, Fix, shown};
use crate::idp_group::IdpGroup;
use crate::mapping::{Mapping, SourceKind, as_source};
use crate::policy::{Compare, compared};
use crate::span::Span;

/// `unknown-source`, where groups are known. What ends at one of `misspelled` is reported already.
pub(super) fn unknown(
    mapping: &Mapping,
    compare: Compare,
    idp_groups: &[IdpGroup],
    misspelled: &FixedBitSet,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if idp_groups.is_empty() {
        return diagnostics;
    }
    let mut places: FxHashMap<Cow<'_, str>, usize> = FxHashMap::default();
    for (place, group) in idp_groups.iter().enumerate() {
        places.entry(compared(&group.name, compare)).or_insert(place);
    }
    let mut suggestions = None;
    let mut look = |name: &str, kind: SourceKind, span: Span| {
        if kind != SourceKind::Name || places.contains_key(&*compared(name, compare)) || misspelled.contains(span.end())
        {
            return;
        }
        let message = format!(
            "{} is not one of the IdP groups that are known, so perhaps nobody has it",
            shown(name)
        );
        let mut diagnostic = Diagnostic::new(DiagnosticCode::UnknownSource, message)
            .at(span)
            .param("source", name)
            .help("an IdP group is known once somebody had it in a token, or from a directory");
        let names = || Suggestions::new(idp_groups.iter().map(|group| group.name.as_str()).collect());
        for near in suggestions.get_or_insert_with(names).nearest(name) {
            let group = places
                .get(&*compared(near, compare))
                .and_then(|place| idp_groups.get(*place));
            let mut title = ["write ", &shown(near)].concat();
            if let Some(label) = group.and_then(|group| group.label.as_deref()) {
                title.extend([" (", label, ")"]);
            }
            diagnostic = diagnostic.fix(Fix::replace(title, span, as_source(near)));
        }
        diagnostics.push(diagnostic);
    };
    for entry in mapping.entries() {
        let source = &entry.source;
        look(&source.text, source.kind, source.span);
        for term in &source.terms {
            look(&term.text, term.kind, term.span);
        }
    }
    diagnostics
}
