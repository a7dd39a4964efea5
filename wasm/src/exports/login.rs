//! Logins, all workspaces at once.

use idp_group_sync as core;
use wasm_bindgen::prelude::*;

use crate::error::thrown;
use crate::input;
use crate::json::to_js;

/// Settings and catalogs, compiled for every login.
#[wasm_bindgen]
pub struct LoginSync(core::LoginSync);

#[wasm_bindgen]
impl LoginSync {
    /// Compiles settings with the catalogs of their workspaces.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "unknown")] settings: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown")] catalogs: &JsValue,
    ) -> Result<LoginSync, JsValue> {
        let settings = input::settings(settings).map_err(thrown)?;
        let catalogs = input::catalogs(catalogs).map_err(thrown)?;
        core::LoginSync::new(&settings, catalogs).map(LoginSync).map_err(thrown)
    }

    /// Whether a login is allowed, and what it changes in each workspace.
    #[wasm_bindgen(unchecked_return_type = "LoginOutcome")]
    pub fn decide(
        &self,
        #[wasm_bindgen(unchecked_param_type = "unknown")] request: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let request = input::login_request(request).map_err(thrown)?;
        let outcome = self.0.decide(&request).map_err(thrown)?;
        to_js(&outcome)
    }
}
