//! A difference in one sentence.

use std::collections::BTreeSet;

use super::{ChangeKind, ChoiceChange, MappingChange};
use crate::access::Effect;
use crate::diagnostic::shown;

/// What was not compared, as it would take too long.
#[derive(Default)]
pub(super) struct LeftOut {
    /// How many patterns, and the first of them.
    patterns: Option<(usize, String)>,
    names: Option<(usize, String)>,
    /// Whether IdP groups are among it that only captures name.
    pub(super) captured: bool,
    /// The first target that conditions give and that is among it.
    pub(super) conditions: Option<String>,
}

impl LeftOut {
    pub(super) fn patterns_from(&mut self, patterns: &[String]) {
        self.patterns = patterns.first().map(|first| (patterns.len(), first.clone()));
    }

    pub(super) fn names_from(&mut self, names: &[String]) {
        self.names = names.first().map(|first| (names.len(), first.clone()));
    }

    /// What it is, for a sentence; `None` if it is nothing.
    pub(super) fn text(&self) -> Option<String> {
        let counted = |noun: &str, left_out: &Option<(usize, String)>| match left_out {
            Some((1, first)) => Some(format!("the {noun} {}", shown(first))),
            Some((count, first)) => Some(format!("{count} {noun}s from {} on", shown(first))),
            None => None,
        };
        let captured = || "IdP groups that only captures name".to_owned();
        let parts = [
            counted("pattern", &self.patterns),
            counted("IdP group", &self.names),
            self.captured.then(captured),
            self.conditions
                .as_ref()
                .map(|target| format!("conditions that give {target}")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

pub(super) fn summary(changes: &[MappingChange], choices: &[ChoiceChange], left_out: Option<&str>) -> String {
    let parts = [listed(changes), everybody_else(changes), chosen(choices)];
    let mut parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        let where_looked = if left_out.is_some() {
            " in what was compared"
        } else {
            ""
        };
        parts.push(format!("nothing changes{where_looked}"));
    }
    parts.extend(left_out.map(|left_out| format!("left out, as it would take too long: {left_out}")));
    parts.join("; ")
}

/// The effects in the order in which they are told, and what they do to people.
const EFFECTS: [(Effect, &str); 5] = [
    (Effect::Denied, "are refused"),
    (Effect::Admitted, "are admitted"),
    (Effect::Gains, "gain"),
    (Effect::Loses, "lose"),
    (Effect::Changes, "gain and lose"),
];

/// What concerns IdP groups and patterns.
fn listed(changes: &[MappingChange]) -> Option<String> {
    let of_kind = |kind| changes.iter().filter(move |change| change.kind == kind);
    let mut patterns = BTreeSet::new();
    patterns.extend(of_kind(ChangeKind::Pattern).map(|pattern| pattern.idp_group.as_str()));
    let total = of_kind(ChangeKind::Name).count() + patterns.len();
    let conditions = of_kind(ChangeKind::Condition).count();
    let total = total + conditions;
    let listed = || {
        let names_and_patterns = of_kind(ChangeKind::Name).chain(of_kind(ChangeKind::Pattern));
        names_and_patterns.chain(of_kind(ChangeKind::Condition))
    };
    let parts = EFFECTS
        .into_iter()
        .map(|(effect, verb)| (listed().filter(|change| change.effect == effect).count(), verb));
    let parts: Vec<String> = parts
        .filter(|(count, _)| *count > 0)
        .map(|(count, verb)| format!("{count} {verb}"))
        .collect();
    let noun = match total {
        0 => return None,
        1 if conditions > 0 => "condition differs",
        1 => "IdP group or pattern differs",
        _ if conditions > 0 => "IdP groups, patterns or conditions differ",
        _ => "IdP groups or patterns differ",
    };
    Some(format!("{total} {noun}: the members of {}", parts.join(", of ")))
}

/// What concerns those whom nothing names.
fn everybody_else(changes: &[MappingChange]) -> Option<String> {
    let verb_of = |kind| {
        let change = changes.iter().find(|change| change.kind == kind)?;
        let (_, verb) = EFFECTS.into_iter().find(|(effect, _)| *effect == change.effect)?;
        Some(verb)
    };
    let (other, none) = ("members of any other IdP group", "users without IdP groups");
    match (verb_of(ChangeKind::AnyOther), verb_of(ChangeKind::NoGroups)) {
        (None, None) => None,
        (Some(verb), None) => Some(format!("{other} {verb}")),
        (None, Some(verb)) => Some(format!("{none} {verb}")),
        // Neither is granted anything, so it is one and the same.
        (Some(verb), Some(_)) => Some(format!("{other} and {none} {verb}")),
    }
}

/// What concerns the admin's choices.
fn chosen(choices: &[ChoiceChange]) -> Option<String> {
    let claim = choices.iter().any(|choice| choice.field == "claim");
    let policy: Vec<String> = choices
        .iter()
        .filter_map(|choice| choice.field.strip_prefix("policy."))
        .map(shown)
        .collect();
    let policy = match policy.as_slice() {
        [] => None,
        [only] => Some(only.clone()),
        [first @ .., last] => Some(format!("{} and {last}", first.join(", "))),
    };
    let policy = policy.map(|fields| format!("the policy differs in {fields}"));
    let claim = claim.then(|| "the claim differs".to_owned());
    match (claim, policy) {
        (Some(claim), Some(policy)) => Some(format!("{claim}; {policy}")),
        (claim, policy) => claim.or(policy),
    }
}
