//! Which claim carries the groups, and how its items are read.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::path;
use crate::error::GroupSyncError;

/// The longest claim name, in characters (Unicode scalar values).
pub const MAX_CLAIM_NAME_CHARACTERS: usize = 1024;

/// Which claim carries the groups, and how it is read. Serde also reads a name alone.
///
/// ```
/// use idp_group_sync::{ClaimItem, ClaimOptions};
///
/// let claim: ClaimOptions = serde_json::from_str(r#""groups""#).unwrap();
/// assert_eq!(claim, ClaimOptions::named("groups"));
///
/// let claim: ClaimOptions = serde_json::from_str(r#"{ "name": "memberOf", "item": "ldap-cn" }"#).unwrap();
/// assert_eq!(claim.item, ClaimItem::LdapCn);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimOptions {
    /// A property name, a dotted path, or a JSON Pointer (RFC 6901); see `docs/claims.md`.
    pub name: String,
    /// Splits a claim that is one string.
    pub delimiter: Option<String>,
    /// What of each item is the group's name.
    pub item: ClaimItem,
}

/// What of each item of the claim is the group's name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
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

/// The object form, as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    delimiter: Option<String>,
    #[serde(default, skip_serializing_if = "is_text")]
    item: ClaimItem,
}

fn is_text(item: &ClaimItem) -> bool {
    *item == ClaimItem::Text
}

impl Serialize for ClaimOptions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ClaimOptions { name, delimiter, item } = self.clone();
        if delimiter.is_none() && is_text(&item) {
            return serializer.serialize_str(&name);
        }
        Document { name, delimiter, item }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ClaimOptions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameOrDocument;

        impl<'de> serde::de::Visitor<'de> for NameOrDocument {
            type Value = ClaimOptions;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a claim name or an object with a `name`")
            }

            fn visit_str<E>(self, name: &str) -> Result<ClaimOptions, E> {
                Ok(ClaimOptions::named(name))
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<ClaimOptions, A::Error> {
                let document = Document::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
                Ok(ClaimOptions {
                    name: document.name,
                    delimiter: document.delimiter,
                    item: document.item,
                })
            }
        }

        deserializer.deserialize_any(NameOrDocument)
    }
}
