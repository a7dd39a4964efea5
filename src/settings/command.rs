//! What an admin can do to the settings, and what comes of it.

use serde::Serialize;

use super::document::InstanceSettings;
use crate::claims::ClaimOptions;
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Fields, document, readable, word, words};
use crate::error::GroupSyncError;
use crate::policy::PolicyChoices;
use crate::value::ClaimValue;

/// One thing that an admin does to the settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub enum SettingsCommand {
    /// Switches group sync on.
    Enable {},
    /// Switches group sync off, and keeps everything else.
    Disable {},
    /// Sets the claim of the instance, or overrides it for a workspace.
    SetClaim {
        /// The claim.
        claim: ClaimOptions,
        /// The workspace; the instance if absent.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "tsify", tsify(optional))]
        workspace: Option<String>,
    },
    /// Sets the mapping of the instance, or overrides it for a workspace.
    SetMapping {
        /// The mapping text.
        mapping: String,
        /// The workspace; the instance if absent.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "tsify", tsify(optional))]
        workspace: Option<String>,
    },
    /// Sets the choices of the instance, or overrides them for a workspace.
    SetPolicy {
        /// The choices.
        #[cfg_attr(feature = "tsify", tsify(type = "Policy"))]
        policy: PolicyChoices,
        /// The workspace; the instance if absent.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "tsify", tsify(optional))]
        workspace: Option<String>,
    },
    /// Drops what a workspace overrides, so that it follows the instance again.
    Inherit {
        /// The workspace.
        workspace: String,
        /// What to inherit.
        field: InheritedField,
    },
    /// Adds a workspace, which inherits everything.
    AddWorkspace {
        /// Its id.
        workspace: String,
    },
    /// Switches a workspace on.
    EnableWorkspace {
        /// The workspace.
        workspace: String,
    },
    /// Switches a workspace off, and keeps what it overrides.
    DisableWorkspace {
        /// The workspace.
        workspace: String,
    },
    /// Takes a workspace off the list, with what it overrides.
    RemoveWorkspace {
        /// The workspace.
        workspace: String,
        /// Whether the admin has been told what is lost.
        #[cfg_attr(feature = "tsify", tsify(optional))]
        confirmed: bool,
        /// The workspace that takes the default one's place, where that is the one to remove.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "tsify", tsify(optional))]
        new_default: Option<String>,
    },
    /// Makes a workspace the one that new users join.
    SetDefaultWorkspace {
        /// The workspace.
        workspace: String,
    },
}

const TYPES: &[&str] = &[
    "enable",
    "disable",
    "set-claim",
    "set-mapping",
    "set-policy",
    "inherit",
    "add-workspace",
    "enable-workspace",
    "disable-workspace",
    "remove-workspace",
    "set-default-workspace",
];

impl Document for SettingsCommand {
    fn read(value: ClaimValue) -> Result<Self, GroupSyncError> {
        let mut fields = Fields::of_any(value)?;
        let given: ClaimValue = fields.take("type")?;
        let command = word(&given, TYPES, TYPES).map_err(|error| error.within("type"))?;
        fields.require_known(match command {
            "enable" | "disable" => &[],
            "set-claim" => &["claim", "workspace"],
            "set-mapping" => &["mapping", "workspace"],
            "set-policy" => &["policy", "workspace"],
            "inherit" => &["workspace", "field"],
            "remove-workspace" => &["workspace", "confirmed", "newDefault"],
            _ => &["workspace"],
        })?;
        Ok(match command {
            "enable" => SettingsCommand::Enable {},
            "disable" => SettingsCommand::Disable {},
            "set-claim" => SettingsCommand::SetClaim {
                claim: fields.take("claim")?,
                workspace: fields.take("workspace")?,
            },
            "set-mapping" => SettingsCommand::SetMapping {
                mapping: fields.take("mapping")?,
                workspace: fields.take("workspace")?,
            },
            "set-policy" => SettingsCommand::SetPolicy {
                policy: fields.take("policy")?,
                workspace: fields.take("workspace")?,
            },
            _ => SettingsCommand::of_workspace(command, fields.take("workspace")?, &mut fields)?,
        })
    }
}

impl SettingsCommand {
    /// A command that is always about one workspace.
    fn of_workspace(command: &str, workspace: String, fields: &mut Fields) -> Result<Self, GroupSyncError> {
        Ok(match command {
            "inherit" => SettingsCommand::Inherit {
                workspace,
                field: fields.take("field")?,
            },
            "add-workspace" => SettingsCommand::AddWorkspace { workspace },
            "enable-workspace" => SettingsCommand::EnableWorkspace { workspace },
            "disable-workspace" => SettingsCommand::DisableWorkspace { workspace },
            "remove-workspace" => SettingsCommand::RemoveWorkspace {
                workspace,
                confirmed: fields.take_or("confirmed", false)?,
                new_default: fields.take("newDefault")?,
            },
            _ => SettingsCommand::SetDefaultWorkspace { workspace },
        })
    }
}

readable!(SettingsCommand);

words! {
    /// Something that a workspace can inherit.
    InheritedField {
        /// The claim.
        Claim = "claim",
        /// The mapping.
        Mapping = "mapping",
        /// The choices.
        Policy = "policy",
    }
}

/// Who gives a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify), serde(rename_all = "camelCase"))]
pub struct Actor {
    /// Whether this is a super admin of the instance.
    pub super_admin: bool,
}

document! { Actor { super_admin: "superAdmin" } }

/// What comes of a command.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "status", rename_all = "lowercase")]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub enum SettingsChange {
    /// It was carried out.
    Applied {
        /// The settings after it.
        settings: Box<InstanceSettings>,
        /// What is doubtful about what was set.
        diagnostics: Vec<Diagnostic>,
    },
    /// It loses something, so it has to be confirmed.
    Confirm {
        /// What will be lost, for the admin to read.
        warning: String,
        /// Always empty.
        diagnostics: Vec<Diagnostic>,
    },
    /// It was not carried out.
    Rejected {
        /// Why.
        #[cfg_attr(feature = "tsify", tsify(type = "string"))]
        code: Rejection,
        /// Why, in a sentence.
        message: String,
        /// What is wrong with a mapping that was to be set.
        diagnostics: Vec<Diagnostic>,
    },
}

/// Why a command was not carried out. Where several apply, the first of this list is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Rejection {
    /// Only a super admin may change the settings.
    NotSuperAdmin,
    /// There is no such workspace in the list.
    UnknownWorkspace,
    /// No other workspace is enabled.
    LastEnabledWorkspace,
    /// Another listed and enabled workspace has to be named to take the default one's place.
    DefaultNeedsSuccessor,
    /// The workspace is in the list already.
    AlreadyListed,
    /// The mapping has errors.
    InvalidMapping,
    /// The claim options can find nothing.
    InvalidClaimName,
    /// The settings would mean nothing.
    InvalidSettings,
}
