//! What becomes of known users' logins if other settings replaced those in force: both sides are decided by [`LoginSync`], so
//! that a review cannot say anything but what the login does.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::access::{Access, Effect, effect, is_false, loses_top_role};
use crate::brake::{Brake, Braked};
use crate::catalog::Catalog;
use crate::error::GroupSyncError;
use crate::impact_totals::{ImpactTotals, RoleCount};
use crate::json_line;
use crate::login::{
    LoginOutcome, LoginRefusal, LoginRequest, LoginSync, LoginWorkspace, MemberStatus, WorkspacePlan, admits,
};
use crate::plan::{Blocked, PlanStatus};
use crate::user_lines::{Fault, LineFaults, UserLines};
use crate::value::ClaimValue;

/// A user whose login would come out otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LoginImpactChange {
    /// The user's id.
    pub id: String,
    /// Why the login as a whole is refused, where that differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<LoginRefusals>,
    /// The workspaces in which the user's access differs, in the order of the request.
    pub workspaces: Vec<WorkspaceChange>,
}

/// Why a login is refused, on either side; what is absent is not refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LoginRefusals {
    /// At present.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub before: Option<LoginRefusal>,
    /// If the change is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub after: Option<LoginRefusal>,
}

/// A workspace in which a user's access would differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WorkspaceChange {
    /// The workspace's id.
    pub id: String,
    /// What the user is there.
    pub member: MemberStatus,
    /// What the change does to the user.
    pub effect: Effect,
    /// What the user has after a login at present.
    pub before: Access,
    /// What the user would have.
    pub after: Access,
    /// Whether the highest role of the catalog in force is lost; it is left out where it is not.
    #[serde(skip_serializing_if = "is_false")]
    #[cfg_attr(feature = "schema", schemars(extend("const" = true)))]
    pub top_role_lost: bool,
    /// What a guard would refuse; it is left out where that is nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocked: Vec<Blocked>,
}

/// Totals of the logins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LoginImpactSummary {
    /// Users that were read.
    pub users: u64,
    /// Users for whom nothing differs.
    pub unchanged: u64,
    /// Users whose login as a whole is allowed at present, and would be refused.
    pub refused: u64,
    /// Users whose login as a whole is refused at present, and would be allowed.
    pub readmitted: u64,
    /// Users whom at least one workspace lets in at present, and would refuse.
    pub denied: u64,
    /// Users who would lose the highest role of at least one workspace.
    pub top_role_lost: u64,
    /// Users who are refused, denied or lose a highest role, each once: a change that is to be confirmed.
    pub to_confirm: u64,
    /// Users whom no workspace of their request lets in.
    pub nowhere: RoleCount,
    /// How many users lose something, and whether that holds the change.
    #[serde(flatten)]
    pub brake: Braked,
    /// Each workspace that the settings or the catalogs of either side name.
    pub workspaces: Vec<WorkspaceTotals>,
    /// Lines that could not be read.
    #[serde(flatten)]
    pub unread: LineFaults,
}

/// The users of one workspace: those in whose requests it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WorkspaceTotals {
    /// The workspace's id.
    pub id: String,
    /// What becomes of them there.
    #[serde(flatten)]
    pub totals: ImpactTotals,
}

/// Compares settings and catalogs for known users: JSON Lines, one user a line with the request of their next login, in chunks of
/// any size that are split anywhere. Each user is asked as if they signed in next.
///
/// ```
/// use idp_group_sync::{AppGroup, Catalog, Effect, InstanceSettings, LoginImpact, LoginSync};
///
/// let sync = |mapping: &str| {
///     let settings = InstanceSettings::new("main").with_enabled(true).with_mapping(mapping);
///     LoginSync::new(&settings, [("main".to_owned(), Catalog::new(None, vec![AppGroup::new("sales")]).unwrap())]).unwrap()
/// };
/// let mut impact = LoginImpact::new(sync(""), sync("crm -> sales"));
/// let line = r#"{ "id": "ada", "method": "oidc", "claims": { "groups": ["crm"] }, "user": { "exists": true },
///     "licence": { "status": "active", "features": { "sso": true, "groupSync": true } },
///     "workspaces": [{ "id": "main", "member": "active", "membership": { "role": "end-user", "groups": [] } }] }"#;
/// impact.push(line.replace('\n', " ").as_bytes());
/// let (changes, summary) = impact.finish();
/// assert_eq!((changes[0].workspaces[0].effect, summary.users), (Effect::Gains, 1));
/// ```
#[derive(Clone, Debug)]
pub struct LoginImpact {
    lines: UserLines,
    sides: Sides,
    brake: Brake,
}

/// Both sides, and what comes of them.
#[derive(Clone, Debug)]
struct Sides {
    before: LoginSync,
    after: LoginSync,
    summary: LoginImpactSummary,
    /// By workspace. One that neither side names is the same on both, and not counted: there may be as many as lines.
    totals: BTreeMap<String, ImpactTotals>,
}

impl LoginImpact {
    /// Compares what `before` and `after` decide.
    #[must_use]
    pub fn new(before: LoginSync, after: LoginSync) -> LoginImpact {
        let mut totals = BTreeMap::new();
        for id in before.workspaces().chain(after.workspaces()) {
            let catalogs = [&before, &after].into_iter().filter_map(|side| side.catalog(id));
            totals.insert(id.to_owned(), ImpactTotals::of(catalogs));
        }
        let sides = Sides {
            before,
            after,
            summary: LoginImpactSummary::default(),
            totals,
        };
        LoginImpact {
            lines: UserLines::default(),
            sides,
            brake: Brake::default(),
        }
    }

    /// The same, with a limit to how many may lose something, in any workspace.
    ///
    /// # Errors
    /// `invalid-input` with the path `maxShare` if that is no share.
    pub fn with_brake(self, brake: Brake) -> Result<LoginImpact, GroupSyncError> {
        brake.validate()?;
        Ok(LoginImpact { brake, ..self })
    }

    /// Reads on. Returns the users on the lines that ended whose login would come out otherwise.
    pub fn push(&mut self, chunk: &[u8]) -> Vec<LoginImpactChange> {
        self.lines.push(chunk, |line| self.sides.line(line))
    }

    /// Ends the input: what the last line, if it had no line break, comes to, and the totals.
    #[must_use]
    pub fn finish(self) -> (Vec<LoginImpactChange>, LoginImpactSummary) {
        let LoginImpact {
            lines,
            mut sides,
            brake,
        } = self;
        let (changes, unread) = lines.finish(|line| sides.line(line));
        let Sides { summary, totals, .. } = sides;
        let workspaces = totals.into_iter().map(|(id, totals)| WorkspaceTotals { id, totals });
        let summary = LoginImpactSummary {
            workspaces: workspaces.collect(),
            brake: brake.of(summary.brake.losers, summary.users),
            unread,
            ..summary
        };
        (changes, summary)
    }
}

impl Sides {
    fn line(&mut self, line: &[u8]) -> Result<Option<LoginImpactChange>, Fault> {
        let mut line = json_line::read(line)?;
        let known = json_line::id_of(&line);
        self.login(&mut line)
            .map_err(|error| json_line::refused_request(known, &error))
    }

    fn login(&mut self, line: &mut ClaimValue) -> Result<Option<LoginImpactChange>, GroupSyncError> {
        let id = json_line::take_id(line)?;
        let mut request = LoginRequest::deserialize(std::mem::replace(line, ClaimValue::Null))?;
        request.explain = false;
        let decide = |side: &LoginSync| side.decide(&request);
        let (before, after) = (decide(&self.before)?, decide(&self.after)?);
        let mut workspaces = Vec::new();
        for (place, workspace) in request.workspaces.iter().enumerate() {
            let (had, gets) = (before.workspaces.get(place), after.workspaces.get(place));
            workspaces.extend(self.workspace(workspace, had, gets));
        }
        let is_nowhere = |outcome: &LoginOutcome| {
            let mut plans = outcome.workspaces.iter().zip(&request.workspaces);
            !(outcome.allowed && plans.any(|(planned, workspace)| admits(planned.plan.status, workspace.member)))
        };
        let nowhere = (is_nowhere(&before), is_nowhere(&after));
        let is_refused = before.allowed && !after.allowed;
        let is_denied = workspaces.iter().any(|change| change.effect == Effect::Denied);
        let loses = |effect| matches!(effect, Effect::Denied | Effect::Loses | Effect::Changes);
        let is_loser = is_refused || workspaces.iter().any(|change| loses(change.effect));
        let loses_top_role = workspaces.iter().any(|change| change.top_role_lost);
        let refused = (before.reason != after.reason).then_some(LoginRefusals {
            before: before.reason,
            after: after.reason,
        });
        let is_unchanged = refused.is_none() && workspaces.is_empty();
        let summary = &mut self.summary;
        summary.users += 1;
        summary.unchanged += u64::from(is_unchanged);
        summary.refused += u64::from(is_refused);
        summary.readmitted += u64::from(!before.allowed && after.allowed);
        summary.denied += u64::from(is_denied);
        summary.top_role_lost += u64::from(loses_top_role);
        summary.nowhere.before += u64::from(nowhere.0);
        summary.nowhere.after += u64::from(nowhere.1);
        summary.brake.losers += u64::from(is_loser);
        summary.to_confirm += u64::from(is_refused || is_denied || loses_top_role);
        Ok((!is_unchanged).then_some(LoginImpactChange {
            id,
            refused,
            workspaces,
        }))
    }

    fn workspace(
        &mut self,
        workspace: &LoginWorkspace,
        before: Option<&WorkspacePlan>,
        after: Option<&WorkspacePlan>,
    ) -> Option<WorkspaceChange> {
        let nothing = Catalog::default();
        let catalogs = (self.before.catalog(&workspace.id), self.after.catalog(&workspace.id));
        let old = catalogs.0.or(catalogs.1).unwrap_or(&nothing);
        let new = catalogs.1.or(catalogs.0).unwrap_or(&nothing);
        let (had, was_in) = access(workspace, before, old);
        let (gets, is_in) = access(workspace, after, new);
        // Whoever stays outside loses nothing by being refused there.
        let effect = (was_in || is_in).then(|| effect(&had, old, &gets, new)).flatten();
        let top_role_lost = loses_top_role(&had, old, &gets);
        if let Some(totals) = self.totals.get_mut(&workspace.id) {
            totals.count(&had, &gets, effect, top_role_lost);
        }
        effect.map(|effect| WorkspaceChange {
            id: workspace.id.clone(),
            member: workspace.member,
            effect,
            before: had,
            after: gets,
            top_role_lost,
            blocked: after.map(|planned| planned.plan.blocked.clone()).unwrap_or_default(),
        })
    }
}

/// What the user has in a workspace once the plan for it is carried out, and whether it lets them in.
fn access(workspace: &LoginWorkspace, planned: Option<&WorkspacePlan>, catalog: &Catalog) -> (Access, bool) {
    let Some(WorkspacePlan { plan, .. }) = planned else {
        return (Access::default(), false);
    };
    let is_in = admits(plan.status, workspace.member);
    let access = match plan.status {
        PlanStatus::Skipped if is_in => Access {
            role: plan.role.from.clone(),
            ..plan.access(catalog)
        },
        PlanStatus::Skipped => Access::default(),
        PlanStatus::Change | PlanStatus::Unchanged | PlanStatus::Denied => plan.access(catalog),
    };
    (access, is_in)
}
