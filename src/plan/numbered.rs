//! A plan in numbers, from which it is put in words; see [`NumberedResolution`](crate::NumberedResolution).

use super::sync_plan::{PlanReason, PlanStatus};
use crate::resolve::NumberedResolution;

/// What a user has in a workspace at present, by number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NumberedMembership<'m> {
    /// The role's rank; `None` for a user who is not a member yet.
    pub role: Option<u32>,
    /// Whether a sync gave the role.
    pub role_by_sync: bool,
    /// The custom groups, by their places in the catalog, and whether a sync put the user there.
    pub groups: &'m [(u32, bool)],
    /// As in [`Guards`](crate::Guards).
    pub last_admin: Option<bool>,
}

/// What [`SyncPlan`](crate::SyncPlan) says, by number. Nothing is blocked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberedPlan {
    /// Whether there is anything to do.
    pub status: PlanStatus,
    /// Why nothing may change, or why a new member gets no more than the default role.
    pub reason: Option<PlanReason>,
    /// The present role; `None` for a new member.
    pub from: Option<u32>,
    /// The role to have.
    pub to: u32,
    /// Groups to join, ascending.
    pub join: Vec<u32>,
    /// Groups to leave, ascending.
    pub leave: Vec<u32>,
    /// Groups to stay in, ascending.
    pub keep: Vec<u32>,
    /// What the plan follows from; `None` where no claim was looked at.
    pub resolution: Option<NumberedResolution>,
}
