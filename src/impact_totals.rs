//! How many users a change touches, and how.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::access::{Access, Effect};
use crate::catalog::Catalog;

/// How many users a change touches, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImpactTotals {
    /// Users whose access stays the same.
    pub unchanged: u64,
    /// Users who are let in at present, and would be refused.
    pub denied: u64,
    /// Users who are refused at present, and would be let in.
    pub admitted: u64,
    /// Users who only gain.
    pub gains: u64,
    /// Users who only lose.
    pub loses: u64,
    /// Users who gain something and lose something.
    pub changes: u64,
    /// Users who would have the highest role of the catalog in force no longer, those who are refused among them.
    pub top_role_lost: u64,
    /// How many users have each role.
    #[cfg_attr(feature = "schema", schemars(with = "BTreeMap<String, RoleCount>"))]
    pub roles: RoleCounts,
}

impl ImpactTotals {
    /// Of nobody yet. The roles are those of both catalogs.
    pub(crate) fn of<'c>(catalogs: impl IntoIterator<Item = &'c Catalog>) -> ImpactTotals {
        let mut roles = BTreeMap::new();
        for role in catalogs.into_iter().flat_map(Catalog::roles) {
            roles.insert(role.clone(), RoleCount::default());
        }
        ImpactTotals {
            roles: RoleCounts(roles),
            ..ImpactTotals::default()
        }
    }

    /// Users who lose something.
    pub(crate) fn losers(&self) -> u64 {
        self.denied + self.loses + self.changes
    }

    /// Counts a user who has the same on both sides, with this role.
    pub(crate) fn count_unchanged(&mut self, role: Option<&str>) {
        if let Some(count) = role.and_then(|role| self.roles.0.get_mut(role)) {
            count.before += 1;
            count.after += 1;
        }
        self.unchanged += 1;
    }

    /// Counts a user.
    pub(crate) fn count(&mut self, had: &Access, gets: &Access, effect: Option<Effect>, loses_top_role: bool) {
        if let Some(count) = had.role.as_ref().and_then(|role| self.roles.0.get_mut(role)) {
            count.before += 1;
        }
        if let Some(count) = gets.role.as_ref().and_then(|role| self.roles.0.get_mut(role)) {
            count.after += 1;
        }
        self.top_role_lost += u64::from(loses_top_role);
        *match effect {
            None => &mut self.unchanged,
            Some(Effect::Denied) => &mut self.denied,
            Some(Effect::Admitted) => &mut self.admitted,
            Some(Effect::Gains) => &mut self.gains,
            Some(Effect::Loses) => &mut self.loses,
            Some(Effect::Changes) => &mut self.changes,
        } += 1;
    }
}

/// How many users have each role, for every role of either catalog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleCounts(BTreeMap<String, RoleCount>);

impl RoleCounts {
    /// How many users have this role.
    #[must_use]
    pub fn get(&self, role: &str) -> Option<RoleCount> {
        self.0.get(role).copied()
    }

    /// The roles, by name, and how many users have each.
    pub fn iter(&self) -> impl Iterator<Item = (&str, RoleCount)> {
        self.0.iter().map(|(role, count)| (role.as_str(), *count))
    }
}

impl Serialize for RoleCounts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(&self.0)
    }
}

/// How many users have a role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoleCount {
    /// At present.
    pub before: u64,
    /// If the change is made.
    pub after: u64,
}
