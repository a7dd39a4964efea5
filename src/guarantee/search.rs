//! All that could give a role or group, looked through for the fewest IdP groups that reach it.

use rustc_hash::FxHashSet;

use super::capture::Captured;
use super::demand::{Demand, Inventor};
use super::{Counterexample, Goal};
use crate::catalog::{Catalog, Grantable, GroupIndex, RoleRank};
use crate::diagnostic::shown;
use crate::diff::Budget;
use crate::mapping::{Entry, Mapping, Source, SourceKind, TargetKind};
use crate::policy::{NoMatch, Policy};
use crate::resolve::{Grant, GrantKind, GroupSync};

/// How much proving one guarantee does at most: in characters that are looked at, roughly.
pub const MAX_PROVING_EFFORT: usize = 20_000_000;

impl Goal {
    pub(super) fn is_reached_by(self, group: GroupIndex, catalog: &Catalog) -> bool {
        match self {
            Goal::Role(role) => role == RoleRank(0) || catalog.required_by(group) >= Some(role),
            Goal::Group(goal) => goal == group,
        }
    }

    fn is_reached(self, what: Grantable, catalog: &Catalog) -> bool {
        match (self, what) {
            (goal, Grantable::Group(group)) => goal.is_reached_by(group, catalog),
            (Goal::Role(goal), Grantable::Role(role)) => role >= goal,
            (Goal::Group(_), Grantable::Role(_)) => false,
        }
    }
}

/// A configuration as guarantees look at it.
pub(super) struct Book<'m> {
    sync: &'m GroupSync,
    entries: &'m [Entry],
    /// The IdP groups that entries name by themselves, and so take over.
    taken_over: FxHashSet<&'m str>,
    inventor: Inventor<'m>,
}

/// One search.
struct Search<'b, 'm> {
    book: &'b Book<'m>,
    goal: Goal,
    /// The IdP groups of which one has to be there.
    required: &'b [String],
    /// Those that must not be there.
    forbidden: FxHashSet<&'b str>,
    budget: Budget,
    found: Option<(Vec<String>, Option<(Grantable, Option<&'b Entry>)>)>,
}

impl<'m> Book<'m> {
    pub(super) fn of(sync: &'m GroupSync, mapping: &'m Mapping) -> Book<'m> {
        let entries = mapping.entries();
        let of_kind = |kind| move |(text, of, _): (&'m str, SourceKind, _)| (of == kind).then_some(text);
        let parts = || entries.iter().flat_map(|entry| entry.source.parts());
        let mut names: FxHashSet<&str> = parts().filter_map(of_kind(SourceKind::Name)).collect();
        names.extend(names_of(sync.catalog()));
        let named = entries.iter().filter(|entry| entry.source.kind == SourceKind::Name);
        Book {
            sync,
            entries,
            taken_over: named.map(|entry| entry.source.text.as_str()).collect(),
            inventor: Inventor::new(parts().filter_map(of_kind(SourceKind::Pattern)), names),
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
        let unnamed = idp_groups.iter().filter(|name| !self.inventor.is_named(name));
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
            goal,
            required,
            forbidden,
            budget: Budget::of(MAX_PROVING_EFFORT),
            found: None,
        };
        search.everything();
        let found = search.found.take();
        let counterexample = found.map(|(idp_groups, grant)| self.in_words(goal, idp_groups, grant));
        (counterexample, search.budget.is_spent())
    }

    fn in_words(
        &self,
        goal: Goal,
        idp_groups: Vec<String>,
        found: Option<(Grantable, Option<&Entry>)>,
    ) -> Counterexample {
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

fn names_of(catalog: &Catalog) -> impl Iterator<Item = &str> {
    let groups = catalog.groups().map(|group| group.name.as_str());
    catalog.roles().iter().map(String::as_str).chain(groups)
}

impl<'b, 'm> Search<'b, 'm> {
    /// Looks through all that could give the goal, until nothing can be smaller.
    fn everything(&mut self) {
        let book = self.book;
        if self.goal == Goal::Role(RoleRank(0)) && book.policy().no_match == NoMatch::DefaultRole {
            self.look(Demand::default(), None);
        }
        for entry in book.entries {
            if self.is_over() {
                return;
            }
            self.entry(entry);
        }
        let catalog = book.catalog();
        for name in names_of(catalog).filter(|name| !book.taken_over.contains(name)) {
            let granted = book.policy().granted_by_name(catalog, name);
            if let Some(what) = granted.filter(|what| self.goal.is_reached(*what, catalog)) {
                if self.is_over() {
                    return;
                }
                let mut demand = Demand::default();
                demand.add(name, SourceKind::Name, false);
                self.look(demand, Some((what, None)));
            }
        }
    }

    fn is_over(&self) -> bool {
        self.budget.is_spent() || self.found.as_ref().is_some_and(|(groups, _)| groups.len() <= 1)
    }

    fn entry(&mut self, entry: &'b Entry) {
        let (goal, catalog) = (self.goal, self.book.catalog());
        let target = entry.target.text.as_str();
        if entry.target.kind == TargetKind::Name {
            let what = catalog.target(target).filter(|what| goal.is_reached(*what, catalog));
            if let Some(what) = what {
                self.look(demand_of(&entry.source), Some((what, Some(entry))));
            }
            return;
        }
        // What a user could name at the IdP reaches custom groups only, never a role.
        let groups: Vec<GroupIndex> = match goal {
            Goal::Group(group) => vec![group],
            Goal::Role(_) => (0..catalog.groups().len()).map(GroupIndex).collect(),
        };
        for group in groups {
            let name = catalog.group(group);
            if self.is_over() || self.budget.spend(target.len() + 1).is_none() {
                return;
            }
            if goal.is_reached_by(group, catalog) && !catalog.is_role(name) {
                let mut demand = demand_of(&entry.source);
                let captured = demand.pattern().map(|pattern| Captured {
                    pattern,
                    target,
                    group: name,
                });
                demand.captured = captured;
                self.look(demand, Some((Grantable::Group(group), Some(entry))));
            }
        }
    }

    /// Looks who meets this demand, and notes it if there is nobody with fewer IdP groups.
    fn look(&mut self, demand: Demand<'b>, grant: Option<(Grantable, Option<&'b Entry>)>) {
        let required: &'b [String] = self.required;
        let nobody = required.is_empty().then_some(None);
        let with = required.iter().map(|name| Some(name.as_str())).chain(nobody);
        for name in with {
            let mut demand = demand.clone();
            if let Some(name) = name {
                demand.add(name, SourceKind::Name, false);
            }
            let met = demand.meet(&self.forbidden, &self.book.inventor, &mut self.budget);
            let is_smaller =
                |groups: &Vec<String>| self.found.as_ref().is_none_or(|(found, _)| groups.len() < found.len());
            if let Some(groups) = met.filter(is_smaller) {
                self.found = Some((groups, grant));
            }
            if self.is_over() {
                return;
            }
        }
    }
}

fn demand_of(source: &Source) -> Demand<'_> {
    let mut demand = Demand::default();
    demand.add_source(source);
    demand
}
