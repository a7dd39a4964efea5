//! The instance's settings as they are stored: one document, read whole or not at all.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::entries::WorkspaceEntries;
use crate::claims::ClaimOptions;
use crate::diagnostic::Diagnostic;
use crate::error::GroupSyncError;
use crate::policy::PolicyChoices;

/// What keeps an id from being a workspace's: no database and no log takes every control character.
pub fn id_fault(id: &str) -> Option<&'static str> {
    if id.is_empty() {
        Some("a workspace's id is empty")
    } else if id.contains(char::is_control) {
        Some("a workspace's id holds a control character")
    } else {
        None
    }
}

/// What keeps a mapping text from being stored, whatever it says.
pub(super) fn mapping_fault(text: &str) -> Option<&'static str> {
    let message =
        "the mapping holds the character U+0000, which databases can't store; write it `\\u{0}` in a quoted name";
    text.contains('\0').then_some(message)
}

/// The version of the document that this engine reads and writes.
pub const SETTINGS_VERSION: u64 = 1;

/// The settings of an instance. The workspaces are the sync list; what one of them does not override is inherited, and follows
/// the instance when that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct InstanceSettings {
    /// The version of the document's shape.
    #[cfg_attr(feature = "schema", schemars(extend("const" = SETTINGS_VERSION)))]
    pub version: u64,
    /// Whether logins sync at all. Everything else is kept while this is off.
    pub enabled: bool,
    /// The claim that carries the groups.
    pub claim: ClaimOptions,
    /// The mapping text.
    pub mapping: String,
    /// The admin's choices.
    pub policy: PolicyChoices,
    /// The id of the workspace that new users join; one of the sync list.
    pub default_workspace: String,
    /// The sync list, at least one of it enabled.
    pub workspaces: Vec<WorkspaceSettings>,
}

/// One workspace of the sync list. A field that is absent is inherited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WorkspaceSettings {
    /// The workspace's id, distinct in the list.
    pub id: String,
    /// Whether logins sync it.
    pub enabled: bool,
    /// Overrides the instance's claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimOptions>,
    /// Overrides the instance's mapping.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mapping: Option<String>,
    /// Differs from the instance's mapping by entry, and follows it in all else; not beside a `mapping`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entries: Option<WorkspaceEntries>,
    /// Overrides the instance's choices, all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyChoices>,
}

impl WorkspaceSettings {
    /// A workspace that is synced, and inherits everything.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        WorkspaceSettings {
            id: id.into(),
            enabled: true,
            claim: None,
            mapping: None,
            entries: None,
            policy: None,
        }
    }
}

with! { WorkspaceSettings:
    with_enabled(enabled: bool),
    with_claim(claim: Option<ClaimOptions>),
    with_mapping(mapping: Option<String>),
    with_entries(entries: Option<WorkspaceEntries>),
    with_policy(policy: Option<PolicyChoices>),
}

with! { InstanceSettings:
    with_enabled(enabled: bool),
    with_claim(claim: ClaimOptions),
    with_mapping(mapping: String),
    with_policy(policy: PolicyChoices),
    with_default_workspace(default_workspace: String),
    with_workspaces(workspaces: Vec<WorkspaceSettings>),
}

impl InstanceSettings {
    /// The settings of an instance that nobody has configured: off, one workspace, no mapping.
    ///
    /// ```
    /// use idp_group_sync::InstanceSettings;
    ///
    /// let settings = InstanceSettings::new("main");
    /// assert!(!settings.enabled);
    /// assert_eq!(settings.default_workspace, "main");
    /// ```
    #[must_use]
    pub fn new(default_workspace: &str) -> Self {
        InstanceSettings {
            version: SETTINGS_VERSION,
            enabled: false,
            claim: ClaimOptions::default(),
            mapping: String::new(),
            policy: PolicyChoices::default(),
            default_workspace: default_workspace.to_owned(),
            workspaces: vec![WorkspaceSettings::new(default_workspace)],
        }
    }

    /// Whether the document means something. A mapping with errors is no fault of the document: it can be stored, and does not run.
    ///
    /// # Errors
    /// `invalid-input` with the path of the first fault.
    pub fn validate(&self) -> Result<(), GroupSyncError> {
        let refuse = |path: String, message: String| Err(GroupSyncError::invalid_input(path, message));
        if self.version != SETTINGS_VERSION {
            let message = format!(
                "version {} is not one that is understood, which is {SETTINGS_VERSION}",
                self.version
            );
            return refuse("version".to_owned(), message);
        }
        self.claim.validate().map_err(|error| error.within("claim"))?;
        if let Some(message) = mapping_fault(&self.mapping) {
            return refuse("mapping".to_owned(), message.to_owned());
        }
        self.policy.validate()?;
        let mut ids = BTreeSet::new();
        for (index, workspace) in self.workspaces.iter().enumerate() {
            let WorkspaceSettings {
                id,
                claim,
                mapping,
                entries,
                policy,
                ..
            } = workspace;
            let path = |field: &str| format!("workspaces[{index}].{field}");
            if let Some(message) = id_fault(id) {
                return refuse(path("id"), message.to_owned());
            }
            if !ids.insert(id.as_str()) {
                return refuse(path("id"), format!("the workspace `{id}` is listed already"));
            }
            if let Some(claim) = claim {
                claim.validate().map_err(|error| error.within(&path("claim")))?;
            }
            if let Some(message) = mapping.as_deref().and_then(mapping_fault) {
                return refuse(path("mapping"), message.to_owned());
            }
            if let Some(entries) = entries {
                if mapping.is_some() {
                    let message = "a workspace has a `mapping` of its own or `entries`, not both";
                    return refuse(path("entries"), message.to_owned());
                }
                entries.validate().map_err(|error| error.within(&path("entries")))?;
            }
            if let Some(policy) = policy {
                policy
                    .validate()
                    .map_err(|error| error.within(&format!("workspaces[{index}]")))?;
            }
        }
        if !self.workspaces.iter().any(|workspace| workspace.enabled) {
            return refuse(
                "workspaces".to_owned(),
                "at least one workspace has to be enabled".to_owned(),
            );
        }
        if !ids.contains(self.default_workspace.as_str()) {
            let message = format!("the default workspace `{}` is not in the list", self.default_workspace);
            return refuse("defaultWorkspace".to_owned(), message);
        }
        Ok(())
    }

    /// The workspace of this id in the sync list.
    #[must_use]
    pub fn workspace(&self, id: &str) -> Option<&WorkspaceSettings> {
        self.workspaces.iter().find(|workspace| workspace.id == id)
    }

    /// What holds for one workspace, inherited or its own.
    ///
    /// # Errors
    /// `invalid-input` if the document means nothing, or has no such workspace.
    ///
    /// ```
    /// use idp_group_sync::InstanceSettings;
    ///
    /// let settings = InstanceSettings::new("main").with_mapping("a -> b");
    /// let effective = settings.effective("main").unwrap();
    /// assert_eq!(effective.mapping, "a -> b");
    /// assert!(effective.inherited.mapping);
    /// ```
    pub fn effective(&self, workspace: &str) -> Result<EffectiveSettings, GroupSyncError> {
        self.validate().map_err(|error| error.within("settings"))?;
        let listed = self.workspace(workspace).ok_or_else(|| {
            GroupSyncError::invalid_input("workspace", format!("there is no workspace `{workspace}` in the list"))
        })?;
        Ok(self.effective_of(listed))
    }

    pub(crate) fn effective_of(&self, listed: &WorkspaceSettings) -> EffectiveSettings {
        let WorkspaceSettings {
            id,
            enabled,
            claim,
            mapping,
            entries,
            policy,
        } = listed;
        let instance = &self.mapping;
        let overlay = entries.as_ref().map(|entries| entries.over(instance));
        let (mapping_text, diagnostics) = match (mapping, overlay) {
            (Some(own), _) => (own.clone(), Vec::new()),
            (None, Some(overlay)) => (overlay.mapping.text().to_owned(), overlay.diagnostics),
            (None, None) => (instance.clone(), Vec::new()),
        };
        EffectiveSettings {
            workspace: id.clone(),
            enabled: self.enabled && *enabled,
            inherited: Inherited {
                claim: claim.is_none(),
                mapping: mapping.is_none() && entries.is_none(),
                policy: policy.is_none(),
            },
            claim: claim.as_ref().unwrap_or(&self.claim).clone(),
            mapping: mapping_text,
            entries: entries.clone(),
            diagnostics,
            policy: policy.as_ref().unwrap_or(&self.policy).clone(),
        }
    }
}

/// What holds for one workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EffectiveSettings {
    /// The workspace's id.
    pub workspace: String,
    /// Whether logins sync it: it is enabled, and so is group sync.
    pub enabled: bool,
    /// The claim that carries the groups.
    pub claim: ClaimOptions,
    /// The mapping text.
    pub mapping: String,
    /// In what the mapping differs from the instance's, where it is such a one: then `mapping` is one text that says the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entries: Option<WorkspaceEntries>,
    /// What is wrong or doubtful about the text of `entries.without`, with places in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<Diagnostic>,
    /// The choices; what is absent has its default.
    pub policy: PolicyChoices,
    /// Which of these are the instance's.
    pub inherited: Inherited,
}

/// Which settings of a workspace are the instance's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Inherited {
    /// The claim is.
    pub claim: bool,
    /// The mapping is.
    pub mapping: bool,
    /// The choices are.
    pub policy: bool,
}
