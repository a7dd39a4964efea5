//! A plan in words.

use super::numbered::NumberedPlan;
use super::sync_plan::{Blocked, BlockedChange, Guard, RoleChange, SyncPlan};
use super::{Planned, Present};
use crate::catalog::RoleRank;
use crate::diagnostic::{Diagnostic, DiagnosticCode, shown};
use crate::resolve::{GroupSync, Resolution};

impl GroupSync {
    /// What `planned` comes to, and what it follows from. Behind the groups of the catalog stand those that it does not have.
    pub(super) fn plan_in_words(
        &self,
        planned: &Planned,
        present: &Present,
        provider: Option<&str>,
        mut resolution: Resolution,
    ) -> SyncPlan {
        let NumberedPlan {
            status,
            reason,
            from,
            to,
            join,
            leave,
            keep,
            resolution: _,
        } = &planned.plan;
        let role = |rank: u32| self.catalog().role(RoleRank(rank as usize)).to_owned();
        let names = |groups: &[u32]| -> Vec<String> { groups.iter().map(|group| self.group_name(*group)).collect() };
        if planned.last_admin_unknown {
            let top = self.catalog().role(self.catalog().top_role());
            resolution.diagnostics.push(last_admin_unknown(top, &role(*to)));
        }
        let (mut leave, mut keep) = (names(leave), names(keep));
        for gone in &present.gone {
            let is_left = planned.leaves_gone && !gone.is_held;
            if is_left { &mut leave } else { &mut keep }.push(gone.name.clone());
        }
        let blocked = |change, name, guard| Blocked { change, name, guard };
        let blocked_role = planned.blocked_role.map(|(wanted, guard)| {
            let wanted = self.catalog().role(wanted).to_owned();
            blocked(BlockedChange::Role, wanted, guard)
        });
        let blocked_joins = planned.blocked_joins.iter();
        let blocked_joins =
            blocked_joins.map(|group| blocked(BlockedChange::Join, self.group_name(*group), Guard::SeatLimit));
        let blocked_leaves = planned.blocked_leaves.iter();
        let blocked_leaves =
            blocked_leaves.map(|group| blocked(BlockedChange::Leave, self.group_name(*group), Guard::LastAdmin));
        SyncPlan {
            status: *status,
            reason: *reason,
            role: RoleChange {
                from: from.map(role),
                to: role(*to),
            },
            join: names(join),
            leave,
            keep,
            provider: provider.map(str::to_owned),
            blocked: blocked_role
                .into_iter()
                .chain(blocked_joins)
                .chain(blocked_leaves)
                .collect(),
            resolution,
        }
    }
}

/// Says that nobody knows whether this takes the highest role from the last user who has it.
fn last_admin_unknown(top: &str, role: &str) -> Diagnostic {
    let message = format!(
        "the role goes down from {} to {}, and it is not known whether the user is the last one with the highest role",
        shown(top),
        shown(role)
    );
    Diagnostic::new(DiagnosticCode::LastAdminUnknown, message)
        .param("from", top)
        .param("to", role)
        .help("set `guards.lastAdmin` to `true` if nobody else has the highest role, else to `false`; or switch `protectLastAdmin` off")
}
