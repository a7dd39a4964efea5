//! Names that a person would confuse: with one another, with a role, or because of what can't be seen in them.

use std::borrow::Cow;

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use super::numbers::{Name, Numbers};
use crate::catalog::{Catalog, Grantable};
use crate::diagnostic::{Diagnostic, DiagnosticCode, Fix, shown};
use crate::lookalike::is_invisible;
use crate::mapping::{Entry, Mapping, SourceKind, TargetKind, as_source, as_target};
use crate::span::Span;

/// `lookalike-names`. Two names that an entry maps onto one another differ on purpose, and where `unknown-target` offers the
/// group there is nothing to add.
pub(super) fn lookalikes<'n>(
    mapping: &'n Mapping,
    catalog: &'n Catalog,
    meant: &[Option<Grantable>],
    numbers: &Numbers<'n>,
) -> Vec<Diagnostic> {
    let groups = catalog.groups().zip(0..).map(|(group, place)| Name {
        text: &group.name,
        number: numbers.group(place),
        span: None,
    });
    let keys = numbers.near_miss_keys();
    let keyed = |name: Name<'n>| Some(((*keys.get(name.number)?)?, name));
    let mut names: Vec<_> = groups.chain(numbers.names()).filter_map(keyed).collect();
    if names.is_empty() {
        return Vec::new();
    }
    names.sort_by_cached_key(|(key, _)| *key as u64);
    let Mapped { pairs, unknown } = Mapped::new(mapping, meant, numbers);
    let mut diagnostics = Vec::new();
    for alike in names.chunk_by(|(one, _), (other, _)| one == other) {
        let groups = alike.partition_point(|(_, name)| name.span.is_none());
        for (place, (_, name)) in alike.iter().enumerate() {
            let Some(span) = name.span else { continue };
            let from = if unknown.contains(name.number) { groups } else { 0 };
            let mut earlier = alike.get(from..place).unwrap_or_default().iter().map(|(_, name)| name);
            let other = earlier.find(|other| {
                other.number != name.number && pairs.binary_search(&pair(name.number, other.number)).is_err()
            });
            let Some(other) = other else { continue };
            let what = if other.span.is_some() {
                "the name"
            } else {
                "the app group"
            };
            let (shown_name, shown_other) = (shown(name.text), shown(other.text));
            let message = format!("{shown_name} looks like {what} {shown_other}, but names are compared exactly");
            diagnostics.push(
                Diagnostic::new(DiagnosticCode::LookalikeNames, message)
                    .at(span)
                    .param("name", name.text)
                    .param("other", other.text),
            );
        }
    }
    diagnostics
}

/// What lookalikes are allowed for.
struct Mapped {
    /// The numbers of names that an entry maps onto one another, sorted.
    pairs: Vec<u64>,
    /// The numbers of targets that are neither role nor group.
    unknown: FixedBitSet,
}

impl Mapped {
    fn new(mapping: &Mapping, meant: &[Option<Grantable>], numbers: &Numbers<'_>) -> Mapped {
        let entries = 0..mapping.entries().len();
        let unknown = entries.clone().zip(meant).filter(|(_, meant)| meant.is_none());
        let mut pairs: Vec<u64> = entries
            .map(|place| pair(numbers.source(place), numbers.target(place)))
            .chain(numbers.terms().map(|(entry, term)| pair(term, numbers.target(entry))))
            .collect();
        pairs.sort_unstable();
        Mapped {
            pairs,
            unknown: unknown.map(|(place, _)| numbers.target(place)).collect(),
        }
    }
}

/// Two numbers as one, whichever is named first.
fn pair(one: usize, other: usize) -> u64 {
    (one.min(other) as u64) << u32::BITS | one.max(other) as u64
}

/// `role-and-group`.
pub(super) fn borne_twice(catalog: &Catalog, numbers: &Numbers<'_>) -> Vec<Diagnostic> {
    let mut names = catalog.roles().iter().filter(|role| catalog.is_group(role)).peekable();
    if names.peek().is_none() {
        return Vec::new();
    }
    let texts: Vec<Name<'_>> = numbers.names().collect();
    let places: FxHashMap<&str, usize> = texts.iter().map(|name| name.text).zip(0..).collect();
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
        let place = places.get(name.as_str());
        match place.and_then(|place| texts.get(*place)?.span) {
            Some(span) => diagnostic.at(span),
            None => diagnostic,
        }
    };
    names.map(report).collect()
}

/// `invisible-character`.
pub(super) fn invisible_characters(mapping: &Mapping) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for Entry { source, target, .. } in mapping.entries() {
        for (text, kind, span) in source.parts() {
            let is_pattern = kind == SourceKind::Pattern;
            diagnostics.extend(invisible_character(text, span, is_pattern, as_source));
        }
        let is_capture = target.kind == TargetKind::Capture;
        diagnostics.extend(invisible_character(&target.text, target.span, is_capture, as_target));
    }
    diagnostics
}

fn invisible_character(
    name: &str,
    span: Span,
    has_wildcard: bool,
    write: fn(&str) -> Cow<'_, str>,
) -> Option<Diagnostic> {
    if name.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return None;
    }
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
    let written = if has_wildcard { visible.into() } else { write(visible) };
    Some(diagnostic.fix(Fix::replace("remove what can't be seen", span, written)))
}
