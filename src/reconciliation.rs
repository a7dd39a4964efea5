//! What becomes of all the users of whom a directory says something: one line each, in memory that does not grow with their number.

use serde::{Deserialize, Serialize};

use crate::access::{Access, Effect, effect};
use crate::brake::{Brake, Braked};
use crate::diagnostic::Diagnostic;
use crate::error::GroupSyncError;
use crate::json_line;
use crate::login::{
    LoginSync, LoginWorkspace, MemberStatus, ReconcileOutcome, ReconcileReason, ReconcileRequest, UserChange,
    UserGuard, WorkspacePlan,
};
use crate::plan::PlanStatus;
use crate::user_lines::{Fault, LineFaults, UserLines};
use crate::value::ClaimValue;

/// A user for whom there is something to do, or to know.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReconcileChange {
    /// The user's id.
    pub id: String,
    /// What to do with the user.
    pub user: UserChange,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub reason: Option<ReconcileReason>,
    /// What keeps the user from being archived, created or restored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocked: Option<UserGuard>,
    /// The workspaces in which there is something to do, something is blocked, or a member is refused, in the order of the request.
    pub workspaces: Vec<WorkspacePlan>,
    /// What is doubtful about it as a whole; each plan has its own.
    pub diagnostics: Vec<Diagnostic>,
}

/// How many users something becomes of. Each stands in one of the counts from `unchanged` to `blocked`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReconcileSummary {
    /// Users that were read.
    pub users: u64,
    /// Users for whom there is nothing to do.
    pub unchanged: u64,
    /// Users to create.
    pub created: u64,
    /// Users to restore.
    pub restored: u64,
    /// Users to archive.
    pub archived: u64,
    /// Users who stay what they are, and get or lose something in a workspace.
    pub changed: u64,
    /// Users whom a policy refuses, with nothing to carry out.
    pub denied: u64,
    /// Users whom a guard keeps from being created, restored or archived.
    pub blocked: u64,
    /// How many users lose something, those who are archived among them, and whether that holds the whole.
    #[serde(flatten)]
    pub brake: Braked,
    /// Lines that could not be read.
    #[serde(flatten)]
    pub unread: LineFaults,
}

/// Reconciles the users of a directory: JSON Lines, one user a line with the request of [`LoginSync::reconcile`] and an `id`, in
/// chunks of any size that are split anywhere. Nobody is explained.
///
/// ```
/// use idp_group_sync::{InstanceSettings, LoginSync, Reconciliation, UserChange};
///
/// let settings = InstanceSettings::new("main").with_enabled(true);
/// let mut reconciliation = Reconciliation::new(LoginSync::new(&settings, [])?);
/// let line = r#"{ "id": "ada", "directory": "absent", "method": "scim", "user": { "exists": true }, "workspaces": [] }"#;
/// reconciliation.push(line.as_bytes());
/// let (changes, summary) = reconciliation.finish();
/// assert_eq!((changes[0].user, summary.archived), (UserChange::Archive, 1));
/// # Ok::<(), idp_group_sync::GroupSyncError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Reconciliation {
    lines: UserLines,
    counted: Counted,
    brake: Brake,
}

/// What decides, and what has come of it.
#[derive(Clone, Debug)]
struct Counted {
    sync: LoginSync,
    summary: ReconcileSummary,
}

impl Reconciliation {
    /// What these settings make of the users.
    #[must_use]
    pub fn new(sync: LoginSync) -> Reconciliation {
        Reconciliation {
            lines: UserLines::default(),
            counted: Counted {
                sync,
                summary: ReconcileSummary::default(),
            },
            brake: Brake::default(),
        }
    }

    /// The same, with a limit to how many may lose something.
    ///
    /// # Errors
    /// `invalid-input` with the path `maxShare` if that is no share.
    pub fn with_brake(self, brake: Brake) -> Result<Reconciliation, GroupSyncError> {
        brake.validate()?;
        Ok(Reconciliation { brake, ..self })
    }

    /// Reads on. Returns the users on the lines that ended for whom there is something to do. Whether the whole is held, only
    /// [`Reconciliation::finish`] says: carry nothing out before.
    pub fn push(&mut self, chunk: &[u8]) -> Vec<ReconcileChange> {
        self.lines.push(chunk, |line| self.counted.line(line))
    }

    /// Ends the input: what the last line, if it had no line break, comes to, and the totals.
    #[must_use]
    pub fn finish(self) -> (Vec<ReconcileChange>, ReconcileSummary) {
        let Reconciliation {
            lines,
            mut counted,
            brake,
        } = self;
        let (changes, unread) = lines.finish(|line| counted.line(line));
        let mut summary = counted.summary;
        summary.brake = brake.of(summary.brake.losers, summary.users);
        summary.unread = unread;
        (changes, summary)
    }
}

impl Counted {
    fn line(&mut self, line: &[u8]) -> Result<Option<ReconcileChange>, Fault> {
        let mut line = json_line::read(line)?;
        let known = json_line::id_of(&line);
        self.user(&mut line)
            .map_err(|error| json_line::refused_request(known, &error))
    }

    fn user(&mut self, line: &mut ClaimValue) -> Result<Option<ReconcileChange>, GroupSyncError> {
        let id = json_line::take_id(line)?;
        let mut request = ReconcileRequest::deserialize(std::mem::replace(line, ClaimValue::Null))?;
        request.login.explain = false;
        let mut outcome = self.sync.reconcile(&request)?;

        let asked = &request.login.workspaces;
        let mut plans = outcome.workspaces.iter().zip(asked);
        let loses = plans.any(|(planned, workspace)| {
            let effect = self.effect(planned, workspace);
            matches!(effect, Some(Effect::Loses | Effect::Changes))
        });
        let mut members = asked.iter().map(|workspace| workspace.member);
        outcome.workspaces.retain(|WorkspacePlan { plan, .. }| {
            let member = members.next();
            match plan.status {
                PlanStatus::Change => true,
                PlanStatus::Denied => member == Some(MemberStatus::Active),
                PlanStatus::Unchanged | PlanStatus::Skipped => !plan.blocked.is_empty(),
            }
        });

        let any = |status| outcome.workspaces.iter().any(|planned| planned.plan.status == status);
        let is_refused = outcome.reason == Some(ReconcileReason::DeniedByPolicy);
        let (changes, is_denied) = (any(PlanStatus::Change), any(PlanStatus::Denied));
        let summary = &mut self.summary;
        summary.users += 1;
        summary.brake.losers += u64::from(outcome.user == UserChange::Archive || loses && !is_refused);
        *match outcome.user {
            UserChange::Create => &mut summary.created,
            UserChange::Restore => &mut summary.restored,
            UserChange::Archive => &mut summary.archived,
            UserChange::Keep if outcome.blocked.is_some() => &mut summary.blocked,
            UserChange::Keep if is_refused || is_denied && !changes => &mut summary.denied,
            UserChange::Keep if changes => &mut summary.changed,
            UserChange::Keep => &mut summary.unchanged,
        } += 1;
        let is_told = outcome.user != UserChange::Keep || outcome.blocked.is_some() || is_refused;
        let is_told = is_told || !outcome.workspaces.is_empty();
        let ReconcileOutcome {
            user,
            reason,
            blocked,
            workspaces,
            diagnostics,
        } = outcome;
        Ok(is_told.then_some(ReconcileChange {
            id,
            user,
            reason,
            blocked,
            workspaces,
            diagnostics,
        }))
    }

    /// What a plan does to the user, if it is to be carried out.
    fn effect(&self, WorkspacePlan { plan, .. }: &WorkspacePlan, workspace: &LoginWorkspace) -> Option<Effect> {
        if plan.status != PlanStatus::Change {
            return None;
        }
        let catalog = self.sync.catalog(&workspace.id)?;
        let groups = workspace.membership.groups.iter().map(|group| group.name.clone());
        let had = Access {
            role: workspace.membership.role.clone(),
            groups: groups.collect(),
            denied: false,
        };
        effect(&had, catalog, &plan.access(catalog), catalog)
    }
}
