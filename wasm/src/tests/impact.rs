//! The users of a case, fed to a comparison as JavaScript would: as text and as bytes, cut anywhere.

use crate::{Impact, LoginImpact};
use js_sys::{JsString, Uint8Array};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;

use super::javascript::{js, json as plain, outcome};
use super::support::cases::Case;
use super::support::users::{self, Chunk};

pub(crate) fn impact(case: &Case) -> Result<Value, Value> {
    let side = |name: &str| js(&case.config(Some(name)));
    let new = || Impact::new(&side("before"), &side("after")).map_err(|thrown| plain(&thrown));
    fed_every_way(case, new, Impact::push, Impact::finish)
}

pub(crate) fn login_impact(case: &Case) -> Result<Value, Value> {
    let side = |name: &str| js(&case.given[name]);
    let new = || LoginImpact::new(&side("before"), &side("after")).map_err(|thrown| plain(&thrown));
    fed_every_way(case, new, LoginImpact::push, LoginImpact::finish)
}

/// What comes of the chunks that are given; the same has to come of the whole text however it is cut.
fn fed_every_way<I>(
    case: &Case,
    new: impl Fn() -> Result<I, Value>,
    push: impl Fn(&mut I, &JsValue) -> Result<JsValue, JsValue>,
    finish: impl Fn(I) -> Result<JsValue, JsValue>,
) -> Result<Value, Value> {
    let fed = |chunks: &mut dyn Iterator<Item = JsValue>| -> Result<Value, Value> {
        let mut impact = new()?;
        let mut pushed = Vec::new();
        for chunk in chunks {
            pushed.push(outcome(push(&mut impact, &chunk))?);
        }
        Ok(told(pushed, outcome(finish(impact))?))
    };
    let chunks = users::chunks(case);
    let as_given = fed(&mut chunks.iter().map(value))?;
    let whole = chunks.iter().map(Chunk::bytes).collect::<Vec<_>>().concat();
    let units: Option<Vec<u16>> = std::str::from_utf8(&whole)
        .ok()
        .map(|text| text.encode_utf16().collect());
    for length in users::piece_lengths(whole.len()) {
        let is_same = |cut: &Value, what: &str| {
            for part in ["changes", "summary"] {
                assert_eq!(cut[part], as_given[part], "the {part} in pieces of {length} {what}");
            }
        };
        is_same(&fed(&mut whole.chunks(*length).map(bytes))?, "bytes");
        if let Some(units) = &units {
            is_same(&fed(&mut units.chunks(*length).map(text))?, "UTF-16 code units");
        }
    }
    Ok(as_given)
}

fn value(chunk: &Chunk) -> JsValue {
    match chunk {
        Chunk::Text(text) => JsValue::from_str(text),
        Chunk::Bytes(chunk) => bytes(chunk),
    }
}

fn bytes(chunk: &[u8]) -> JsValue {
    Uint8Array::from(chunk).into()
}

fn text(units: &[u16]) -> JsValue {
    // A call takes only so many arguments.
    let parts = units.chunks(10_000).map(JsString::from_char_code);
    let whole = parts.reduce(|text, part| text.concat(&part));
    whole.unwrap_or_else(|| JsString::from("")).into()
}

fn told(mut pushed: Vec<Value>, end: Value) -> Value {
    pushed.push(end["changes"].clone());
    let changes: Vec<&Value> = pushed.iter().filter_map(Value::as_array).flatten().collect();
    let ids = |changes: &Value| -> Value {
        let changes = changes.as_array().into_iter().flatten();
        changes.map(|change| change["id"].clone()).collect()
    };
    let pushes: Vec<Value> = pushed.iter().map(ids).collect();
    json!({ "changes": changes, "pushes": pushes, "summary": end["summary"] })
}
