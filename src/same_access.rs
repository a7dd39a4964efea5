//! What a user has on both sides of a comparison, told in numbers: most have the same, and then no word is needed.

use crate::access::Access;
use crate::catalog::RoleRank;
use crate::claims::ClaimStatus;
use crate::plan::{Bounds, Guards, Had, Present};
use crate::policy::Removal;
use crate::resolve::{GroupSync, number};
use crate::user_line::UserLine;

/// What a user has on both sides.
pub(crate) enum Compared<'s> {
    /// The same, with this role; no role for one whom both refuse.
    Same(Option<&'s str>),
    /// Perhaps not the same.
    Each { before: Access, after: Access },
}

/// What the numbers of the catalog in force are in the other one, which may not have everything.
#[derive(Clone, Debug)]
pub(crate) struct SameAccess {
    roles: Vec<Option<u32>>,
    groups: Vec<Option<u32>>,
    /// Whether nothing can make a difference but what IdP groups grant.
    only_grants_count: bool,
}

impl SameAccess {
    pub(crate) fn of(before: &GroupSync, after: &GroupSync) -> SameAccess {
        let (old, new) = (before.catalog(), after.catalog());
        let roles = old.roles().iter().map(|role| new.role_rank(role));
        let groups = old.groups().map(|group| new.group_index(&group.name));
        SameAccess {
            roles: roles.map(|rank| rank.map(|rank| number(rank.0))).collect(),
            groups: groups.map(|group| group.map(|group| number(group.0))).collect(),
            only_grants_count: old.roles() == new.roles()
                && old.groups().eq(new.groups())
                && before.policy() == after.policy()
                && before.policy().removal != Removal::Mapped,
        }
    }

    /// `None` where the line has to be read by another way: for a membership that is none, or what a guard refuses.
    pub(crate) fn compare<'s>(
        &self,
        user: &UserLine<'_>,
        before: &'s GroupSync,
        after: &GroupSync,
    ) -> Option<Compared<'s>> {
        let (status, names) = names(user);
        let guards = Guards {
            last_admin: user.last_admin,
            ..Guards::default()
        };
        let bounds = Bounds::of(&guards);
        let granted = [before, after].map(|sync| sync.grants(&names, false));
        let had_present = present(before, user)?;
        let had = before.plan_present(status, &names, &granted[0], &had_present, bounds).0;
        let same = || {
            let role = before.catalog().role(RoleRank(had.plan.to as usize));
            Some(Compared::Same((!had.is_denied()).then_some(role)))
        };
        if self.only_grants_count && granted[0].are_the_same(&granted[1]) {
            return same();
        }
        let gets_present = present(after, user)?;
        let gets = after.plan_present(status, &names, &granted[1], &gets_present, bounds).0;
        if had.is_denied() && gets.is_denied()
            || !had.is_denied()
                && !gets.is_denied()
                && self.is_role(had.plan.to, gets.plan.to)
                && self.are_groups(&had.plan.keep, &gets.plan.keep)
                && self.are_groups(&had.plan.join, &gets.plan.join)
                && had.gone_kept(&had_present).eq(gets.gone_kept(&gets_present))
        {
            return same();
        }
        (!gets.is_blocked()).then(|| Compared::Each {
            before: had.access(&had_present, before.catalog()),
            after: gets.access(&gets_present, after.catalog()),
        })
    }

    fn is_role(&self, before: u32, after: u32) -> bool {
        self.roles.get(before as usize) == Some(&Some(after))
    }

    fn are_groups(&self, before: &[u32], after: &[u32]) -> bool {
        let before = before.iter().map(|group| *self.groups.get(*group as usize)?);
        before.eq(after.iter().map(|group| Some(*group)))
    }
}

/// The names of a user's IdP groups, and what it says that there are such, or none.
fn names<'u>(user: &'u UserLine<'_>) -> (ClaimStatus, Vec<&'u str>) {
    let names: Vec<&str> = user.names.iter().flatten().map(|name| &**name).collect();
    let status = match (&user.names, names.is_empty()) {
        (None, _) => ClaimStatus::Missing,
        (Some(_), true) => ClaimStatus::Empty,
        (Some(_), false) => ClaimStatus::Present,
    };
    (status, names)
}

/// What a user has; `None` if there is no such role.
fn present(sync: &GroupSync, user: &UserLine<'_>) -> Option<Present> {
    let groups = user.membership.groups.iter();
    let had = Had {
        role: user.membership.role.as_deref(),
        role_granted_by: user.membership.role_granted_by,
        role_provider: None,
        groups: groups.map(|group| (&*group.name, group.granted_by, None)),
    };
    sync.present_by_name(had, None).ok()
}
