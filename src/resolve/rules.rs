//! A mapping compiled against a catalog: which entries an IdP group meets, found without looking at all of them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use fixedbitset::FixedBitSet;
use rustc_hash::{FxHashMap, FxHashSet};

use super::inner_pieces::InnerPieces;
use crate::catalog::{Catalog, Grantable, GroupIndex, RoleRank};
use crate::mapping::{Entry, Mapping, Pattern, SourceKind, TargetKind};
use crate::policy::Policy;

/// What finding something by its name takes besides its characters, in characters.
const EFFORT_OF_A_LOOK: usize = 16;

/// What granting something takes, in characters.
const EFFORT_OF_A_GRANT: usize = 3;

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

/// The entries of one pattern.
#[derive(Clone, Debug)]
struct PatternRules {
    /// Distinct among the patterns.
    index: usize,
    pattern: Pattern,
    /// Entries that grant the same whatever the star matched.
    fixed: Vec<Rule>,
    captures: Vec<Rule>,
    /// The roles among the fixed targets, by their ranks; captures reach none.
    roles: FixedBitSet,
}

/// The patterns whose fixed targets have been granted: another IdP group that matches adds nothing to them.
#[derive(Debug, Default)]
pub(crate) struct Fired(FixedBitSet);

/// Patterns that begin and end alike.
#[derive(Clone, Debug, Default)]
struct Alike {
    patterns: Vec<PatternRules>,
    pieces: InnerPieces,
}

impl Alike {
    /// Those that could match a name with `between` inside what all of them begin and end with.
    fn could_match(&self, between: &str) -> impl Iterator<Item = &PatternRules> {
        let places = self.pieces.could_match(between);
        places.filter_map(|place| self.patterns.get(place))
    }
}

/// Patterns that begin alike.
#[derive(Clone, Debug, Default)]
struct Prefixed {
    /// By the text after the last star.
    by_suffix: FxHashMap<String, Alike>,
    /// The lengths of those texts in bytes.
    suffix_lengths: FixedBitSet,
}

#[derive(Clone, Debug)]
pub(crate) struct Rules {
    named: FxHashMap<String, Vec<Rule>>,
    /// By the text before the first star, so that a name is held only against patterns that begin and end as it does.
    prefixed: FxHashMap<String, Prefixed>,
    /// The lengths of those texts in bytes.
    prefix_lengths: FixedBitSet,
    /// The groups that entries name, by their places in the catalog.
    named_groups: FixedBitSet,
    /// What stands before and after the star of each distinct capture.
    captures: Vec<(String, String)>,
}

impl Rules {
    pub(crate) fn compile(mapping: &Mapping, catalog: &Catalog) -> Rules {
        let mut named: FxHashMap<String, Vec<Rule>> = FxHashMap::default();
        let (mut patterns, mut by_pattern) = (FxHashMap::default(), Vec::<Vec<Rule>>::new());
        let mut named_groups = FixedBitSet::with_capacity(catalog.groups().len());
        let (mut captures, mut seen) = (Vec::new(), FxHashSet::default());
        for (entry, Entry { source, target, .. }) in mapping.entries().iter().enumerate() {
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
            match &target {
                RuleTarget::Named {
                    what: Some(Grantable::Group(group)),
                    ..
                } => named_groups.insert(group.0),
                RuleTarget::Capture { before, after } if seen.insert(format!("{before}*{after}")) => {
                    captures.push((before.clone(), after.clone()));
                }
                _ => {}
            }
            let rules = match source.kind {
                SourceKind::Name => named.entry(source.text.clone()).or_default(),
                SourceKind::Pattern => {
                    let place = *patterns.entry(&source.text).or_insert(by_pattern.len());
                    if place == by_pattern.len() {
                        by_pattern.push(Vec::new());
                    }
                    #[expect(clippy::indexing_slicing, reason = "each pattern has its place")]
                    &mut by_pattern[place]
                }
            };
            rules.push(Rule { entry, target });
        }
        let mut prefixed: FxHashMap<String, Prefixed> = FxHashMap::default();
        let mut prefix_lengths = FixedBitSet::default();
        for (index, rules) in by_pattern.into_iter().enumerate() {
            let source = rules.first().and_then(|rule| mapping.entries().get(rule.entry));
            let Some(Entry { source, .. }) = source else { continue };
            let pattern = Pattern::new(&source.text);
            let (prefix, suffix) = (pattern.prefix().to_owned(), pattern.suffix().to_owned());
            let is_capture = |rule: &Rule| matches!(rule.target, RuleTarget::Capture { .. });
            let (captures, fixed): (Vec<Rule>, Vec<Rule>) = rules.into_iter().partition(is_capture);
            let mut roles = FixedBitSet::default();
            for rank in fixed.iter().filter_map(Rule::role) {
                roles.grow_and_insert(rank.0);
            }
            prefix_lengths.grow_and_insert(prefix.len());
            let alike = prefixed.entry(prefix).or_default();
            alike.suffix_lengths.grow_and_insert(suffix.len());
            alike.by_suffix.entry(suffix).or_default().patterns.push(PatternRules {
                index,
                pattern,
                fixed,
                captures,
                roles,
            });
        }
        for alike in prefixed.values_mut().flat_map(|alike| alike.by_suffix.values_mut()) {
            alike.pieces = InnerPieces::new(alike.patterns.iter().map(|rules| &rules.pattern));
        }
        Rules {
            named,
            prefixed,
            prefix_lengths,
            named_groups,
            captures,
        }
    }

    /// Whether an entry can grant this group.
    pub(crate) fn can_grant(&self, catalog: &Catalog, group: GroupIndex) -> bool {
        let name = catalog.group(group);
        self.named_groups.contains(group.0)
            || !catalog.is_role(name)
                && self.captures.iter().any(|(before, after)| {
                    name.strip_prefix(before.as_str())
                        .is_some_and(|rest| rest.ends_with(after.as_str()))
                })
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
        let via = self.grant_by_itself(catalog, policy, name, &mut |one| granted.push(one));
        let own = granted.len();
        self.grant_by_patterns(catalog, name, &mut Fired::default(), &mut |one| granted.push(one));
        let via = if via == GrantedVia::Nothing && granted.len() > own {
            GrantedVia::Mapping
        } else {
            via
        };
        if let Some(by_patterns) = granted.get_mut(own..) {
            by_patterns.sort_by_key(|granted| granted.entry);
        }
        if granted.len() > 1 {
            let mut seen = BTreeSet::new();
            granted.retain(|granted| seen.insert((granted.what.is_some(), granted.target.clone())));
        }
        (via, granted)
    }

    /// Grants what `name` grants, in no order, except what patterns that have `fired` have granted already.
    pub(crate) fn grant<'r>(
        &'r self,
        catalog: &'r Catalog,
        policy: &Policy,
        name: &str,
        fired: &mut Fired,
        grant: &mut dyn FnMut(Granted<'r>),
    ) {
        self.grant_by_itself(catalog, policy, name, grant);
        self.grant_by_patterns(catalog, name, fired, grant);
    }

    /// Whether `name` matches, and how.
    pub(crate) fn via(&self, catalog: &Catalog, policy: &Policy, name: &str) -> GrantedVia {
        match self.grant_by_itself(catalog, policy, name, &mut |_| ()) {
            GrantedVia::Nothing if self.candidates(name).any(|rules| rules.pattern.matches(name)) => {
                GrantedVia::Mapping
            }
            via => via,
        }
    }

    /// Whether `name` grants this role.
    pub(crate) fn grants_role(&self, catalog: &Catalog, policy: &Policy, name: &str, role: RoleRank) -> bool {
        let mut grants = false;
        self.grant_by_itself(catalog, policy, name, &mut |granted| {
            grants |= granted.what == Some(Grantable::Role(role));
        });
        let mut alike = self.candidates(name);
        grants || alike.any(|rules| rules.roles.contains(role.0) && rules.pattern.matches(name))
    }

    fn grant_by_itself<'r>(
        &'r self,
        catalog: &'r Catalog,
        policy: &Policy,
        name: &str,
        grant: &mut dyn FnMut(Granted<'r>),
    ) -> GrantedVia {
        if let Some(rules) = self.named.get(name) {
            for rule in rules {
                grant(rule.granted(catalog, ""));
            }
            GrantedVia::Mapping
        } else if let Some(what) = policy.granted_by_name(catalog, name) {
            let target = canonical_name(catalog, what).into();
            grant(Granted {
                what: Some(what),
                target,
                entry: None,
            });
            GrantedVia::Name
        } else {
            GrantedVia::Nothing
        }
    }

    fn grant_by_patterns<'r>(
        &'r self,
        catalog: &'r Catalog,
        name: &str,
        fired: &mut Fired,
        grant: &mut dyn FnMut(Granted<'r>),
    ) {
        for PatternRules {
            index,
            pattern,
            fixed,
            captures,
            ..
        } in self.candidates(name)
        {
            let has_fired = fired.0.contains(*index);
            if (has_fired && captures.is_empty()) || !pattern.matches(name) {
                continue;
            }
            if !has_fired {
                fired.0.grow_and_insert(*index);
                for rule in fixed {
                    grant(rule.granted(catalog, ""));
                }
            }
            let captured = pattern.capture(name).unwrap_or_default();
            for rule in captures {
                grant(rule.granted(catalog, captured));
            }
        }
    }

    /// Whether an entry names `name`, or a pattern matches it.
    pub(crate) fn concern(&self, name: &str) -> bool {
        self.named.contains_key(name) || self.candidates(name).any(|rules| rules.pattern.matches(name))
    }

    /// About how many characters have to be looked at to tell what `name` grants, if each pattern has to be looked at that begins
    /// and ends alike.
    pub(crate) fn effort(&self, name: &str) -> usize {
        let look_up = name.len() + EFFORT_OF_A_LOOK;
        let prefixes = self.prefix_lengths.ones().take_while(|length| *length <= name.len());
        let looks = |(alike, _): (&Alike, &str)| {
            let patterns = alike
                .patterns
                .iter()
                .map(|rules| look_up * (1 + rules.captures.len()) + EFFORT_OF_A_GRANT * rules.fixed.len());
            look_up + patterns.sum::<usize>()
        };
        look_up * (1 + prefixes.count()) + self.alike(name).map(looks).sum::<usize>()
    }

    fn candidates<'r>(&'r self, name: &str) -> impl Iterator<Item = &'r PatternRules> {
        self.alike(name).flat_map(|(alike, between)| alike.could_match(between))
    }

    /// The patterns that begin and end as `name` does, those that do so alike together, with what `name` has between.
    fn alike<'r, 'n>(&'r self, name: &'n str) -> impl Iterator<Item = (&'r Alike, &'n str)> {
        let lengths = self.prefix_lengths.ones().take_while(|length| *length <= name.len());
        lengths
            .filter_map(|length| Some((self.prefixed.get(name.get(..length)?)?, name.get(length..)?)))
            .flat_map(|(alike, rest)| {
                let lengths = alike.suffix_lengths.ones().take_while(|length| *length <= rest.len());
                lengths.filter_map(|length| {
                    let (between, suffix) = rest.split_at_checked(rest.len() - length)?;
                    Some((alike.by_suffix.get(suffix)?, between))
                })
            })
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
    fn role(&self) -> Option<RoleRank> {
        match &self.target {
            RuleTarget::Named {
                what: Some(Grantable::Role(rank)),
                ..
            } => Some(*rank),
            _ => None,
        }
    }

    /// What this grants where the source's star, if there is one, matched `captured`.
    fn granted<'r>(&'r self, catalog: &'r Catalog, captured: &str) -> Granted<'r> {
        let (what, target) = match &self.target {
            RuleTarget::Named { what: Some(what), .. } => (Some(*what), Cow::Borrowed(canonical_name(catalog, *what))),
            RuleTarget::Named { text, what: None } => (None, Cow::Borrowed(text.as_str())),
            RuleTarget::Capture { before, after } => {
                // What a user could name at the IdP reaches custom groups only, never a role.
                let name = format!("{before}{captured}{after}");
                (catalog.group_named(&name).map(Grantable::Group), Cow::Owned(name))
            }
        };
        Granted {
            what,
            target,
            entry: Some(self.entry),
        }
    }
}
