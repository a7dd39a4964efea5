//! Results as JSON text (RFC 8259), which the runtime's own parser makes objects of: faster than making them one property at
//! a time.

use serde::Serialize;
use wasm_bindgen::{JsError, JsValue};

/// `value` as plain objects, arrays and primitives.
pub(super) fn to_js(value: &(impl Serialize + ?Sized)) -> Result<JsValue, JsValue> {
    let text = serde_json::to_string(value).map_err(JsError::from)?;
    js_sys::JSON::parse(&text)
}
