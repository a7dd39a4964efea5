//! What an admin can do to the settings, and what comes of it.

use serde::{Deserialize, Deserializer, Serialize};

use super::document::InstanceSettings;
use super::entries::WorkspaceEntries;
use crate::claims::ClaimOptions;
use crate::diagnostic::Diagnostic;
use crate::policy::PolicyChoices;
use crate::value::{Tagged, read_any};

/// Declares the commands with what each holds.
macro_rules! commands {
    ($($commands:tt)*) => {
        /// One thing that an admin does to the settings.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(tag = "type", rename_all = "kebab-case", rename_all_fields = "camelCase")]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum SettingsCommand { $($commands)* }

        /// The same, read as [`Tagged`] has it.
        #[derive(Deserialize)]
        #[serde(remote = "SettingsCommand", rename_all = "kebab-case", rename_all_fields = "camelCase")]
        #[serde(deny_unknown_fields)]
        enum ByType { $($commands)* }
    };
}

commands! {
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
        workspace: Option<String>,
    },
    /// Sets the mapping of the instance, or overrides it for a workspace.
    SetMapping {
        /// The mapping text.
        mapping: String,
        /// The workspace; the instance if absent.
        #[serde(skip_serializing_if = "Option::is_none")]
        workspace: Option<String>,
    },
    /// Has a workspace differ from the instance's mapping by entry.
    SetEntries {
        /// In what it differs.
        entries: WorkspaceEntries,
        /// The workspace.
        workspace: String,
    },
    /// Has an entry hold in a workspace, or not, and leaves all else there as it is.
    SetEntry {
        /// The text of the entry, or of several.
        entry: String,
        /// Whether it is to hold.
        holds: bool,
        /// The workspace.
        workspace: String,
    },
    /// Sets the choices of the instance, or overrides them for a workspace.
    SetPolicy {
        /// The choices.
        policy: PolicyChoices,
        /// The workspace; the instance if absent.
        #[serde(skip_serializing_if = "Option::is_none")]
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
        #[serde(default)]
        confirmed: bool,
        /// The workspace that takes the default one's place, where that is the one to remove.
        #[serde(skip_serializing_if = "Option::is_none")]
        new_default: Option<String>,
    },
    /// Makes a workspace the one that new users join.
    SetDefaultWorkspace {
        /// The workspace.
        workspace: String,
    },
}

impl<'de> Deserialize<'de> for SettingsCommand {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_any(deserializer, |value| ByType::deserialize(Tagged(value)))
    }
}

/// Something that a workspace can inherit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum InheritedField {
    /// The claim.
    Claim,
    /// The mapping: the workspace's own, or the entries in which it differs.
    Mapping,
    /// The choices.
    Policy,
}

/// Who gives a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Actor {
    /// Whether this is a super admin of the instance.
    pub super_admin: bool,
}

/// What comes of a command.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "status", rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
        #[cfg_attr(feature = "schema", schemars(with = "String"))]
        code: Rejection,
        /// Why, in a sentence.
        message: String,
        /// What is wrong with a mapping that was to be set.
        diagnostics: Vec<Diagnostic>,
    },
}

/// Why a command was not carried out. Where several apply, the first of this list is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
