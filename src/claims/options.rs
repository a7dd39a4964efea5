//! Which claim carries the groups, and how its items are read.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::path;
use crate::error::GroupSyncError;

/// The longest claim name, in characters (Unicode scalar values).
pub const MAX_CLAIM_NAME_CHARACTERS: usize = 1024;

/// Which claim carries the groups, and how it is read. A name alone is the same as an object with only a `name`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    target_arch = "wasm32",
    derive(tsify::Tsify),
    tsify(type = "string | ClaimOptionsObject")
)]
pub struct ClaimOptions {
    /// A property name, a dotted path, or a JSON Pointer (RFC 6901); see `docs/claims.md`.
    pub name: String,
    /// Splits a claim that is one string.
    pub delimiter: Option<String>,
    /// What of each item is the group's name.
    pub item: ClaimItem,
}

/// What of each item of the claim is the group's name: its `text`, what follows its last `/` (`last-path-segment`), the first
/// common name of an LDAP name (`ldap-cn`), or a property of an item that is an object (`field`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(
    target_arch = "wasm32",
    derive(tsify::Tsify),
    tsify(type = r#""text" | "last-path-segment" | "ldap-cn" | { field: string }"#)
)]
pub enum ClaimItem {
    /// The string as it is.
    #[default]
    Text,
    /// What follows the last `/`, as in Keycloak's full group paths.
    LastPathSegment,
    /// The first common name of a distinguished name (RFC 4514).
    LdapCn,
    /// This property of an item that is an object.
    #[serde(untagged)]
    Field {
        /// The property's name.
        field: String,
    },
}

impl ClaimOptions {
    /// The claim of this name, its items read as they are.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        ClaimOptions {
            name: name.into(),
            delimiter: None,
            item: ClaimItem::Text,
        }
    }

    /// Whether these options can find anything.
    ///
    /// # Errors
    /// `invalid-input` with the path of an empty or overlong name, a JSON Pointer that is none, or an empty delimiter or field.
    pub fn validate(&self) -> Result<(), GroupSyncError> {
        let refuse = |path: &str, message: &str| Err(GroupSyncError::invalid_input(path, message));
        if self.name.is_empty() {
            return refuse("name", "the claim name is empty");
        }
        if self.name.chars().count() > MAX_CLAIM_NAME_CHARACTERS {
            return refuse(
                "name",
                &format!("a claim name has at most {MAX_CLAIM_NAME_CHARACTERS} characters"),
            );
        }
        if self.name.starts_with('/') && path::pointer_tokens(&self.name).is_none() {
            return refuse("name", "in a JSON Pointer `~` stands only in `~0` and `~1`");
        }
        if self.delimiter.as_deref() == Some("") {
            return refuse(
                "delimiter",
                "the delimiter is empty; leave it out to read the claim as one group",
            );
        }
        if matches!(&self.item, ClaimItem::Field { field } if field.is_empty()) {
            return refuse("item.field", "the field's name is empty");
        }
        Ok(())
    }
}

impl Default for ClaimOptions {
    fn default() -> Self {
        ClaimOptions::named("groups")
    }
}

/// Which claim carries the groups, and how it is read.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify), tsify(rename = "ClaimOptionsObject"))]
struct Document {
    /// A property name, a dotted path, or a JSON Pointer (RFC 6901).
    name: String,
    /// Splits a claim that is one string.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    delimiter: Option<String>,
    /// What of each item is the group's name; the string as it is where this is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    item: Option<ClaimItem>,
}

impl Serialize for ClaimOptions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ClaimOptions { name, delimiter, item } = self.clone();
        let item = Some(item).filter(|item| *item != ClaimItem::Text);
        if delimiter.is_none() && item.is_none() {
            return serializer.serialize_str(&name);
        }
        Document { name, delimiter, item }.serialize(serializer)
    }
}

/// ```
/// use idp_group_sync::{ClaimItem, ClaimOptions};
///
/// let claim: ClaimOptions = serde_json::from_str(r#""groups""#).unwrap();
/// assert_eq!(claim, ClaimOptions::named("groups"));
///
/// let claim: ClaimOptions = serde_json::from_str(r#"{ "name": "memberOf", "item": "ldap-cn" }"#).unwrap();
/// assert_eq!(claim.item, ClaimItem::LdapCn);
/// ```
impl<'de> Deserialize<'de> for ClaimOptions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameOrDocument;

        impl<'de> Visitor<'de> for NameOrDocument {
            type Value = ClaimOptions;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a claim name or an object with a `name`")
            }

            fn visit_str<E>(self, name: &str) -> Result<ClaimOptions, E> {
                Ok(ClaimOptions::named(name))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ClaimOptions, A::Error> {
                let Document { name, delimiter, item } = Document::deserialize(MapAccessDeserializer::new(map))?;
                let item = item.unwrap_or_default();
                Ok(ClaimOptions { name, delimiter, item })
            }
        }

        deserializer.deserialize_any(NameOrDocument)
    }
}

// Not derived: of a derived one, an error would name neither the words nor the place.
impl<'de> Deserialize<'de> for ClaimItem {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Field {
            field: String,
        }

        struct WordOrField;

        impl<'de> Visitor<'de> for WordOrField {
            type Value = ClaimItem;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`text`, `last-path-segment`, `ldap-cn` or an object with a `field`")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<ClaimItem, E> {
                match word {
                    "text" => Ok(ClaimItem::Text),
                    "last-path-segment" => Ok(ClaimItem::LastPathSegment),
                    "ldap-cn" => Ok(ClaimItem::LdapCn),
                    _ => Err(E::invalid_value(Unexpected::Str(word), &self)),
                }
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ClaimItem, A::Error> {
                let Field { field } = Field::deserialize(MapAccessDeserializer::new(map))?;
                Ok(ClaimItem::Field { field })
            }
        }

        deserializer.deserialize_any(WordOrField)
    }
}
