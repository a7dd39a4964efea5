//! A resolution held against a membership: what to change, and what a guard refuses.
//!
//! Carrying out a plan and planning again leaves nothing to do. The role always covers what the groups need that the user
//! joins or keeps, and a guard that refuses one change never holds up another. `docs/planning.md` has the rules.

mod change;
mod membership;
mod numbered;
mod present;
mod sync_plan;
mod words;

use fixedbitset::FixedBitSet;
use serde::{Deserialize, Serialize};

use crate::access::Access;
use crate::catalog::{Catalog, GroupIndex, RoleRank};
use crate::claims::{ClaimGroups, ClaimStatus, read_groups_with_valid_options};
use crate::error::GroupSyncError;
use crate::policy::{MissingClaim, Removal, SyncOn};
use crate::resolve::{
    Decision, Explained, Grants, GroupSync, Outcome, Scope, Standing, Weighed, Weighing, number, plain_status,
};
use crate::value::ClaimValue;
use change::Change;
pub use membership::{GrantedBy, Guards, MemberGroup, Membership, Seat, Seats};
pub use numbered::{NumberedMembership, NumberedPlan};
pub(crate) use present::{Had, Present};
pub use sync_plan::{Blocked, BlockedChange, Guard, PlanReason, PlanStatus, RoleChange, SyncPlan};

/// How a plan is made.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PlanOptions {
    /// As in [`ResolveOptions`](crate::ResolveOptions).
    pub explain: bool,
    /// Facts that keep a change from being made.
    pub guards: Guards,
    /// The provider whose sync this is, where there are several: what the sync of another one gave is not taken away.
    pub provider: Option<String>,
    /// Whether a token of this instance has ever carried the claim. If none has, a missing claim changes nothing.
    pub claim_seen: bool,
}

impl Default for PlanOptions {
    fn default() -> Self {
        PlanOptions {
            explain: true,
            guards: Guards::default(),
            provider: None,
            claim_seen: true,
        }
    }
}

with! { PlanOptions:
    with_explain(explain: bool),
    with_guards(guards: Guards),
    with_provider(provider: Option<String>),
    with_claim_seen(claim_seen: bool),
}

/// A plan with what only words tell of it.
pub(crate) struct Planned {
    pub(crate) plan: NumberedPlan,
    /// The wanted role that was not given.
    blocked_role: Option<(RoleRank, Guard)>,
    /// Groups that were not joined for want of a seat.
    blocked_joins: Vec<u32>,
    /// Groups that were not left, as nobody else is in them.
    blocked_leaves: Vec<u32>,
    /// Whether groups are left that the catalog does not have.
    leaves_gone: bool,
    /// Whether nobody knows if this takes the highest role from the last user who has it.
    last_admin_unknown: bool,
}

impl Planned {
    /// Whether the policy refuses the user.
    pub(crate) fn is_denied(&self) -> bool {
        self.plan.status == PlanStatus::Denied
    }

    /// Whether a guard refuses something.
    pub(crate) fn is_blocked(&self) -> bool {
        self.blocked_role.is_some() || !self.blocked_joins.is_empty() || !self.blocked_leaves.is_empty()
    }

    /// What the user has once this is carried out.
    pub(crate) fn access(&self, present: &Present, catalog: &Catalog) -> Access {
        if self.is_denied() {
            return Access::denied();
        }
        let both = self.plan.keep.iter().chain(&self.plan.join);
        let mut groups: Vec<u64> = both.map(|group| u64::from(*group)).collect();
        groups.sort_unstable();
        let groups = groups.iter().map(|group| catalog.group(GroupIndex(*group as usize)));
        Access {
            role: Some(catalog.role(RoleRank(self.plan.to as usize)).to_owned()),
            groups: groups
                .map(str::to_owned)
                .chain(self.gone_kept(present).map(str::to_owned))
                .collect(),
            denied: false,
        }
    }

    /// The groups that `present` has and the catalog does not, as far as they are not left.
    pub(crate) fn gone_kept<'p>(&self, present: &'p Present) -> impl Iterator<Item = &'p str> {
        let leaves_gone = self.leaves_gone;
        let kept = present.gone.iter().filter(move |gone| !leaves_gone || gone.is_held);
        kept.map(|gone| gone.name.as_str())
    }

    /// Whether there is nothing to say that numbers do not tell.
    pub(crate) fn is_plain(&self) -> bool {
        !self.is_blocked() && !self.last_admin_unknown
    }
}

/// What keeps a change from being made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds<'b> {
    pub(crate) guards: &'b Guards,
    /// The licence's own seats, which count besides those in the guards.
    pub(crate) licence: Option<&'b Seats>,
    /// The provider whose sync this is.
    pub(crate) provider: Option<&'b str>,
    pub(crate) weighing: Weighing,
}

impl<'b> Bounds<'b> {
    /// Those of these guards, and nothing else.
    pub(crate) fn of(guards: &'b Guards) -> Self {
        Bounds {
            guards,
            licence: None,
            provider: None,
            weighing: Weighing::default(),
        }
    }

    /// Every limit on seats.
    fn seats(&self) -> impl Iterator<Item = &'b Seats> {
        [Some(&self.guards.seats), self.licence].into_iter().flatten()
    }
}

impl GroupSync {
    /// What to change for a user with these claims who has this membership.
    ///
    /// # Errors
    /// `invalid-input` if the claims are no object, or the membership or the guards name a role that the catalog does not have.
    ///
    /// ```
    /// use idp_group_sync::{
    ///     AppGroup, Catalog, ClaimOptions, ClaimValue, GroupSync, GroupSyncConfig, Membership, PlanOptions, Policy,
    /// };
    ///
    /// let sync = GroupSync::new(GroupSyncConfig {
    ///     mapping: "engineers -> developers".to_owned(),
    ///     claim: ClaimOptions::named("groups"),
    ///     catalog: Catalog::new(None, vec![AppGroup::new("developers").requiring("builder")])?,
    ///     policy: Policy::default(),
    /// })?;
    /// let claims = ClaimValue::from(serde_json::json!({ "groups": ["engineers"] }));
    /// let membership = Membership::new("end-user");
    /// let plan = sync.plan(&claims, &membership, &PlanOptions::default())?;
    /// assert_eq!(plan.role.to, "builder");
    /// assert_eq!(plan.join, ["developers"]);
    /// # Ok::<(), idp_group_sync::GroupSyncError>(())
    /// ```
    pub fn plan(
        &self,
        claims: &ClaimValue,
        membership: &Membership,
        options: &PlanOptions,
    ) -> Result<SyncPlan, GroupSyncError> {
        self.plan_claim(
            &read_groups_with_valid_options(claims, self.claim())?,
            membership,
            options,
        )
    }

    /// The same for IdP groups that were read elsewhere; see [`GroupSync::resolve_groups`].
    ///
    /// # Errors
    /// As [`GroupSync::plan`].
    pub fn plan_groups(
        &self,
        groups: &[&str],
        membership: &Membership,
        options: &PlanOptions,
    ) -> Result<SyncPlan, GroupSyncError> {
        let claim = ClaimGroups::from_names(groups.iter().map(|group| Some(*group)));
        self.plan_claim(&claim, membership, options)
    }

    /// The same for groups of which some, `None`, are not well-formed Unicode.
    #[doc(hidden)]
    pub fn plan_raw_groups(
        &self,
        groups: &[Option<String>],
        membership: &Membership,
        options: &PlanOptions,
    ) -> Result<SyncPlan, GroupSyncError> {
        let claim = ClaimGroups::from_names(groups.iter().map(Option::as_deref));
        self.plan_claim(&claim, membership, options)
    }

    pub(crate) fn plan_claim(
        &self,
        claim: &ClaimGroups,
        membership: &Membership,
        options: &PlanOptions,
    ) -> Result<SyncPlan, GroupSyncError> {
        let bounds = Bounds {
            provider: options.provider.as_deref(),
            weighing: Weighing {
                claim_seen: options.claim_seen,
                ..Weighing::default()
            },
            ..Bounds::of(&options.guards)
        };
        self.plan_within(claim, membership, options.explain, bounds)
            .map_err(|error| match error.path().starts_with("guards") {
                true => error.within("options"),
                false => error,
            })
    }

    /// The same within what a licence allows.
    pub(crate) fn plan_within(
        &self,
        claim: &ClaimGroups,
        membership: &Membership,
        explain: bool,
        bounds: Bounds<'_>,
    ) -> Result<SyncPlan, GroupSyncError> {
        self.plan_granted(claim, &self.grants(&claim.names(), explain), membership, bounds)
    }

    /// The same for a claim of which it is known what it grants.
    pub(crate) fn plan_granted(
        &self,
        claim: &ClaimGroups,
        grants: &Grants,
        membership: &Membership,
        bounds: Bounds<'_>,
    ) -> Result<SyncPlan, GroupSyncError> {
        self.require_known(bounds.guards)
            .map_err(|error| error.within("guards"))?;
        let present = self
            .present(membership, bounds.provider)
            .map_err(|error| error.within("membership"))?;
        let (planned, weighed) = self.plan_present(claim.status, &claim.names(), grants, &present, bounds);
        Ok(self.plan_in_words(
            &planned,
            &present,
            bounds.provider,
            self.in_words(claim, grants, &weighed),
        ))
    }

    /// What to change for a user with these IdP groups who has this membership, in numbers. `None` where only words tell all:
    /// see [`GroupSync::resolve_by_number`]; or a guard refuses something.
    #[must_use]
    pub fn plan_by_number(
        &self,
        idp_groups: &[&str],
        membership: &NumberedMembership<'_>,
        explain: bool,
    ) -> Option<(NumberedPlan, Option<Explained>)> {
        let status = plain_status(idp_groups, explain)?;
        let grants = self.grants(idp_groups, explain);
        let plan = self.plan_numbered(status, idp_groups, &grants, membership)?;
        Some((plan, grants.into_explained()))
    }

    /// The same where it is known what the IdP groups grant.
    pub(crate) fn plan_numbered(
        &self,
        status: ClaimStatus,
        idp_groups: &[&str],
        grants: &Grants,
        membership: &NumberedMembership<'_>,
    ) -> Option<NumberedPlan> {
        let guards = Guards {
            last_admin: membership.last_admin,
            ..Guards::default()
        };
        let bounds = Bounds::of(&guards);
        let present = self.numbered_present(membership)?;
        let (planned, weighed) = self.plan_present(status, idp_groups, grants, &present, bounds);
        let is_plain = grants.is_plain() && weighed.is_plain() && planned.is_plain();
        is_plain.then_some(NumberedPlan {
            resolution: Some(weighed.resolution),
            ..planned.plan
        })
    }

    /// The same in numbers, for a membership whose names have been looked up.
    pub(crate) fn plan_present(
        &self,
        status: ClaimStatus,
        idp_groups: &[&str],
        grants: &Grants,
        present: &Present,
        bounds: Bounds<'_>,
    ) -> (Planned, Weighed) {
        let standing = |decision: &Decision| {
            let mut staying = FixedBitSet::with_capacity(present.groups.len());
            for group in present.groups() {
                if self.stays(present, decision, group, bounds) {
                    staying.insert(group.0);
                }
            }
            self.last_in(present, decision, bounds.guards)
                .for_each(|group| staying.insert(group.0));
            Standing {
                role: present.role,
                role_stays: present.role_stays(self.policy()),
                staying,
            }
        };
        let weighed = self.weigh(status, idp_groups, grants, bounds.weighing, &standing);
        let planned = match weighed.resolution.outcome {
            _ if present.role.is_some() && self.policy().sync_on == SyncOn::FirstLogin => {
                self.leave_as_is(present, false, PlanReason::FirstLoginOnly)
            }
            Outcome::Resolved | Outcome::NoMatch => {
                let change = Change {
                    sync: self,
                    present,
                    decision: &weighed.decision,
                    bounds,
                };
                change.plan()
            }
            outcome => {
                let reason = self.reason(status, idp_groups, bounds.weighing.claim_seen);
                self.leave_as_is(present, outcome == Outcome::Deny, reason)
            }
        };
        (planned, weighed)
    }

    /// The plan that changes nothing, except that a new member who is not refused gets the default role.
    fn leave_as_is(&self, present: &Present, is_denied: bool, reason: PlanReason) -> Planned {
        let status = match present.role {
            _ if is_denied => PlanStatus::Denied,
            None => PlanStatus::Change,
            Some(_) => PlanStatus::Skipped,
        };
        // Whoever is in groups without having a role gets the one that they need.
        let needed = present
            .groups()
            .filter_map(|group| self.catalog().required_by(group))
            .max();
        let needed = needed.filter(|_| status == PlanStatus::Change);
        let to = present.role.or(needed).unwrap_or(RoleRank(0));
        Planned {
            plan: NumberedPlan {
                status,
                reason: Some(reason),
                from: present.role.map(|rank| number(rank.0)),
                to: number(to.0),
                join: Vec::new(),
                leave: Vec::new(),
                keep: present.groups().map(|group| number(group.0)).collect(),
                resolution: None,
            },
            blocked_role: None,
            blocked_joins: Vec::new(),
            blocked_leaves: Vec::new(),
            leaves_gone: false,
            last_admin_unknown: false,
        }
    }

    /// Why the policy leaves everything as it is, or refuses the user.
    fn reason(&self, claim: ClaimStatus, idp_groups: &[&str], claim_seen: bool) -> PlanReason {
        match claim {
            ClaimStatus::Missing if !claim_seen => PlanReason::ClaimNeverSeen,
            ClaimStatus::Malformed => PlanReason::ClaimMalformed,
            ClaimStatus::Incomplete => PlanReason::ClaimIncomplete,
            ClaimStatus::Missing if self.policy().missing_claim != MissingClaim::NoGroups => PlanReason::ClaimMissing,
            _ if !self.unmet_requirement(claim, idp_groups).is_empty() => PlanReason::RequiredGroup,
            _ => PlanReason::NoMatch,
        }
    }

    /// What the guards name has to be there: a guard of something else guards nothing.
    fn require_known(&self, guards: &Guards) -> Result<(), GroupSyncError> {
        let unknown = |path, name: &str, kind| GroupSyncError::invalid_input(path, format!("`{name}` is not a {kind}"));
        let catalog = self.catalog();
        if let Some(role) = guards.seats.roles.keys().find(|role| !catalog.is_role(role)) {
            return Err(unknown("seats.roles", role, "role"));
        }
        if let Some(group) = guards.seats.groups.keys().find(|group| !catalog.is_group(group)) {
            return Err(unknown("seats.groups", group, "group"));
        }
        match guards.last_in.iter().find(|group| !catalog.is_group(group)) {
            Some(group) => Err(unknown("lastIn", group, "group")),
            None => Ok(()),
        }
    }

    /// The present groups that are not granted and that nobody else is in, while their last member is protected.
    fn last_in<'a>(
        &'a self,
        present: &'a Present,
        decision: &'a Decision,
        guards: &'a Guards,
    ) -> impl Iterator<Item = GroupIndex> + 'a {
        let names = guards.last_in.iter().filter(|_| self.policy().protect_last_admin);
        let groups = names.filter_map(|name| self.catalog().group_index(name.as_str()));
        groups.filter(|group| present.groups.contains(group.0) && !decision.is_granted(*group))
    }

    /// Whether a present group that is not granted is kept all the same.
    fn stays(&self, present: &Present, decision: &Decision, group: GroupIndex, bounds: Bounds<'_>) -> bool {
        if bounds.weighing.scope == Scope::RolesOnly {
            return true;
        }
        if decision.is_granted(group) {
            return false;
        }
        match self.policy().removal {
            _ if present.held.contains(group.0) => true,
            Removal::All => false,
            Removal::Synced => !present.synced.contains(group.0),
            Removal::Mapped => !self.can_grant(group),
            Removal::None => true,
        }
    }
}
