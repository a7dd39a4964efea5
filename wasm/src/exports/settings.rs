//! The instance's settings, and the commands that change them.

use idp_group_sync::internal::{change, id_fault};
use idp_group_sync::{
    self as core, Actor, ClaimValue, GroupSyncError, InstanceSettings, SettingsCommand, SettingsFile, from_json,
};
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use crate::buffers::{Written, arguments, write};
use crate::error::thrown;

/// The settings of an instance that nobody has configured yet, which has this `defaultWorkspace`.
#[wasm_bindgen(js_name = defaultSettings)]
pub fn default_settings(length: usize) -> Written {
    let workspace: String = arguments(length)?.take("defaultWorkspace").map_err(thrown)?;
    if let Some(message) = id_fault(&workspace) {
        let error = GroupSyncError::invalid_input("defaultWorkspace", message);
        return Err(thrown(error));
    }
    write(&InstanceSettings::new(&workspace))
}

/// What comes of a `command` that an `actor` gives, where these `settings` hold.
#[wasm_bindgen(js_name = applyCommand)]
pub fn apply_command(length: usize) -> Written {
    let mut arguments = arguments(length)?;
    let settings: InstanceSettings = arguments.take("settings").map_err(thrown)?;
    let command: SettingsCommand = arguments.take("command").map_err(thrown)?;
    let actor: Actor = arguments.take("actor").map_err(thrown)?;
    write(&change(settings, command, actor).map_err(thrown)?)
}

/// What these `settings` come to for one `workspace`, inherited or its own.
#[wasm_bindgen(js_name = effectiveSettings)]
pub fn effective_settings(length: usize) -> Written {
    let mut arguments = arguments(length)?;
    let settings: InstanceSettings = arguments.take("settings").map_err(thrown)?;
    let workspace: String = arguments.take("workspace").map_err(thrown)?;
    write(&settings.effective(&workspace).map_err(thrown)?)
}

/// What stands otherwise in the settings `after` than in those `before`.
#[wasm_bindgen(js_name = diffSettings)]
pub fn diff_settings(length: usize) -> Written {
    let mut arguments = arguments(length)?;
    let before: InstanceSettings = arguments.take("before").map_err(thrown)?;
    let after: InstanceSettings = arguments.take("after").map_err(thrown)?;
    write(&core::diff_settings(&before, &after).map_err(thrown)?)
}

/// The settings in a `file` of settings and expectations, all of which is valid. It is JSON text, or what that says.
#[wasm_bindgen(js_name = readSettingsFile)]
pub fn read_settings_file(length: usize) -> Written {
    let file = match arguments(length)?.take_value("file").map_err(thrown)? {
        ClaimValue::Text(text) => from_json(&text),
        value => SettingsFile::deserialize(value),
    };
    write(&file.map_err(|error| thrown(error.within("file")))?.settings)
}
