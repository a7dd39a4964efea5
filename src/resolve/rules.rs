//! A mapping compiled against a catalog: which entries an IdP group meets, found without looking at all of them.

use std::borrow::Cow;

use fixedbitset::FixedBitSet;
use rustc_hash::{FxHashMap, FxHashSet};

use super::numbered::number;
use super::patterns::{PatternRules, Patterns};
use super::resolution::EntryText;
use super::sources::Sources;
use crate::catalog::{Catalog, Grantable, GroupIndex, RoleRank};
use crate::mapping::{Entry, Mapping, Source, SourceKind, Target, TargetKind};
use crate::names::Hashed;
use crate::policy::Policy;
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
    entry: u32,
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
    /// Of a capture: how long the source is before and after its star, in bytes.
    captured: Option<(u32, u32)>,
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
    named: Sources,
    patterns: Patterns,
    /// The groups that entries name, by their places in the catalog.
    named_groups: FixedBitSet,
    /// In the order of the entries.
    spelled: Box<[Spelled]>,
    /// The places in [`Rules::spelled`] of distinct captures.
    captures: Box<[u32]>,
    /// Where each entry stands in the text.
    spans: Box<[Span]>,
    /// How many entries, the first ones, stand in the instance's text, where a workspace has further ones in its own.
    followed: Option<u32>,
}

impl Rules {
    pub(crate) fn compile(mapping: &Mapping, catalog: &Catalog) -> Rules {
        let (mut names, mut sources, mut own) = (FxHashMap::default(), Vec::<&Source>::new(), Vec::new());
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
                    if captured.is_some() && seen.insert(target.text.as_str()) {
                        captures.push(place);
                    }
                    spelled.push(Spelled {
                        entry,
                        span: target.span,
                        text: target.text.as_str().into(),
                        captured,
                    });
                    captured.map_or(RuleTarget::Unknown, |_| RuleTarget::Capture(place))
                }
            };
            let rule = Rule { entry, target };
            match source.kind {
                SourceKind::Name => {
                    let place = *names.entry(source.text.as_str()).or_insert(sources.len());
                    if place == sources.len() {
                        sources.push(source);
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
                SourceKind::Condition => {}
            }
        }
        Rules {
            named: Sources::new(mapping, &sources, own),
            patterns: Patterns::new(patterns, |rule| matches!(rule.target, RuleTarget::Capture(_))),
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
        let mut captures = self
            .captures
            .iter()
            .filter_map(|place| self.spelled.get(*place as usize));
        self.named_groups.contains(group.0)
            || !catalog.is_role(name)
                && captures.any(|capture| {
                    let (before, after) = capture.text.split_once('*').unwrap_or_default();
                    name.strip_prefix(before).is_some_and(|rest| rest.ends_with(after))
                })
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
    fn granted(&self, catalog: &Catalog, rule: Rule, name: &str) -> Granted {
        let what = match rule.target {
            RuleTarget::Grants(what) => Some(what),
            RuleTarget::Unknown => None,
            RuleTarget::Capture(place) => {
                // What a user could name at the IdP reaches custom groups only, never a role.
                let target = self.spelled.get(place as usize).map(|spelled| spelled.text_for(name));
                let group = target.and_then(|target| catalog.group_named(&target));
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
            text: spelled.text_for(name),
            kind: spelled.captured.map_or(TargetKind::Name, |_| TargetKind::Capture),
            span: spelled.span,
        })
    }

    /// Whether `name` matches, and how.
    pub(crate) fn via(&self, catalog: &Catalog, policy: &Policy, name: &str) -> GrantedVia {
        match self.grant_by_itself(catalog, policy, name, &mut Vec::new()) {
            GrantedVia::Nothing if self.patterns.any_matches(name) => GrantedVia::Mapping,
            via => via,
        }
    }

    /// Whether `name` grants this role.
    pub(crate) fn grants_role(&self, catalog: &Catalog, policy: &Policy, name: &str, role: RoleRank) -> bool {
        let mut granted = Vec::new();
        self.grant_by_itself(catalog, policy, name, &mut granted);
        let grants = |rule: &Rule| matches!(rule.target, RuleTarget::Grants(Grantable::Role(rank)) if rank == role);
        let mut alike = self.patterns.candidates(name);
        granted
            .iter()
            .any(|granted| granted.what == Some(Grantable::Role(role)))
            || alike.any(|rules| rules.fixed.iter().any(grants) && rules.pattern.matches(name))
    }

    /// Whether an entry names `name`, or a pattern matches it.
    pub(crate) fn concern(&self, name: &str) -> bool {
        self.named.rules(name.into()).is_some() || self.patterns.any_matches(name)
    }

    /// About how many characters have to be looked at to tell what `name` grants, if each pattern has to be looked at that begins
    /// and ends alike.
    pub(crate) fn effort(&self, name: &str) -> usize {
        let look_up = name.len() + EFFORT_OF_A_LOOK;
        let effort_of =
            |rules: &PatternRules| look_up * (1 + rules.captures.len()) + EFFORT_OF_A_GRANT * rules.fixed.len();
        let looks = self.patterns.alike(name);
        let looks = looks.map(|(alike, _)| look_up + alike.patterns.iter().map(effort_of).sum::<usize>());
        look_up * (1 + self.patterns.beginnings(name)) + looks.sum::<usize>()
    }
}

/// How long a source is before and after its star, where the target is a capture.
fn captured(source: &Source, target: &Target) -> Option<(u32, u32)> {
    if target.kind != TargetKind::Capture {
        return None;
    }
    let (before, after) = source.text.split_once('*')?;
    Some((number(before.len()), number(after.len())))
}

impl Spelled {
    /// The target, with what the source's star matches in `name` in the place of its own star.
    fn text_for(&self, name: &str) -> Cow<'_, str> {
        let Some((before, after)) = self.captured else {
            return Cow::Borrowed(&self.text);
        };
        let end = name.len().saturating_sub(after as usize);
        let captured = name.get(before as usize..end).unwrap_or("");
        Cow::Owned(self.text.replacen('*', captured, 1))
    }
}
