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
    let said = error.message();
    let known = WORDS.iter().find(|(found, _)| said.contains(found));
    format!(
        "no JSON from column {column} on: {}",
        known.map_or("expected a value, or text in double quotes", |(_, words)| words)
    )
}

/// What the parser says, by a part of it, in words for whoever wrote the line. Anything else comes down to a value that is none.
const WORDS: &[(&str, &str)] = &[
    ("UTF-8", "this is not UTF-8"),
    ("utf-8", "this is not UTF-8"),
    ("end of file", "something is left open; a user stands whole on one line"),
    ("Trailing commas", "there is a comma too many"),
    (
        "Object keys",
        "expected a field: its name in double quotes, `:` and a value",
    ),
    ("Object values", "expected `,` or `}`"),
    ("Array values", "expected `,` or `]`"),
    ("one root element", "nothing may follow the user on this line"),
    (
        "escape sequence",
        "this escape does not exist; a backslash is written twice",
    ),
    ("surrogate", "this escape is half of a character"),
    (
        "JSON strings",
        "this character can't stand in a text; write it as an escape",
    ),
    ("number", "this number is not written as JSON has it"),
    ("Max stack", "arrays and objects are nested too deep"),
];

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
