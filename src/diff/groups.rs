//! Which IdP groups there are to compare.

use fixedbitset::FixedBitSet;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{MAX_COMPARING_EFFORT, Side};
use crate::budget::Budget;
use crate::catalog::{AppGroup, Catalog};
use crate::mapping::{Entry, Source, SourceKind, TargetKind};
use crate::names::folded;
use crate::policy::{Compare, compared};
use crate::resolve::{GroupSync, reach};
use crate::unicode::upper;

/// `names` without repeats, in order.
fn distinct(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut seen = FxHashSet::default();
    names
        .into_iter()
        .filter(|name| !name.is_empty() && seen.insert(name.clone()))
        .collect()
}

pub(super) fn entries<'s>(before: &'s Side<'s>, after: &'s Side<'s>) -> impl Iterator<Item = &'s Entry> {
    before.mapping.entries().iter().chain(after.mapping.entries())
}

/// A source and a target as one text. The length tells where the source ends.
fn said(source: &str, target: &str) -> String {
    format!("{} {source}{target}", source.len())
}

/// The entries of one side that the other one does not have, in whatever place.
pub(super) fn entries_of_one(before: &Side<'_>, after: &Side<'_>) -> Vec<Entry> {
    let meaning = |Entry { source, target, .. }: &Entry| {
        let kinds = (source.kind as u8, target.kind as u8);
        format!("{kinds:?}{}", said(&source.text, &target.text))
    };
    let of_one = |one: &Side<'_>, other: &Side| -> Vec<Entry> {
        let others: FxHashSet<String> = other.mapping.entries().iter().map(meaning).collect();
        let entries = one.mapping.entries().iter();
        entries
            .filter(|entry| !others.contains(&meaning(entry)))
            .cloned()
            .collect()
    };
    [of_one(before, after), of_one(after, before)].concat()
}

/// How names are compared; `None` where the two sides do not agree.
pub(super) fn same_compare(before: &Side<'_>, after: &Side<'_>) -> Option<Compare> {
    let compare = before.sync.policy().compare;
    (compare == after.sync.policy().compare).then_some(compare)
}

/// These names or patterns, each once. Where just one side ignores case, each also in another spelling, of which the two may not
/// think alike.
fn spelled_otherwise_too(texts: impl Iterator<Item = String>, before: &Side<'_>, after: &Side<'_>) -> Vec<String> {
    let mut texts = distinct(texts);
    match same_compare(before, after) {
        Some(Compare::Exact) => {}
        Some(Compare::IgnoreCase) => {
            let mut seen = FxHashSet::default();
            texts.retain(|text| seen.insert(folded(text)));
        }
        None => {
            let other = |text: &String| {
                let others = [text.chars().map(upper).collect(), folded(text)];
                others
                    .into_iter()
                    .find(|other| other != text && folded(other) == folded(text))
            };
            let others: Vec<String> = texts.iter().filter_map(other).collect();
            texts = distinct(texts.into_iter().chain(others));
        }
    }
    texts
}

/// Every name of either text, then of either catalog.
pub(super) fn names_to_compare(before: &Side<'_>, after: &Side<'_>) -> Vec<String> {
    let in_texts = entries(before, after).flat_map(|Entry { source, target, .. }| {
        let sources = source.parts().filter(|(_, kind, _)| *kind == SourceKind::Name);
        let target = (target.kind == TargetKind::Name).then(|| target.text.clone());
        sources.map(|(text, ..)| text.to_owned()).chain(target)
    });
    let in_catalogs = [before, after]
        .into_iter()
        .flat_map(|side| names_of_catalog(side.sync.catalog()));
    spelled_otherwise_too(in_texts.chain(in_catalogs.map(str::to_owned)), before, after)
}

fn names_of_catalog(catalog: &Catalog) -> impl Iterator<Item = &str> {
    let groups = catalog.groups().map(|group| group.name.as_str());
    catalog.roles().iter().map(String::as_str).chain(groups)
}

/// Every pattern of either text, and other spellings of them.
pub(super) fn patterns_to_compare(before: &Side<'_>, after: &Side<'_>) -> Vec<String> {
    let parts = entries(before, after).flat_map(|entry| entry.source.parts());
    let patterns = parts.filter(|(_, kind, _)| *kind == SourceKind::Pattern);
    spelled_otherwise_too(patterns.map(|(text, ..)| text.to_owned()), before, after)
}

/// How names and patterns are written first, by what they are compared as, where that is something else.
pub(super) fn spellings(before: &Side<'_>, after: &Side<'_>) -> FxHashMap<String, String> {
    let mut spellings = FxHashMap::default();
    if same_compare(before, after) == Some(Compare::IgnoreCase) {
        let required = [before, after].into_iter().filter_map(|side| side.requirement.as_ref());
        let sources = entries(before, after).map(|entry| &entry.source).chain(required);
        let in_texts = sources.flat_map(Source::parts).map(|(text, ..)| text.to_owned());
        for text in in_texts.chain(names_to_compare(before, after)) {
            spellings.entry(folded(&text)).or_insert(text);
        }
    }
    spellings
}

/// The captures of either text, each a pattern and a target, as they are compared.
pub(super) fn captures(before: &Side<'_>, after: &Side<'_>) -> Vec<(String, String)> {
    let compare = same_compare(before, after).unwrap_or(Compare::Exact);
    let captures = entries(before, after)
        .filter(|entry| entry.target.kind == TargetKind::Capture && entry.source.kind == SourceKind::Pattern);
    let texts =
        |entry: &Entry| [&entry.source.text, &entry.target.text].map(|text| compared(text, compare).into_owned());
    captures.map(texts).map(|[pattern, target]| (pattern, target)).collect()
}

/// The app groups that are not the same in both catalogs.
pub(super) fn differing_groups(before: &Catalog, after: &Catalog) -> Vec<String> {
    let groups = before.groups().chain(after.groups()).map(|group| group.name.clone());
    let meaning = |catalog: &Catalog, name: &str| {
        let group = catalog.group_named(name)?;
        Some(catalog.required_by(group).map(|rank| catalog.role(rank).to_owned()))
    };
    distinct(groups.filter(|name| meaning(before, name) != meaning(after, name)))
}

/// The captures of one side that an app group can be, by their patterns.
pub(super) struct PatternCaptures {
    captures: FxHashMap<String, Vec<String>>,
    compare: Compare,
}

impl PatternCaptures {
    pub(super) fn of(side: &Side<'_>) -> Self {
        let mut budget = Budget::of(MAX_COMPARING_EFFORT);
        let mut captures: FxHashMap<String, Vec<String>> = FxHashMap::default();
        let mut seen = FxHashSet::default();
        let compare = side.sync.policy().compare;
        for Entry { source, target, .. } in side.mapping.entries() {
            let pattern = compared(&source.text, compare);
            if target.kind == TargetKind::Capture
                && seen.insert(said(&pattern, &compared(&target.text, compare)))
                && may_grant(side.sync, &source.text, &target.text, &mut budget)
            {
                captures
                    .entry(pattern.into_owned())
                    .or_default()
                    .push(target.text.clone());
            }
        }
        PatternCaptures { captures, compare }
    }

    pub(super) fn of_pattern(&self, pattern: &str) -> &[String] {
        let pattern = compared(pattern, self.compare);
        self.captures.get(&*pattern).map_or(&[], Vec::as_slice)
    }
}

/// Whether an IdP group that the pattern `source` matches is turned into an app group by the capture `target`; also if that would
/// take too long to tell.
fn may_grant(sync: &GroupSync, source: &str, target: &str, budget: &mut Budget) -> bool {
    let (catalog, compare) = (sync.catalog(), sync.policy().compare);
    let reached = reach(&compared(target, compare));
    catalog.groups().any(|AppGroup { name, .. }| {
        // The IdP group has a name.
        let is_captured = reached.matches(&compared(name, compare)) && (source != "*" || name.len() + 1 > target.len());
        is_captured && catalog.group_named(name).is_some() || budget.spend(target.len()).is_none()
    })
}

/// An IdP group that nothing names: no entry, no role or app group, and no pattern but those that match everything. In the place
/// of a pattern's stars it makes a group that matches that pattern, and no others but those that match whatever it does.
pub(super) fn invented_group(before: &Side<'_>, after: &Side<'_>) -> String {
    let ignores_case = same_compare(before, after) != Some(Compare::Exact);
    let both = |text: &str| {
        let folded = ignores_case.then(|| folded(text));
        [Some(text.to_owned()), folded].into_iter().flatten()
    };
    let mut in_patterns = FixedBitSet::default();
    let parts = || entries(before, after).flat_map(|entry| entry.source.parts());
    for (text, ..) in parts().filter(|(_, kind, _)| *kind == SourceKind::Pattern) {
        for character in both(text).collect::<String>().chars() {
            in_patterns.grow_and_insert(character as usize);
        }
    }
    // A text is too short to hold every character there is.
    let characters = ('x'..='z')
        .chain('a'..='w')
        .chain('0'..='9')
        .chain('\u{100}'..=char::MAX);
    let character = characters
        .filter(|character| !character.is_uppercase())
        .find(|character| !in_patterns.contains(*character as usize))
        .unwrap_or('x');
    let sources = parts().map(|(text, ..)| text);
    let catalogs = [before, after]
        .into_iter()
        .flat_map(|side| names_of_catalog(side.sync.catalog()));
    let longest_run = |name: String| {
        let runs = name.split(|other| other != character);
        runs.map(|run| run.chars().count()).max().unwrap_or(0)
    };
    let longest = sources
        .chain(catalogs)
        .flat_map(both)
        .map(longest_run)
        .max()
        .unwrap_or(0);
    character.to_string().repeat(longest.max(2) + 1)
}
