//! The instance's settings, and the commands that change them.
//!
//! [`apply_command`] is a reducer: settings and a command give new settings, or the reason why not. It never changes its input,
//! and settings that mean something never become settings that mean nothing. `docs/settings.md` has the rules.

mod command;
mod document;
mod entries;

pub use command::{Actor, InheritedField, Rejection, SettingsChange, SettingsCommand};
pub use document::{EffectiveSettings, Inherited, InstanceSettings, SETTINGS_VERSION, WorkspaceSettings};
pub use entries::WorkspaceEntries;

use crate::claims::ClaimOptions;
use crate::diagnostic::Diagnostic;
use crate::error::GroupSyncError;
use crate::mapping::{Mapping, has_entry, with_entry, without_entry};
pub use document::id_fault;
use document::mapping_fault;

/// A command that was not carried out.
struct Refusal {
    code: Rejection,
    message: String,
    diagnostics: Vec<Diagnostic>,
}

impl Refusal {
    fn new(code: Rejection, message: impl Into<String>) -> Self {
        Refusal {
            code,
            message: message.into(),
            diagnostics: Vec::new(),
        }
    }
}

/// What a command that is carried out yields.
enum Done {
    Applied(Vec<Diagnostic>),
    Confirm(String),
}

/// What comes of `command`, given by `actor`.
///
/// # Errors
/// `invalid-input` if `settings` mean nothing; see [`InstanceSettings::validate`].
///
/// ```
/// use idp_group_sync::{Actor, InstanceSettings, SettingsChange, SettingsCommand, apply_command};
///
/// let settings = InstanceSettings::new("main");
/// let change = apply_command(&settings, &SettingsCommand::Enable {}, Actor { super_admin: true }).unwrap();
/// assert!(matches!(change, SettingsChange::Applied { settings, .. } if settings.enabled));
///
/// let change = apply_command(&settings, &SettingsCommand::Enable {}, Actor { super_admin: false }).unwrap();
/// assert!(matches!(change, SettingsChange::Rejected { .. }));
/// ```
pub fn apply_command(
    settings: &InstanceSettings,
    command: &SettingsCommand,
    actor: Actor,
) -> Result<SettingsChange, GroupSyncError> {
    change(settings.clone(), command.clone(), actor)
}

/// The same with settings and a command that nobody else needs.
pub fn change(
    mut settings: InstanceSettings,
    command: SettingsCommand,
    actor: Actor,
) -> Result<SettingsChange, GroupSyncError> {
    settings.validate().map_err(|error| error.within("settings"))?;
    let done = if actor.super_admin {
        settings.apply(command)
    } else {
        Err(Refusal::new(
            Rejection::NotSuperAdmin,
            "only a super admin of the instance may change its settings",
        ))
    };
    Ok(match done {
        Ok(Done::Applied(diagnostics)) => SettingsChange::Applied {
            settings: Box::new(settings),
            diagnostics,
        },
        Ok(Done::Confirm(warning)) => SettingsChange::Confirm {
            warning,
            diagnostics: Vec::new(),
        },
        Err(Refusal {
            code,
            message,
            diagnostics,
        }) => SettingsChange::Rejected {
            code,
            message,
            diagnostics,
        },
    })
}

impl InstanceSettings {
    /// Leaves the settings as they are unless the command is carried out.
    fn apply(&mut self, command: SettingsCommand) -> Result<Done, Refusal> {
        let mut diagnostics = Vec::new();
        match command {
            SettingsCommand::Enable {} => self.enabled = true,
            SettingsCommand::Disable {} => self.enabled = false,
            SettingsCommand::SetClaim { claim, workspace } => {
                let listed = self.listed_if_any(workspace.as_deref())?;
                require_claim(&claim)?;
                match listed {
                    Some(listed) => listed.claim = Some(claim),
                    None => self.claim = claim,
                }
            }
            SettingsCommand::SetMapping { mapping, workspace } => {
                let listed = self.listed_if_any(workspace.as_deref())?;
                diagnostics = require_mapping(&mapping)?;
                match listed {
                    Some(listed) => {
                        listed.mapping = Some(mapping);
                        listed.entries = None;
                    }
                    None => self.mapping = mapping,
                }
            }
            SettingsCommand::SetEntries { entries, workspace } => {
                self.listed(&workspace)?;
                diagnostics = require_entries(&entries, &self.mapping)?;
                let listed = self.listed(&workspace)?;
                listed.entries = Some(entries);
                listed.mapping = None;
            }
            SettingsCommand::SetEntry {
                entry,
                holds,
                workspace,
            } => return self.set_entry(&entry, holds, workspace),
            SettingsCommand::SetPolicy { policy, workspace } => {
                let listed = self.listed_if_any(workspace.as_deref())?;
                policy
                    .validate()
                    .map_err(|error| Refusal::new(Rejection::InvalidSettings, error.to_string()))?;
                match listed {
                    Some(listed) => listed.policy = Some(policy),
                    None => self.policy = policy,
                }
            }
            SettingsCommand::Inherit { workspace, field } => {
                let listed = self.listed(&workspace)?;
                match field {
                    InheritedField::Claim => listed.claim = None,
                    InheritedField::Mapping => (listed.mapping, listed.entries) = (None, None),
                    InheritedField::Policy => listed.policy = None,
                }
            }
            SettingsCommand::AddWorkspace { workspace } => self.add(&workspace)?,
            SettingsCommand::EnableWorkspace { workspace } => self.listed(&workspace)?.enabled = true,
            SettingsCommand::DisableWorkspace { workspace } => {
                self.listed(&workspace)?;
                self.require_another_enabled(&workspace)?;
                self.listed(&workspace)?.enabled = false;
            }
            SettingsCommand::RemoveWorkspace {
                workspace,
                confirmed,
                new_default,
            } => {
                return self.remove(&workspace, confirmed, new_default.as_deref());
            }
            SettingsCommand::SetDefaultWorkspace { workspace } => {
                if !self.listed(&workspace)?.enabled {
                    return Err(needs_successor(format!(
                        "the workspace `{workspace}` is switched off, so it can't be the default"
                    )));
                }
                self.default_workspace = workspace;
            }
        }
        Ok(Done::Applied(diagnostics))
    }

    #[inline(never)]
    fn set_entry(&mut self, entry: &str, holds: bool, workspace: String) -> Result<Done, Refusal> {
        let listed = self.listed(&workspace)?.clone();
        require_mapping(entry)?;
        let changes = if let Some(own) = listed.mapping {
            let mapping = Mapping::parse(entry).entries().iter().fold(own, |text, entry| {
                let line = entry.canonical();
                if holds == has_entry(&text, &line) {
                    text
                } else if holds {
                    with_entry(&text, &line)
                } else {
                    without_entry(&text, &line)
                }
            });
            SettingsCommand::SetMapping {
                mapping,
                workspace: Some(workspace),
            }
        } else {
            let differences = listed.entries.unwrap_or_default();
            match differences.with(entry, holds, &self.mapping) {
                Some(entries) => SettingsCommand::SetEntries { entries, workspace },
                None => SettingsCommand::Inherit {
                    workspace,
                    field: InheritedField::Mapping,
                },
            }
        };
        self.apply(changes)
    }

    fn listed(&mut self, id: &str) -> Result<&mut WorkspaceSettings, Refusal> {
        let listed = self.workspaces.iter_mut().find(|workspace| workspace.id == id);
        listed.ok_or_else(|| {
            Refusal::new(
                Rejection::UnknownWorkspace,
                format!("there is no workspace `{id}` in the list"),
            )
        })
    }

    fn listed_if_any(&mut self, id: Option<&str>) -> Result<Option<&mut WorkspaceSettings>, Refusal> {
        id.map(|id| self.listed(id)).transpose()
    }

    fn add(&mut self, id: &str) -> Result<(), Refusal> {
        if self.workspace(id).is_some() {
            return Err(Refusal::new(
                Rejection::AlreadyListed,
                format!("the workspace `{id}` is in the list already"),
            ));
        }
        if let Some(message) = id_fault(id) {
            return Err(Refusal::new(Rejection::InvalidSettings, message));
        }
        self.workspaces.push(WorkspaceSettings::new(id));
        Ok(())
    }

    fn require_another_enabled(&self, id: &str) -> Result<(), Refusal> {
        let mut enabled = self.workspaces.iter().filter(|workspace| workspace.enabled);
        if enabled.any(|workspace| workspace.id != id) {
            return Ok(());
        }
        let message = "at least one workspace has to stay enabled; enable another first";
        Err(Refusal::new(Rejection::LastEnabledWorkspace, message))
    }

    fn remove(&mut self, id: &str, confirmed: bool, new_default: Option<&str>) -> Result<Done, Refusal> {
        let warning = loss(self.listed(id)?);
        if let Some(successor) = new_default {
            self.listed(successor)?;
        }
        self.require_another_enabled(id)?;
        if self.default_workspace == id {
            let successor = new_default
                .filter(|successor| *successor != id)
                .and_then(|successor| self.workspace(successor));
            let Some(successor) = successor.filter(|successor| successor.enabled) else {
                let message = format!("`{id}` is the default workspace; name another enabled one to take its place");
                return Err(needs_successor(message));
            };
            let successor = successor.id.clone();
            if confirmed {
                self.default_workspace = successor;
            }
        }
        if !confirmed {
            return Ok(Done::Confirm(warning));
        }
        self.workspaces.retain(|workspace| workspace.id != id);
        Ok(Done::Applied(Vec::new()))
    }
}

fn needs_successor(message: String) -> Refusal {
    Refusal::new(Rejection::DefaultNeedsSuccessor, message)
}

fn require_claim(claim: &ClaimOptions) -> Result<(), Refusal> {
    claim
        .validate()
        .map_err(|error| Refusal::new(Rejection::InvalidClaimName, error.message()))
}

/// The doubts about a mapping that may run.
fn require_mapping(text: &str) -> Result<Vec<Diagnostic>, Refusal> {
    if let Some(message) = mapping_fault(text) {
        return Err(Refusal::new(Rejection::InvalidMapping, message));
    }
    let mapping = Mapping::parse(text);
    match mapping.require_valid() {
        Ok(()) => Ok(mapping.diagnostics),
        Err(error) => Err(Refusal {
            diagnostics: mapping.diagnostics,
            ..Refusal::new(Rejection::InvalidMapping, error.message())
        }),
    }
}

/// The doubts about entries in which a workspace differs from a mapping. Each says which text it is about.
fn require_entries(entries: &WorkspaceEntries, instance: &str) -> Result<Vec<Diagnostic>, Refusal> {
    if let Err(error) = entries.validate() {
        return Err(Refusal::new(Rejection::InvalidMapping, error.message()));
    }
    let about = |field, found: Vec<Diagnostic>| found.into_iter().map(move |found| found.param("field", field));
    let overlay = entries.over(instance);
    let added = Mapping::parse(entries.add.as_str()).diagnostics;
    let mut diagnostics: Vec<Diagnostic> = about("add", added).collect();
    diagnostics.extend(about("without", overlay.diagnostics));
    // Together they may be too many, or too long.
    let is_faulty = overlay.mapping.has_errors() && !Mapping::parse(instance).has_errors();
    if is_faulty || diagnostics.iter().any(Diagnostic::is_error) {
        return Err(Refusal {
            diagnostics,
            ..Refusal::new(Rejection::InvalidMapping, "with these entries the mapping has errors")
        });
    }
    Ok(diagnostics)
}

/// What is lost when this workspace leaves the list.
fn loss(removed: &WorkspaceSettings) -> String {
    let WorkspaceSettings {
        id,
        claim,
        mapping,
        entries,
        policy,
        ..
    } = removed;
    let overrides = [
        (claim.is_some(), "claim"),
        (mapping.is_some(), "mapping"),
        (entries.is_some(), "entries"),
        (policy.is_some(), "policy"),
    ];
    let overrides: Vec<&str> = overrides
        .iter()
        .filter(|(is_own, _)| *is_own)
        .map(|(_, name)| *name)
        .collect();
    match overrides.as_slice() {
        [] => format!("logins will no longer sync the workspace `{id}`; it has no settings of its own to lose"),
        own => format!(
            "logins will no longer sync the workspace `{id}`, and its own settings will be lost: {}",
            own.join(", ")
        ),
    }
}
