//! What an admin can do to the settings, and what comes of it.

use serde::{Deserialize, Serialize};

use super::document::{InstanceSettings, PolicyChoices};
use crate::claims::ClaimOptions;
use crate::diagnostic::Diagnostic;

/// One thing that an admin does to the settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "type",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase",
    try_from = "CommandDocument"
)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
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
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        workspace: Option<String>,
    },
    /// Sets the mapping of the instance, or overrides it for a workspace.
    SetMapping {
        /// The mapping text.
        mapping: String,
        /// The workspace; the instance if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        workspace: Option<String>,
    },
    /// Sets the choices of the instance, or overrides them for a workspace.
    SetPolicy {
        /// The choices.
        #[cfg_attr(target_arch = "wasm32", tsify(type = "Policy"))]
        policy: PolicyChoices,
        /// The workspace; the instance if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
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
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        confirmed: bool,
        /// The workspace that takes the default one's place, where that is the one to remove.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(target_arch = "wasm32", tsify(optional))]
        new_default: Option<String>,
    },
    /// Makes a workspace the one that new users join.
    SetDefaultWorkspace {
        /// The workspace.
        workspace: String,
    },
}

/// A command as it is written, before it is known which fields it may have: so that a field of a wrong shape is told by its path.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct CommandDocument {
    #[serde(rename = "type")]
    kind: CommandKind,
    workspace: Option<String>,
    claim: Option<ClaimOptions>,
    mapping: Option<String>,
    policy: Option<PolicyChoices>,
    field: Option<InheritedField>,
    confirmed: Option<bool>,
    new_default: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum CommandKind {
    Enable,
    Disable,
    SetClaim,
    SetMapping,
    SetPolicy,
    Inherit,
    AddWorkspace,
    EnableWorkspace,
    DisableWorkspace,
    RemoveWorkspace,
    SetDefaultWorkspace,
}

impl TryFrom<CommandDocument> for SettingsCommand {
    type Error = String;

    fn try_from(mut document: CommandDocument) -> Result<Self, String> {
        fn needed<T>(value: &mut Option<T>, name: &str) -> Result<T, String> {
            value.take().ok_or_else(|| format!("the command needs `{name}`"))
        }
        let given = &mut document;
        let command = match given.kind {
            CommandKind::Enable => SettingsCommand::Enable {},
            CommandKind::Disable => SettingsCommand::Disable {},
            CommandKind::SetClaim => SettingsCommand::SetClaim {
                claim: needed(&mut given.claim, "claim")?,
                workspace: given.workspace.take(),
            },
            CommandKind::SetMapping => SettingsCommand::SetMapping {
                mapping: needed(&mut given.mapping, "mapping")?,
                workspace: given.workspace.take(),
            },
            CommandKind::SetPolicy => SettingsCommand::SetPolicy {
                policy: needed(&mut given.policy, "policy")?,
                workspace: given.workspace.take(),
            },
            CommandKind::Inherit => SettingsCommand::Inherit {
                workspace: needed(&mut given.workspace, "workspace")?,
                field: needed(&mut given.field, "field")?,
            },
            CommandKind::AddWorkspace => SettingsCommand::AddWorkspace {
                workspace: needed(&mut given.workspace, "workspace")?,
            },
            CommandKind::EnableWorkspace => SettingsCommand::EnableWorkspace {
                workspace: needed(&mut given.workspace, "workspace")?,
            },
            CommandKind::DisableWorkspace => SettingsCommand::DisableWorkspace {
                workspace: needed(&mut given.workspace, "workspace")?,
            },
            CommandKind::RemoveWorkspace => SettingsCommand::RemoveWorkspace {
                workspace: needed(&mut given.workspace, "workspace")?,
                confirmed: given.confirmed.take().unwrap_or(false),
                new_default: given.new_default.take(),
            },
            CommandKind::SetDefaultWorkspace => SettingsCommand::SetDefaultWorkspace {
                workspace: needed(&mut given.workspace, "workspace")?,
            },
        };
        let CommandDocument {
            kind: _,
            workspace,
            claim,
            mapping,
            policy,
            field,
            confirmed,
            new_default,
        } = document;
        let left = [
            ("workspace", workspace.is_some()),
            ("claim", claim.is_some()),
            ("mapping", mapping.is_some()),
            ("policy", policy.is_some()),
            ("field", field.is_some()),
            ("confirmed", confirmed.is_some()),
            ("newDefault", new_default.is_some()),
        ];
        match left.iter().find(|(_, is_left)| *is_left) {
            Some((name, _)) => Err(format!("this command takes no `{name}`")),
            None => Ok(command),
        }
    }
}

/// Something that a workspace can inherit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum InheritedField {
    /// The claim.
    Claim,
    /// The mapping.
    Mapping,
    /// The choices.
    Policy,
}

/// Who gives a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Actor {
    /// Whether this is a super admin of the instance.
    pub super_admin: bool,
}

/// What comes of a command.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "status", rename_all = "lowercase")]
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
