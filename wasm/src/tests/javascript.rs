//! JavaScript values for tests, made from JSON or from source text, and results as JSON.

use js_sys::{Function, JSON};
use serde_json::Value;
use wasm_bindgen::JsValue;

/// The value of a JavaScript expression.
pub(crate) fn eval(expression: &str) -> JsValue {
    let body = format!("\"use strict\"; return ({expression});");
    Function::new_no_args(&body)
        .call0(&JsValue::UNDEFINED)
        .unwrap_or_else(|thrown| panic!("{expression}: {thrown:?}"))
}

/// A JSON value as JavaScript has it.
pub(crate) fn js(value: &Value) -> JsValue {
    JSON::parse(&value.to_string()).unwrap()
}

/// A result, or what was thrown, as JSON.
pub(crate) fn json(value: &JsValue) -> Value {
    let text = JSON::stringify(value).unwrap().as_string();
    serde_json::from_str(&text.unwrap_or_else(|| panic!("{value:?} is no JSON"))).unwrap()
}

/// A result or an error as JSON.
pub(crate) fn outcome<T: Into<JsValue>>(result: Result<T, JsValue>) -> Result<Value, Value> {
    result.map(|value| json(&value.into())).map_err(|thrown| json(&thrown))
}
