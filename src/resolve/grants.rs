//! What a user's IdP groups grant, whatever the user has already. Each IdP group is looked up once, for the decision and for
//! the reasons.

use std::borrow::Cow;

use fixedbitset::FixedBitSet;

use super::GroupSync;
use super::conditions::Met;
use super::decision::Decision;
use super::numbered::{Explained, NumberedGrant, NumberedMatch, number};
use super::resolution::MatchedVia;
use super::rules::{Fired, Granted, GrantedVia};
use crate::catalog::{Grantable, RoleRank};
use crate::policy::Compare;

/// How many grants an explanation lists: with many patterns, each of which many IdP groups match, their number is a product.
/// One by a condition counts as many times as the condition has terms, as it lists them.
pub const MAX_EXPLAINED_GRANTS: usize = 100_000;

/// How many conditions that are not met an explanation lists, counted at each IdP group of theirs.
pub const MAX_UNMET: usize = 1_000;

/// What a user's IdP groups grant.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grants {
    /// Nothing that the user has is weighed in.
    pub(super) decision: Decision,
    /// Each entry that grants nothing known, with the place of the first IdP group that it concerns.
    pub(super) unknown: Vec<(u32, u32)>,
    /// Which conditions are met.
    pub(super) met: Met,
    /// Where it is wanted.
    pub(super) explained: Option<Explained>,
}

impl Grants {
    /// Whether there is nothing to say that numbers do not tell.
    pub(crate) fn is_plain(&self) -> bool {
        let is_plain = |explained: &Explained| {
            !explained.is_cut && !explained.has_near_misses && !explained.has_conditions && explained.unmet.is_empty()
        };
        self.unknown.is_empty() && self.explained.as_ref().is_none_or(is_plain)
    }

    /// Whether both, of one catalog, come to the same decision.
    pub(crate) fn are_the_same(&self, other: &Grants) -> bool {
        self.decision == other.decision
    }

    pub(crate) fn into_explained(self) -> Option<Explained> {
        self.explained
    }

    /// Counts what is granted to the IdP group at `place`.
    fn count(&mut self, Granted { what, entry }: Granted, place: usize, reported: &mut FixedBitSet) {
        match (what, entry) {
            (Some(what), _) => self.decision.grant(what),
            (None, Some(entry)) => {
                reported.grow(entry as usize + 1);
                if !reported.put(entry as usize) {
                    self.unknown.push((entry, number(place)));
                }
            }
            (None, None) => {}
        }
    }
}

impl GroupSync {
    /// What these IdP groups grant, which are distinct if that is to be explained.
    pub(crate) fn grants(&self, idp_groups: &[&str], explain: bool) -> Grants {
        if self.policy.compare == Compare::Exact {
            return self.grants_to(idp_groups, explain);
        }
        let names: Vec<Cow<'_, str>> = idp_groups.iter().map(|name| self.rules.spelled(name)).collect();
        let names: Vec<&str> = names.iter().map(|name| &**name).collect();
        self.grants_to(&names, explain)
    }

    /// The same for names as they are looked up.
    fn grants_to(&self, idp_groups: &[&str], explain: bool) -> Grants {
        let (catalog, policy) = (&*self.catalog, &self.policy);
        let mut grants = Grants {
            decision: Decision::of_nothing(catalog),
            ..Grants::default()
        };
        let mut explained = Explained::default();
        if explain {
            explained.matches.reserve(idp_groups.len());
            explained.grants.reserve(idp_groups.len());
        }
        let mut reported = FixedBitSet::new();
        let met = self.rules.meet(catalog, idp_groups, explain, &mut |granted, place| {
            grants.count(granted, place, &mut reported);
        });
        let mut fired = Fired::default();
        let mut granted = Vec::new();
        for (place, name) in idp_groups.iter().enumerate() {
            let lists = explain && explained.listed < MAX_EXPLAINED_GRANTS;
            granted.clear();
            let fired = (!lists).then_some(&mut fired);
            let (mut via, own) = self.rules.grant(catalog, policy, name, fired, &mut granted);
            for granted in &granted {
                grants.count(*granted, place, &mut reported);
            }
            if explain && !met.is_untouched() {
                self.explain_conditions(&met, place, name, lists, &mut granted, &mut explained);
                if via == GrantedVia::Nothing && !granted.is_empty() {
                    via = GrantedVia::Mapping;
                }
            }
            if lists {
                self.explain(name, via, own, &mut granted, &mut explained);
            } else if explain {
                let via = self.rules.via(catalog, policy, &met, name);
                explained.is_cut |= via != GrantedVia::Nothing;
                self.explain(name, via, 0, &mut Vec::new(), &mut explained);
            }
        }
        grants.met = met;
        grants.explained = explain.then_some(explained);
        grants
    }

    /// Adds what conditions grant to an IdP group, where there is room to list it, and notes those that are not met.
    #[inline(never)]
    fn explain_conditions(
        &self,
        met: &Met,
        place: usize,
        name: &str,
        lists: bool,
        granted: &mut Vec<Granted>,
        explained: &mut Explained,
    ) {
        if lists {
            let before = granted.len();
            self.rules.grant_by_conditions(&self.catalog, met, name, granted);
            explained.has_conditions |= granted.len() > before;
            explained.is_cut |= granted.len() > MAX_EXPLAINED_GRANTS;
        }
        if !explained.is_unmet_cut {
            let unmet = self.rules.unmet_of(met, name);
            explained
                .unmet
                .extend(unmet.into_iter().map(|entry| (number(place), entry)));
            explained.is_unmet_cut = explained.unmet.len() > MAX_UNMET;
            explained.unmet.truncate(MAX_UNMET);
        }
    }

    /// Notes what one IdP group did: each target once, what patterns grant in the order of the entries.
    fn explain(&self, name: &str, via: GrantedVia, own: usize, granted: &mut Vec<Granted>, explained: &mut Explained) {
        if granted.len() > 1 {
            if let Some(by_patterns) = granted.get_mut(own..) {
                by_patterns.sort_by_cached_key(|granted| granted.entry.map_or(0, u64::from));
            }
            self.drop_repeated(name, granted);
        }
        let mut listed = explained.listed;
        let fits = |granted: &&Granted| {
            listed += self.rules.listed(granted.entry);
            listed <= MAX_EXPLAINED_GRANTS
        };
        let fitting = granted.iter().take_while(fits).count();
        explained.listed = listed;
        explained.is_cut |= granted.len() > fitting;
        granted.truncate(fitting);
        explained
            .grants
            .extend(granted.iter().map(|Granted { what, entry }| NumberedGrant {
                target: what.map(|what| number(self.catalog.target_number(what))),
                entry: *entry,
            }));
        let via = match via {
            GrantedVia::Mapping => MatchedVia::Mapping,
            GrantedVia::Name => MatchedVia::Name,
            GrantedVia::Nothing => {
                explained.has_near_misses |= self.near_misses_of(name).next().is_some();
                MatchedVia::None
            }
        };
        explained.matches.push(NumberedMatch {
            via,
            grants: number(granted.len()),
        });
    }

    /// Keeps the first grant of each target.
    fn drop_repeated(&self, name: &str, granted: &mut Vec<Granted>) {
        let mut known = FixedBitSet::with_capacity(self.catalog.targets());
        let mut unknown = std::collections::BTreeSet::new();
        granted.retain(|granted| match (granted.what, granted.entry) {
            (Some(what), _) => !known.put(self.catalog.target_number(what)),
            (None, entry) => unknown.insert(entry.and_then(|entry| Some(self.rules.unknown(entry, name)?.text))),
        });
    }

    /// The places of the IdP groups that grant `role`.
    pub(super) fn granting_role(
        &self,
        met: &Met,
        explained: &Explained,
        idp_groups: &[&str],
        role: RoleRank,
    ) -> Vec<u32> {
        let (catalog, policy) = (&*self.catalog, &self.policy);
        let role_number = number(catalog.target_number(Grantable::Role(role)));
        // What is listed is not all.
        let by_conditions = match explained.is_cut {
            true => self.rules.granting_by_conditions(met, idp_groups, role),
            false => Vec::new(),
        };
        let mut rest = explained.grants.as_slice();
        let matches = idp_groups.iter().zip(&explained.matches).enumerate();
        let granting = matches.filter(|(place, (name, matched))| {
            let (grants, after) = rest.split_at_checked(matched.grants as usize).unwrap_or_default();
            rest = after;
            match explained.is_cut {
                true => {
                    by_conditions.binary_search(&number(*place)).is_ok()
                        || self.rules.grants_role(catalog, policy, &self.rules.spelled(name), role)
                }
                false => grants.iter().any(|grant| grant.target == Some(role_number)),
            }
        });
        granting.map(|(place, _)| number(place)).collect()
    }
}
