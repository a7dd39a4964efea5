//! One login, all workspaces: who may come in, and what changes where.
//!
//! [`LoginSync`] is compiled once per version of the settings and the catalogs, and shared by every login; it holds nothing
//! about users. The steps are taken in the order that `docs/login.md` gives, and each workspace is decided by itself.

mod outcome;
mod request;

use std::collections::{BTreeMap, BTreeSet};

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use crate::catalog::{Catalog, DEFAULT_ROLES, GroupIndex};
use crate::claims::read_groups_with_valid_options;
use crate::diagnostic::{Diagnostic, DiagnosticCode, shown};
use crate::error::GroupSyncError;
use crate::plan::{Bounds, Membership, PlanReason, PlanStatus, RoleChange, SyncPlan};
use crate::policy::{NonMembers, Policy};
use crate::resolve::{GroupSync, GroupSyncConfig, Outcome, Resolution, Scope};
use crate::settings::InstanceSettings;
use crate::value::ClaimValue;
pub use outcome::{LoginOutcome, LoginRefusal, WorkspacePlan};
pub use request::{
    Licence, LicenceFeatures, LicenceStatus, LoginRequest, LoginUser, LoginWorkspace, MemberStatus, UserStatus,
};

const OIDC: &str = "oidc";
const PASSWORD: &str = "password";

/// One workspace of the sync list, ready for logins.
#[derive(Clone, Debug)]
struct Listed {
    enabled: bool,
    policy: Policy,
    sync: Compiled,
}

#[derive(Clone, Debug)]
enum Compiled {
    Ready(Box<GroupSync>),
    /// The mapping has errors.
    InvalidMapping(Vec<Diagnostic>),
    WithoutCatalog,
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
    listed: FxHashMap<String, Listed>,
    catalogs: BTreeMap<String, Catalog>,
}

impl LoginSync {
    /// Compiles the settings with the catalogs of their workspaces, by id. A workspace whose mapping has errors is no error: its
    /// logins are skipped.
    ///
    /// # Errors
    /// `invalid-input` if the settings mean nothing; see [`InstanceSettings::validate`].
    pub fn new(
        settings: &InstanceSettings,
        catalogs: impl IntoIterator<Item = (String, Catalog)>,
    ) -> Result<LoginSync, GroupSyncError> {
        LoginSync::compile(settings, catalogs.into_iter().collect())
    }

    pub(crate) fn compile(
        settings: &InstanceSettings,
        catalogs: BTreeMap<String, Catalog>,
    ) -> Result<LoginSync, GroupSyncError> {
        settings.validate().map_err(|error| error.within("settings"))?;
        let mut listed = FxHashMap::default();
        for workspace in &settings.workspaces {
            let effective = settings.effective_of(workspace);
            let policy = Policy::from(&effective.policy);
            let sync = match catalogs.get(&workspace.id) {
                None => Compiled::WithoutCatalog,
                Some(catalog) => {
                    let (claim, mapping) = (effective.claim, effective.mapping);
                    let config = GroupSyncConfig {
                        mapping,
                        claim,
                        catalog: catalog.clone(),
                        policy: policy.clone(),
                    };
                    match GroupSync::new(config) {
                        Ok(sync) => Compiled::Ready(Box::new(sync)),
                        Err(error) => Compiled::InvalidMapping(error.diagnostics().to_vec()),
                    }
                }
            };
            let enabled = workspace.enabled;
            listed.insert(workspace.id.clone(), Listed { enabled, policy, sync });
        }
        let default_workspace = settings.default_workspace.clone();
        Ok(LoginSync {
            enabled: settings.enabled,
            default_workspace,
            listed,
            catalogs,
        })
    }

    /// What a workspace can grant, if that is known.
    pub(crate) fn catalog(&self, workspace: &str) -> Option<&Catalog> {
        self.catalogs.get(workspace)
    }

    /// The ids of the workspaces in which these settings and catalogs may make a difference, in no order.
    pub(crate) fn workspaces(&self) -> impl Iterator<Item = &str> {
        let listed = self.listed.keys().map(String::as_str);
        let known = self.catalogs.keys().map(String::as_str);
        listed.chain([self.default_workspace.as_str()]).chain(known)
    }

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
        let mut plans = Vec::with_capacity(request.workspaces.len());
        for workspace in &request.workspaces {
            let plan = self.plan(request, claims, workspace).unwrap_or_else(|error| {
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
            .any(|(planned, workspace)| admits(&planned.plan, workspace));
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

    fn plan(
        &self,
        request: &LoginRequest,
        claims: Option<&ClaimValue>,
        workspace: &LoginWorkspace,
    ) -> Result<SyncPlan, GroupSyncError> {
        let is_default = workspace.id == self.default_workspace;
        let skipped = |reason| Ok(self.skipped(workspace, reason, Vec::new()));
        let Some(claims) = claims else {
            return skipped(PlanReason::NotSso);
        };
        let listed = self.listed.get(&workspace.id);
        let switched_off = match listed {
            _ if !self.enabled => Some(PlanReason::SyncDisabled),
            Some(listed) if listed.enabled => None,
            _ => Some(PlanReason::WorkspaceDisabled),
        };
        if let Some(reason) = switched_off {
            let joins = is_default && !request.user.exists && workspace.member != MemberStatus::Archived;
            let plan = self.skipped(workspace, reason, Vec::new());
            // A new user has to have a role somewhere.
            let status = if joins && plan.role.from.is_none() {
                PlanStatus::Change
            } else {
                plan.status
            };
            return Ok(SyncPlan { status, ..plan });
        }
        if workspace.member == MemberStatus::Archived {
            return skipped(PlanReason::Archived);
        }
        let Some(Listed { policy, sync, .. }) = listed else {
            return skipped(PlanReason::WorkspaceDisabled);
        };
        let is_stranger = workspace.member == MemberStatus::None && !is_default;
        if is_stranger && policy.non_members == NonMembers::None {
            return skipped(PlanReason::NotAMember);
        }
        let sync = match sync {
            Compiled::Ready(sync) => sync,
            Compiled::WithoutCatalog => return skipped(PlanReason::UnknownWorkspace),
            Compiled::InvalidMapping(diagnostics) => {
                return Ok(self.skipped(workspace, PlanReason::InvalidMapping, diagnostics.clone()));
            }
        };
        let claim = read_groups_with_valid_options(claims, sync.claim())?;
        let scope = if request.licence.features.custom_groups {
            Scope::RolesAndGroups
        } else {
            Scope::RolesOnly
        };
        let bounds = Bounds {
            guards: &workspace.guards,
            licence: Some(&request.licence.seats),
            scope,
        };
        let plan = sync.plan_within(&claim, &workspace.membership, request.explain, bounds)?;
        let is_match = plan.resolution.outcome == Outcome::Resolved;
        if is_stranger && policy.non_members == NonMembers::Matched && !is_match {
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
        let catalog = self.catalogs.get(&workspace.id);
        let default_role = catalog.map_or(DEFAULT_ROLES[0], Catalog::default_role);
        let mut seen = BTreeSet::new();
        let names = groups.iter().map(|group| &group.name).filter(|name| seen.insert(*name));
        // Catalog order, and what the catalog does not have after it.
        let (mut known, mut gone) = (FixedBitSet::default(), Vec::new());
        for name in names {
            match catalog.and_then(|catalog| catalog.group_index(name)) {
                Some(group) => known.grow_and_insert(group.0),
                None => gone.push(name.clone()),
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

/// Whether a workspace lets the user in.
pub(crate) fn admits(plan: &SyncPlan, workspace: &LoginWorkspace) -> bool {
    match plan.status {
        PlanStatus::Change | PlanStatus::Unchanged => true,
        PlanStatus::Skipped => matches!(workspace.member, MemberStatus::Active | MemberStatus::Invited),
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
