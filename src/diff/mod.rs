//! Two configurations compared: every IdP group, and every pattern, whose effect differs, and none that does not.
//!
//! An IdP group is compared by what a user with only that group would get, so a change of the catalog or of the policy
//! shows as well. Which groups there are to compare is finite: those that either text or either catalog names, and those
//! that a capture turns into an app group which is not the same in both. All others are alike but for the patterns that they
//! match, so one invented group stands for those that nothing names, and one for those that match a pattern.

mod conditions;
mod groups;
mod settings;
mod summary;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::access::{Access, Effect, effect};
use crate::budget::Budget;
use crate::claims::{ClaimOptions, ClaimStatus};
use crate::error::GroupSyncError;
use crate::guarantee::{Captured, Inventor};
use crate::mapping::{Entry, Mapping, Source};
use crate::names::excess_length;
use crate::policy::{ChoiceValue, Compare, Policy, compared, required_source};
use crate::resolve::{Decision, GroupSync, GroupSyncConfig, Outcome, Rules};
pub use conditions::MAX_CONDITION_STEPS;
use groups::{
    PatternCaptures, captures, differing_groups, entries_of_one, invented_group, names_to_compare, patterns_to_compare,
    same_compare,
};
pub use settings::{DefaultChange, ScopeDiff, SettingsDiff, diff_settings};
use summary::{LeftOut, summary};

/// How much one comparison does at most for patterns, and as much again for names: in characters that are looked at, roughly.
pub const MAX_COMPARING_EFFORT: usize = 60_000_000;

/// Which users a difference is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ChangeKind {
    /// The members of one IdP group.
    Name,
    /// Those of an IdP group that matches a pattern, and that nothing else tells from others that do.
    Pattern,
    /// Those of several IdP groups together, or of one that several patterns match, by the terms of a condition.
    Condition,
    /// Those of an IdP group that nothing names: no entry, no pattern, no role or custom group.
    AnyOther,
    /// Users without any IdP group.
    NoGroups,
}

/// One IdP group or pattern whose effect differs, or everybody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MappingChange {
    /// Whom this is about.
    pub kind: ChangeKind,
    /// The IdP group's name, or the text of the pattern or condition; else empty.
    pub idp_group: String,
    /// The IdP groups of a user who shows it: an invented one stands for those that nothing names. It is the pattern itself
    /// where the groups of `before` or `after` hold captures as written.
    pub idp_groups: Vec<String>,
    /// The names and patterns of which the user must have none to show it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
    /// What such a user has at present.
    pub before: Access,
    /// What the user would have.
    pub after: Access,
    /// What that does to them.
    pub effect: Effect,
}

/// A choice of the admin that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChoiceChange {
    /// `claim`, or the policy's field, as in `policy.noMatch`.
    pub field: String,
    /// What holds at present, be it chosen or by default.
    pub before: ChoiceValue,
    /// What would hold.
    pub after: ChoiceValue,
}

/// The difference of two configurations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MappingDiff {
    /// Whoever would be refused first; then IdP groups, patterns, any other IdP group, and no IdP groups, each in the order in
    /// which the texts and catalogs name them.
    pub changes: Vec<MappingChange>,
    /// The claim and the choices of the policy that differ. Some show in no change: they need a membership, or another claim.
    pub choices: Vec<ChoiceChange>,
    /// Whether something was left out, as comparing it would take too long; the summary says what.
    #[serde(skip_serializing_if = "crate::access::is_false")]
    #[cfg_attr(feature = "schema", schemars(extend("const" = true)))]
    pub incomplete: bool,
    /// One English sentence.
    pub summary: String,
}

/// What differs if `after` replaces `before`. What would take more than [`MAX_COMPARING_EFFORT`] is left out.
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
pub fn diff(before: &GroupSync, after: &GroupSync) -> MappingDiff {
    let same_catalog = before.catalog() == after.catalog();
    let sides = [before, after].map(|sync| Side {
        sync,
        mapping: sync.mapping(),
        // One that can't be read compiles to nothing.
        requirement: required_source(&sync.policy().require).ok().flatten(),
    });
    let mut comparison = Comparison {
        before,
        after,
        sides: &sides,
        same_catalog,
        edited: edited(&sides).filter(|_| same_catalog),
        budget: Budget::of(MAX_COMPARING_EFFORT),
        changes: Vec::new(),
        spellings: FxHashMap::default(),
    };
    let left_out = comparison.everything().text();
    let mut changes = comparison.changes;
    changes.sort_by_cached_key(|change| u64::from(change.effect != Effect::Denied) << u32::BITS | change.kind as u64);
    let choices = choices((before.claim(), before.policy()), (after.claim(), after.policy()));
    let summary = summary(&changes, &choices, left_out.as_deref());
    MappingDiff {
        changes,
        choices,
        incomplete: left_out.is_some(),
        summary,
    }
}

/// The entries that only one of the two has; `None` if it takes more than them to tell whose access differs.
fn edited([before, after]: &[Side<'_>; 2]) -> Option<Rules> {
    let (one, other) = (before.sync.policy(), after.sync.policy());
    let same_policy = one.compare == other.compare
        && one.match_by_name == other.match_by_name
        && one.no_match == other.no_match
        && one.require == other.require;
    let edited = || {
        Rules::compile(
            &Mapping::of_entries(entries_of_one(before, after)),
            before.sync.catalog(),
            one.compare,
        )
    };
    same_policy.then(edited)
}

/// In what a claim and a policy differ.
fn choices(before: (&ClaimOptions, &Policy), after: (&ClaimOptions, &Policy)) -> Vec<ChoiceChange> {
    let claim = |claim: &ClaimOptions| ChoiceValue::Claim(claim.clone());
    let claim = (before.0 != after.0).then(|| ChoiceChange {
        field: "claim".to_owned(),
        before: claim(before.0),
        after: claim(after.0),
    });
    let policy = before.1.differences(after.1);
    let policy = policy.into_iter().map(|(name, before, after)| ChoiceChange {
        field: format!("policy.{name}"),
        before,
        after,
    });
    claim.into_iter().chain(policy).collect()
}

/// One configuration, and what its mapping says.
struct Side<'s> {
    sync: &'s GroupSync,
    mapping: Mapping,
    /// What the policy requires of everybody.
    requirement: Option<Source>,
}

impl Side<'_> {
    /// An entry as the text has it, whose names may be folded.
    fn as_written<'e>(&'e self, entry: &'e Entry) -> &'e Entry {
        let entries = self.mapping.entries();
        let place = entries.partition_point(|other| other.span.start() < entry.span.start());
        entries.get(place).unwrap_or(entry)
    }
}

struct Comparison<'s> {
    before: &'s GroupSync,
    after: &'s GroupSync,
    sides: &'s [Side<'s>; 2],
    same_catalog: bool,
    /// The entries that only one side has, where nothing else can make a difference.
    edited: Option<Rules>,
    budget: Budget,
    changes: Vec<MappingChange>,
    /// How names are written, by what they are compared as.
    spellings: FxHashMap<String, String>,
}

impl Comparison<'_> {
    /// Compares everybody, whom most concern first. What was left out.
    fn everything(&mut self) -> LeftOut {
        let [before, after] = self.sides;
        let invented = invented_group(before, after);
        self.single(ChangeKind::NoGroups, "", &[]);
        if !self.before.concerns(&invented) && !self.after.concerns(&invented) {
            self.single(ChangeKind::AnyOther, "", &[&invented]);
        }
        let mut left_out = LeftOut::default();
        let captures = self.sides.each_ref().map(PatternCaptures::of);
        let patterns = patterns_to_compare(before, after);
        for (place, pattern) in patterns.iter().enumerate() {
            let member = pattern.replace('*', &invented);
            match self.may_differ(&member) {
                Some(true) => self.pattern(
                    pattern,
                    &member,
                    captures.each_ref().map(|side| side.of_pattern(pattern)),
                ),
                Some(false) => {}
                None => {
                    left_out.patterns_from(patterns.get(place..).unwrap_or_default());
                    break;
                }
            }
        }
        self.budget = Budget::of(MAX_COMPARING_EFFORT);
        let names = names_to_compare(before, after);
        for (place, name) in names.iter().enumerate() {
            match self.may_differ(name) {
                Some(true) => self.single(ChangeKind::Name, name, &[name]),
                Some(false) => {}
                None => {
                    left_out.names_from(names.get(place..).unwrap_or_default());
                    break;
                }
            }
        }
        left_out.captured = self.captured(&names).is_none();
        left_out.conditions = self.conditions();
        left_out
    }

    /// Compares the IdP groups that only captures name. `None` if not all of them.
    fn captured(&mut self, names: &[String]) -> Option<()> {
        let [before, after] = self.sides;
        let compare = same_compare(before, after).unwrap_or(Compare::Exact);
        let (captures, groups) = (
            captures(before, after),
            differing_groups(before.sync.catalog(), after.sync.catalog()),
        );
        let patterns = captures.iter().map(|(pattern, _)| pattern.as_str());
        let names: Vec<_> = names.iter().map(|name| compared(name, compare)).collect();
        let known = names.iter().map(AsRef::as_ref).collect();
        let inventor = Inventor::new(patterns, known, FxHashSet::default(), compare);
        let is_name = |name: &str| !name.is_empty() && excess_length(name).is_none();
        let mut seen: FxHashSet<String> = names.iter().map(ToString::to_string).collect();
        for (pattern, target) in &captures {
            for group in &groups {
                // Each pair is looked at, even if the one can't be the other.
                self.budget.spend(1)?;
                let captured = Captured {
                    pattern,
                    target,
                    group: &compared(group, compare),
                };
                if let Some(name) = captured.member(&inventor, &is_name, &mut self.budget)
                    && !seen.contains(&name)
                    && self.may_differ(&name)?
                {
                    self.single(ChangeKind::Name, &name, &[&name]);
                    seen.insert(name);
                }
            }
        }
        Some(())
    }

    /// Whether a user with only this IdP group could notice anything; `None` if it would take too long to tell.
    fn may_differ(&mut self, name: &str) -> Option<bool> {
        if let Some(edited) = &self.edited {
            self.budget.spend(edited.effort(name))?;
            if !edited.concern(name) {
                return Some(false);
            }
        }
        let effort = self.before.effort(name).saturating_add(self.after.effort(name));
        self.budget.spend(effort)?;
        Some(true)
    }

    /// Compares what a user with just these IdP groups gets.
    fn single(&mut self, kind: ChangeKind, idp_group: &str, idp_groups: &[&str]) {
        let (had, gets) = (self.before.decide(idp_groups), self.after.decide(idp_groups));
        if self.same_catalog && self.is_same(&had, &gets) {
            return;
        }
        let (had, gets) = (access(self.before, &had), access(self.after, &gets));
        if let Some(effect) = self.effect(&had, &gets) {
            self.report(kind, idp_group, idp_groups, had, gets, effect);
        }
    }

    /// Compares what a user gets whose only IdP group is one that matches `pattern`, such as `member`. Where it captures, there
    /// are two such users: one whose group is named after an app group, and one whose group is not.
    fn pattern(&mut self, pattern: &str, member: &str, captures: [&[String]; 2]) {
        let (had, gets) = (self.before.decide(&[member]), self.after.decide(&[member]));
        let [captured_before, captured_after] = captures;
        let captured = (
            captured_access(self.before, member, &had, captured_before),
            captured_access(self.after, member, &gets, captured_after),
        );
        let plain = (access(self.before, &had), access(self.after, &gets));
        let (effect_captured, effect_plain) = (self.effect(&captured.0, &captured.1), self.effect(&plain.0, &plain.1));
        let captures_nothing = captured_before.is_empty() && captured_after.is_empty();
        if let Some(effect) = effect_captured.filter(|_| !captures_nothing) {
            self.report(ChangeKind::Pattern, pattern, &[pattern], captured.0, captured.1, effect);
        }
        // The same thing is not said twice.
        if let Some(effect) = effect_plain.filter(|effect| captures_nothing || Some(*effect) != effect_captured) {
            self.report(ChangeKind::Pattern, pattern, &[member], plain.0, plain.1, effect);
        }
    }

    fn effect(&self, had: &Access, gets: &Access) -> Option<Effect> {
        effect(had, self.before.catalog(), gets, self.after.catalog())
    }

    /// Whether two decisions come to the same, for configurations with the same catalog. It spares putting them in words.
    fn is_same(&self, (outcome, had): &(Outcome, Decision), (other, gets): &(Outcome, Decision)) -> bool {
        let has_result = matches!(outcome, Outcome::Resolved | Outcome::NoMatch);
        let catalog = self.before.catalog();
        outcome == other && (!has_result || had.role(catalog) == gets.role(catalog) && had.groups().eq(gets.groups()))
    }

    fn report(
        &mut self,
        kind: ChangeKind,
        idp_group: &str,
        idp_groups: &[&str],
        before: Access,
        after: Access,
        effect: Effect,
    ) {
        // The roles, the IdP group and the effect are names as well.
        self.budget
            .spend_on_listing(before.groups.len() + after.groups.len() + 4);
        self.changes.push(MappingChange {
            kind,
            idp_group: idp_group.to_owned(),
            idp_groups: idp_groups.iter().map(|name| (*name).to_owned()).collect(),
            without: Vec::new(),
            before,
            after,
            effect,
        });
    }
}

/// What a decision gives to somebody who has nothing yet.
fn access(sync: &GroupSync, (outcome, decision): &(Outcome, Decision)) -> Access {
    match outcome {
        Outcome::Deny => Access::denied(),
        Outcome::Keep => Access::default(),
        Outcome::Resolved | Outcome::NoMatch => granted_access(sync, decision, &[]),
    }
}

/// The same if the IdP group is named after an app group besides, so that these captures grant something.
fn captured_access(sync: &GroupSync, member: &str, decided: &(Outcome, Decision), captures: &[String]) -> Access {
    // Whoever is not let in is granted nothing, whatever the group is named.
    let is_refused = || !sync.unmet_requirement(ClaimStatus::Present, &[member]).is_empty();
    if captures.is_empty() || is_refused() {
        access(sync, decided)
    } else {
        granted_access(sync, &decided.1, captures)
    }
}

fn granted_access(sync: &GroupSync, decision: &Decision, captures: &[String]) -> Access {
    let catalog = sync.catalog();
    let groups = decision.groups().map(|group| catalog.group(group).to_owned());
    Access {
        role: Some(catalog.role(decision.role(catalog)).to_owned()),
        groups: groups.chain(captures.iter().cloned()).collect(),
        denied: false,
    }
}
