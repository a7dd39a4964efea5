//! From the decision to the changes, with what the guards refuse.

use fixedbitset::FixedBitSet;

use super::numbered::NumberedPlan;
use super::sync_plan::{Guard, PlanStatus};
use super::{Bounds, Planned, Present};
use crate::catalog::RoleRank;
use crate::policy::Removal;
use crate::resolve::{Decision, GroupSync, Scope, number};

/// Everything that the changes follow from.
pub(super) struct Change<'p> {
    pub(super) sync: &'p GroupSync,
    pub(super) present: &'p Present,
    pub(super) decision: &'p Decision,
    pub(super) bounds: Bounds<'p>,
}

impl Change<'_> {
    pub(super) fn plan(&self) -> Planned {
        let catalog = self.sync.catalog();
        let wanted = self.decision.role(catalog);
        let (role, guard) = self.guarded_role(wanted);
        let (mut join, mut keep, mut blocked_joins) = (Vec::new(), Vec::new(), Vec::new());
        let mut covered = FixedBitSet::with_capacity(catalog.groups().len());
        for group in self.decision.all_groups() {
            let is_present = self.present.groups.contains(group.0);
            let has_seat = is_present
                || self
                    .bounds
                    .seats()
                    .all(|seats| seats.has_group_left(catalog.group(group)));
            if catalog.required_by(group) > Some(role) || !has_seat {
                if !is_present {
                    blocked_joins.push(number(group.0));
                }
                continue;
            }
            covered.insert(group.0);
            if is_present { &mut keep } else { &mut join }.push(number(group.0));
        }
        let left = self.present.groups().filter(|group| !covered.contains(group.0));
        let leave: Vec<u32> = left.map(|group| number(group.0)).collect();
        let leaves_gone =
            self.sync.policy().removal == Removal::All && self.bounds.weighing.scope == Scope::RolesAndGroups;
        let leaves_none = leave.is_empty() && (!leaves_gone || self.present.gone.iter().all(|gone| gone.is_held));
        let is_unchanged = self.present.role == Some(role) && join.is_empty() && leaves_none;
        Planned {
            plan: NumberedPlan {
                status: if is_unchanged {
                    PlanStatus::Unchanged
                } else {
                    PlanStatus::Change
                },
                reason: None,
                from: self.present.role.map(|rank| number(rank.0)),
                to: number(role.0),
                join,
                leave,
                keep,
                resolution: None,
            },
            blocked_role: guard.map(|guard| (wanted, guard)),
            blocked_joins,
            blocked_leaves: self.blocked_leaves(&covered),
            leaves_gone,
            last_admin_unknown: self.last_admin_unknown(role),
        }
    }

    /// Groups that are kept for nothing but that the user is the last in them.
    fn blocked_leaves(&self, covered: &FixedBitSet) -> Vec<u32> {
        let last = self.sync.last_in(self.present, self.decision, self.bounds.guards);
        let kept = last.filter(|group| covered.contains(group.0));
        let blocked = kept.filter(|group| !self.sync.stays(self.present, self.decision, *group, self.bounds));
        let mut blocked: Vec<u32> = blocked.map(|group| number(group.0)).collect();
        blocked.sort_unstable();
        blocked.dedup();
        blocked
    }

    /// The role that the guards allow, and the guard that refused the wanted one.
    fn guarded_role(&self, wanted: RoleRank) -> (RoleRank, Option<Guard>) {
        let catalog = self.sync.catalog();
        let top = catalog.top_role();
        let is_last_admin = self.bounds.guards.last_admin == Some(true) && self.present.role == Some(top);
        if is_last_admin && wanted < top && self.sync.policy().protect_last_admin {
            return (top, Some(Guard::LastAdmin));
        }
        if self.may_have(wanted) {
            return (wanted, None);
        }
        // Present groups that only stay, and need what may not be had, are left: they count no more.
        let mut reduced = self.decision.clone();
        reduced.keep_staying(|group| catalog.required_by(group).is_none_or(|role| self.may_have(role)));
        let wanted = reduced.role(catalog);
        if self.may_have(wanted) {
            return (wanted, Some(Guard::SeatLimit));
        }
        // What else is granted or needed, of what may be had; and not below the present role, since more than that is granted.
        let granted = reduced.roles();
        let needed = reduced.all_groups().filter_map(|group| catalog.required_by(group));
        let allowed = granted.chain(needed).filter(|role| self.may_have(*role)).max();
        (
            allowed.max(self.present.role).unwrap_or(RoleRank(0)),
            Some(Guard::SeatLimit),
        )
    }

    /// Whether nobody knows if this takes the highest role from the last user who has it.
    fn last_admin_unknown(&self, role: RoleRank) -> bool {
        let top = self.sync.catalog().top_role();
        let is_lowered = self.present.role == Some(top) && role < top;
        is_lowered && self.sync.policy().protect_last_admin && self.bounds.guards.last_admin.is_none()
    }

    /// Whether a seat of this role is left, or the user has one of a role as high. A new member gets the lowest role in any case.
    fn may_have(&self, role: RoleRank) -> bool {
        self.present.role.unwrap_or(RoleRank(0)) >= role || self.has_seat_left(self.sync.catalog().role(role))
    }

    fn has_seat_left(&self, role: &str) -> bool {
        self.bounds.seats().all(|seats| seats.has_role_left(role))
    }
}
