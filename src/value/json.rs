//! JSON text as values.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error, Visitor};
use serde_json::value::RawValue;

use super::ClaimValue;
use super::deserializer::mismatch;
use crate::error::GroupSyncError;

/// How deep arrays and objects may be nested in a value.
const MAX_DEPTH: usize = 128;

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
    T::deserialize(read(text, false)?)
}

/// Reads the claims of a token from JSON text. A property whose name has a lone surrogate is left out: no claim has such a name.
impl FromStr for ClaimValue {
    type Err = GroupSyncError;

    fn from_str(text: &str) -> Result<Self, GroupSyncError> {
        read(text, true)
    }
}

fn read(text: &str, in_claims: bool) -> Result<ClaimValue, GroupSyncError> {
    serde_json::from_str(text).or_else(|_| {
        // It refuses lone surrogates and large numbers too, and counts levels otherwise.
        let text = part(text)?;
        Careful { depth: 0, in_claims }.value(text)
    })
}

fn part<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, GroupSyncError> {
    serde_json::from_str(text).map_err(|error| GroupSyncError::custom(format_args!("this is not JSON: {error}")))
}

/// Reads, part by part, what is known to be JSON but for what its strings hold.
#[derive(Clone, Copy)]
struct Careful {
    /// How many arrays and objects hold the value.
    depth: usize,
    in_claims: bool,
}

impl Careful {
    fn value(self, text: &RawValue) -> Result<ClaimValue, GroupSyncError> {
        let text = text.get();
        Ok(match text.as_bytes().first() {
            Some(b'[' | b'{') if self.depth > MAX_DEPTH => {
                let message = format!("arrays and objects may be nested {MAX_DEPTH} deep, and no deeper");
                return Err(GroupSyncError::too_large("", message));
            }
            Some(b'[') => self.list(part(text)?)?,
            Some(b'{') => self.object(part(text)?)?,
            Some(b'"') => part::<Text>(text)?
                .0
                .map_or(ClaimValue::IllFormedText, ClaimValue::Text),
            // A number may be too large for a float.
            _ => part(text).unwrap_or(ClaimValue::Number(f64::INFINITY)),
        })
    }

    fn list(self, items: Vec<&RawValue>) -> Result<ClaimValue, GroupSyncError> {
        let items = items.into_iter().enumerate().map(|(index, item)| {
            let item = self.within("").value(item);
            item.map_err(|error| error.within(&format!("[{index}]")))
        });
        items.collect::<Result<_, _>>().map(ClaimValue::List)
    }

    fn object(self, properties: BTreeMap<Text, &RawValue>) -> Result<ClaimValue, GroupSyncError> {
        let mut object = BTreeMap::new();
        for (Text(name), value) in properties {
            match name {
                Ok(name) => {
                    let value = self.within(&name).value(value);
                    let value = value.map_err(|error| error.within_property(&name))?;
                    object.insert(name, value);
                }
                Err(_) if self.in_claims => {}
                Err(name) => return Err(mismatch("", &ClaimValue::IllFormedText).within_property(&name)),
            }
        }
        Ok(ClaimValue::Object(object))
    }

    fn within(self, name: &str) -> Careful {
        Careful {
            depth: self.depth + 1,
            in_claims: self.in_claims || name == "claims",
        }
    }
}

/// A string, or what of it is well-formed, with U+FFFD for the rest.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Text(Result<String, String>);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;

        impl Visitor<'_> for Bytes {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Text, E> {
                let text = std::str::from_utf8(bytes).map(str::to_owned);
                // A surrogate has three bytes, none of which can stand in UTF-8 like this.
                let lossy = |_| String::from_utf8_lossy(bytes).replace("\u{FFFD}\u{FFFD}\u{FFFD}", "\u{FFFD}");
                Ok(Text(text.map_err(lossy)))
            }
        }

        deserializer.deserialize_bytes(Bytes)
    }
}
