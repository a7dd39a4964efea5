//! What an export takes: its arguments by their names, in one JSON text. Every error says where in them the fault is.

use std::collections::BTreeMap;
use std::mem;

use idp_group_sync::internal::mismatch;
use idp_group_sync::{ClaimValue, GroupSyncError};
use serde::de::DeserializeOwned;

/// The arguments that were given.
pub(crate) struct Arguments(BTreeMap<String, ClaimValue>);

impl Arguments {
    pub(crate) fn read(text: &str) -> Result<Arguments, GroupSyncError> {
        match text.parse()? {
            ClaimValue::Object(arguments) => Ok(Arguments(arguments)),
            other => Err(mismatch("an object", &other)),
        }
    }

    /// Takes the argument of this name out.
    pub(crate) fn take<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, GroupSyncError> {
        self.take_unnamed(name).map_err(|error| error.within(name))
    }

    /// Takes the argument of this name out; paths begin at the argument.
    pub(crate) fn take_unnamed<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, GroupSyncError> {
        self.value(name).and_then(T::deserialize)
    }

    /// Takes the argument of this name out as it stands: claims, or what has more than one shape.
    pub(crate) fn take_value(&mut self, name: &str) -> Result<ClaimValue, GroupSyncError> {
        self.value(name).map_err(|error| error.within(name))
    }

    #[inline(never)]
    fn value(&mut self, name: &str) -> Result<ClaimValue, GroupSyncError> {
        let missing = || GroupSyncError::invalid_input("", "this argument is required, and missing");
        let value = self.0.get_mut(name).ok_or_else(missing)?;
        Ok(mem::replace(value, ClaimValue::Null))
    }

    /// Takes the argument of this name out, which may be left out or `null`.
    pub(crate) fn take_optional<T: DeserializeOwned + Default>(&mut self, name: &str) -> Result<T, GroupSyncError> {
        match self.0.get(name) {
            None | Some(ClaimValue::Null) => Ok(T::default()),
            Some(_) => self.take(name),
        }
    }
}
