//! Users who have the same on both sides of a comparison, as nearly all have: that is told in numbers, without a word.

use crate::catalog::Catalog;
use crate::claims::ClaimStatus;
use crate::plan::{Bounds, Guards, PlanStatus, Planned, Present};
use crate::resolve::{GroupSync, Scope, number};
use crate::user_line::{MemberGroupLine, Text, UserLine};

/// What the numbers of the catalog in force are in the other one, which may not have everything.
#[derive(Clone, Debug)]
pub(crate) struct SameAccess {
    roles: Vec<Option<u32>>,
    groups: Vec<Option<u32>>,
}

impl SameAccess {
    pub(crate) fn of(before: &Catalog, after: &Catalog) -> SameAccess {
        let roles = before.roles().iter().map(|role| after.role_rank(role));
        let groups = before.groups().map(|group| after.group_index(&group.name));
        SameAccess {
            roles: roles.map(|rank| rank.map(|rank| number(rank.0))).collect(),
            groups: groups.map(|group| group.map(|group| number(group.0))).collect(),
        }
    }

    /// The role that the user has on both sides, beside the same groups: no role for one whom both refuse. `None` where something
    /// differs, or only words can tell.
    pub(crate) fn role<'s>(
        &self,
        user: &UserLine<'_>,
        before: &'s GroupSync,
        after: &GroupSync,
    ) -> Option<Option<&'s str>> {
        let names: Option<Vec<&str>> = user
            .names
            .as_ref()
            .map(|names| names.iter().map(|Text(name)| &**name).collect());
        let names = names.as_deref();
        let (had, had_present) = planned(before, user, names)?;
        let (gets, gets_present) = planned(after, user, names)?;
        let are_denied = [&had, &gets].map(|planned| planned.plan.status == PlanStatus::Denied);
        if are_denied[0] || are_denied[1] {
            return (are_denied[0] && are_denied[1]).then_some(None);
        }
        let is_same = self.roles.get(had.plan.to as usize) == Some(&Some(gets.plan.to))
            && self.are_same(&had.plan.keep, &gets.plan.keep)
            && self.are_same(&had.plan.join, &gets.plan.join)
            && had.gone_kept(&had_present) == gets.gone_kept(&gets_present);
        is_same.then(|| before.catalog().roles().get(had.plan.to as usize).map(String::as_str))
    }

    fn are_same(&self, before: &[u32], after: &[u32]) -> bool {
        let before = before
            .iter()
            .map(|group| self.groups.get(*group as usize).copied().flatten());
        before.eq(after.iter().map(|group| Some(*group)))
    }
}

/// What becomes of a user with IdP groups of these names, and what the user has; `None` if the membership is none.
fn planned(sync: &GroupSync, user: &UserLine<'_>, names: Option<&[&str]>) -> Option<(Planned, Present)> {
    let status = match names {
        None => ClaimStatus::Missing,
        Some([]) => ClaimStatus::Empty,
        Some(_) => ClaimStatus::Present,
    };
    let role = user.membership.role.as_ref().map(|Text(role)| &**role);
    let groups = user.membership.groups.iter();
    let groups = groups.map(
        |MemberGroupLine {
             name: Text(name),
             granted_by,
         }| (&**name, *granted_by),
    );
    let present = sync.present_by_name(role, groups).ok()?;
    let guards = Guards {
        last_admin: user.last_admin,
        ..Guards::default()
    };
    let bounds = Bounds {
        guards: &guards,
        licence: None,
        scope: Scope::RolesAndGroups,
    };
    let names = names.unwrap_or_default();
    let (planned, _) = sync.plan_present(status, names, &sync.grants(names, false), &present, bounds);
    Some((planned, present))
}
