//! One login, all workspaces: who may come in, and what changes where.
//!
//! [`LoginSync`] is compiled once per version of the settings and the catalogs, and shared by every login; it holds nothing
//! about users. The steps are taken in the order that `docs/login.md` gives, and each workspace is decided by itself.

mod compile;
mod numbered;
mod outcome;
mod request;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use fixedbitset::FixedBitSet;

use crate::catalog::{Catalog, DEFAULT_ROLES, GroupIndex};
use crate::claims::{ClaimGroups, read_groups_with_valid_options};
use crate::diagnostic::{Diagnostic, DiagnosticCode, shown};
use crate::error::GroupSyncError;
use crate::names::Places;
use crate::plan::{Bounds, Membership, PlanReason, PlanStatus, RoleChange, SyncPlan};
use crate::policy::NonMembers;
use crate::resolve::{Grants, GroupSync, Outcome, Resolution, Scope};
use crate::value::ClaimValue;
use compile::{Compiled, Listed};
pub use numbered::{NumberedOutcome, NumberedWorkspace};
pub use outcome::{LoginOutcome, LoginRefusal, WorkspacePlan};
pub use request::{
    Licence, LicenceFeatures, LicenceStatus, LoginRequest, LoginUser, LoginWorkspace, MemberStatus, UserStatus,
};

const OIDC: &str = "oidc";
const PASSWORD: &str = "password";

/// What becomes of a workspace before the claim is looked at.
enum Step {
    /// Nothing changes, except that somebody without a role `joins` with the default one.
    Skip { reason: PlanReason, joins: bool },
    /// The claim decides; of somebody who `needs_match` only if an IdP group matches.
    Plan { needs_match: bool },
}

/// What is known of one login: each claim read once, and each configuration asked once.
#[derive(Default)]
struct Seen {
    claims: Made<ClaimGroups>,
    grants: Made<Grants>,
}

/// Values by a number, each made when it is first asked for.
struct Made<T> {
    places: BTreeMap<usize, usize>,
    made: Vec<T>,
}

impl<T> Default for Made<T> {
    fn default() -> Self {
        Made {
            places: BTreeMap::new(),
            made: Vec::new(),
        }
    }
}

impl<T> Made<T> {
    fn get(&mut self, number: usize, make: impl FnOnce() -> Result<T, GroupSyncError>) -> Result<&T, GroupSyncError> {
        let place = match self.places.get(&number) {
            Some(place) => *place,
            None => {
                self.made.push(make()?);
                self.places.insert(number, self.made.len() - 1);
                self.made.len() - 1
            }
        };
        #[expect(clippy::indexing_slicing, reason = "every place is one of what was made")]
        Ok(&self.made[place])
    }
}

/// Settings and catalogs compiled for every login.
///
/// ```
/// use idp_group_sync::{AppGroup, Catalog, InstanceSettings, LoginRequest, LoginSync};
///
/// let settings = InstanceSettings { enabled: true, ..InstanceSettings::new("main") };
/// let catalog = Catalog::new(None, vec![AppGroup::new("sales")])?;
/// let sync = LoginSync::new(&settings, [("main".to_owned(), catalog)])?;
///
/// let request: LoginRequest = serde_json::from_value(serde_json::json!({
///     "method": "oidc",
///     "claims": { "groups": ["sales"] },
///     "user": { "exists": true },
///     "licence": { "status": "active", "features": { "sso": true, "groupSync": true } },
///     "workspaces": [{ "id": "main", "member": "active", "membership": { "role": "end-user", "groups": [] } }],
/// })).unwrap();
/// let outcome = sync.decide(&request)?;
/// assert!(outcome.allowed);
/// assert_eq!(outcome.workspaces[0].plan.join, ["sales"]);
/// # Ok::<(), idp_group_sync::GroupSyncError>(())
/// ```
#[derive(Clone, Debug)]
pub struct LoginSync {
    enabled: bool,
    default_workspace: String,
    /// The sync list.
    listed: Vec<Listed>,
    /// Of the sync list, by id.
    places: Places,
    /// Each distinct configuration once: workspaces that inherit share one.
    syncs: Vec<GroupSync>,
    /// The property that every one of them reads its IdP groups from, as they are.
    plain_claim: Option<String>,
    catalogs: BTreeMap<String, Arc<Catalog>>,
}

impl LoginSync {
    /// Whether this login is allowed, and what it changes in each workspace of the request.
    ///
    /// # Errors
    /// `invalid-input` with path `request.claims` if an OpenID Connect login has no claims, or they are no object.
    pub fn decide(&self, request: &LoginRequest) -> Result<LoginOutcome, GroupSyncError> {
        if let Some(refusal) = self.refusal(request) {
            return Ok(refused(refusal, request, Vec::new(), Vec::new()));
        }
        let claims = match (&request.claims, request.method == OIDC) {
            (_, false) => None,
            (Some(claims @ ClaimValue::Object(_)), true) => Some(claims),
            (Some(other), true) => {
                let message = format!("the claims are {}, not an object", other.kind());
                return Err(GroupSyncError::invalid_input("request.claims", message));
            }
            (None, true) => {
                return Err(GroupSyncError::invalid_input(
                    "request.claims",
                    "a login by `oidc` needs the token's claims",
                ));
            }
        };
        let mut diagnostics = Vec::new();
        if claims.is_some() && self.enabled && !request.licence.features.custom_groups {
            let message = "the licence has no custom groups, so this login syncs roles only";
            diagnostics.push(Diagnostic::new(DiagnosticCode::CustomGroupsUnlicensed, message));
        }
        let mut seen = Seen::default();
        let mut plans = Vec::with_capacity(request.workspaces.len());
        for workspace in &request.workspaces {
            let plan = self
                .plan(request, claims, workspace, &mut seen)
                .unwrap_or_else(|error| {
                    diagnostics.push(invalid_membership(workspace, &error));
                    self.skipped(workspace, PlanReason::InvalidMembership, Vec::new())
                });
            plans.push(WorkspacePlan {
                id: workspace.id.clone(),
                plan,
            });
        }
        let is_denied = plans
            .iter()
            .any(|WorkspacePlan { plan, .. }| plan.status == PlanStatus::Denied);
        let is_admitted = plans
            .iter()
            .zip(&request.workspaces)
            .any(|(planned, workspace)| admits(planned.plan.status, workspace.member));
        if is_denied && !is_admitted {
            return Ok(refused(LoginRefusal::DeniedByPolicy, request, plans, diagnostics));
        }
        Ok(LoginOutcome {
            allowed: true,
            reason: None,
            message: None,
            workspaces: plans,
            diagnostics,
        })
    }

    /// Why the login is refused whatever the groups.
    fn refusal(&self, request: &LoginRequest) -> Option<LoginRefusal> {
        let LoginRequest {
            method, user, licence, ..
        } = request;
        if user.status == UserStatus::Archived {
            return Some(LoginRefusal::UserArchived);
        }
        if method == PASSWORD {
            return match (takes_password(request), user.exists) {
                (false, _) => Some(LoginRefusal::PasswordLoginDisabled),
                (true, false) => Some(LoginRefusal::UnknownUser),
                (true, true) => None,
            };
        }
        if method == OIDC && !has_sso(licence) {
            return Some(LoginRefusal::SsoUnavailable);
        }
        if !user.exists && !request.signup {
            return Some(LoginRefusal::SignupDisabled);
        }
        if !user.exists && licence.seats.total.is_some_and(|seat| !seat.is_left()) {
            return Some(LoginRefusal::SeatLimitReached);
        }
        None
    }

    /// What becomes of a workspace before the claim is looked at.
    fn step(
        &self,
        request: &LoginRequest,
        has_claims: bool,
        id: &str,
        listed: Option<&Listed>,
        member: MemberStatus,
    ) -> Step {
        let is_default = id == self.default_workspace;
        let skip = |reason| Step::Skip { reason, joins: false };
        if !has_claims {
            return skip(PlanReason::NotSso);
        }
        let listed = match listed {
            Some(listed) if self.enabled && listed.enabled => listed,
            _ => {
                let reason = match self.enabled {
                    false => PlanReason::SyncDisabled,
                    true => PlanReason::WorkspaceDisabled,
                };
                // A new user has to have a role somewhere.
                let joins = is_default && !request.user.exists && member != MemberStatus::Archived;
                return Step::Skip { reason, joins };
            }
        };
        if member == MemberStatus::Archived {
            return skip(PlanReason::Archived);
        }
        let is_stranger = member == MemberStatus::None && !is_default;
        if is_stranger && listed.non_members == NonMembers::None {
            return skip(PlanReason::NotAMember);
        }
        Step::Plan {
            needs_match: is_stranger && listed.non_members == NonMembers::Matched,
        }
    }

    fn plan(
        &self,
        request: &LoginRequest,
        claims: Option<&ClaimValue>,
        workspace: &LoginWorkspace,
        seen: &mut Seen,
    ) -> Result<SyncPlan, GroupSyncError> {
        let listed = self.listed(&workspace.id);
        let needs_match = match self.step(request, claims.is_some(), &workspace.id, listed, workspace.member) {
            Step::Skip { reason, joins } => {
                let plan = self.skipped(workspace, reason, Vec::new());
                let status = match plan.role.from {
                    None if joins => PlanStatus::Change,
                    _ => plan.status,
                };
                return Ok(SyncPlan { status, ..plan });
            }
            Step::Plan { needs_match } => needs_match,
        };
        let skipped = |reason, diagnostics| Ok(self.skipped(workspace, reason, diagnostics));
        let (Some(listed), Some(claims)) = (listed, claims) else {
            return skipped(PlanReason::WorkspaceDisabled, Vec::new());
        };
        let (place, claim) = match &listed.compiled {
            Compiled::Ready { sync, claim } => (*sync, *claim),
            Compiled::WithoutCatalog => return skipped(PlanReason::UnknownWorkspace, Vec::new()),
            Compiled::InvalidMapping(diagnostics) => {
                return skipped(PlanReason::InvalidMapping, diagnostics.to_vec());
            }
        };
        let Some(sync) = self.syncs.get(place) else {
            return skipped(PlanReason::UnknownWorkspace, Vec::new());
        };
        let claim = seen
            .claims
            .get(claim, || read_groups_with_valid_options(claims, sync.claim()))?;
        let grants = seen
            .grants
            .get(place, || Ok(sync.grants(&claim.names(), request.explain)))?;
        let bounds = Bounds {
            guards: &workspace.guards,
            licence: Some(&request.licence.seats),
            scope: scope(request),
        };
        let plan = sync.plan_granted(claim, grants, &workspace.membership, bounds)?;
        if needs_match && plan.resolution.outcome != Outcome::Resolved {
            return Ok(SyncPlan {
                resolution: plan.resolution,
                ..self.skipped(workspace, PlanReason::NotAMember, Vec::new())
            });
        }
        Ok(plan)
    }

    /// The plan that changes nothing.
    fn skipped(&self, workspace: &LoginWorkspace, reason: PlanReason, diagnostics: Vec<Diagnostic>) -> SyncPlan {
        let Membership { role: from, groups } = &workspace.membership;
        let catalog = self.catalog(&workspace.id);
        let default_role = catalog.map_or(DEFAULT_ROLES[0], Catalog::default_role);
        let mut seen = BTreeSet::new();
        let names = groups
            .iter()
            .map(|group| group.name.as_str())
            .filter(|name| seen.insert(*name));
        // Catalog order, and what the catalog does not have after it.
        let (mut known, mut gone) = (FixedBitSet::default(), Vec::new());
        for name in names {
            match catalog.and_then(|catalog| catalog.group_index(name)) {
                Some(group) => known.grow_and_insert(group.0),
                None => gone.push(name.to_owned()),
            }
        }
        let known = known.ones().map(GroupIndex);
        let known = known.filter_map(|group| Some(catalog?.group(group).to_owned()));
        let keep = known.chain(gone).collect();
        SyncPlan {
            status: PlanStatus::Skipped,
            reason: Some(reason),
            role: RoleChange {
                from: from.clone(),
                to: from.clone().unwrap_or_else(|| default_role.to_owned()),
            },
            join: Vec::new(),
            leave: Vec::new(),
            keep,
            blocked: Vec::new(),
            resolution: Resolution {
                diagnostics,
                ..Resolution::nothing()
            },
        }
    }
}

/// Whether the licence covers single sign-on with group sync.
fn has_sso(licence: &Licence) -> bool {
    licence.status == LicenceStatus::Active && licence.features.sso && licence.features.group_sync
}

/// Where passwords are off and nobody can use single sign-on either, a super admin still has to be able to come in.
fn takes_password(
    LoginRequest {
        password_login,
        user,
        licence,
        ..
    }: &LoginRequest,
) -> bool {
    *password_login || (user.exists && user.super_admin && !has_sso(licence))
}

/// What of the grants the licence lets count.
fn scope(request: &LoginRequest) -> Scope {
    match request.licence.features.custom_groups {
        true => Scope::RolesAndGroups,
        false => Scope::RolesOnly,
    }
}

/// Whether a workspace lets the user in.
pub(crate) fn admits(plan: PlanStatus, member: MemberStatus) -> bool {
    match plan {
        PlanStatus::Change | PlanStatus::Unchanged => true,
        PlanStatus::Skipped => matches!(member, MemberStatus::Active | MemberStatus::Invited),
        PlanStatus::Denied => false,
    }
}

fn refused(
    refusal: LoginRefusal,
    request: &LoginRequest,
    workspaces: Vec<WorkspacePlan>,
    diagnostics: Vec<Diagnostic>,
) -> LoginOutcome {
    let other_way = match refusal {
        LoginRefusal::PasswordLoginDisabled => has_sso(&request.licence),
        _ => takes_password(request),
    };
    let message = Some(refusal.message(other_way).to_owned());
    LoginOutcome {
        allowed: false,
        reason: Some(refusal),
        message,
        workspaces,
        diagnostics,
    }
}

fn invalid_membership(workspace: &LoginWorkspace, error: &GroupSyncError) -> Diagnostic {
    let message = format!("the workspace {} was skipped: {error}", shown(&workspace.id));
    Diagnostic::new(DiagnosticCode::InvalidMembership, message)
        .param("workspace", workspace.id.as_str())
        .param("path", error.path())
        .help("give the workspace's catalog all of its roles")
}
