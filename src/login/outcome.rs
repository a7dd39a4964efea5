//! What a login comes to.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::plan::SyncPlan;

/// What a login comes to, in every workspace.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LoginOutcome {
    /// Whether the user may come in.
    pub allowed: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
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
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WorkspacePlan {
    /// The workspace's id.
    pub id: String,
    /// What to do there.
    pub plan: SyncPlan,
}

/// Why a login is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LoginRefusal {
    /// The user is archived.
    UserArchived,
    /// Passwords are not accepted.
    PasswordLoginDisabled,
    /// There is no such user.
    UnknownUser,
    /// The licence does not cover single sign-on with group sync.
    SsoUnavailable,
    /// New users may not come by themselves.
    SignupDisabled,
    /// The licence has no seat left for a new user.
    SeatLimitReached,
    /// A policy refuses the user, and no workspace admits them.
    DeniedByPolicy,
}

impl LoginRefusal {
    /// What to show the person. `other_way` is whether they can come in by single sign-on where they tried a password, or the reverse.
    pub(super) fn message(self, other_way: bool) -> &'static str {
        match self {
            LoginRefusal::UserArchived => "Your account is archived. Ask your administrator to restore it.",
            LoginRefusal::PasswordLoginDisabled if other_way => {
                "Signing in with a password is switched off. Use single sign-on instead."
            }
            LoginRefusal::PasswordLoginDisabled => {
                "Signing in with a password is switched off, and single sign-on is not available at present. Ask your administrator."
            }
            LoginRefusal::UnknownUser => "There is no account with these credentials.",
            LoginRefusal::SsoUnavailable if other_way => {
                "Single sign-on is not available at present. Sign in with your password instead."
            }
            LoginRefusal::SsoUnavailable => {
                "Single sign-on is not available at present. Ask your administrator for another way in."
            }
            LoginRefusal::SignupDisabled => {
                "New accounts are not created by signing in. Ask your administrator for an invitation."
            }
            LoginRefusal::SeatLimitReached => {
                "There is no free seat for a new account. Ask your administrator for one."
            }
            LoginRefusal::DeniedByPolicy => {
                "Your groups at the identity provider give you no access here. Ask your administrator."
            }
        }
    }
}
