//! A mapping compiled against a catalog: which entries an IdP group meets, found without looking at all of them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Grantable};
use crate::mapping::{Entry, Mapping, Pattern, SourceKind, TargetKind};
use crate::policy::{MatchByName, Policy};

/// What the IdP group `name` grants by its name alone.
pub(crate) fn granted_by_name(catalog: &Catalog, policy: &Policy, name: &str) -> Option<Grantable> {
    match (policy.match_by_name, catalog.named(name)?) {
        (MatchByName::Never, _) | (MatchByName::GroupsOnly, Grantable::Role(_)) => None,
        (_, granted) => Some(granted),
    }
}

/// How an IdP group came to grant what it grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GrantedVia {
    Mapping,
    Name,
    Nothing,
}

/// One thing that an IdP group grants, or would grant if it existed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Granted<'r> {
    /// `None` for a target that is neither a role nor a group.
    pub(crate) what: Option<Grantable>,
    /// The target's text, as the entry or the catalog has it.
    pub(crate) target: Cow<'r, str>,
    /// The entry's index in the mapping; `None` for a match by name.
    pub(crate) entry: Option<usize>,
}

#[derive(Clone, Debug)]
enum RuleTarget {
    Named { text: String, what: Option<Grantable> },
    Capture { before: String, after: String },
}

#[derive(Clone, Debug)]
struct Rule {
    entry: usize,
    target: RuleTarget,
}

#[derive(Clone, Debug)]
struct PatternRule {
    pattern: Pattern,
    rule: Rule,
}

#[derive(Clone, Debug)]
pub(crate) struct Rules {
    named: BTreeMap<String, Vec<Rule>>,
    /// By the text before the first star, so that a name is held only against patterns that begin as it does.
    patterns: BTreeMap<String, Vec<PatternRule>>,
    /// The lengths of those texts in bytes, ascending.
    prefix_lengths: Vec<usize>,
}

impl Rules {
    pub(crate) fn compile(mapping: &Mapping, catalog: &Catalog) -> Rules {
        let mut named: BTreeMap<String, Vec<Rule>> = BTreeMap::new();
        let mut patterns: BTreeMap<String, Vec<PatternRule>> = BTreeMap::new();
        for (index, Entry { source, target, .. }) in mapping.entries().iter().enumerate() {
            let target = match (target.kind, target.text.split_once('*')) {
                (TargetKind::Capture, Some((before, after))) => RuleTarget::Capture {
                    before: before.to_owned(),
                    after: after.to_owned(),
                },
                _ => RuleTarget::Named {
                    text: target.text.clone(),
                    what: catalog.target(&target.text),
                },
            };
            let rule = Rule { entry: index, target };
            match source.kind {
                SourceKind::Name => named.entry(source.text.clone()).or_default().push(rule),
                SourceKind::Pattern => {
                    let pattern = Pattern::new(&source.text);
                    patterns
                        .entry(pattern.prefix().to_owned())
                        .or_default()
                        .push(PatternRule { pattern, rule });
                }
            }
        }
        let mut prefix_lengths: Vec<usize> = patterns.keys().map(String::len).collect();
        prefix_lengths.sort_unstable();
        prefix_lengths.dedup();
        Rules {
            named,
            patterns,
            prefix_lengths,
        }
    }

    /// Everything that the IdP group `name` grants, each target once: by its own entries or else by its name, then by
    /// patterns, in the order of the entries.
    pub(crate) fn granted<'r>(
        &'r self,
        catalog: &'r Catalog,
        policy: &Policy,
        name: &str,
    ) -> (GrantedVia, Vec<Granted<'r>>) {
        let mut granted: Vec<Granted<'r>> = Vec::new();
        let mut via = GrantedVia::Nothing;
        if let Some(rules) = self.named.get(name) {
            via = GrantedVia::Mapping;
            granted.extend(rules.iter().filter_map(|rule| rule.grant(catalog, None)));
        } else if let Some(what) = granted_by_name(catalog, policy, name) {
            via = GrantedVia::Name;
            granted.push(Granted {
                what: Some(what),
                target: canonical_name(catalog, what).into(),
                entry: None,
            });
        }
        let mut by_pattern: Vec<Granted<'r>> = self
            .candidates(name)
            .filter(|PatternRule { pattern, .. }| pattern.matches(name))
            .filter_map(|PatternRule { pattern, rule }| rule.grant(catalog, pattern.capture(name)))
            .collect();
        by_pattern.sort_by_key(|granted| granted.entry);
        if via == GrantedVia::Nothing && !by_pattern.is_empty() {
            via = GrantedVia::Mapping;
        }
        granted.extend(by_pattern);
        if granted.len() > 1 {
            let mut seen = BTreeSet::new();
            granted.retain(|Granted { what, target, .. }| seen.insert((*what, target.clone())));
        }
        (via, granted)
    }

    fn candidates<'r>(&'r self, name: &str) -> impl Iterator<Item = &'r PatternRule> {
        let lengths = self.prefix_lengths.iter().take_while(|length| **length <= name.len());
        lengths
            .filter_map(|length| self.patterns.get(name.get(..*length)?))
            .flatten()
    }
}

/// How the catalog writes what is granted.
pub(crate) fn canonical_name(catalog: &Catalog, what: Grantable) -> &str {
    match what {
        Grantable::Role(rank) => catalog.role(rank),
        Grantable::Group(index) => catalog.group(index),
    }
}

impl Rule {
    fn grant<'r>(&'r self, catalog: &'r Catalog, captured: Option<&str>) -> Option<Granted<'r>> {
        let (what, target) = match &self.target {
            RuleTarget::Named { what: Some(what), .. } => (Some(*what), Cow::Borrowed(canonical_name(catalog, *what))),
            RuleTarget::Named { text, what: None } => (None, Cow::Borrowed(text.as_str())),
            RuleTarget::Capture { before, after } => {
                // What a user could name at the IdP reaches custom groups only, never a role.
                let name = format!("{before}{}{after}", captured?);
                (catalog.group_named(&name).map(Grantable::Group), Cow::Owned(name))
            }
        };
        Some(Granted {
            what,
            target,
            entry: Some(self.entry),
        })
    }
}
