//! What planning yields: instructions for one user in one workspace.

use fixedbitset::FixedBitSet;
use serde::{Deserialize, Serialize};

use crate::access::Access;
use crate::catalog::{Catalog, GroupIndex};
use crate::resolve::Resolution;

/// All-or-nothing instructions for one user in one workspace. Carried out twice, they change nothing the second time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SyncPlan {
    /// Whether there is anything to do.
    pub status: PlanStatus,
    /// Why nothing may change, or why a new member gets no more than the default role.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub reason: Option<PlanReason>,
    /// The role to change.
    pub role: RoleChange,
    /// Groups to join, in catalog order.
    pub join: Vec<String>,
    /// Groups to leave: in catalog order, then those that the catalog does not have.
    pub leave: Vec<String>,
    /// Groups to stay in, in the same order.
    pub keep: Vec<String>,
    /// The provider whose sync this is: to be stored with what is joined, and with the role if it changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// What a guard refused; nothing else is held up by that.
    pub blocked: Vec<Blocked>,
    /// What the plan follows from.
    pub resolution: Resolution,
}

impl SyncPlan {
    /// What the user has once this is carried out.
    pub(crate) fn access(&self, catalog: &Catalog) -> Access {
        if self.status == PlanStatus::Denied {
            return Access::denied();
        }
        let (mut known, mut gone) = (FixedBitSet::default(), Vec::new());
        for name in self.keep.iter().chain(&self.join) {
            match catalog.group_index(name) {
                Some(group) => known.grow_and_insert(group.0),
                None => gone.push(name.clone()),
            }
        }
        let known = known.ones().map(|group| catalog.group(GroupIndex(group)).to_owned());
        Access {
            role: Some(self.role.to.clone()),
            groups: known.chain(gone).collect(),
            denied: false,
        }
    }
}

/// Whether a plan has anything to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum PlanStatus {
    /// There is something to do.
    Change,
    /// Everything is as it should be.
    Unchanged,
    /// Nothing may change.
    Skipped,
    /// The policy refuses the user.
    Denied,
}

/// Why nothing may change, or why the user is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PlanReason {
    /// Nothing that the IdP groups name is known.
    NoMatch,
    /// The token has no such claim.
    ClaimMissing,
    /// The claim is not a list of group names.
    ClaimMalformed,
    /// The token says that the groups are elsewhere.
    ClaimIncomplete,
    /// No token has ever carried the claim.
    ClaimNeverSeen,
    /// The user does not meet what the policy requires.
    RequiredGroup,
    /// The user is a member already, and only those who come are synced.
    FirstLoginOnly,
    /// The user signed in by another way than single sign-on.
    NotSso,
    /// The user is exempt from group sync.
    Exempt,
    /// Group sync is switched off.
    SyncDisabled,
    /// The workspace is not in the sync list, or switched off there.
    WorkspaceDisabled,
    /// The user is archived in this workspace.
    Archived,
    /// The user is not a member of this workspace and does not become one.
    NotAMember,
    /// The workspace's mapping has errors.
    InvalidMapping,
    /// The workspace has no catalog.
    UnknownWorkspace,
    /// The membership or the guards name a role that the workspace does not have.
    InvalidMembership,
}

/// A role before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoleChange {
    /// The present role; `null` for a new member.
    pub from: Option<String>,
    /// The role to have; the same where it does not change.
    pub to: String,
}

/// A change that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Blocked {
    /// What was to change.
    pub change: BlockedChange,
    /// The role that was not given, or the group that was not joined.
    pub name: String,
    /// Which guard refused it.
    pub guard: Guard,
}

/// A kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum BlockedChange {
    /// Getting a role.
    Role,
    /// Joining a group.
    Join,
    /// Leaving a group.
    Leave,
}

/// What refuses single changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Guard {
    /// The last admin keeps the highest role.
    LastAdmin,
    /// A role is given only while its seats last.
    SeatLimit,
}
