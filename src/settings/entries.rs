//! What a workspace changes in the instance's mapping while it goes on following it.

use serde::{Deserialize, Serialize};

use super::document::mapping_fault;
use crate::error::GroupSyncError;
use crate::mapping::Overlay;

/// In what a workspace's mapping differs from the instance's, which it follows in all else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WorkspaceEntries {
    /// The text of entries that the workspace has besides.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub add: String,
    /// The text of the instance's entries that do not hold in the workspace: same source, same target.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub without: String,
}

impl WorkspaceEntries {
    /// What holds where the instance has this mapping.
    pub(crate) fn over(&self, instance: &str) -> Overlay {
        Overlay::new(instance, &self.without, &self.add)
    }

    /// What keeps the texts from being stored, whatever they say.
    pub(super) fn validate(&self) -> Result<(), GroupSyncError> {
        for (field, text) in [("add", &self.add), ("without", &self.without)] {
            if let Some(message) = mapping_fault(text) {
                return Err(GroupSyncError::invalid_input(field, message));
            }
        }
        Ok(())
    }
}
