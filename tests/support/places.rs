//! Offsets turned into the text that they stand for, so that a case holds on a surface that counts bytes and on one that
//! counts UTF-16.

use serde_json::{Map, Value};

/// How a surface counts the places of one text.
pub(crate) trait Places {
    /// The text from one offset to another.
    fn slice(&self, start: usize, end: usize) -> String;
    /// How long the text is.
    fn length(&self) -> usize;
    /// The 1-based line and column of a span.
    fn line_and_column(&self, span: &Value) -> (usize, usize);
}

/// `value` with every span as `at`, `line` and `column`, every fix as its title and what it gives, every edit of a completion
/// as what it gives, and the entry behind a grant as its text.
pub(crate) fn without_offsets(places: &dyn Places, value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(|item| without_offsets(places, item)).collect(),
        Value::Object(object) => {
            let mut readable = Map::new();
            for (name, value) in object {
                match (name.as_str(), &value) {
                    ("span", Value::Object(_)) => {
                        let (line, column) = places.line_and_column(&value);
                        readable.insert("at".to_owned(), at(places, &value).into());
                        readable.insert("line".to_owned(), line.into());
                        readable.insert("column".to_owned(), column.into());
                    }
                    ("entry", Value::Object(_)) => _ = readable.insert(name, at(places, &value).into()),
                    ("edits", Value::Array(edits)) => {
                        _ = readable.insert("gives".to_owned(), applied(places, edits).into());
                    }
                    ("edit", Value::Object(_)) => {
                        _ = readable.insert("gives".to_owned(), applied(places, std::slice::from_ref(&value)).into());
                    }
                    _ => _ = readable.insert(name, without_offsets(places, value)),
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

fn at(places: &dyn Places, span: &Value) -> String {
    places.slice(offset(span, "start"), offset(span, "end"))
}

fn applied(places: &dyn Places, edits: &[Value]) -> String {
    let mut text = String::new();
    let mut done = 0;
    for edit in edits {
        text += &places.slice(done, offset(edit, "start"));
        text += edit["text"].as_str().expect("an edit has a text");
        done = offset(edit, "end");
    }
    text + &places.slice(done, places.length())
}
