//! What a directory says of a user between logins, and what comes of it.

use serde::{Deserialize, Deserializer, Serialize};

use super::{LoginRefusal, LoginRequest, LoginSync, LoginUser, UserStatus, WorkspacePlan, has_sso, syncs};
use crate::diagnostic::Diagnostic;
use crate::error::GroupSyncError;
use crate::plan::GrantedBy;
use crate::policy::WhenGone;
use crate::value::{ClaimValue, mismatch, read_any, take};

/// What a directory says of one user: the fields of a login's request, and what the directory has of the user. Whether passwords
/// are accepted, and whether new users may come by themselves, is not asked.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ReconcileRequest {
    /// What the directory has of the user.
    pub directory: Directory,
    /// Who, by which method, with which groups; and what the user has.
    #[serde(flatten)]
    pub login: LoginRequest,
}

impl ReconcileRequest {
    /// What a directory has of the user of this login.
    #[must_use]
    pub fn new(directory: Directory, login: LoginRequest) -> Self {
        ReconcileRequest { directory, login }
    }
}

impl<'de> Deserialize<'de> for ReconcileRequest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_any(deserializer, |value| {
            let ClaimValue::Object(mut fields) = value else {
                return Err(mismatch("an object", &value));
            };
            let directory = take(&mut fields, "directory");
            let directory = directory.ok_or_else(|| serde::de::Error::missing_field("directory"))?;
            Ok(ReconcileRequest {
                directory: Directory::deserialize(directory)
                    .map_err(|error: GroupSyncError| error.within("directory"))?,
                login: LoginRequest::deserialize(ClaimValue::Object(fields))?,
            })
        })
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for ReconcileRequest {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ReconcileRequest".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut schema = LoginRequest::json_schema(generator);
        let directory = generator.subschema_for::<Directory>();
        schema.insert(
            "description".to_owned(),
            "What a directory says of one user between logins.".into(),
        );
        if let Some(properties) = schema
            .get_mut("properties")
            .and_then(|properties| properties.as_object_mut())
        {
            properties.insert("directory".to_owned(), directory.into());
        }
        if let Some(required) = schema.get_mut("required").and_then(|required| required.as_array_mut()) {
            required.push("directory".into());
        }
        schema
    }
}

/// What a directory has of a user: an `active` entry, an `inactive` one, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Directory {
    /// An entry of somebody who may work.
    Active,
    /// An entry that is switched off.
    Inactive,
    /// None.
    Absent,
}

/// What becomes of a user.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReconcileOutcome {
    /// What to do with the user.
    pub user: UserChange,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub reason: Option<ReconcileReason>,
    /// What keeps the user from being archived, created or restored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocked: Option<UserGuard>,
    /// One plan per workspace of the request, in its order; none where the workspaces were not looked at, or a user is archived.
    pub workspaces: Vec<WorkspacePlan>,
    /// What is doubtful about it as a whole; each plan has its own.
    pub diagnostics: Vec<Diagnostic>,
}

/// What to do with a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum UserChange {
    /// Nothing, but what the plans say.
    Keep,
    /// Create the user, with what the plans say.
    Create,
    /// Archive the user, and note that a sync did it.
    Archive,
    /// Restore the user, with what the plans say.
    Restore,
}

/// Why a user is archived, or is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ReconcileReason {
    /// The method syncs nothing.
    NotSso,
    /// The licence does not cover single sign-on with group sync.
    SsoUnavailable,
    /// Group sync is switched off.
    SyncDisabled,
    /// No sync touches this account.
    Exempt,
    /// The directory has switched the user off.
    Inactive,
    /// The directory does not have the user.
    Absent,
    /// The user is gone, and is no user of the application.
    UnknownUser,
    /// The user is gone, and archived already.
    Archived,
    /// The user is gone, and the policy keeps them.
    KeptByPolicy,
    /// The user is there, and was archived by hand.
    ArchivedByHand,
    /// The user is there, and a policy refuses them: no plan is to be carried out.
    DeniedByPolicy,
}

/// What keeps a user as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum UserGuard {
    /// Nobody else may be left who is a super admin.
    LastSuperAdmin,
    /// The licence has no seat left.
    SeatLimit,
}

impl ReconcileOutcome {
    fn of(user: UserChange, reason: ReconcileReason) -> ReconcileOutcome {
        ReconcileOutcome {
            user,
            reason: Some(reason),
            blocked: None,
            workspaces: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    fn blocked(guard: UserGuard) -> ReconcileOutcome {
        ReconcileOutcome {
            reason: None,
            blocked: Some(guard),
            ..ReconcileOutcome::of(UserChange::Keep, ReconcileReason::Absent)
        }
    }
}

impl LoginSync {
    /// What becomes of a user of whom a directory says something between logins. Plans are those of a login.
    ///
    /// # Errors
    /// As [`LoginSync::decide`], where the directory has an active user.
    pub fn reconcile(&self, request: &ReconcileRequest) -> Result<ReconcileOutcome, GroupSyncError> {
        let ReconcileRequest { directory, login } = request;
        let LoginUser { exists, status, .. } = login.user;
        let is_archived = exists && status == UserStatus::Archived;
        let keep = |reason| Ok(ReconcileOutcome::of(UserChange::Keep, reason));
        if !syncs(&login.method) {
            return keep(ReconcileReason::NotSso);
        }
        if !has_sso(&login.licence) {
            return keep(ReconcileReason::SsoUnavailable);
        }
        if !self.enabled {
            return keep(ReconcileReason::SyncDisabled);
        }
        let gone = match directory {
            Directory::Active => None,
            Directory::Inactive => Some(ReconcileReason::Inactive),
            Directory::Absent => Some(ReconcileReason::Absent),
        };
        if login.user.exempt && (gone.is_some() || is_archived) {
            return keep(ReconcileReason::Exempt);
        }
        match gone {
            Some(reason) => Ok(self.archive(&login.user, reason)),
            None if is_archived && login.user.archived_by != Some(GrantedBy::Sync) => {
                keep(ReconcileReason::ArchivedByHand)
            }
            None => self.welcome(login, is_archived),
        }
    }

    /// What becomes of a user who is gone from the directory.
    fn archive(&self, user: &LoginUser, reason: ReconcileReason) -> ReconcileOutcome {
        let keep = |reason| ReconcileOutcome::of(UserChange::Keep, reason);
        if !user.exists {
            return keep(ReconcileReason::UnknownUser);
        }
        if user.status == UserStatus::Archived {
            return keep(ReconcileReason::Archived);
        }
        if self.when_gone == WhenGone::Keep {
            return keep(ReconcileReason::KeptByPolicy);
        }
        // Who shuts out the last one can't come back in, so it has to be known that there is another.
        if user.super_admin && user.last_super_admin != Some(false) {
            return ReconcileOutcome::blocked(UserGuard::LastSuperAdmin);
        }
        ReconcileOutcome::of(UserChange::Archive, reason)
    }

    /// What becomes of a user whom the directory has: the same as by a login of theirs.
    fn welcome(&self, login: &LoginRequest, is_archived: bool) -> Result<ReconcileOutcome, GroupSyncError> {
        let seats = login.licence.seats.total;
        let needs_seat = is_archived || !login.user.exists;
        if needs_seat && seats.is_some_and(|seat| !seat.is_left()) {
            return Ok(ReconcileOutcome::blocked(UserGuard::SeatLimit));
        }
        let outcome = self.sync(login)?;
        let change = match (login.user.exists, is_archived) {
            (false, _) => UserChange::Create,
            (true, true) => UserChange::Restore,
            (true, false) => UserChange::Keep,
        };
        let is_denied = outcome.reason == Some(LoginRefusal::DeniedByPolicy);
        Ok(ReconcileOutcome {
            user: if is_denied { UserChange::Keep } else { change },
            reason: is_denied.then_some(ReconcileReason::DeniedByPolicy),
            blocked: None,
            workspaces: outcome.workspaces,
            diagnostics: outcome.diagnostics,
        })
    }
}
