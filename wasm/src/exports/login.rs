//! Logins, all workspaces at once.

use std::collections::BTreeMap;

use idp_group_sync::{self as core, Diagnostic, LineIndex};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::error::thrown;
use crate::input;
use crate::json::{Written, plain_to_js};

/// A [`core::LoginOutcome`] whose plans are written: the places in each are in the mapping text of its workspace.
#[derive(Serialize)]
struct Outcome<'o> {
    allowed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<core::LoginRefusal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'o str>,
    workspaces: Vec<Written>,
    diagnostics: &'o [Diagnostic],
}

/// Settings and catalogs, compiled for every login.
#[wasm_bindgen]
pub struct LoginSync {
    sync: core::LoginSync,
    /// Of the instance's mapping.
    lines: LineIndex<'static>,
    /// Of the mappings of workspaces that have their own.
    own_lines: BTreeMap<String, LineIndex<'static>>,
}

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
        let sync = core::LoginSync::new(&settings, catalogs).map_err(thrown)?;
        let mut own_lines = BTreeMap::new();
        for workspace in settings.workspaces {
            if let Some(mapping) = workspace.mapping {
                own_lines.insert(workspace.id, LineIndex::new(mapping));
            }
        }
        let lines = LineIndex::new(settings.mapping);
        Ok(LoginSync { sync, lines, own_lines })
    }

    /// Whether a login is allowed, and what it changes in each workspace.
    #[wasm_bindgen(unchecked_return_type = "LoginOutcome")]
    pub fn decide(
        &self,
        #[wasm_bindgen(unchecked_param_type = "unknown")] request: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let request = input::login_request(request).map_err(thrown)?;
        let outcome = self.sync.decide(&request).map_err(thrown)?;
        let workspaces = outcome.workspaces.iter().map(|planned| {
            let lines = self.own_lines.get(&planned.id).unwrap_or(&self.lines);
            Written::new(planned, lines)
        });
        plain_to_js(&Outcome {
            allowed: outcome.allowed,
            reason: outcome.reason,
            message: outcome.message.as_deref(),
            workspaces: workspaces.collect(),
            diagnostics: &outcome.diagnostics,
        })
    }
}
