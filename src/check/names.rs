//! Names that a person would confuse: with one another, with a role, or because of what can't be seen in them.

use std::collections::{BTreeMap, BTreeSet};

use crate::alike::first_alike;
use crate::catalog::{Catalog, Grantable};
use crate::diagnostic::{Diagnostic, DiagnosticCode, Fix, shown};
use crate::lookalike::{is_invisible, push_near_miss_key};
use crate::mapping::{Entry, Mapping, SourceKind, TargetKind, as_source, as_target};
use crate::span::Span;

/// The texts of a mapping, source and target in turn, then the names of the catalog's groups: each numbered by where it is
/// met first.
pub(super) struct NamesOfText {
    numbers: Vec<usize>,
    /// How many numbers belong to the mapping.
    in_mapping: usize,
}

impl NamesOfText {
    pub(super) fn new(mapping: &Mapping, catalog: &Catalog) -> NamesOfText {
        let entries = mapping.entries().iter();
        let mut texts: Vec<&str> = entries
            .flat_map(|entry| [entry.source.text.as_str(), &entry.target.text])
            .collect();
        let in_mapping = texts.len();
        texts.extend(catalog.groups().map(|group| group.name.as_str()));
        NamesOfText {
            numbers: first_alike(&texts),
            in_mapping,
        }
    }

    /// The number of the source of the entry at `place`.
    pub(super) fn source(&self, place: usize) -> usize {
        self.number(2 * place)
    }

    fn target(&self, place: usize) -> usize {
        self.number(2 * place + 1)
    }

    /// The number of the catalog's group at `place`.
    fn group(&self, place: usize) -> usize {
        self.number(self.in_mapping + place)
    }

    fn number(&self, place: usize) -> usize {
        self.numbers.get(place).copied().unwrap_or(place)
    }

    /// Every name of the text with its number and its first place, in text order. Patterns and captures are none.
    fn distinct<'m>(&self, mapping: &'m Mapping) -> impl Iterator<Item = Name<'m>> {
        let mut seen = vec![false; self.in_mapping];
        let names = mapping.entries().iter().zip(0..).flat_map(|(entry, place)| {
            let Entry { source, target, .. } = entry;
            let is_name = (source.kind == SourceKind::Name, target.kind == TargetKind::Name);
            let source = is_name
                .0
                .then_some((source.text.as_str(), self.source(place), source.span));
            let target = is_name
                .1
                .then_some((target.text.as_str(), self.target(place), target.span));
            source.into_iter().chain(target)
        });
        let names = names.map(|(text, number, span)| Name {
            text,
            number,
            span: Some(span),
        });
        names.filter(move |name| {
            seen.get_mut(name.number)
                .is_some_and(|seen| !std::mem::replace(seen, true))
        })
    }
}

struct Name<'n> {
    text: &'n str,
    number: usize,
    /// `None` for an app group.
    span: Option<Span>,
}

/// `lookalike-names`. Two names that an entry maps onto one another differ on purpose, and where `unknown-target` offers the
/// group there is nothing to add.
pub(super) fn lookalikes(
    mapping: &Mapping,
    catalog: &Catalog,
    meant: &[Option<Grantable>],
    numbers: &NamesOfText,
) -> Vec<Diagnostic> {
    let groups = catalog.groups().zip(0..).map(|(group, place)| Name {
        text: &group.name,
        number: numbers.group(place),
        span: None,
    });
    let names = in_order_of_near_miss_keys(groups.chain(numbers.distinct(mapping)));
    let mut mapped = None;
    let mut diagnostics = Vec::new();
    for alike in names.chunk_by(|(one, _), (other, _)| one == other) {
        if alike.len() == 1 {
            continue;
        }
        let Mapped { pairs, unknown } = mapped.get_or_insert_with(|| Mapped::new(mapping, meant, numbers));
        let groups = alike.partition_point(|(_, name)| name.span.is_none());
        for (place, (_, name)) in alike.iter().enumerate() {
            let Some(span) = name.span else { continue };
            let from = if unknown.contains(&name.number) { groups } else { 0 };
            let mut earlier = alike.get(from..place).unwrap_or_default().iter().map(|(_, name)| name);
            let other =
                earlier.find(|other| other.number != name.number && !pairs.contains(&pair(name.number, other.number)));
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

/// The names, each after the place of the first that has the same key; where one has many, in the order that they had.
fn in_order_of_near_miss_keys<'n>(names: impl Iterator<Item = Name<'n>>) -> Vec<(usize, Name<'n>)> {
    let names: Vec<Name<'n>> = names.collect();
    let mut keys = String::new();
    let ends = names.iter().map(|name| {
        let start = keys.len();
        push_near_miss_key(&mut keys, name.text);
        (start, keys.len())
    });
    let ends: Vec<(usize, usize)> = ends.collect();
    let keys: Vec<&str> = ends
        .iter()
        .map(|(start, end)| keys.get(*start..*end).unwrap_or(""))
        .collect();
    let mut names: Vec<_> = first_alike(&keys).into_iter().zip(names).collect();
    names.sort_by_key(|(first, _)| *first);
    names
}

/// What lookalikes are allowed for.
struct Mapped {
    /// The numbers of names that an entry maps onto one another.
    pairs: BTreeSet<(usize, usize)>,
    /// The numbers of targets that are neither role nor group.
    unknown: BTreeSet<usize>,
}

impl Mapped {
    fn new(mapping: &Mapping, meant: &[Option<Grantable>], numbers: &NamesOfText) -> Mapped {
        let entries = 0..mapping.entries().len();
        let unknown = entries.clone().zip(meant).filter(|(_, meant)| meant.is_none());
        Mapped {
            pairs: entries
                .map(|place| pair(numbers.source(place), numbers.target(place)))
                .collect(),
            unknown: unknown.map(|(place, _)| numbers.target(place)).collect(),
        }
    }
}

fn pair(one: usize, other: usize) -> (usize, usize) {
    (one.min(other), one.max(other))
}

/// `role-and-group`.
pub(super) fn borne_twice(mapping: &Mapping, catalog: &Catalog, numbers: &NamesOfText) -> Vec<Diagnostic> {
    let mut names = catalog.roles().iter().filter(|role| catalog.is_group(role)).peekable();
    if names.peek().is_none() {
        return Vec::new();
    }
    let places: BTreeMap<&str, Span> = numbers
        .distinct(mapping)
        .filter_map(|name| Some((name.text, name.span?)))
        .collect();
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
