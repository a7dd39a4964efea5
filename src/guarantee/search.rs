//! All that could give a role or group, looked through for the fewest IdP groups that reach it.

use std::ops::ControlFlow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::capture::Captured;
use super::demand::{Demand, Inventor};
use super::{Counterexample, Goal};
use crate::budget::Budget;
use crate::catalog::{Catalog, Grantable, GroupIndex, RoleRank};
use crate::diagnostic::shown;
use crate::mapping::{Entry, Mapping, Source, SourceKind, TargetKind};
use crate::policy::{NoMatch, Policy, compared};
use crate::resolve::{Grant, GrantKind, GroupSync};

/// How much proving one guarantee does at most: in characters that are looked at, roughly.
pub const MAX_PROVING_EFFORT: usize = 20_000_000;

impl Goal {
    pub(super) fn is_reached_by(self, group: GroupIndex, catalog: &Catalog) -> bool {
        match self {
            Goal::Admission => true,
            Goal::Role(role) => role == RoleRank(0) || catalog.required_by(group) >= Some(role),
            Goal::Group(goal) => goal == group,
        }
    }

    fn is_reached(self, what: Grantable, catalog: &Catalog) -> bool {
        match (self, what) {
            (goal, Grantable::Group(group)) => goal.is_reached_by(group, catalog),
            (Goal::Admission, Grantable::Role(_)) => true,
            (Goal::Role(goal), Grantable::Role(role)) => role >= goal,
            (Goal::Group(_), Grantable::Role(_)) => false,
        }
    }
}

/// A configuration as guarantees look at it.
pub(crate) struct Book<'m> {
    sync: &'m GroupSync,
    entries: &'m [Entry],
    /// What the policy requires of everybody.
    requirement: Option<&'m Source>,
    /// The names of roles and groups as they are compared, by their numbers.
    names: &'m [String],
    /// The first group of each name, which is the one that a capture reaches.
    groups: FxHashMap<&'m str, GroupIndex>,
    /// The IdP groups that entries name by themselves, and so take over.
    taken_over: FxHashSet<&'m str>,
    pub(crate) inventor: Inventor<'m>,
}

/// One search.
struct Search<'b, 'm> {
    book: &'b Book<'m>,
    /// The IdP groups of which one has to be there.
    required: &'b [String],
    /// Those that must not be there.
    forbidden: FxHashSet<&'b str>,
    found: Option<(Vec<String>, Way<'b>)>,
}

impl<'m> Book<'m> {
    pub(crate) fn of(
        sync: &'m GroupSync,
        mapping: &'m Mapping,
        requirement: Option<&'m Source>,
        compared: &'m [String],
        guaranteed: &'m [String],
    ) -> Book<'m> {
        let catalog = sync.catalog();
        let mut groups = FxHashMap::default();
        for (number, name) in compared.iter().enumerate() {
            if let Grantable::Group(group) = catalog.target_of(number)
                && !catalog.is_role(catalog.group(group))
            {
                groups.entry(name.as_str()).or_insert(group);
            }
        }
        let entries = mapping.entries();
        let of_kind = |kind| move |(text, of, _): (&'m str, SourceKind, _)| (of == kind).then_some(text);
        let sources = || entries.iter().map(|entry| &entry.source).chain(requirement);
        let parts = || sources().flat_map(Source::parts);
        let mut names: FxHashSet<&str> = parts().filter_map(of_kind(SourceKind::Name)).collect();
        names.extend(compared.iter().map(String::as_str));
        let named = entries.iter().filter(|entry| entry.source.kind == SourceKind::Name);
        Book {
            sync,
            entries,
            requirement,
            names: compared,
            groups,
            taken_over: named.map(|entry| entry.source.text.as_str()).collect(),
            inventor: Inventor::new(
                parts().filter_map(of_kind(SourceKind::Pattern)),
                names,
                guaranteed.iter().map(String::as_str).collect(),
                sync.policy().compare,
            ),
        }
    }

    pub(super) fn catalog(&self) -> &'m Catalog {
        self.sync.catalog()
    }

    pub(super) fn policy(&self) -> &'m Policy {
        self.sync.policy()
    }

    /// Those of these IdP groups that nothing names.
    pub(super) fn unnamed(&self, idp_groups: &[String]) -> Vec<String> {
        let compare = self.policy().compare;
        let unnamed = idp_groups
            .iter()
            .filter(|name| !self.inventor.is_named(&compared(name, compare)));
        unnamed.cloned().collect()
    }

    /// Who reaches the goal with one of these IdP groups, or else without any of them; and whether not all was looked at.
    pub(super) fn counterexample(
        &self,
        goal: Goal,
        idp_groups: &[String],
        is_with: bool,
    ) -> (Option<Counterexample>, bool) {
        let (required, forbidden) = if is_with {
            (idp_groups, FxHashSet::default())
        } else {
            (&[][..], idp_groups.iter().map(String::as_str).collect())
        };
        let mut search = Search {
            book: self,
            required,
            forbidden,
            found: None,
        };
        let mut budget = Budget::of(MAX_PROVING_EFFORT);
        _ = self.ways(goal, &mut budget, &mut |demand, way, budget| {
            search.look(&demand, way, budget)
        });
        let found = search.found.take();
        let counterexample = found.map(|(idp_groups, way)| self.in_words(goal, idp_groups, way));
        (counterexample, budget.is_spent())
    }

    fn in_words(&self, goal: Goal, idp_groups: Vec<String>, found: Way<'_>) -> Counterexample {
        let catalog = self.catalog();
        let grant = found.map(|(what, entry)| {
            let (target, kind) = match what {
                Grantable::Role(rank) => (catalog.role(rank), GrantKind::Role),
                Grantable::Group(group) => (catalog.group(group), GrantKind::Group),
            };
            Grant {
                target: target.to_owned(),
                kind,
                entry: entry.map(|entry| entry.span),
                text: None,
                with: Vec::new(),
            }
        });
        let requires = match (goal, found) {
            (Goal::Role(_), Some((Grantable::Group(group), _))) => catalog.required_by(group),
            _ => None,
        };
        let requires = requires.map(|role| catalog.role(role).to_owned());
        let listed: Vec<String> = idp_groups.iter().map(|name| shown(name)).collect();
        let who = match listed.as_slice() {
            [] => "a user without IdP groups".to_owned(),
            groups => format!("a user in {} alone", groups.join(" and ")),
        };
        let what = match &grant {
            None => format!("has {}, the lowest role", shown(catalog.default_role())),
            Some(Grant {
                target, kind, entry, ..
            }) => {
                let verb = if *kind == GrantKind::Role { "becomes" } else { "joins" };
                let by = entry.map_or_else(|| "by its name".to_owned(), |entry| format!("by line {}", entry.line()));
                format!("{verb} {}, {by}", shown(target))
            }
        };
        let raised = requires
            .as_deref()
            .map_or_else(String::new, |role| format!(", which makes the user {}", shown(role)));
        Counterexample {
            text: format!("{who} {what}{raised}"),
            idp_groups,
            grant,
            requires,
        }
    }
}

/// The names of all roles and groups as they are compared, by their numbers.
pub(crate) fn compared_names(sync: &GroupSync) -> Vec<String> {
    let (catalog, compare) = (sync.catalog(), sync.policy().compare);
    (0..catalog.targets())
        .map(|number| compared(catalog.target_name(number), compare).into_owned())
        .collect()
}

/// What gives a role or group: what is granted, and by which entry if not by its name. Nothing gives the lowest role.
pub(crate) type Way<'b> = Option<(Grantable, Option<&'b Entry>)>;

impl<'m> Book<'m> {
    /// Goes through all that could give the goal, each with what it asks for, until `visit` says that it is enough.
    pub(crate) fn ways<'b>(
        &'b self,
        goal: Goal,
        budget: &mut Budget,
        visit: &mut dyn FnMut(Demand<'b>, Way<'b>, &mut Budget) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let (catalog, policy) = (self.sync.catalog(), self.sync.policy());
        let mut visit = |mut demand: Demand<'b>, way, budget: &mut Budget| {
            if let Some(requirement) = self.requirement {
                demand.add_source(requirement);
            }
            visit(demand, way, budget)
        };
        let is_given_to_all = match goal {
            Goal::Admission => policy.no_match != NoMatch::Deny,
            Goal::Role(RoleRank(0)) => policy.no_match == NoMatch::DefaultRole,
            _ => false,
        };
        if is_given_to_all {
            visit(Demand::default(), None, budget)?;
        }
        for entry in self.entries {
            let target = entry.target.text.as_str();
            if budget.spend(4).is_none() {
                return ControlFlow::Break(());
            }
            if entry.target.kind == TargetKind::Name {
                let what = catalog.target(target).filter(|what| goal.is_reached(*what, catalog));
                if let Some(what) = what {
                    visit(demand_of(&entry.source), Some((what, Some(entry))), budget)?;
                }
                continue;
            }
            // What a user could name at the IdP reaches custom groups only, never a role.
            let groups = match goal {
                Goal::Group(group) => group.0..group.0 + 1,
                Goal::Admission | Goal::Role(_) => 0..catalog.groups().len(),
            };
            for group in groups.map(GroupIndex) {
                if budget.spend(target.len() + 1).is_none() {
                    return ControlFlow::Break(());
                }
                let name = self.names.get(catalog.target_number(Grantable::Group(group)));
                let name = name.map_or("", String::as_str);
                if goal.is_reached_by(group, catalog) && self.groups.get(name) == Some(&group) {
                    let mut demand = demand_of(&entry.source);
                    demand.captured = demand.matching.first().map(|pattern| Captured {
                        pattern,
                        target,
                        group: name,
                    });
                    visit(demand, Some((Grantable::Group(group), Some(entry))), budget)?;
                }
            }
        }
        for (number, name) in self.names.iter().enumerate() {
            let what = catalog.target_of(number);
            // A group is out of reach whose very name a role bears too.
            let is_meant = || catalog.named(catalog.target_name(number)) == Some(what);
            let is_taken_over = self.taken_over.contains(name.as_str());
            if !is_taken_over && policy.grants_by_name(what) && goal.is_reached(what, catalog) && is_meant() {
                let mut demand = Demand::default();
                demand.add(name, SourceKind::Name, false);
                visit(demand, Some((what, None)), budget)?;
            }
        }
        ControlFlow::Continue(())
    }
}

impl<'b> Search<'b, '_> {
    /// Looks who meets this demand, and notes it if there is nobody with fewer IdP groups.
    fn look(&mut self, demand: &Demand<'b>, way: Way<'b>, budget: &mut Budget) -> ControlFlow<()> {
        let required: &'b [String] = self.required;
        let nobody = required.is_empty().then_some(None);
        let with = required.iter().map(|name| Some(name.as_str())).chain(nobody);
        for name in with {
            let mut demand = demand.clone();
            if let Some(name) = name {
                demand.add(name, SourceKind::Name, false);
            }
            let met = demand.meet(&self.forbidden, &self.book.inventor, budget);
            let is_smaller =
                |groups: &Vec<String>| self.found.as_ref().is_none_or(|(found, _)| groups.len() < found.len());
            if let Some(groups) = met.filter(is_smaller) {
                self.found = Some((groups, way));
            }
            if budget.is_spent() || self.found.as_ref().is_some_and(|(groups, _)| groups.len() <= 1) {
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    }
}

fn demand_of(source: &Source) -> Demand<'_> {
    let mut demand = Demand::default();
    demand.add_source(source);
    demand
}
