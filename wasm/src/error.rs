//! Errors as JavaScript catches them: plain objects, of which the package makes instances of its class.

use idp_group_sync::{Diagnostic, GroupSyncError};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
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
    thrown
        .serialize(&Serializer::json_compatible())
        .unwrap_or_else(JsValue::from)
}
