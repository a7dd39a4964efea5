//! One line of JSON Lines as a value, with the column of what is wrong with it.
//!
//! Only for lines that something is odd about; `serde_json` reads the others. What it says of text that is no JSON is for
//! developers, and here it is said to whoever exported the users.

use std::collections::BTreeMap;

use json_event_parser::{JsonEvent, JsonSyntaxError, SliceJsonParser};

use crate::diagnostic::shown;
use crate::error::GroupSyncError;
use crate::user_lines::Fault;
use crate::value::ClaimValue;

/// How deep arrays and objects may be nested; as in all that is read.
const MAX_DEPTH: usize = 128;

/// The value of a line, or what is wrong with it. Of claims of one name the last counts, as for whoever reads a token; no other
/// field may stand twice. A text with half of a surrogate pair is [`ClaimValue::IllFormedText`].
///
/// Only whole numbers are kept: no other counts anything, and no claim is read as one.
pub(crate) fn read(line: &[u8]) -> Result<ClaimValue, Fault> {
    if line.starts_with(b"\xEF\xBB\xBF") {
        let message = "there is a byte order mark, which only the first line may have".to_owned();
        return Err(Fault { id: None, message });
    }
    let marked = with_halves_marked(line);
    let mut reader = Reader {
        parser: SliceJsonParser::new(marked.as_deref().unwrap_or(line)),
        has_marks: marked.is_some(),
        id: None,
    };
    reader.whole().map_err(|message| Fault { id: reader.id, message })
}

/// The fault of a line that is JSON and no user.
pub(crate) fn refused(id: Option<String>, error: &GroupSyncError) -> Fault {
    Fault {
        id,
        message: error.to_string(),
    }
}

/// The id of the user that a line is about.
pub(crate) fn id_of(user: &ClaimValue) -> Option<String> {
    let ClaimValue::Object(fields) = user else { return None };
    match fields.get("id") {
        Some(ClaimValue::Text(id)) => Some(id.clone()),
        _ => None,
    }
}

/// Stands in a line for half of a surrogate pair, which JSON can write, and UTF-8 can't. It is no character.
const HALF: char = '\u{FFFF}';

/// The line with each escape marked that is half of a surrogate pair; `None` if there is none, or if what marks it stands there.
fn with_halves_marked(line: &[u8]) -> Option<Vec<u8>> {
    if !line.windows(3).any(|bytes| matches!(bytes, br"\ud" | br"\uD")) {
        return None;
    }
    let mut utf8 = [0; 4];
    let mark = HALF.encode_utf8(&mut utf8).as_bytes();
    if line.windows(mark.len()).any(|bytes| bytes == mark) {
        return None;
    }
    let (mut marked, mut rest, mut found) = (Vec::with_capacity(line.len()), line, false);
    while let Some((first, others)) = rest.split_first() {
        let length = match (escaped(rest), rest.get(6..).and_then(escaped)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                found = true;
                marked.extend_from_slice(mark);
                rest = rest.get(6..).unwrap_or_default();
                continue;
            }
            (Some(0xFFFF), _) => return None,
            (None, _) if *first != b'\\' || others.is_empty() => 1,
            _ => 2,
        };
        let (taken, after) = rest.split_at(length);
        marked.extend_from_slice(taken);
        rest = after;
    }
    found.then_some(marked)
}

/// The UTF-16 code unit of an escape with which `text` begins.
fn escaped(text: &[u8]) -> Option<u16> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    let is_hex = digits.iter().all(u8::is_ascii_hexdigit);
    u16::from_str_radix(std::str::from_utf8(digits).ok().filter(|_| is_hex)?, 16).ok()
}

struct Reader<'l> {
    parser: SliceJsonParser<'l>,
    /// Whether [`HALF`] marks something.
    has_marks: bool,
    /// The user's id, once it has been read.
    id: Option<String>,
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

impl<'l> Reader<'l> {
    fn whole(&mut self) -> Result<ClaimValue, String> {
        let first = self.next()?;
        let value = self.value(first, 0, false)?;
        // What follows the value is for the parser to refuse.
        self.next()?;
        Ok(value)
    }

    fn next(&mut self) -> Result<JsonEvent<'l>, String> {
        self.parser.parse_next().map_err(|error| fault(&error))
    }

    fn is_ill_formed(&self, text: &str) -> bool {
        self.has_marks && text.contains(HALF)
    }

    fn value(&mut self, event: JsonEvent<'l>, depth: usize, in_claims: bool) -> Result<ClaimValue, String> {
        if depth > MAX_DEPTH {
            return Err(format!(
                "arrays and objects may be nested {MAX_DEPTH} deep, and no deeper"
            ));
        }
        Ok(match event {
            JsonEvent::String(text) if self.is_ill_formed(&text) => ClaimValue::IllFormedText,
            JsonEvent::String(text) => ClaimValue::Text(text.into_owned()),
            #[allow(
                clippy::cast_precision_loss,
                reason = "what is too large to be exact is refused wherever a number counts"
            )]
            JsonEvent::Number(number) => {
                ClaimValue::Number(number.parse::<i64>().map_or(f64::NAN, |number| number as f64))
            }
            JsonEvent::Boolean(flag) => ClaimValue::Bool(flag),
            JsonEvent::StartArray => {
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        JsonEvent::EndArray => break ClaimValue::List(items),
                        item => items.push(self.value(item, depth + 1, in_claims)?),
                    }
                }
            }
            JsonEvent::StartObject => self.object(depth, in_claims)?,
            _ => ClaimValue::Null,
        })
    }

    fn object(&mut self, depth: usize, in_claims: bool) -> Result<ClaimValue, String> {
        let mut properties = BTreeMap::new();
        loop {
            let JsonEvent::ObjectKey(name) = self.next()? else {
                return Ok(ClaimValue::Object(properties));
            };
            let name = name.into_owned();
            // What is written for this is rather wrong than half passed over.
            if !in_claims && properties.contains_key(&name) {
                return Err(format!("{} stands twice", shown(&name)));
            }
            let is_ill_formed = self.is_ill_formed(&name);
            if is_ill_formed && !in_claims {
                return Err("the name of a field has an escape that is half of a character".to_owned());
            }
            let event = self.next()?;
            let value = self.value(event, depth + 1, in_claims || (depth == 0 && name == "claims"))?;
            if let (0, "id", ClaimValue::Text(id)) = (depth, name.as_str(), &value) {
                self.id = Some(id.clone());
            }
            // No claim that is looked for has a name that is not well-formed.
            if !is_ill_formed {
                properties.insert(name, value);
            }
        }
    }
}
