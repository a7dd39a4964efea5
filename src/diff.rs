//! Two configurations compared: every IdP group, and every pattern, whose effect differs, and none that does not.
//!
//! An IdP group is compared by what a user with only that group would get, so a change of the catalog or of the policy
//! shows as well. Which groups there are to compare is finite: those that either text or either catalog names, and those
//! that a capture turns into an app group which is not the same in both. Patterns, which stand for groups that nobody has
//! listed, are compared by what their own entries add.

use serde::Serialize;

use crate::access::{Access, Effect, effect};
use crate::catalog::{Catalog, Grantable, GroupIndex};
use crate::error::GroupSyncError;
use crate::mapping::{Entry, SourceKind, TargetKind};
use crate::names::{ByName, Names};
use crate::place_set::PlaceSet;
use crate::resolve::{GroupSync, GroupSyncConfig, Outcome, ResolveOptions};

/// One IdP group or pattern whose effect differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct MappingChange {
    /// The IdP group's name, or the pattern's text.
    pub idp_group: String,
    /// Which of the two it is.
    pub kind: SourceKind,
    /// What it gives at present.
    pub before: Access,
    /// What it would give.
    pub after: Access,
    /// What that does to its members.
    pub effect: Effect,
}

/// The difference of two configurations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct MappingDiff {
    /// IdP groups first, then patterns, each in the order in which the texts and catalogs name them.
    pub changes: Vec<MappingChange>,
    /// One English sentence.
    pub summary: String,
}

/// What differs if `after` replaces `before`. The claim plays no part. Of IdP groups that only captures name, the first
/// [`MAX_CAPTURED_NAMES`] are compared.
///
/// # Errors
/// As [`GroupSync::new`], with a path that begins with `before` or `after`.
///
/// ```
/// use idp_group_sync::{AppGroup, Catalog, ClaimOptions, Effect, GroupSyncConfig, Policy, diff_mappings};
///
/// let config = |mapping: &str| GroupSyncConfig {
///     mapping: mapping.to_owned(),
///     claim: ClaimOptions::default(),
///     catalog: Catalog::new(None, vec![AppGroup::new("sales")]).unwrap(),
///     policy: Policy::default(),
/// };
/// let diff = diff_mappings(config(""), config("Sales Team -> sales")).unwrap();
/// assert_eq!(diff.changes[0].idp_group, "Sales Team");
/// assert_eq!(diff.changes[0].effect, Effect::Gains);
/// ```
pub fn diff_mappings(before: GroupSyncConfig, after: GroupSyncConfig) -> Result<MappingDiff, GroupSyncError> {
    let before = GroupSync::new(before).map_err(|error| error.within("before"))?;
    let after = GroupSync::new(after).map_err(|error| error.within("after"))?;
    Ok(diff(&before, &after))
}

/// The same for configurations that are compiled.
pub(crate) fn diff(before: &GroupSync, after: &GroupSync) -> MappingDiff {
    let names = distinct(names_to_compare(before, after));
    let names = names.into_iter().map(|name| {
        (
            SourceKind::Name,
            access_of(before, &name),
            access_of(after, &name),
            name,
        )
    });
    let (mut patterns, had) = pattern_access(before);
    let (more, gets) = pattern_access(after);
    patterns.extend(more);
    let access = |accesses: &ByName<Access>, text: &str| accesses.get(text).cloned().unwrap_or_default();
    let patterns = distinct(patterns).into_iter();
    let patterns = patterns.map(|text| (SourceKind::Pattern, access(&had, &text), access(&gets, &text), text));
    let mut changes = Vec::new();
    for (kind, had, gets, idp_group) in names.chain(patterns) {
        if let Some(effect) = effect(&had, before.catalog(), &gets, after.catalog()) {
            changes.push(MappingChange {
                idp_group,
                kind,
                before: had,
                after: gets,
                effect,
            });
        }
    }
    let summary = summary(&changes);
    MappingDiff { changes, summary }
}

/// `names` without repeats, in order.
fn distinct(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut seen = Names::default();
    names
        .into_iter()
        .filter(|name| !name.is_empty() && seen.insert(name))
        .collect()
}

/// How many IdP groups are compared that only captures name: their number is a product, of captures and of app groups that
/// differ.
pub const MAX_CAPTURED_NAMES: usize = 100_000;

fn names_to_compare(before: &GroupSync, after: &GroupSync) -> Vec<String> {
    let mut names = Vec::new();
    for sync in [before, after] {
        for Entry { source, target, .. } in sync.mapping().entries() {
            if source.kind == SourceKind::Name {
                names.push(source.text.clone());
            }
            if target.kind == TargetKind::Name {
                names.push(target.text.clone());
            }
        }
    }
    for sync in [before, after] {
        names.extend(sync.catalog().roles().iter().cloned());
        names.extend(sync.catalog().groups().map(|group| group.name.clone()));
    }
    let differing = differing_groups(before.catalog(), after.catalog());
    let captures = [before, after].into_iter().flat_map(|sync| sync.mapping().entries());
    let captures = captures.filter(|entry| entry.target.kind == TargetKind::Capture);
    let captured = captures.flat_map(|entry| differing.iter().filter_map(|group| captured_as(entry, group)));
    names.extend(captured.take(MAX_CAPTURED_NAMES));
    names
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

/// What a user with only this IdP group gets.
fn access_of(sync: &GroupSync, idp_group: &str) -> Access {
    let resolution = sync.resolve_groups(&[idp_group], ResolveOptions { explain: false });
    Access {
        role: resolution.role,
        groups: resolution.groups,
        denied: resolution.outcome == Outcome::Deny,
    }
}

/// What each pattern of a mapping adds, by its text.
fn pattern_access(sync: &GroupSync) -> (Vec<String>, ByName<Access>) {
    let mut entries: ByName<Vec<&Entry>> = ByName::default();
    for entry in sync
        .mapping()
        .entries()
        .iter()
        .filter(|entry| entry.source.kind == SourceKind::Pattern)
    {
        entries.push(&entry.source.text, entry);
    }
    let (mut texts, mut accesses) = (Vec::new(), ByName::default());
    for entries in entries.into_values() {
        if let Some(first) = entries.first() {
            texts.push(first.source.text.clone());
            accesses.set(&first.source.text, added_by(&entries, sync.catalog()));
        }
    }
    (texts, accesses)
}

/// What these entries add for whom they match.
fn added_by(entries: &[&Entry], catalog: &Catalog) -> Access {
    let mut role = None;
    let mut groups = PlaceSet::default();
    let mut captures = Vec::new();
    for Entry { target, .. } in entries {
        match (target.kind, catalog.target(&target.text)) {
            (TargetKind::Capture, _) => captures.push(target.text.clone()),
            (TargetKind::Name, Some(Grantable::Role(rank))) => role = role.max(Some(rank)),
            (TargetKind::Name, Some(Grantable::Group(group))) => _ = groups.insert(group.0),
            (TargetKind::Name, None) => {}
        }
    }
    let groups = || groups.iter().map(GroupIndex);
    let required = groups().filter_map(|group| catalog.required_by(group)).max();
    let names = groups().map(|group| catalog.group(group).to_owned());
    Access {
        role: role.max(required).map(|rank| catalog.role(rank).to_owned()),
        groups: distinct(names.chain(captures)),
        denied: false,
    }
}

fn summary(changes: &[MappingChange]) -> String {
    if changes.is_empty() {
        return "nothing changes for any IdP group".to_owned();
    }
    let count = |effect| changes.iter().filter(|change| change.effect == effect).count();
    let parts = [
        (Effect::Denied, "are refused"),
        (Effect::Admitted, "are admitted"),
        (Effect::Gains, "gain"),
        (Effect::Loses, "lose"),
        (Effect::Changes, "gain and lose"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter_map(|(effect, verb)| match count(effect) {
            0 => None,
            count => Some(format!("{count} {verb}")),
        })
        .collect();
    let noun = if changes.len() == 1 {
        "IdP group or pattern differs"
    } else {
        "IdP groups or patterns differ"
    };
    format!("{} {noun}: the members of {}", changes.len(), parts.join(", of "))
}
