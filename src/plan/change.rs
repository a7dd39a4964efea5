//! From the decision to the changes, with what the guards refuse.

use fixedbitset::FixedBitSet;

use super::sync_plan::{Blocked, BlockedChange, Guard, PlanStatus, RoleChange, SyncPlan};
use super::{Bounds, Present};
use crate::catalog::{GroupIndex, RoleRank};
use crate::diagnostic::{Diagnostic, DiagnosticCode, shown};
use crate::policy::Removal;
use crate::resolve::{Decision, GroupSync, Resolution, Scope};

/// Everything that the changes follow from.
pub(super) struct Change<'p> {
    pub(super) sync: &'p GroupSync,
    pub(super) present: &'p Present,
    pub(super) decision: &'p Decision,
    pub(super) bounds: Bounds<'p>,
}

impl Change<'_> {
    pub(super) fn plan(&self, mut resolution: Resolution) -> SyncPlan {
        let catalog = self.sync.catalog();
        let wanted = self.decision.role(catalog, self.sync.policy());
        let (role, guard) = self.guarded_role(wanted);
        resolution.diagnostics.extend(self.last_admin_unknown(role));
        let is_present = |group: GroupIndex| self.present.groups.contains(group.0);
        let (mut join, mut leave, mut keep) = (Vec::new(), Vec::new(), Vec::new());
        let mut blocked_joins = Vec::new();
        let mut covered = FixedBitSet::default();
        for group in self.decision.all_groups() {
            let name = catalog.group(group).to_owned();
            if catalog.required_by(group) > Some(role) {
                if !is_present(group) {
                    blocked_joins.push(name);
                }
                continue;
            }
            covered.grow_and_insert(group.0);
            if is_present(group) {
                keep.push(name)
            } else {
                join.push(name)
            }
        }
        let left = self.present.groups().filter(|group| !covered.contains(group.0));
        leave.extend(left.map(|group| catalog.group(group).to_owned()));
        let leaves_gone = self.sync.policy().removal == Removal::All && self.bounds.scope == Scope::RolesAndGroups;
        if leaves_gone { &mut leave } else { &mut keep }.extend(self.present.gone.iter().cloned());

        let blocked = |change, name, guard| Blocked { change, name, guard };
        let blocked_role = guard.map(|guard| blocked(BlockedChange::Role, catalog.role(wanted).to_owned(), guard));
        let blocked_joins = blocked_joins
            .into_iter()
            .map(|group| blocked(BlockedChange::Join, group, Guard::SeatLimit));
        let blocked = blocked_role.into_iter().chain(blocked_joins).collect();

        let is_unchanged = self.present.role == Some(role) && join.is_empty() && leave.is_empty();
        SyncPlan {
            status: if is_unchanged {
                PlanStatus::Unchanged
            } else {
                PlanStatus::Change
            },
            reason: None,
            role: RoleChange {
                from: self.present.role.map(|rank| catalog.role(rank).to_owned()),
                to: catalog.role(role).to_owned(),
            },
            join,
            leave,
            keep,
            blocked,
            resolution,
        }
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
        let wanted = reduced.role(catalog, self.sync.policy());
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

    /// Says that nobody knows whether this takes the highest role from the last user who has it.
    fn last_admin_unknown(&self, role: RoleRank) -> Option<Diagnostic> {
        let catalog = self.sync.catalog();
        let top = catalog.top_role();
        let is_lowered = self.present.role == Some(top) && role < top;
        if !is_lowered || !self.sync.policy().protect_last_admin || self.bounds.guards.last_admin.is_some() {
            return None;
        }
        let (top, role) = (catalog.role(top), catalog.role(role));
        let message = format!(
            "the role goes down from {} to {}, and it is not known whether the user is the last one with the highest role",
            shown(top),
            shown(role)
        );
        Some(
            Diagnostic::new(DiagnosticCode::LastAdminUnknown, message)
                .param("from", top)
                .param("to", role)
                .help("set `guards.lastAdmin` to `true` if nobody else has the highest role, else to `false`; or switch `protectLastAdmin` off"),
        )
    }

    /// Whether a seat of this role is left, or the user has one of a role as high. A new member gets the lowest role in any case.
    fn may_have(&self, role: RoleRank) -> bool {
        self.present.role.unwrap_or(RoleRank(0)) >= role || self.has_seat_left(self.sync.catalog().role(role))
    }

    fn has_seat_left(&self, role: &str) -> bool {
        let seats = [Some(&self.bounds.guards.seats), self.bounds.licence];
        seats.into_iter().flatten().all(|seats| seats.has_role_left(role))
    }
}
