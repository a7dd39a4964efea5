//! What planning, settings, logins and scenarios yield.

use serde::Serialize;
use tsify::Tsify;

use super::{Diagnostic, Resolution};
use crate::login::LoginRefusal;
use crate::plan::{Blocked, PlanReason, PlanStatus, RoleChange};
use crate::settings::{InstanceSettings, Rejection};

/// All-or-nothing instructions for one user in one workspace. Carried out twice, they change nothing the second time.
#[derive(Serialize, Tsify)]
pub(crate) struct SyncPlan {
    /// Whether there is anything to do: `skipped` if nothing may change, `denied` if a policy refuses the user.
    pub status: PlanStatus,
    /// A stable code: why nothing may change, why the user is refused, or why a new member gets no more than the default role.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(type = "string")]
    pub reason: Option<PlanReason>,
    /// The role before and after.
    pub role: RoleChange,
    /// Groups to join, in catalog order.
    pub join: Vec<String>,
    /// Groups to leave: in catalog order, then those that the catalog does not have.
    pub leave: Vec<String>,
    /// Groups to stay in, in the same order.
    pub keep: Vec<String>,
    /// What a guard refused; nothing else is held up by that.
    pub blocked: Vec<Blocked>,
    /// What the plan follows from. Its spans are places in the mapping text that holds for the workspace.
    pub resolution: Resolution,
}

/// What comes of a command: the settings after it, a warning to be confirmed, or the reason why not.
#[derive(Serialize, Tsify)]
#[serde(tag = "status", rename_all = "lowercase")]
pub(crate) enum SettingsChange {
    /// The command was carried out.
    Applied {
        /// The settings after it.
        settings: Box<InstanceSettings>,
        /// What is doubtful about what was set.
        diagnostics: Vec<Diagnostic>,
    },
    /// The command loses something: ask the admin, then send it with `confirmed: true`.
    Confirm {
        /// What will be lost, for the admin to read.
        warning: String,
        /// Always empty.
        diagnostics: Vec<Diagnostic>,
    },
    /// The command was not carried out.
    Rejected {
        /// A stable code; see `docs/settings.md`.
        #[tsify(type = "string")]
        code: Rejection,
        /// Why, in a sentence.
        message: String,
        /// What is wrong with a mapping that was to be set.
        diagnostics: Vec<Diagnostic>,
    },
}

/// What a login comes to, in every workspace.
#[derive(Serialize, Tsify)]
pub(crate) struct LoginOutcome {
    /// Whether the person may come in.
    pub allowed: bool,
    /// Why not: a stable code; see `docs/login.md`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(type = "string")]
    pub reason: Option<LoginRefusal>,
    /// What to show the person who is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// One plan per workspace of the request, in its order; none where the login was refused before they were looked at.
    pub workspaces: Vec<WorkspacePlan>,
    /// What is doubtful about the login as a whole; each plan has its own.
    pub diagnostics: Vec<Diagnostic>,
}

/// The plan for one workspace.
#[derive(Serialize, Tsify)]
pub(crate) struct WorkspacePlan {
    /// The workspace's id.
    pub id: String,
    /// What to do there.
    pub plan: SyncPlan,
}

/// How a scenario came out.
#[derive(Serialize, Tsify)]
pub(crate) struct ScenarioResult {
    /// The scenario's name.
    pub name: String,
    /// Whether everything is as expected.
    pub passed: bool,
    /// A sentence for each field that is not.
    pub differences: Vec<String>,
    /// What the user's groups resolve to.
    pub resolution: Resolution,
}
