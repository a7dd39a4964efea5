//! JSON text as values.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::de::DeserializeOwned;

use super::ClaimValue;
use super::deserializer::mismatch;
use super::reader::{FIELDS, Fault, ITEMS, Reader, Syntax, Token};
use crate::diagnostic::shown;
use crate::error::GroupSyncError;

/// How deep arrays and objects may be nested in a value.
pub(crate) const MAX_DEPTH: usize = 128;

const HALF: &str = "the name of a field has an escape that is half of a character";

/// Reads a configuration, settings, a command, a request or anything else of this crate from JSON text.
///
/// Of two properties of the same name the last counts. A string with a lone surrogate, which JSON can escape and a [`String`]
/// can't hold, is [`ClaimValue::IllFormedText`] in claims, and refused elsewhere.
///
/// # Errors
/// `invalid-input` with the path of what is not as documented, or with a line and a column where the text is no JSON;
/// `too-large` where it is nested too deep.
///
/// ```
/// use idp_group_sync::{Membership, from_json};
///
/// let error = from_json::<Membership>(r#"{ "role": "admin", "groups": ["sales"] }"#).unwrap_err();
/// assert_eq!(error.path(), "groups[0]");
/// assert_eq!(error.message(), "expected an object, found the string `sales`");
/// ```
pub fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, GroupSyncError> {
    T::deserialize(read(text, Kind::Document)?)
}

/// Reads the claims of a token from JSON text. A property whose name has a lone surrogate is left out: no claim has such a name.
impl FromStr for ClaimValue {
    type Err = GroupSyncError;

    fn from_str(text: &str) -> Result<Self, GroupSyncError> {
        read(text, Kind::Claims)
    }
}

fn read(text: &str, kind: Kind) -> Result<ClaimValue, GroupSyncError> {
    Tree::new(text, kind).whole().map_err(|refused| match refused {
        Unread::Otherwise(error) => error,
        Unread::NoJson(Fault { what, place }) => {
            let before = text.get(..place).unwrap_or(text);
            let line = before.matches('\n').count() + 1;
            // A wrong escape is where it is not what follows a backslash.
            let found = usize::from(place < text.len()) + usize::from(what == Syntax::Escape);
            let column = place - before.rfind('\n').map_or(0, |end| end + 1) + found;
            let said = words(what);
            GroupSyncError::invalid_input("", format!("this is not JSON: {said} at line {line} column {column}"))
        }
    })
}

/// What is said to developers.
fn words(what: Syntax) -> &'static str {
    match what {
        Syntax::Open => "EOF while parsing a value",
        Syntax::Value => "expected value",
        Syntax::Name => "expected the name of a field and `:`",
        Syntax::Field => "expected `,` or `}`",
        Syntax::Item => "expected `,` or `]`",
        Syntax::Comma => "trailing comma",
        Syntax::Rest => "trailing characters",
        Syntax::Escape => "invalid escape",
        Syntax::Control => "control character while parsing a string",
        Syntax::Number => "invalid number",
    }
}

/// What is read, which decides about properties that are odd.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A token's claims: of properties of one name the last counts, and one whose name is not well-formed is left out.
    Claims,
    /// Anything of this crate, perhaps with claims in its fields of that name. Elsewhere a name has to be well-formed.
    Document,
    /// The same, and no field but those of claims may have the same name as another.
    Line,
}

/// Why a text can't be read.
pub(crate) enum Unread {
    NoJson(Fault),
    Otherwise(GroupSyncError),
}

/// A text that is read as a whole.
pub(crate) struct Tree<'t> {
    text: &'t str,
    reader: Reader<'t>,
    kind: Kind,
    /// The field `id` of the value, once it has been read.
    pub(crate) id: Option<String>,
}

impl<'t> Tree<'t> {
    pub(crate) fn new(text: &'t str, kind: Kind) -> Self {
        Tree {
            text,
            reader: Reader::new(text),
            kind,
            id: None,
        }
    }

    pub(crate) fn whole(&mut self) -> Result<ClaimValue, Unread> {
        let read = self.value(0, self.kind == Kind::Claims);
        let read = read.and_then(|value| self.reader.end().map(|()| value).map_err(no_json));
        // Claims may have one or the other. A line with both is rather broken.
        let read = match self.kind == Kind::Line && self.reader.has_half && has_no_character(self.text) {
            true => Err(GroupSyncError::invalid_input(
                "",
                "there is an escape that is half of a character",
            )),
            false => read,
        };
        // What is no JSON is nothing else, wherever in the text that shows.
        read.map_err(|error| {
            let mut reader = Reader::new(self.text);
            let passed = reader.skip().and_then(|_| reader.end());
            passed.map_or_else(Unread::NoJson, |()| Unread::Otherwise(error))
        })
    }

    fn value(&mut self, depth: usize, in_claims: bool) -> Result<ClaimValue, GroupSyncError> {
        let token = self.reader.next().map_err(no_json)?;
        if matches!(token, Token::List | Token::Object) && depth > MAX_DEPTH {
            let message = format!("arrays and objects may be nested {MAX_DEPTH} deep, and no deeper");
            return Err(GroupSyncError::too_large("", message));
        }
        Ok(match token {
            Token::Null => ClaimValue::Null,
            Token::Bool(flag) => ClaimValue::Bool(flag),
            Token::Number(number) => ClaimValue::Number(number),
            Token::Text(text) if text.is_well_formed => ClaimValue::Text(text.text.into_owned()),
            Token::Text(_) => ClaimValue::IllFormedText,
            Token::List => {
                let (mut items, mut rest) = (Vec::new(), ITEMS);
                while self.reader.goes_on(&mut rest).map_err(no_json)? {
                    let item = self.value(depth + 1, in_claims);
                    items.push(item.map_err(|error| error.within(&format!("[{}]", items.len())))?);
                }
                ClaimValue::List(items)
            }
            Token::Object => self.object(depth, in_claims)?,
        })
    }

    fn object(&mut self, depth: usize, in_claims: bool) -> Result<ClaimValue, GroupSyncError> {
        let (mut properties, mut rest) = (BTreeMap::new(), FIELDS);
        while self.reader.goes_on(&mut rest).map_err(no_json)? {
            let name = self.reader.name().map_err(no_json)?;
            let is_claims = in_claims || name.text == "claims";
            if !in_claims && !name.is_well_formed {
                return Err(match self.kind {
                    Kind::Line => GroupSyncError::invalid_input("", HALF),
                    _ => mismatch("", &ClaimValue::IllFormedText).within_property(&name.text),
                });
            }
            // What is written for this is rather wrong than half passed over.
            if !in_claims && self.kind == Kind::Line && properties.contains_key(&*name.text) {
                let message = format!("{} stands twice", shown(&name.text));
                return Err(GroupSyncError::invalid_input("", message));
            }
            let value = self.value(depth + 1, is_claims);
            let value = value.map_err(|error| error.within_property(&name.text))?;
            if let (0, "id", ClaimValue::Text(id)) = (depth, &*name.text, &value) {
                self.id = Some(id.clone());
            }
            // No claim that is looked for has a name that is not well-formed.
            if name.is_well_formed {
                properties.insert(name.text.into_owned(), value);
            }
        }
        Ok(ClaimValue::Object(properties))
    }
}

/// Whether U+FFFF is in a text, as it is or as an escape.
fn has_no_character(text: &str) -> bool {
    text.contains('\u{FFFF}') || text.to_ascii_lowercase().contains("\\uffff")
}

/// [`Tree::whole`] finds the place again.
#[inline(never)]
fn no_json(_: Fault) -> GroupSyncError {
    GroupSyncError::invalid_input("", "")
}
