//! Exports, called with the text that the package would give them.

use serde_json::Value;
use wasm_bindgen::JsValue;

use crate::buffers::{self, Written};

/// What an export gives or throws for these arguments.
pub(crate) fn call(export: impl FnOnce(usize) -> Written, arguments: &Value) -> Result<Value, Value> {
    outcome(export(buffers::put(arguments.to_string().as_bytes())))
}

/// The object that these arguments make, or what is thrown.
pub(crate) fn construct<T>(new: impl FnOnce(usize) -> Result<T, JsValue>, arguments: &Value) -> Result<T, Value> {
    new(buffers::put(arguments.to_string().as_bytes())).map_err(|thrown| plain(&thrown))
}

/// A result, or what was thrown.
pub(crate) fn outcome(result: Written) -> Result<Value, Value> {
    let read = |length| serde_json::from_slice(&buffers::taken(length)).unwrap();
    result.map(read).map_err(|thrown| plain(&thrown))
}

fn plain(thrown: &JsValue) -> Value {
    let text = thrown.as_string();
    serde_json::from_str(&text.unwrap_or_else(|| panic!("{thrown:?} is no text"))).unwrap()
}
