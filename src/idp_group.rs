//! A group that the identity provider is known to have, from tokens that were seen or from a directory.

use serde::{Deserialize, Deserializer, Serialize};

use crate::value::{ClaimValue, mismatch, read_any};

/// A group of the identity provider. It is read from its name alone, or from an object with a `name`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(schema_with = "name_or_object")
)]
#[non_exhaustive]
pub struct IdpGroup {
    /// Its name, as tokens have it.
    pub name: String,
    /// What people call it, where its name is an id. It is shown, and never compared with a source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How many users are known to have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub users: Option<u64>,
}

with! { IdpGroup:
    with_label(label: Option<String>),
    with_users(users: Option<u64>),
}

impl IdpGroup {
    /// A group of which nothing but the name is known.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        IdpGroup {
            name: name.into(),
            label: None,
            users: None,
        }
    }

    /// What is known beyond the name.
    pub(crate) fn detail(&self) -> Option<String> {
        let users = self.users.map(|users| match users {
            1 => "1 user".to_owned(),
            _ => format!("{users} users"),
        });
        match (&self.label, users) {
            (Some(label), Some(users)) => Some([label, ", ", &users].concat()),
            (label, users) => label.clone().or(users),
        }
    }
}

/// An [`IdpGroup`] of which more than the name is known.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct IdpGroupObject {
    /// Its name, as tokens have it.
    name: String,
    /// What people call it, where its name is an id. It is shown, and never compared with a source.
    label: Option<String>,
    /// How many users are known to have it.
    users: Option<u64>,
}

#[cfg(feature = "schema")]
fn name_or_object(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let object = generator.subschema_for::<IdpGroupObject>();
    schemars::json_schema!({ "anyOf": [{ "type": "string" }, object] })
}

impl<'de> Deserialize<'de> for IdpGroup {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_any(deserializer, |value| match value {
            ClaimValue::Text(name) => Ok(IdpGroup::named(name)),
            ClaimValue::Object(_) => {
                let IdpGroupObject { name, label, users } = IdpGroupObject::deserialize(value)?;
                Ok(IdpGroup { name, label, users })
            }
            other => Err(mismatch("a string or an object with a `name`", &other)),
        })
    }
}
