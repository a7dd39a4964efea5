//! Which IdP groups there are to compare.

use fixedbitset::FixedBitSet;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{MAX_COMPARING_EFFORT, Side};
use crate::budget::Budget;
use crate::catalog::{AppGroup, Catalog};
use crate::mapping::{Entry, SourceKind, TargetKind};
use crate::resolve::reach;

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
    distinct(in_texts.chain(in_catalogs.map(str::to_owned)))
}

fn names_of_catalog(catalog: &Catalog) -> impl Iterator<Item = &str> {
    let groups = catalog.groups().map(|group| group.name.as_str());
    catalog.roles().iter().map(String::as_str).chain(groups)
}

/// Every pattern of either text.
pub(super) fn pattern_texts(before: &Side<'_>, after: &Side<'_>) -> Vec<String> {
    let parts = entries(before, after).flat_map(|entry| entry.source.parts());
    let patterns = parts.filter(|(_, kind, _)| *kind == SourceKind::Pattern);
    distinct(patterns.map(|(text, ..)| text.to_owned()))
}

/// For each capture and each app group that is not the same in both catalogs, the IdP group that the one turns into the other,
/// if there is one.
pub(super) fn captured_names<'s>(
    before: &'s Side<'s>,
    after: &'s Side<'s>,
) -> impl Iterator<Item = Option<String>> + 's {
    let differing = differing_groups(before.sync.catalog(), after.sync.catalog());
    let captures = entries(before, after)
        .filter(|entry| entry.target.kind == TargetKind::Capture && entry.source.kind == SourceKind::Pattern);
    captures.flat_map(move |entry| {
        let captured: Vec<_> = differing.iter().map(|group| captured_as(entry, group)).collect();
        captured
    })
}

/// The app groups that are not the same in both catalogs.
fn differing_groups(before: &Catalog, after: &Catalog) -> Vec<String> {
    let groups = before.groups().chain(after.groups()).map(|group| group.name.clone());
    let meaning = |catalog: &Catalog, name: &str| {
        let group = catalog.group_named(name)?;
        Some(catalog.required_by(group).map(|rank| catalog.role(rank).to_owned()))
    };
    distinct(groups.filter(|name| meaning(before, name) != meaning(after, name)))
}

/// The IdP group that the capture of `entry` turns into the app group `group`.
fn captured_as(entry: &Entry, group: &str) -> Option<String> {
    let (before, after) = entry.target.text.split_once('*')?;
    let captured = group.strip_prefix(before)?.strip_suffix(after)?;
    Some(entry.source.text.replacen('*', captured, 1))
}

/// The captures of one side that an app group can be, by their patterns.
pub(super) struct PatternCaptures(FxHashMap<String, Vec<String>>);

impl PatternCaptures {
    pub(super) fn of(side: &Side<'_>) -> Self {
        let mut budget = Budget::of(MAX_COMPARING_EFFORT);
        let mut captures: FxHashMap<String, Vec<String>> = FxHashMap::default();
        let mut seen = FxHashSet::default();
        for Entry { source, target, .. } in side.mapping.entries() {
            if target.kind == TargetKind::Capture
                && seen.insert(said(&source.text, &target.text))
                && may_grant(side.sync.catalog(), &source.text, &target.text, &mut budget)
            {
                captures
                    .entry(source.text.clone())
                    .or_default()
                    .push(target.text.clone());
            }
        }
        PatternCaptures(captures)
    }

    pub(super) fn of_pattern(&self, pattern: &str) -> &[String] {
        self.0.get(pattern).map_or(&[], Vec::as_slice)
    }
}

/// Whether an IdP group that the pattern `source` matches is turned into an app group by the capture `target`; also if that would
/// take too long to tell.
fn may_grant(catalog: &Catalog, source: &str, target: &str, budget: &mut Budget) -> bool {
    let reached = reach(target);
    catalog.groups().any(|AppGroup { name, .. }| {
        // The IdP group has a name.
        let is_captured = reached.matches(name) && (source != "*" || name.len() + 1 > target.len());
        is_captured && catalog.group_named(name).is_some() || budget.spend(target.len()).is_none()
    })
}

/// An IdP group that nothing names: no entry, no role or app group, and no pattern but those that match everything. In the place
/// of a pattern's stars it makes a group that matches that pattern, and no others but those that match whatever it does.
pub(super) fn invented_group(before: &Side<'_>, after: &Side<'_>) -> String {
    let mut in_patterns = FixedBitSet::default();
    let parts = || entries(before, after).flat_map(|entry| entry.source.parts());
    for (text, ..) in parts().filter(|(_, kind, _)| *kind == SourceKind::Pattern) {
        for character in text.chars() {
            in_patterns.grow_and_insert(character as usize);
        }
    }
    // A text is too short to hold every character there is.
    let mut characters = ('x'..='z')
        .chain('a'..='w')
        .chain('0'..='9')
        .chain('\u{100}'..=char::MAX);
    let character = characters
        .find(|character| !in_patterns.contains(*character as usize))
        .unwrap_or('x');
    let sources = parts().map(|(text, ..)| text);
    let catalogs = [before, after]
        .into_iter()
        .flat_map(|side| names_of_catalog(side.sync.catalog()));
    let runs = sources
        .chain(catalogs)
        .flat_map(|name| name.split(|other| other != character));
    let longest = runs.map(|run| run.chars().count()).max().unwrap_or(0);
    character.to_string().repeat(longest.max(2) + 1)
}
