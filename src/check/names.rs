//! Names that a person would confuse: with one another, with a role, or because of what can't be seen in them.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, DiagnosticCode, Fix, shown};
use crate::lookalike::{is_invisible, near_miss_key};
use crate::mapping::{Entry, Mapping, SourceKind, TargetKind, as_source, as_target};
use crate::span::Span;

/// Every name of the text with its first place, in text order. Patterns and captures are none.
fn names_in(mapping: &Mapping) -> Vec<(&str, Span)> {
    let mut seen = FxHashSet::default();
    let sources = |entry: &'_ Entry| entry.source.kind == SourceKind::Name;
    let targets = |entry: &'_ Entry| entry.target.kind == TargetKind::Name;
    let names = mapping.entries().iter().flat_map(|entry| {
        let source = sources(entry).then_some((entry.source.text.as_str(), entry.source.span));
        let target = targets(entry).then_some((entry.target.text.as_str(), entry.target.span));
        source.into_iter().chain(target)
    });
    names.filter(|(name, _)| seen.insert(*name)).collect()
}

/// `lookalike-names`. Two names that an entry maps onto one another differ on purpose, and where `unknown-target` offers the
/// group there is nothing to add.
pub(super) fn lookalikes(mapping: &Mapping, catalog: &Catalog) -> Vec<Diagnostic> {
    let mut mapped = FxHashSet::default();
    let mut unknown = FxHashSet::default();
    for Entry { source, target, .. } in mapping.entries() {
        mapped.insert((source.text.as_str(), target.text.as_str()));
        if catalog.target(&target.text).is_none() {
            unknown.insert(target.text.as_str());
        }
    }
    let is_mapped = |name, other| mapped.contains(&(name, other)) || mapped.contains(&(other, name));
    let mut groups: FxHashMap<String, Vec<&str>> = FxHashMap::default();
    for group in catalog.groups() {
        groups.entry(near_miss_key(&group.name)).or_default().push(&group.name);
    }
    let mut earlier: FxHashMap<String, Vec<&str>> = FxHashMap::default();
    let mut diagnostics = Vec::new();
    for (name, span) in names_in(mapping) {
        let key = near_miss_key(name);
        let app_groups = groups.get(&key).filter(|_| !unknown.contains(name));
        let app_groups = app_groups.into_iter().flatten().map(|group| (*group, "the app group"));
        let names = earlier
            .get(&key)
            .into_iter()
            .flatten()
            .map(|other| (*other, "the name"));
        let lookalike = app_groups
            .chain(names)
            .find(|(other, _)| *other != name && !is_mapped(name, other));
        if let Some((other, what)) = lookalike {
            diagnostics.push(
                Diagnostic::new(
                    DiagnosticCode::LookalikeNames,
                    format!(
                        "{} looks like {what} {}, but names are compared exactly",
                        shown(name),
                        shown(other)
                    ),
                )
                .at(span)
                .param("name", name)
                .param("other", other),
            );
        }
        earlier.entry(key).or_default().push(name);
    }
    diagnostics
}

/// `role-and-group`.
pub(super) fn borne_twice(mapping: &Mapping, catalog: &Catalog) -> Vec<Diagnostic> {
    let names = catalog.roles().iter().filter(|role| catalog.is_group(role));
    let places: FxHashMap<&str, Span> = names_in(mapping).into_iter().collect();
    let report = |name: &String| {
        let diagnostic = Diagnostic::new(
            DiagnosticCode::RoleAndGroup,
            format!(
                "{} is both a role and a group of the application; the role is meant",
                shown(name)
            ),
        )
        .param("name", name.as_str())
        .help("rename the group, or no mapping can reach it");
        match places.get(name.as_str()) {
            Some(span) => diagnostic.at(*span),
            None => diagnostic,
        }
    };
    names.map(report).collect()
}

/// `invisible-character`.
pub(super) fn invisible_characters(mapping: &Mapping) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for Entry { source, target, .. } in mapping.entries() {
        let is_pattern = source.kind == SourceKind::Pattern;
        diagnostics.extend(invisible_character(&source.text, source.span, is_pattern, as_source));
        let is_capture = target.kind == TargetKind::Capture;
        diagnostics.extend(invisible_character(&target.text, target.span, is_capture, as_target));
    }
    diagnostics
}

fn invisible_character(name: &str, span: Span, has_wildcard: bool, write: fn(&str) -> String) -> Option<Diagnostic> {
    let found = name.chars().find(|character| is_invisible(*character))?;
    let code_point = format!("U+{:04X}", u32::from(found));
    let diagnostic = Diagnostic::new(
        DiagnosticCode::InvisibleCharacter,
        format!("{} holds a character that can't be seen, {code_point}", shown(name)),
    )
    .at(span)
    .param("name", name)
    .param("character", code_point);
    let visible: String = name.chars().filter(|character| !is_invisible(*character)).collect();
    let visible = visible.trim();
    // A wildcard is one only without quotes, so the name has to read back as it is without them.
    let reads_back = !has_wildcard || write(&visible.replace('*', "")) == visible.replace('*', "");
    if visible.is_empty() || !reads_back {
        return Some(diagnostic);
    }
    let written = if has_wildcard {
        visible.to_owned()
    } else {
        write(visible)
    };
    Some(diagnostic.fix(Fix::replace("remove what can't be seen", span, written)))
}
