//! One login, all workspaces: who may come in, and what changes where.
//!
//! [`LoginSync`] is compiled once per version of the settings and the catalogs, and shared by every login; it holds nothing
//! about users. The steps are taken in the order that `docs/login.md` gives, and each workspace is decided by itself.

mod compile;
mod made;
mod numbered;
mod outcome;
mod reconcile;
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
use crate::policy::{NonMembers, WhenGone};
use crate::resolve::{Grants, GroupSync, Outcome, Resolution, Scope, Weighing};
use crate::value::ClaimValue;
use compile::{Compiled, Listed};
use made::Made;
pub use numbered::{NumberedOutcome, NumberedWorkspace};
pub use outcome::{LoginOutcome, LoginRefusal, WorkspacePlan};
pub use reconcile::{Directory, ReconcileOutcome, ReconcileReason, ReconcileRequest, UserChange, UserGuard};
pub use request::{
    Licence, LicenceFeatures, LicenceStatus, LoginRequest, LoginUser, LoginWorkspace, MemberStatus, UserStatus,
};

/// The methods that sync.
const SYNCED: [&str; 4] = ["oidc", "saml", "ldap", "scim"];
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

/// Settings and catalogs compiled for every login.
///
/// ```
/// use idp_group_sync::{AppGroup, Catalog, InstanceSettings, LoginRequest, LoginSync};
///
/// let settings = InstanceSettings::new("main").with_enabled(true);
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
    /// What becomes of users who are gone: the instance's choice, as a user is the instance's.
    when_gone: WhenGone,
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
    /// `invalid-input` with path `request.claims` if a login that syncs has neither claims nor groups, or the claims are no object;
    /// with path `request` if it has both.
    pub fn decide(&self, request: &LoginRequest) -> Result<LoginOutcome, GroupSyncError> {
        if let Some(refusal) = self.refusal(request) {
            return Ok(refused(refusal, request, Vec::new(), Vec::new()));
        }
        self.sync(request)
    }

    /// The same for a login that nothing but groups can refuse.
    fn sync(&self, request: &LoginRequest) -> Result<LoginOutcome, GroupSyncError> {
        let given = given(request)?;
        let mut diagnostics = Vec::new();
        let is_synced = syncs(&request.method);
        if given.is_some() && !is_synced {
            diagnostics.push(method_not_synced(&request.method));
        }
        let given = given.filter(|_| is_synced);
        if given.is_some() && self.enabled && !request.user.exempt && !request.licence.features.custom_groups {
            let message = "the licence has no custom groups, so this login syncs roles only";
            diagnostics.push(Diagnostic::new(DiagnosticCode::CustomGroupsUnlicensed, message));
        }
        let mut seen = Seen::default();
        let mut plans = Vec::with_capacity(request.workspaces.len());
        for workspace in &request.workspaces {
            let plan = self.plan(request, given, workspace, &mut seen).unwrap_or_else(|error| {
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
        if syncs(method) && !has_sso(licence) {
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
        is_synced: bool,
        id: &str,
        listed: Option<&Listed>,
        member: MemberStatus,
    ) -> Step {
        let is_default = id == self.default_workspace;
        let skip = |reason| Step::Skip { reason, joins: false };
        if request.user.exempt {
            return skip(PlanReason::Exempt);
        }
        if !is_synced {
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
        given: Option<Given<'_>>,
        workspace: &LoginWorkspace,
        seen: &mut Seen,
    ) -> Result<SyncPlan, GroupSyncError> {
        let listed = self.listed(&workspace.id);
        let needs_match = match self.step(request, given.is_some(), &workspace.id, listed, workspace.member) {
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
        let (Some(listed), Some(given)) = (listed, given) else {
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
        let claim = seen.claims.get(claim, || match given {
            Given::Claims(claims) => read_groups_with_valid_options(claims, sync.claim()),
            Given::Groups(groups) => Ok(ClaimGroups::from_names(groups.iter().map(|name| Some(name.as_str())))),
        })?;
        let grants = seen
            .grants
            .get(place, || Ok(sync.grants(&claim.names(), request.explain)))?;
        let bounds = Bounds {
            guards: &workspace.guards,
            licence: Some(&request.licence.seats),
            provider: request.provider.as_deref(),
            weighing: Weighing {
                scope: scope(request),
                claim_seen: request.claim_seen,
            },
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
        let Membership { role: from, groups, .. } = &workspace.membership;
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
            provider: None,
            blocked: Vec::new(),
            resolution: Resolution {
                diagnostics,
                ..Resolution::nothing()
            },
        }
    }
}

/// What is known of a user's IdP groups.
#[derive(Clone, Copy)]
enum Given<'r> {
    /// The claims of a token.
    Claims(&'r ClaimValue),
    /// The groups themselves.
    Groups(&'r [String]),
}

/// What is given of a user's IdP groups; a method that syncs needs it.
fn given(request: &LoginRequest) -> Result<Option<Given<'_>>, GroupSyncError> {
    let refuse = |path: &str, message: String| Err(GroupSyncError::invalid_input(path, message));
    match (&request.claims, &request.groups) {
        (Some(_), Some(_)) => Err(GroupSyncError::claims_and_groups().within("request")),
        (None, Some(groups)) => Ok(Some(Given::Groups(groups))),
        (Some(claims), None) if matches!(claims, ClaimValue::Object(_)) || !syncs(&request.method) => {
            Ok(Some(Given::Claims(claims)))
        }
        (Some(other), None) => refuse(
            "request.claims",
            format!("the claims are {}, not an object", other.kind()),
        ),
        (None, None) if syncs(&request.method) => refuse(
            "request.claims",
            format!(
                "a login by `{}` needs the token's claims, or the user's groups",
                request.method
            ),
        ),
        (None, None) => Ok(None),
    }
}

/// Whether logins by this method sync.
fn syncs(method: &str) -> bool {
    SYNCED.contains(&method)
}

/// Says that what is known of the IdP groups is not looked at.
fn method_not_synced(method: &str) -> Diagnostic {
    let message = format!(
        "a login by {} syncs nothing, so its claims or groups are not looked at",
        shown(method)
    );
    Diagnostic::new(DiagnosticCode::MethodNotSynced, message)
        .param("method", method)
        .help("pass the method `oidc`, `saml`, `ldap` or `scim` to sync; leave the claims out where nothing is to be synced")
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
