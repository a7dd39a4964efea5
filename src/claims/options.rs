//! Which claim carries the groups, and how its items are read.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::path;
use crate::error::GroupSyncError;
use crate::value::{ClaimValue, mismatch, not_a_word, read_any};

/// The longest claim name, in characters (Unicode scalar values).
pub const MAX_CLAIM_NAME_CHARACTERS: usize = 1024;

/// Which claim carries the groups, and how it is read. A name alone is the same as an object with only a `name`.
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
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(schema_with = "name_or_object")
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// `invalid-input` with the path of an empty or overlong name, a JSON Pointer that is none, an empty delimiter or field, or
    /// control characters.
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
        if self.name.contains(char::is_control) {
            return refuse("name", "the claim name holds a control character");
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
        // What separates lines and columns may separate groups.
        let is_control = |character: char| character.is_control() && !['\t', '\n', '\r'].contains(&character);
        if self.delimiter.as_deref().is_some_and(|text| text.contains(is_control)) {
            return refuse("delimiter", "the delimiter holds a control character");
        }
        if let ClaimItem::Field { field } = &self.item {
            if field.is_empty() {
                return refuse("item.field", "the field's name is empty");
            }
            if field.contains(char::is_control) {
                return refuse("item.field", "the field's name holds a control character");
            }
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct ClaimOptionsObject {
    /// A property name, a dotted path, or a JSON Pointer (RFC 6901).
    name: String,
    /// Splits a claim that is one string.
    #[serde(skip_serializing_if = "Option::is_none")]
    delimiter: Option<String>,
    /// What of each item is the group's name; the string as it is where this is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<ClaimItem>,
}

#[cfg(feature = "schema")]
fn name_or_object(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let object = generator.subschema_for::<ClaimOptionsObject>();
    schemars::json_schema!({ "anyOf": [{ "type": "string" }, object] })
}

impl Serialize for ClaimOptions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ClaimOptions { name, delimiter, item } = self.clone();
        let item = Some(item).filter(|item| *item != ClaimItem::Text);
        if delimiter.is_none() && item.is_none() {
            return serializer.serialize_str(&name);
        }
        ClaimOptionsObject { name, delimiter, item }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ClaimOptions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_any(deserializer, |value| match value {
            ClaimValue::Text(name) => Ok(ClaimOptions::named(name)),
            ClaimValue::Object(_) => {
                let ClaimOptionsObject { name, delimiter, item } = ClaimOptionsObject::deserialize(value)?;
                let item = item.unwrap_or_default();
                Ok(ClaimOptions { name, delimiter, item })
            }
            other => Err(mismatch("a claim name or an object with a `name`", &other)),
        })
    }
}

impl<'de> Deserialize<'de> for ClaimItem {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Object {
            field: String,
        }

        read_any(deserializer, |value| match value {
            ClaimValue::Text(word) if word == "text" => Ok(ClaimItem::Text),
            ClaimValue::Text(word) if word == "last-path-segment" => Ok(ClaimItem::LastPathSegment),
            ClaimValue::Text(word) if word == "ldap-cn" => Ok(ClaimItem::LdapCn),
            ClaimValue::Object(_) => Object::deserialize(value).map(|Object { field }| ClaimItem::Field { field }),
            other => Err(not_a_word(
                &other,
                "`text`, `last-path-segment`, `ldap-cn` or an object with a `field`",
            )),
        })
    }
}
