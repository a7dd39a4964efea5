//! One line of JSON Lines as a value, with the column of what is wrong with it.
//!
//! Not by `serde_json`: nothing here needs floats, and the tables for reading them would take more space than all of this.

use std::collections::BTreeMap;

use json_event_parser::{JsonEvent, JsonSyntaxError, SliceJsonParser};

use crate::diagnostic::shown;
use crate::value::ClaimValue;

/// How deep arrays and objects may be nested; as in arguments from JavaScript.
const MAX_DEPTH: usize = 128;

/// The value of a line, or what is wrong with it. Of claims of one name the last counts, as for whoever reads a token; no other
/// field may stand twice.
///
/// Only whole numbers are kept: no other counts anything, and no claim is read as one.
pub(crate) fn read(line: &[u8]) -> Result<ClaimValue, String> {
    if line.starts_with(b"\xEF\xBB\xBF") {
        return Err("there is a byte order mark, which only the first line may have".to_owned());
    }
    let mut parser = SliceJsonParser::new(line);
    let first = next(&mut parser)?;
    let value = value(&mut parser, first, 0, false)?;
    // What follows the value is for the parser to refuse.
    next(&mut parser)?;
    Ok(value)
}

fn next<'l>(parser: &mut SliceJsonParser<'l>) -> Result<JsonEvent<'l>, String> {
    parser.parse_next().map_err(|error| fault(&error))
}

fn fault(error: &JsonSyntaxError) -> String {
    let column = error.location().start.column + 1;
    format!("invalid JSON at column {column}: {}", error.message())
}

fn value<'l>(
    parser: &mut SliceJsonParser<'l>,
    event: JsonEvent<'l>,
    depth: usize,
    in_claims: bool,
) -> Result<ClaimValue, String> {
    if depth > MAX_DEPTH {
        return Err(format!(
            "arrays and objects may be nested {MAX_DEPTH} deep, and no deeper"
        ));
    }
    Ok(match event {
        JsonEvent::String(text) => ClaimValue::Text(text.into_owned()),
        #[allow(
            clippy::cast_precision_loss,
            reason = "what is too large to be exact is refused wherever a number counts"
        )]
        JsonEvent::Number(number) => ClaimValue::Number(number.parse::<i64>().map_or(f64::NAN, |number| number as f64)),
        JsonEvent::Boolean(flag) => ClaimValue::Bool(flag),
        JsonEvent::StartArray => {
            let mut items = Vec::new();
            loop {
                match next(parser)? {
                    JsonEvent::EndArray => break ClaimValue::List(items),
                    item => items.push(value(parser, item, depth + 1, in_claims)?),
                }
            }
        }
        JsonEvent::StartObject => {
            let mut properties = BTreeMap::new();
            loop {
                let JsonEvent::ObjectKey(name) = next(parser)? else {
                    break ClaimValue::Object(properties);
                };
                let name = name.into_owned();
                // What is written for this is rather wrong than half passed over.
                if !in_claims && properties.contains_key(&name) {
                    return Err(format!("{} stands twice", shown(&name)));
                }
                let event = next(parser)?;
                let in_claims = in_claims || (depth == 0 && name == "claims");
                properties.insert(name, value(parser, event, depth + 1, in_claims)?);
            }
        }
        _ => ClaimValue::Null,
    })
}
