//! Errors as JavaScript catches them: plain objects, of which the package makes instances of its class.

use serde::Serialize;
use wasm_bindgen::JsValue;

use super::json::to_js;
use idp_group_sync::Diagnostic;
use idp_group_sync::GroupSyncError;

#[derive(Serialize)]
struct Thrown<'e> {
    code: &'static str,
    message: &'e str,
    #[serde(skip_serializing_if = "str::is_empty")]
    path: &'e str,
    diagnostics: &'e [Diagnostic],
}

/// What to throw for an error.
pub(super) fn thrown(error: GroupSyncError) -> JsValue {
    let thrown = Thrown {
        code: error.code().as_str(),
        message: error.message(),
        path: error.path(),
        diagnostics: error.diagnostics(),
    };
    to_js(&thrown).unwrap_or_else(|error| error)
}
