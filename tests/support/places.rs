//! Offsets, in UTF-16 code units, turned into the text that they stand for, so that a case says what it means to whoever reads it.

use serde_json::{Map, Value};

/// `value` with every span as `at`, `line` and `column`, every fix as its title and what it gives, every edit of a completion
/// as what it gives, and the entry behind a grant as its text. The places are in the text of these code units.
pub(crate) fn without_offsets(units: &[u16], value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(|item| without_offsets(units, item)).collect(),
        Value::Object(object) => {
            let mut readable = Map::new();
            for (name, value) in object {
                match (name.as_str(), &value) {
                    ("span", Value::Object(_)) => {
                        readable.insert("at".to_owned(), at(units, &value).into());
                        readable.insert("line".to_owned(), value["line"].clone());
                        readable.insert("column".to_owned(), value["column"].clone());
                    }
                    ("entry", Value::Object(_)) => _ = readable.insert(name, at(units, &value).into()),
                    ("edits", Value::Array(edits)) => {
                        _ = readable.insert("gives".to_owned(), applied(units, edits).into());
                    }
                    ("edit", Value::Object(_)) => {
                        _ = readable.insert("gives".to_owned(), applied(units, std::slice::from_ref(&value)).into());
                    }
                    _ => _ = readable.insert(name, without_offsets(units, value)),
                }
            }
            Value::Object(readable)
        }
        other => other,
    }
}

fn offset(value: &Value, name: &str) -> usize {
    value[name]
        .as_u64()
        .and_then(|offset| usize::try_from(offset).ok())
        .expect("an offset is a whole number")
}

fn text(units: &[u16]) -> String {
    String::from_utf16(units).expect("an offset is on a character boundary")
}

fn at(units: &[u16], span: &Value) -> String {
    text(&units[offset(span, "start")..offset(span, "end")])
}

fn applied(units: &[u16], edits: &[Value]) -> String {
    let mut result = String::new();
    let mut done = 0;
    for edit in edits {
        result += &text(&units[done..offset(edit, "start")]);
        result += edit["text"].as_str().expect("an edit has a text");
        done = offset(edit, "end");
    }
    result + &text(&units[done..])
}
