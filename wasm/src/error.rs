//! Errors as JavaScript catches them: JSON text, of which the package makes instances of its class.

use idp_group_sync::internal::json_text;
use idp_group_sync::{Diagnostic, GroupSyncError};
use serde::Serialize;
use wasm_bindgen::JsValue;

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
    JsValue::from_str(&json_text(&thrown))
}
