//! What a guarantee does not speak of: roles and groups that somebody keeps, whatever the token gives.

use super::Goal;
use crate::catalog::{Catalog, GroupIndex};
use crate::policy::{Demotion, MissingClaim, NoMatch, Policy, Removal, RoleWithoutRoleGroup, SyncOn, UnreadableClaim};

/// The fields of the policy by which a role or group could be kept.
pub(super) fn fields(goal: Goal, catalog: &Catalog, policy: &Policy) -> Vec<&'static str> {
    let is_role = matches!(goal, Goal::Role(_));
    // A group that stays keeps the role up that it requires.
    let has_group = || (0..catalog.groups().len()).any(|place| goal.is_reached_by(GroupIndex(place), catalog));
    let keeping = [
        (policy.no_match == NoMatch::Keep, "policy.noMatch"),
        (policy.missing_claim == MissingClaim::Keep, "policy.missingClaim"),
        (
            policy.unreadable_claim == UnreadableClaim::Keep,
            "policy.unreadableClaim",
        ),
        (
            is_role && policy.role_without_role_group != RoleWithoutRoleGroup::Infer,
            "policy.roleWithoutRoleGroup",
        ),
        (is_role && policy.demotion == Demotion::Never, "policy.demotion"),
        (policy.removal != Removal::All && has_group(), "policy.removal"),
        (policy.sync_on == SyncOn::FirstLogin, "policy.syncOn"),
        (is_role && policy.protect_last_admin, "policy.protectLastAdmin"),
    ];
    keeping
        .into_iter()
        .filter_map(|(keeps, field)| keeps.then_some(field))
        .collect()
}
