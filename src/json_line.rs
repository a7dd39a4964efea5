//! One line of JSON Lines as a value, with the column of what is wrong with it.
//!
//! Only for lines that something is odd about; [`user_line`](crate::user_line) reads the others. What a line that is no JSON is
//! lacking, is said to whoever exported the users.

use serde::Deserialize;
use serde::de::Error;

use crate::error::GroupSyncError;
use crate::user_lines::Fault;
use crate::value::{self, ClaimValue, Kind, Syntax, Tree, Unread, mismatch, take};

/// The value of a line, or what is wrong with it. Of claims of one name the last counts, as for whoever reads a token; no other
/// field may stand twice.
pub(crate) fn read(line: &[u8]) -> Result<ClaimValue, Fault> {
    let text = match std::str::from_utf8(line) {
        Ok(text) => text,
        Err(error) => {
            let readable = line.get(..error.valid_up_to()).unwrap_or_default();
            let message = no_json(&String::from_utf8_lossy(readable), "this is not UTF-8");
            return Err(Fault { id: None, message });
        }
    };
    if text.starts_with('\u{FEFF}') {
        let message = "there is a byte order mark, which only the first line may have".to_owned();
        return Err(Fault { id: None, message });
    }
    let mut tree = Tree::new(text, Kind::Line);
    tree.whole().map_err(|refused| match refused {
        // Where that is can be seen.
        Unread::Otherwise(error) => Fault {
            id: tree.id,
            message: error.message().to_owned(),
        },
        Unread::NoJson(value::Fault { what, place }) => Fault {
            id: tree.id,
            message: no_json(text.get(..place).unwrap_or(text), words(what)),
        },
    })
}

/// The fault of a line that is JSON and no user.
pub(crate) fn refused(id: Option<String>, error: &GroupSyncError) -> Fault {
    Fault {
        id,
        message: error.to_string(),
    }
}

/// The fault of a line that is a user's request, and no valid one.
pub(crate) fn refused_request(id: Option<String>, error: &GroupSyncError) -> Fault {
    // The line is the request.
    let message = match error.path().strip_prefix("request.") {
        Some(path) => format!("{path}: {}", error.message()),
        None => error.to_string(),
    };
    Fault { id, message }
}

/// Takes the id of the user out of a line that has the fields of something else besides.
pub(crate) fn take_id(line: &mut ClaimValue) -> Result<String, GroupSyncError> {
    let ClaimValue::Object(fields) = line else {
        return Err(mismatch("an object", line));
    };
    let id = take(fields, "id").ok_or_else(|| GroupSyncError::missing_field("id"))?;
    String::deserialize(id).map_err(|error| error.within("id"))
}

/// The id of the user that a line is about.
pub(crate) fn id_of(user: &ClaimValue) -> Option<String> {
    let ClaimValue::Object(fields) = user else { return None };
    match fields.get("id") {
        Some(ClaimValue::Text(id)) => Some(id.clone()),
        _ => None,
    }
}

/// What is wrong with a line that is JSON as far as this.
fn no_json(readable: &str, words: &str) -> String {
    let column = readable.chars().count() + 1;
    format!("no JSON from column {column} on: {words}")
}

fn words(what: Syntax) -> &'static str {
    match what {
        Syntax::Open => "something is left open; a user stands whole on one line",
        Syntax::Value => "expected a value, or text in double quotes",
        Syntax::Name => "expected a field: its name in double quotes, `:` and a value",
        Syntax::Field => "expected `,` or `}`",
        Syntax::Item => "expected `,` or `]`",
        Syntax::Comma => "there is a comma too many",
        Syntax::Rest => "nothing may follow the user on this line",
        Syntax::Escape => "this escape does not exist; a backslash is written twice",
        Syntax::Control => "this character can't stand in a text; write it as an escape",
        Syntax::Number => "this number is not written as JSON has it",
    }
}
