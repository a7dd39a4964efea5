//! Entries of several terms: which of them a user meets. A counter each says so, and each name and pattern of their terms is
//! looked up once, however many conditions hold it.

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use super::numbered::number;
use super::patterns::Patterns;
use super::rules::Rule;
use super::sources::Sources;
use crate::catalog::RoleRank;
use crate::mapping::{Entry, Source, SourceKind, Term};

/// A name or a pattern that terms hold: twice the place of the name among the sources, or twice that of the pattern and one.
type Operand = u32;

/// A term of a condition by its operand: the operand, the condition, and whether it is excluded, from the highest bit on.
type Use = u64;

fn operand_of(term: Use) -> Operand {
    (term >> u32::BITS) as Operand
}

fn condition_of(term: Use) -> usize {
    (term as u32 >> 1) as usize
}

fn is_excluded(term: Use) -> bool {
    term & 1 == 1
}

/// Those of `uses`, which are sorted, that are of `operand`.
fn of_operand(uses: &[Use], operand: Operand) -> &[Use] {
    let start = uses.partition_point(|term| operand_of(*term) < operand);
    let uses = uses.get(start..).unwrap_or_default();
    let end = uses.partition_point(|term| operand_of(*term) == operand);
    uses.get(..end).unwrap_or_default()
}

/// An entry of several terms.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub(super) rule: Rule,
    pub(super) terms: Box<[Term]>,
    /// One for each term.
    operands: Box<[Operand]>,
    /// How many different names and patterns the user's IdP groups must hold.
    needed: u8,
}

/// More than any condition needs: something that it excludes is there.
const BLOCKED: u8 = u8::MAX / 2;

/// The conditions of a mapping.
#[derive(Clone, Debug, Default)]
pub(super) struct Conditions {
    /// In the order of the entries.
    all: Box<[Condition]>,
    /// Of their terms. They grant nothing by themselves.
    patterns: Patterns,
    /// Each term once, sorted.
    uses: Box<[Use]>,
}

/// What a user's IdP groups come to in conditions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Met {
    operands: FixedBitSet,
    conditions: FixedBitSet,
    /// The terms that met a condition, sorted.
    by: Vec<Use>,
    /// The patterns among them that a target captures from.
    captures: Vec<Use>,
    /// The terms of conditions that are not met, but hold an IdP group; sorted, and only where that is to be explained.
    of_unmet: Vec<Use>,
    /// Of each condition, by its place: the targets that it reached by captures, by number.
    pub(super) captured: Vec<FixedBitSet>,
}

impl Met {
    /// Whether no IdP group is in a term of any condition.
    pub(super) fn is_untouched(&self) -> bool {
        self.operands.is_clear()
    }

    /// Whether a condition is met that captures.
    pub(super) fn has_captures(&self) -> bool {
        !self.captures.is_empty()
    }

    /// The places of the conditions that are met, in the order of the entries.
    pub(super) fn conditions(&self) -> impl Iterator<Item = usize> {
        self.conditions.ones()
    }
}

impl Conditions {
    /// Of entries in text order. `name` gives the place of a name among the sources.
    pub(super) fn new<'m>(conditions: Vec<(Rule, &'m Source)>, name: &mut dyn FnMut(&'m Term) -> usize) -> Conditions {
        let (mut places, mut patterns) = (FxHashMap::default(), Vec::<(&str, Vec<Rule>)>::new());
        let mut uses: Vec<Use> = Vec::new();
        let mut all = Vec::with_capacity(conditions.len());
        for (place, (rule, source)) in conditions.into_iter().enumerate() {
            let first = uses.len();
            let operand = |term: &'m Term| {
                let operand = match term.kind {
                    SourceKind::Name => number(name(term)) << 1,
                    _ => {
                        let next = patterns.len();
                        let pattern = *places.entry(term.text.as_str()).or_insert(next);
                        if pattern == next {
                            patterns.push((&term.text, Vec::new()));
                        }
                        number(pattern) << 1 | 1
                    }
                };
                let condition = (place as u64) << 1 | u64::from(term.excluded);
                uses.push(u64::from(operand) << u32::BITS | condition);
                operand
            };
            let operands = source.terms.iter().map(operand).collect();
            let own = uses.get_mut(first..).unwrap_or_default();
            own.sort_unstable();
            // A term may stand there twice.
            let is_first = |both: &&[Use]| both.first() != both.last();
            let mut needed = own.first().map_or(0, |first| u8::from(!is_excluded(*first)));
            let others = own.windows(2).filter(is_first).filter_map(|both| both.last());
            for other in others {
                needed += u8::from(!is_excluded(*other));
            }
            all.push(Condition {
                rule,
                terms: source.terms.as_slice().into(),
                operands,
                needed,
            });
        }
        uses.sort_unstable();
        uses.dedup();
        Conditions {
            all: all.into(),
            patterns: Patterns::new(patterns, |_| false),
            uses: uses.into(),
        }
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub(super) fn get(&self, place: usize) -> Option<&Condition> {
        self.all.get(place)
    }

    /// The condition that an entry is.
    pub(super) fn of_entry(&self, entry: u32) -> Option<&Condition> {
        let place = self.all.binary_search_by_key(&entry, |condition| condition.rule.entry);
        self.all.get(place.ok()?)
    }

    /// The operands that an IdP group is or matches.
    pub(super) fn operands(&self, sources: &Sources, name: &str) -> impl Iterator<Item = Operand> {
        let own = sources.place(name.into()).map(|place| number(place) << 1);
        let patterns = self.patterns.candidates(name);
        let matching = patterns.filter(move |rules| rules.pattern.matches(name));
        own.into_iter()
            .chain(matching.map(|rules| number(rules.index) << 1 | 1))
    }

    /// Of their terms.
    pub(super) fn patterns(&self) -> &Patterns {
        &self.patterns
    }

    /// Whether a pattern of a term matches this name.
    pub(super) fn concern(&self, name: &str) -> bool {
        !self.patterns.is_empty() && self.patterns.any_matches(name)
    }

    /// About how many terms an IdP group is looked for in.
    pub(super) fn effort(&self, sources: &Sources, name: &str) -> usize {
        let terms = self
            .operands(sources, name)
            .map(|operand| of_operand(&self.uses, operand).len());
        // There is a counter for each, and many are cleared at once.
        terms.sum::<usize>() + self.all.len() / 64
    }

    /// Which conditions these IdP groups meet.
    pub(super) fn meet(&self, sources: &Sources, idp_groups: &[&str], explain: bool) -> Met {
        let mut met = Met::default();
        if self.is_empty() {
            return met;
        }
        let mut counts = vec![0_u8; self.all.len()];
        met.conditions.grow(self.all.len());
        for name in idp_groups {
            for operand in self.operands(sources, name) {
                met.operands.grow(operand as usize + 1);
                if met.operands.put(operand as usize) {
                    continue;
                }
                for term in of_operand(&self.uses, operand) {
                    let place = condition_of(*term);
                    let (Some(count), Some(condition)) = (counts.get_mut(place), self.all.get(place)) else {
                        continue;
                    };
                    *count = if is_excluded(*term) { BLOCKED } else { *count + 1 };
                    met.conditions.set(place, *count == condition.needed);
                }
            }
        }
        for operand in met.operands.ones() {
            for term in of_operand(&self.uses, number(operand)) {
                let place = condition_of(*term);
                if met.conditions.contains(place) {
                    met.by.push(*term);
                    if operand & 1 == 1 && self.get(place).is_some_and(|condition| condition.rule.is_capture()) {
                        met.captures.push(*term);
                    }
                } else if explain {
                    met.of_unmet.push(*term);
                }
            }
        }
        met
    }

    /// The places of the conditions that an IdP group met with others or alone, in the order of the entries; below each, in the
    /// lowest bit, whether it met a pattern of it.
    pub(super) fn met_by(&self, sources: &Sources, met: &Met, name: &str) -> Vec<u64> {
        self.conditions_of(sources, &met.by, name)
    }

    /// The same of the conditions that capture from this IdP group.
    pub(super) fn capturing(&self, sources: &Sources, met: &Met, name: &str) -> Vec<u64> {
        self.conditions_of(sources, &met.captures, name)
    }

    /// The same of the conditions that are not met, and of which an IdP group is in a term.
    pub(super) fn unmet_of(&self, sources: &Sources, met: &Met, name: &str) -> Vec<u64> {
        self.conditions_of(sources, &met.of_unmet, name)
    }

    fn conditions_of(&self, sources: &Sources, uses: &[Use], name: &str) -> Vec<u64> {
        let mut places = Vec::new();
        for operand in self.operands(sources, name) {
            let terms = of_operand(uses, operand).iter();
            places.extend(terms.map(|term| (condition_of(*term) as u64) << 1 | u64::from(operand & 1)));
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The operands through which a condition was met that grants this role, sorted.
    pub(super) fn granting_role(&self, met: &Met, role: RoleRank) -> Vec<Operand> {
        let grants = |term: &&Use| {
            self.get(condition_of(**term))
                .is_some_and(|condition| condition.rule.grants_role(role))
        };
        met.by.iter().filter(grants).map(|term| operand_of(*term)).collect()
    }

    /// Takes the terms, which explanations show, as these entries have them.
    pub(super) fn place(&mut self, entries: &[Entry]) {
        for condition in &mut self.all {
            if let Some(entry) = entries.get(condition.rule.entry as usize) {
                condition.terms = entry.source.terms.as_slice().into();
            }
        }
    }
}

impl Condition {
    /// The terms that these operands do not meet, in text order.
    pub(super) fn failed(&self, met: &Met) -> impl Iterator<Item = &Term> {
        let terms = self.terms.iter().zip(&self.operands);
        let failed = terms.filter(|(term, operand)| met.operands.contains(**operand as usize) == term.excluded);
        failed.map(|(term, _)| term)
    }

    /// The terms besides those that an IdP group of these operands meets, in text order.
    pub(super) fn others(&self, own: &[Operand]) -> impl Iterator<Item = &Term> {
        let terms = self.terms.iter().zip(&self.operands);
        let others = terms.filter(|(term, operand)| term.excluded || !own.contains(operand));
        others.map(|(term, _)| term)
    }
}
