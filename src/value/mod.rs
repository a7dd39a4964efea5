//! A token's claims as the core sees them: JSON, and text that is not well-formed.

mod deserializer;
mod json;
mod reader;
mod rows;
mod writer;

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{self, Serialize, Serializer};

use crate::error::{Carried, GroupSyncError};
pub use deserializer::mismatch;
pub(crate) use deserializer::{Tagged, not_a_word, take};
pub use json::from_json;
pub(crate) use json::{Kind, MAX_DEPTH, Tree, Unread};
pub(crate) use reader::{FIELDS, Fault, ITEMS, Reader, Syntax, Token};
pub use writer::{json_text, write_json};

/// What serde is given for text that is not well-formed: a lone surrogate as it would be in UTF-8.
const ILL_FORMED: &[u8] = b"\xED\xA0\x80";

/// Below this every whole number is a number of its own.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A JSON value, as it stands in a token.
///
/// ```
/// use idp_group_sync::ClaimValue;
///
/// let claims = ClaimValue::from(serde_json::json!({ "groups": ["sales"] }));
/// assert_eq!(claims, serde_json::from_str(r#"{ "groups": ["sales"] }"#).unwrap());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum ClaimValue {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// Any number.
    Number(f64),
    /// A string.
    Text(String),
    /// A string that is not well-formed Unicode, such as one with a lone surrogate; as UTF-8 it would collide with others.
    IllFormedText,
    /// An array.
    List(Vec<ClaimValue>),
    /// An object, by the names of its own properties.
    Object(BTreeMap<String, ClaimValue>),
}

impl ClaimValue {
    /// What it is, with its article, for a sentence.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            ClaimValue::Null => "null",
            ClaimValue::Bool(_) => "a boolean",
            ClaimValue::Number(_) => "a number",
            ClaimValue::Text(_) => "a string",
            ClaimValue::IllFormedText => "a string with a lone surrogate",
            ClaimValue::List(_) => "an array",
            ClaimValue::Object(_) => "an object",
        }
    }
}

/// Reads by `read` what has different shapes, from any format.
pub(crate) fn read_any<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    read: impl FnOnce(ClaimValue) -> Result<T, GroupSyncError>,
) -> Result<T, D::Error> {
    let value = ClaimValue::deserialize(deserializer)?;
    read(value).map_err(|error| D::Error::custom(Carried(error)))
}

impl From<serde_json::Value> for ClaimValue {
    fn from(value: serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => ClaimValue::Null,
            serde_json::Value::Bool(flag) => ClaimValue::Bool(flag),
            serde_json::Value::Number(number) => ClaimValue::Number(number.as_f64().unwrap_or(f64::NAN)),
            serde_json::Value::String(text) => ClaimValue::Text(text),
            serde_json::Value::Array(items) => ClaimValue::List(items.into_iter().map(ClaimValue::from).collect()),
            serde_json::Value::Object(properties) => ClaimValue::Object(
                properties
                    .into_iter()
                    .map(|(name, value)| (name, value.into()))
                    .collect(),
            ),
        }
    }
}

/// Text that is not well-formed, and a number that JSON has not, are refused: they would be read as something else.
impl Serialize for ClaimValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            ClaimValue::Null => serializer.serialize_unit(),
            ClaimValue::Bool(flag) => serializer.serialize_bool(*flag),
            ClaimValue::Number(number) if !number.is_finite() => Err(ser::Error::custom(format!(
                "{number} can't be written: JSON has no such number"
            ))),
            // As it is written in tokens: without a fraction.
            #[allow(clippy::cast_possible_truncation)]
            ClaimValue::Number(number) if number.fract() == 0.0 && number.abs() < EXACT => {
                serializer.serialize_i64(*number as i64)
            }
            ClaimValue::Number(number) => serializer.serialize_f64(*number),
            ClaimValue::Text(text) => serializer.serialize_str(text),
            ClaimValue::IllFormedText => Err(ser::Error::custom("a string with a lone surrogate can't be written")),
            ClaimValue::List(items) => serializer.collect_seq(items),
            ClaimValue::Object(properties) => serializer.collect_map(properties),
        }
    }
}

impl<'de> Deserialize<'de> for ClaimValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyValue;

        impl<'de> Visitor<'de> for AnyValue {
            type Value = ClaimValue;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON value")
            }

            fn visit_unit<E>(self) -> Result<ClaimValue, E> {
                Ok(ClaimValue::Null)
            }

            fn visit_none<E>(self) -> Result<ClaimValue, E> {
                Ok(ClaimValue::Null)
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<ClaimValue, D::Error> {
                ClaimValue::deserialize(deserializer)
            }

            fn visit_bool<E>(self, flag: bool) -> Result<ClaimValue, E> {
                Ok(ClaimValue::Bool(flag))
            }

            // No claim is read as a number, so the digits that a float can't hold are never missed.
            #[allow(clippy::cast_precision_loss)]
            fn visit_i64<E>(self, number: i64) -> Result<ClaimValue, E> {
                Ok(ClaimValue::Number(number as f64))
            }

            #[allow(clippy::cast_precision_loss)]
            fn visit_u64<E>(self, number: u64) -> Result<ClaimValue, E> {
                Ok(ClaimValue::Number(number as f64))
            }

            fn visit_f64<E>(self, number: f64) -> Result<ClaimValue, E> {
                Ok(ClaimValue::Number(number))
            }

            fn visit_str<E>(self, text: &str) -> Result<ClaimValue, E> {
                Ok(ClaimValue::Text(text.to_owned()))
            }

            fn visit_string<E>(self, text: String) -> Result<ClaimValue, E> {
                Ok(ClaimValue::Text(text))
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<ClaimValue, E> {
                let text = std::str::from_utf8(bytes);
                Ok(text.map_or(ClaimValue::IllFormedText, |text| ClaimValue::Text(text.to_owned())))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<ClaimValue, A::Error> {
                // A foreign format may promise any number.
                let mut list = Vec::with_capacity(items.size_hint().unwrap_or(0).min(1024));
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(ClaimValue::List(list))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut properties: A) -> Result<ClaimValue, A::Error> {
                let mut object = BTreeMap::new();
                while let Some((name, value)) = properties.next_entry()? {
                    object.insert(name, value);
                }
                Ok(ClaimValue::Object(object))
            }
        }

        deserializer.deserialize_any(AnyValue)
    }
}
