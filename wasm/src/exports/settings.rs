//! The instance's settings, and the commands that change them.

use idp_group_sync::internal::{change, id_fault};
use idp_group_sync::{GroupSyncError, InstanceSettings};
use wasm_bindgen::prelude::*;

use crate::error::thrown;
use crate::input;
use crate::json::to_js;

/// The settings of an instance that nobody has configured yet.
#[wasm_bindgen(js_name = defaultSettings, unchecked_return_type = "InstanceSettings")]
pub fn default_settings(
    #[wasm_bindgen(unchecked_param_type = "unknown", js_name = defaultWorkspace)] default_workspace: &JsValue,
) -> Result<JsValue, JsValue> {
    let workspace = input::workspace(default_workspace, "defaultWorkspace").map_err(thrown)?;
    if let Some(message) = id_fault(&workspace) {
        let error = GroupSyncError::invalid_input("defaultWorkspace", message);
        return Err(thrown(error));
    }
    to_js(&InstanceSettings::new(&workspace))
}

/// What comes of a command.
#[wasm_bindgen(js_name = applyCommand, unchecked_return_type = "SettingsChange")]
pub fn apply_command(
    #[wasm_bindgen(unchecked_param_type = "unknown")] settings: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "unknown")] command: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "unknown")] actor: &JsValue,
) -> Result<JsValue, JsValue> {
    let settings = input::settings(settings).map_err(thrown)?;
    let command = input::command(command).map_err(thrown)?;
    let actor = input::actor(actor).map_err(thrown)?;
    let change = change(settings, command, actor).map_err(thrown)?;
    to_js(&change)
}

/// What holds for one workspace, inherited or its own.
#[wasm_bindgen(js_name = effectiveSettings, unchecked_return_type = "EffectiveSettings")]
pub fn effective_settings(
    #[wasm_bindgen(unchecked_param_type = "unknown")] settings: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "unknown")] workspace: &JsValue,
) -> Result<JsValue, JsValue> {
    let settings = input::settings(settings).map_err(thrown)?;
    let workspace = input::workspace(workspace, "workspace").map_err(thrown)?;
    to_js(&settings.effective(&workspace).map_err(thrown)?)
}
