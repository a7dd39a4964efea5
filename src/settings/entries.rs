//! What a workspace changes in the instance's mapping while it goes on following it.

use serde::{Deserialize, Serialize};

use super::document::mapping_fault;
use crate::error::GroupSyncError;
use crate::mapping::{Mapping, Overlay, has_entry, with_entry, without_entry};

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

    /// What it takes that the entries of `text` hold, or do not; `None` if nothing differs from the instance any more.
    pub(super) fn with(mut self, text: &str, holds: bool, instance: &str) -> Option<WorkspaceEntries> {
        for entry in Mapping::parse(text).entries() {
            let line = entry.canonical();
            self.add = without_entry(&self.add, &line);
            self.without = without_entry(&self.without, &line);
            match (has_entry(instance, &line), holds) {
                (true, false) => self.without = with_entry(&self.without, &line),
                (false, true) => self.add = with_entry(&self.add, &line),
                _ => {}
            }
        }
        (self != WorkspaceEntries::default()).then_some(self)
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
