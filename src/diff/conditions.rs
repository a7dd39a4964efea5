//! What conditions make a difference to: sets of IdP groups that together come to something else, although none of them alone does.
//!
//! For each target, what gives it on either side is a disjunction of conjunctions, and the two are compared as Boolean functions:
//! for each conjunction of one side, IdP groups are looked for that meet it and none of the other side's. Whatever of those they
//! do meet has to be broken in one of its terms, which adds a term to the conjunction; each of these is tried.

use std::borrow::Cow;
use std::ops::ControlFlow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::groups::{entries, entries_of_one, same_compare, spellings};
use super::{ChangeKind, Comparison, MAX_COMPARING_EFFORT, Side};
use crate::budget::Budget;
use crate::catalog::{Grantable, GroupIndex, RoleRank};
use crate::diagnostic::shown;
use crate::guarantee::{Book, Demand, Goal, Inventor, compared_names, fold};
use crate::mapping::{Entry, Pattern, SourceKind, TargetKind};
use crate::names::excess_length;
use crate::policy::{Compare, compared};
use crate::resolve::{GroupSync, reach};

/// How many conjunctions are tried at most for one target.
pub const MAX_CONDITION_STEPS: usize = 100_000;

/// How many terms are added to one conjunction at most.
const MAX_ADDED_TERMS: usize = 256;

/// One conjunction that gives a target.
struct Way<'b> {
    demand: Demand<'b>,
    /// The condition, where it is one.
    condition: Option<&'b str>,
    matching: Vec<Pattern>,
    unmatched: Vec<Pattern>,
    /// The one IdP group that a capture turns into the target, or nothing where there are several such.
    captured: Option<Option<String>>,
}

impl<'b> Way<'b> {
    fn new(demand: Demand<'b>, entry: Option<&'b Entry>, inventor: &Inventor<'_>, budget: &mut Budget) -> Way<'b> {
        let compiled = |texts: &[&str]| texts.iter().map(|text| Pattern::new(text)).collect();
        let captured = demand.captured.map(|captured| {
            let has_one_star = captured.pattern.matches('*').count() == 1;
            let is_name = |name: &str| !name.is_empty() && excess_length(name).is_none();
            has_one_star
                .then(|| captured.member(inventor, &is_name, budget))
                .flatten()
        });
        let source = entry.map(|entry| &entry.source);
        let condition = source.filter(|source| source.kind == SourceKind::Condition);
        Way {
            condition: condition.map(|source| source.text.as_str()),
            matching: compiled(&demand.matching),
            unmatched: compiled(&demand.unmatched),
            captured,
            demand,
        }
    }

    /// Whether these IdP groups meet it.
    fn is_met(&self, groups: &[String]) -> bool {
        let has = |name: &str| groups.iter().any(|group| group == name);
        let any = |pattern: &Pattern| groups.iter().any(|group| pattern.matches(group));
        self.demand.present.iter().all(|name| has(name))
            && self.matching.iter().all(any)
            && !self.demand.absent.iter().any(|name| has(name))
            && !self.unmatched.iter().any(any)
            && match &self.captured {
                Some(Some(name)) => has(name),
                Some(None) => self
                    .demand
                    .captured
                    .is_some_and(|captured| groups.iter().any(|name| captured.takes(name))),
                None => true,
            }
    }
}

/// The search for IdP groups that one side gives a target to, and the other not.
struct Search<'s> {
    others: &'s [Way<'s>],
    inventor: &'s Inventor<'s>,
    steps: usize,
    budget: &'s mut Budget,
    is_incomplete: bool,
}

impl<'s> Search<'s> {
    /// IdP groups that meet `demand` and none of the other side's ways, with what must not be among them.
    fn separate(&mut self, demand: &Demand<'s>, added: usize) -> Option<(Vec<String>, Option<&'s str>)> {
        self.steps += 1;
        if self.steps > MAX_CONDITION_STEPS || added > MAX_ADDED_TERMS || self.budget.is_spent() {
            self.is_incomplete = true;
            return None;
        }
        let groups = demand.meet(&FxHashSet::default(), self.inventor, self.budget)?;
        let (others, looked) = (self.others, self.others.len() * (1 + groups.len()) * 16);
        if self.budget.spend(looked).is_none() {
            self.is_incomplete = true;
            return None;
        }
        let Some(met) = others.iter().find(|way| way.is_met(&groups)) else {
            return Some((groups, None));
        };
        let Demand {
            present,
            matching,
            absent,
            unmatched,
            ..
        } = &met.demand;
        let of = |texts: &'s [&'s str], kind, excluded| texts.iter().map(move |text| (*text, kind, excluded));
        let captured = match &met.captured {
            Some(Some(name)) => Some((name.as_str(), SourceKind::Name, true)),
            // All the names that a capture of several stars takes can't be said.
            Some(None) => {
                self.is_incomplete = true;
                None
            }
            None => None,
        };
        let breaking = of(absent, SourceKind::Name, false)
            .chain(of(unmatched, SourceKind::Pattern, false))
            .chain(of(present, SourceKind::Name, true))
            .chain(captured)
            .chain(of(matching, SourceKind::Pattern, true));
        for (text, kind, excluded) in breaking {
            let mut narrower = demand.clone();
            narrower.add(text, kind, excluded);
            if let Some((groups, condition)) = self.separate(&narrower, added + 1) {
                return Some((groups, condition.or(met.condition)));
            }
        }
        None
    }
}

/// What one has to reach, by its name.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Target {
    Admission,
    Role(String),
    Group(String),
}

impl Target {
    fn goal(&self, sync: &GroupSync) -> Option<Goal> {
        let catalog = sync.catalog();
        match self {
            Target::Admission => Some(Goal::Admission),
            Target::Role(name) => catalog.role_rank(name).map(Goal::Role),
            Target::Group(name) => catalog.group_named(name).map(Goal::Group),
        }
    }

    /// In a sentence.
    fn shown(&self) -> String {
        match self {
            Target::Admission => "admission".to_owned(),
            Target::Role(name) | Target::Group(name) => shown(name),
        }
    }
}

fn names_of_groups(sync: &GroupSync) -> impl Iterator<Item = Target> {
    let roles = sync.catalog().roles().iter().map(|role| Target::Role(role.clone()));
    let groups = sync.catalog().groups().map(|group| Target::Group(group.name.clone()));
    roles.chain(groups)
}

/// What these entries give, or take over from the names of roles and groups.
fn targets<'e>(sync: &GroupSync, entries: impl Iterator<Item = &'e Entry>) -> Vec<Target> {
    let (catalog, compare) = (sync.catalog(), sync.policy().compare);
    let mut by_name: FxHashMap<Cow<'_, str>, Vec<Grantable>> = FxHashMap::default();
    for number in 0..catalog.targets() {
        let name = compared(catalog.target_name(number), compare);
        by_name.entry(name).or_default().push(catalog.target_of(number));
    }
    let role = |rank: RoleRank| Target::Role(catalog.role(rank).to_owned());
    let mut targets = vec![role(RoleRank(0)), Target::Admission];
    for Entry { source, target, .. } in entries {
        let mut given: Vec<Grantable> = match catalog.target(&target.text) {
            Some(what) => vec![what],
            None if target.kind == TargetKind::Name => Vec::new(),
            None => {
                let captured = reach(&compared(&target.text, compare));
                let groups = (0..catalog.groups().len()).map(GroupIndex);
                let groups = groups.filter(|group| captured.matches(&compared(catalog.group(*group), compare)));
                groups.map(Grantable::Group).collect()
            }
        };
        if source.kind == SourceKind::Name {
            given.extend(by_name.get(&compared(&source.text, compare)).into_iter().flatten());
        }
        for what in given {
            match what {
                Grantable::Role(rank) => targets.push(role(rank)),
                Grantable::Group(group) => {
                    targets.push(Target::Group(catalog.group(group).to_owned()));
                    targets.extend(catalog.required_by(group).map(role));
                }
            }
        }
    }
    targets
}

impl Comparison<'_> {
    /// Compares the sets of IdP groups that conditions ask for. The first target for which not all could be compared.
    pub(super) fn conditions(&mut self) -> Option<String> {
        let [before, after] = self.sides;
        let is_condition = |entry: &Entry| entry.source.kind == SourceKind::Condition;
        let asks = |side: &Side<'_>| side.requirement.is_some() || side.mapping.entries().iter().any(is_condition);
        if !asks(before) && !asks(after) {
            return None;
        }
        // Where all else is the same, only what entries give that just one side has.
        let is_same_else = self.edited.is_some();
        let edited = if is_same_else {
            entries_of_one(before, after)
        } else {
            entries(before, after).cloned().collect()
        };
        let mut seen = FxHashSet::default();
        let of_both = [before, after].into_iter().flat_map(|side| {
            let mut all = targets(side.sync, edited.iter());
            if !is_same_else {
                all.extend(names_of_groups(side.sync));
            }
            all
        });
        let targets: Vec<Target> = of_both.filter(|target| seen.insert(target.clone())).collect();
        // What is one name to one side is several to the other.
        let Some(compare) = same_compare(before, after) else {
            return targets.first().map(Target::shown);
        };
        let as_compared = self.sides.each_ref().map(|side| {
            let (mut mapping, mut requirement) = (side.mapping.clone(), side.requirement.clone());
            if compare == Compare::IgnoreCase {
                fold(&mut mapping, requirement.as_mut());
            }
            (mapping, requirement, compared_names(side.sync))
        });
        let book = |side: usize| {
            let (of, (mapping, requirement, names)) = (self.sides.get(side)?, as_compared.get(side)?);
            Some(Book::of(of.sync, mapping, requirement.as_ref(), names, &[]))
        };
        let books = [book(0)?, book(1)?];
        self.spellings = spellings(before, after);
        let inventor = Inventor::of_both(&books[0].inventor, &books[1].inventor);
        self.budget = Budget::of(MAX_COMPARING_EFFORT);
        let mut budget = Budget::of(MAX_COMPARING_EFFORT);
        let mut left_out = None;
        for target in targets {
            if !self.target(&target, &books, &inventor, &mut budget) {
                left_out.get_or_insert_with(|| target.shown());
            }
        }
        left_out
    }

    /// Compares who reaches one target. Whether that could be told.
    fn target(&mut self, target: &Target, books: &[Book<'_>; 2], inventor: &Inventor<'_>, budget: &mut Budget) -> bool {
        let mut is_complete = true;
        let both: [Vec<Way<'_>>; 2] = [0, 1].map(|side| {
            let mut ways = Vec::new();
            let (Some(book), Some(of)) = (books.get(side), self.sides.get(side)) else {
                return ways;
            };
            if let Some(goal) = target.goal(of.sync) {
                let flow = book.ways(goal, budget, &mut |demand, way, budget| {
                    let entry = way.and_then(|(_, entry)| entry);
                    let mut way = Way::new(demand, entry.map(|entry| of.as_written(entry)), inventor, budget);
                    let required = of.requirement.as_ref().map(|requirement| requirement.text.as_str());
                    way.condition = way.condition.or(required);
                    ways.push(way);
                    ControlFlow::Continue(())
                });
                is_complete &= flow.is_continue();
            }
            ways
        });
        if !is_complete {
            return false;
        }
        let [before, after] = &both;
        for (ways, others) in [(before, after), (after, before)] {
            let same: FxHashSet<&Demand<'_>> = others.iter().map(|way| &way.demand).collect();
            let has_condition = others.iter().any(|way| way.condition.is_some());
            let differing = ways
                .iter()
                .filter(|way| (has_condition || way.condition.is_some()) && !same.contains(&way.demand));
            let mut search = Search {
                others,
                inventor,
                steps: 0,
                budget: &mut *budget,
                is_incomplete: false,
            };
            let mut found = Vec::new();
            for way in differing {
                if let Some((groups, condition)) = search.separate(&way.demand, 0) {
                    found.push((way, groups, way.condition.or(condition)));
                }
            }
            is_complete &= !search.is_incomplete;
            for (way, mut groups, condition) in found {
                let differs = |groups: &[String]| {
                    let gives = |ways: &[Way<'_>]| ways.iter().any(|way| way.is_met(groups));
                    gives(before) != gives(after)
                };
                let mut place = 0;
                while place < groups.len() {
                    let left_out = groups.remove(place);
                    if !differs(&groups) {
                        groups.insert(place, left_out);
                        place += 1;
                    }
                }
                let absent = way.demand.absent.iter().chain(&way.demand.unmatched);
                let without: Vec<String> = absent.map(|text| (*text).to_owned()).collect();
                if let Some(condition) = condition {
                    self.together(condition, &groups, without);
                }
            }
        }
        is_complete
    }

    /// Reports what users get who have all these IdP groups, if it is not known yet.
    fn together(&mut self, condition: &str, idp_groups: &[String], without: Vec<String>) {
        let as_written = |name: &String| self.spellings.get(name).unwrap_or(name).clone();
        let idp_groups: Vec<String> = idp_groups.iter().map(as_written).collect();
        let without: Vec<String> = without.iter().map(as_written).collect();
        let groups: Vec<&str> = idp_groups.iter().map(String::as_str).collect();
        let decided = |sync: &GroupSync| super::access(sync, &sync.decide(&groups));
        let (had, gets) = (decided(self.before), decided(self.after));
        let Some(effect) = self.effect(&had, &gets) else {
            return;
        };
        let is_alone = groups.len() <= 1;
        let known = self.changes.iter_mut().find(|change| {
            let is_alike = change.before == had && change.after == gets && change.kind == ChangeKind::Pattern;
            change.idp_groups == idp_groups || is_alone && is_alike
        });
        if let Some(known) = known {
            for name in without {
                if !known.without.contains(&name) {
                    known.without.push(name);
                }
            }
            return;
        }
        self.report(ChangeKind::Condition, condition, &groups, had, gets, effect);
        if let Some(change) = self.changes.last_mut() {
            change.without = without;
        }
    }
}
