//! A mapping compiled against a catalog: which entries an IdP group meets, found without looking at all of them.

use std::borrow::Cow;

use fixedbitset::FixedBitSet;
use rustc_hash::{FxHashMap, FxHashSet};

use super::capture::{captured, filled, reach};
use super::conditions::{Conditions, Met};
use super::ignoring_case::{IgnoringCase, with_folded_sources};
use super::numbered::number;
use super::patterns::{PatternRules, Patterns};
use super::resolution::EntryText;
use super::sources::Sources;
use crate::catalog::{Catalog, Grantable, GroupIndex, RoleRank};
use crate::mapping::{Entry, Mapping, Pattern, SourceKind, TargetKind};
use crate::names::{Hashed, folded};
use crate::policy::{Compare, Policy};
use crate::span::Span;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Granted {
    /// `None` for a target that is neither a role nor a group.
    pub(crate) what: Option<Grantable>,
    /// The entry's index in the mapping; `None` for a match by name.
    pub(crate) entry: Option<u32>,
}

/// An entry as it is compiled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub(super) entry: u32,
    target: RuleTarget,
}

#[derive(Clone, Copy, Debug)]
enum RuleTarget {
    Grants(Grantable),
    Unknown,
    /// A place in [`Rules::spelled`].
    Capture(u32),
}

/// The target of an entry that a number does not tell: an unknown one, or a capture.
#[derive(Clone, Debug)]
struct Spelled {
    entry: u32,
    span: Span,
    text: Box<str>,
    /// Of a capture: the pattern that it takes from.
    captured: Option<Box<Pattern>>,
}

/// What an unknown target comes to for an IdP group.
pub(super) struct UnknownTarget<'r> {
    pub(super) text: Cow<'r, str>,
    pub(super) kind: TargetKind,
    pub(super) span: Span,
}

/// The patterns whose fixed targets have been granted: another IdP group that matches adds nothing to them.
#[derive(Debug, Default)]
pub(crate) struct Fired(FixedBitSet);

#[derive(Clone, Debug)]
pub(crate) struct Rules {
    pub(super) named: Sources,
    patterns: Patterns,
    pub(super) conditions: Conditions,
    /// Where case is ignored: then all names that are looked up are [spelled](Rules::spelled) so.
    ignoring_case: Option<Box<IgnoringCase>>,
    /// The groups that entries name, by their places in the catalog.
    named_groups: FixedBitSet,
    /// In the order of the entries.
    spelled: Box<[Spelled]>,
    /// What distinct captures could come to.
    captures: Box<[Pattern]>,
    /// Where each entry stands in the text.
    spans: Box<[Span]>,
    /// How many entries, the first ones, stand in the instance's text, where a workspace has further ones in its own.
    followed: Option<u32>,
}

impl Rules {
    pub(crate) fn compile(mapping: &Mapping, catalog: &Catalog, compare: Compare) -> Rules {
        match compare {
            Compare::Exact => Rules::compile_exactly(mapping, catalog),
            Compare::IgnoreCase => {
                let mut rules = Rules::compile_exactly(&with_folded_sources(mapping), catalog);
                rules.conditions.place(mapping.entries());
                rules.ignoring_case = Some(Box::new(IgnoringCase::new(catalog)));
                rules
            }
        }
    }

    /// A name as it is looked up.
    pub(super) fn spelled<'n>(&self, name: &'n str) -> Cow<'n, str> {
        match self.ignoring_case {
            None => Cow::Borrowed(name),
            Some(_) => Cow::Owned(folded(name)),
        }
    }

    fn compile_exactly(mapping: &Mapping, catalog: &Catalog) -> Rules {
        let (mut names, mut sources, mut own) = (FxHashMap::default(), Vec::<(&str, Span)>::new(), Vec::new());
        let mut conditions = Vec::new();
        let (mut places, mut patterns) = (FxHashMap::default(), Vec::<(&str, Vec<Rule>)>::new());
        let (mut spelled, mut captures, mut seen) = (Vec::<Spelled>::new(), Vec::new(), FxHashSet::default());
        let mut named_groups = FixedBitSet::with_capacity(catalog.groups().len());
        for (entry, Entry { source, target, .. }) in mapping.entries().iter().enumerate() {
            let entry = number(entry);
            let captured = captured(source, target);
            let known = catalog.target(&target.text).filter(|_| captured.is_none());
            let target = match known {
                Some(known) => {
                    if let Grantable::Group(group) = known {
                        named_groups.insert(group.0);
                    }
                    RuleTarget::Grants(known)
                }
                None => {
                    let place = number(spelled.len());
                    let is_capture = captured.is_some();
                    if is_capture && seen.insert(target.text.as_str()) {
                        captures.push(reach(&target.text));
                    }
                    spelled.push(Spelled {
                        entry,
                        span: target.span,
                        text: target.text.as_str().into(),
                        captured: captured.map(Box::new),
                    });
                    if is_capture {
                        RuleTarget::Capture(place)
                    } else {
                        RuleTarget::Unknown
                    }
                }
            };
            let rule = Rule { entry, target };
            match source.kind {
                SourceKind::Name => {
                    let place = *names.entry(source.text.as_str()).or_insert(sources.len());
                    if place == sources.len() {
                        sources.push((&source.text, source.span));
                    }
                    own.push((place, rule));
                }
                SourceKind::Pattern => {
                    let place = *places.entry(source.text.as_str()).or_insert(patterns.len());
                    match patterns.get_mut(place) {
                        Some((_, rules)) => rules.push(rule),
                        None => patterns.push((&source.text, vec![rule])),
                    }
                }
                SourceKind::Condition => conditions.push((rule, source)),
            }
        }
        let conditions = Conditions::new(conditions, &mut |term| {
            let place = *names.entry(term.text.as_str()).or_insert(sources.len());
            if place == sources.len() {
                sources.push((&term.text, term.span));
            }
            place
        });
        Rules {
            named: Sources::new(mapping, &sources, own),
            patterns: Patterns::new(patterns, Rule::is_capture),
            conditions,
            ignoring_case: None,
            named_groups,
            spelled: spelled.into(),
            captures: captures.into(),
            spans: mapping.entries().iter().map(|entry| entry.span).collect(),
            followed: None,
        }
    }

    /// Says where the entries stand in two texts, of which the first has so many.
    pub(super) fn place(&mut self, entries: &[Entry], followed: usize) {
        self.spans = entries.iter().map(|entry| entry.span).collect();
        for spelled in &mut self.spelled {
            if let Some(entry) = entries.get(spelled.entry as usize) {
                spelled.span = entry.target.span;
            }
        }
        self.conditions.place(entries);
        self.followed = Some(number(followed));
    }

    /// Which of two texts an entry stands in.
    pub(super) fn text_of(&self, entry: u32) -> Option<EntryText> {
        self.followed.map(|followed| match entry < followed {
            true => EntryText::Instance,
            false => EntryText::Workspace,
        })
    }

    /// Whether the entries stand in two texts.
    pub(crate) fn is_overlay(&self) -> bool {
        self.followed.is_some()
    }

    /// The mapping's text.
    pub(super) fn mapping_text(&self) -> &str {
        self.named.mapping_text()
    }

    /// Where each entry stands in the text.
    pub(super) fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The names that entries give grants to, in the order in which the text has them first.
    pub(super) fn sources(&self) -> &Sources {
        &self.named
    }

    /// Whether an entry can grant this group.
    pub(crate) fn can_grant(&self, catalog: &Catalog, group: GroupIndex) -> bool {
        let name = catalog.group(group);
        self.named_groups.contains(group.0)
            || !catalog.is_role(name) && self.captures.iter().any(|capture| capture.matches(name))
    }

    /// Adds what `name` grants to `granted`: by its own entries or else by its name, then by patterns, in no order. How it came
    /// to that, and how many were added before those of patterns. What patterns that have `fired` grant is not added again;
    /// then it is not told whether these match.
    pub(crate) fn grant(
        &self,
        catalog: &Catalog,
        policy: &Policy,
        name: &str,
        mut fired: Option<&mut Fired>,
        granted: &mut Vec<Granted>,
    ) -> (GrantedVia, usize) {
        let via = self.grant_by_itself(catalog, policy, name, granted);
        let own = granted.len();
        if self.patterns.is_empty() {
            return (via, own);
        }
        for rules in self.patterns.candidates(name) {
            let PatternRules {
                index,
                pattern,
                fixed,
                captures,
            } = rules;
            let has_fired = fired.as_ref().is_some_and(|fired| fired.0.contains(*index));
            if (has_fired && captures.is_empty()) || !pattern.matches(name) {
                continue;
            }
            if !has_fired {
                if let Some(fired) = &mut fired {
                    fired.0.grow_and_insert(*index);
                }
                granted.extend(fixed.iter().map(|rule| self.granted(catalog, *rule, name)));
            }
            granted.extend(captures.iter().map(|rule| self.granted(catalog, *rule, name)));
        }
        match via {
            GrantedVia::Nothing if granted.len() > own => (GrantedVia::Mapping, own),
            via => (via, own),
        }
    }

    fn grant_by_itself(
        &self,
        catalog: &Catalog,
        policy: &Policy,
        name: &str,
        granted: &mut Vec<Granted>,
    ) -> GrantedVia {
        let hashed = Hashed::from(name);
        if let Some(rules) = self.named.rules(hashed) {
            granted.extend(rules.iter().map(|rule| self.granted(catalog, *rule, name)));
            GrantedVia::Mapping
        } else if let Some(ignoring_case) = &self.ignoring_case {
            let before = granted.len();
            let named = ignoring_case.named(catalog, name);
            let named = named.filter(|what| policy.grants_by_name(*what));
            granted.extend(named.map(|what| Granted {
                what: Some(what),
                entry: None,
            }));
            match granted.len() > before {
                true => GrantedVia::Name,
                false => GrantedVia::Nothing,
            }
        } else if let Some(what) = policy.granted_by_name(catalog, hashed) {
            granted.push(Granted {
                what: Some(what),
                entry: None,
            });
            GrantedVia::Name
        } else {
            GrantedVia::Nothing
        }
    }

    /// What an entry grants to the IdP group `name`.
    pub(super) fn granted(&self, catalog: &Catalog, rule: Rule, name: &str) -> Granted {
        let what = match rule.target {
            RuleTarget::Grants(what) => Some(what),
            RuleTarget::Unknown => None,
            RuleTarget::Capture(place) => {
                // What a user could name at the IdP reaches custom groups only, never a role.
                let target = self.spelled.get(place as usize).map(|spelled| spelled.text_for(name));
                let group = target.and_then(|target| match &self.ignoring_case {
                    None => catalog.group_named(&target),
                    Some(ignoring_case) => ignoring_case.group_named(catalog, &target),
                });
                group.map(Grantable::Group)
            }
        };
        Granted {
            what,
            entry: Some(rule.entry),
        }
    }

    /// The target of an entry that grants nothing known to the IdP group `name`.
    pub(super) fn unknown(&self, entry: u32, name: &str) -> Option<UnknownTarget<'_>> {
        let place = self.spelled.binary_search_by_key(&entry, |spelled| spelled.entry);
        let spelled = self.spelled.get(place.ok()?)?;
        Some(UnknownTarget {
            text: spelled.text_for(&self.spelled(name)),
            kind: match spelled.captured {
                Some(_) => TargetKind::Capture,
                None => TargetKind::Name,
            },
            span: spelled.span,
        })
    }

    /// Whether `name` matches, and how.
    pub(crate) fn via(&self, catalog: &Catalog, policy: &Policy, met: &Met, name: &str) -> GrantedVia {
        match self.grant_by_itself(catalog, policy, name, &mut Vec::new()) {
            GrantedVia::Nothing if self.patterns.any_matches(name) || self.meets_any(met, name) => GrantedVia::Mapping,
            via => via,
        }
    }

    /// Whether `name` grants this role by itself or by patterns.
    pub(crate) fn grants_role(&self, catalog: &Catalog, policy: &Policy, name: &str, role: RoleRank) -> bool {
        let mut granted = Vec::new();
        self.grant_by_itself(catalog, policy, name, &mut granted);
        let mut alike = self.patterns.candidates(name);
        granted
            .iter()
            .any(|granted| granted.what == Some(Grantable::Role(role)))
            || alike.any(|rules| rules.fixed.iter().any(|rule| rule.grants_role(role)) && rules.pattern.matches(name))
    }

    /// Whether an entry names `name`, or a pattern matches it; those of conditions too.
    pub(crate) fn concern(&self, name: &str) -> bool {
        let name = &*self.spelled(name);
        self.named.place(name.into()).is_some() || self.patterns.any_matches(name) || self.conditions.concern(name)
    }

    /// About how many characters have to be looked at to tell what `name` grants, if each pattern has to be looked at that begins
    /// and ends alike.
    pub(crate) fn effort(&self, name: &str) -> usize {
        let look_up = name.len() + EFFORT_OF_A_LOOK;
        let by_conditions = match self.conditions.is_empty() {
            true => 0,
            false => {
                effort_in(self.conditions.patterns(), look_up, name)
                    + EFFORT_OF_A_GRANT * self.conditions.effort(&self.named, name)
            }
        };
        look_up + effort_in(&self.patterns, look_up, name) + by_conditions
    }
}

/// What holding a name against patterns takes.
fn effort_in(patterns: &Patterns, look_up: usize, name: &str) -> usize {
    let effort_of = |rules: &PatternRules| look_up * (1 + rules.captures.len()) + EFFORT_OF_A_GRANT * rules.fixed.len();
    let looks = patterns.alike(name);
    let looks = looks.map(|(alike, _)| look_up + alike.patterns.iter().map(effort_of).sum::<usize>());
    look_up * patterns.beginnings(name) + looks.sum::<usize>()
}

impl Rule {
    pub(super) fn is_capture(&self) -> bool {
        matches!(self.target, RuleTarget::Capture(_))
    }

    pub(super) fn grants_role(&self, role: RoleRank) -> bool {
        matches!(self.target, RuleTarget::Grants(Grantable::Role(rank)) if rank == role)
    }
}

impl Spelled {
    /// The target, with what the stars stand for in `name` in the place of its own.
    fn text_for(&self, name: &str) -> Cow<'_, str> {
        match &self.captured {
            Some(pattern) => Cow::Owned(filled(&self.text, &pattern.captures(name).unwrap_or_default())),
            None => Cow::Borrowed(&self.text),
        }
    }
}
