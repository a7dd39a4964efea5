//! Where the groups are in a token, and how they are read.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::find;
use crate::error::GroupSyncError;
use crate::value::{ClaimValue, mismatch, not_a_word, read_any};

/// The longest text in a claim setting: a name, a field or a prefix; in characters (Unicode scalar values).
pub const MAX_CLAIM_NAME_CHARACTERS: usize = 1024;

/// How many sources a claim setting has at most, and a source names and delimiters.
pub const MAX_CLAIM_SOURCES: usize = 16;

/// Where the groups are in a token, and how they are read: one source, or several, whose groups are united in order.
///
/// One source stands for itself, and a name alone is the same as an object with only a `name`.
///
/// ```
/// use idp_group_sync::{ClaimItem, ClaimOptions};
///
/// let claim: ClaimOptions = serde_json::from_str(r#""groups""#).unwrap();
/// assert_eq!(claim, ClaimOptions::named("groups"));
///
/// let claim: ClaimOptions = serde_json::from_str(r#"["groups", { "name": "memberOf", "item": "ldap-cn" }]"#).unwrap();
/// assert_eq!(claim.sources[1].item, ClaimItem::LdapCn);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(schema_with = "one_source_or_several")
)]
pub struct ClaimOptions {
    /// At least one.
    pub sources: Vec<ClaimSource>,
}

/// A claim that carries groups, and how it is read; see `docs/claims.md`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ClaimSource {
    /// A property name, a dotted path, or a JSON Pointer (RFC 6901). Of several, the first that is there is read.
    #[serde(with = "one_or_several")]
    #[cfg_attr(feature = "schema", schemars(schema_with = "one_or_several::schema"))]
    pub name: Vec<String>,
    /// Whether all is missing where this is. By default the other sources may do.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// How a string is read that holds a list, or an object: that of the claim, or each item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decode: Option<ClaimDecode>,
    /// Splits a claim that is one string: each of these separates.
    #[serde(default, with = "one_or_several", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(schema_with = "one_or_several::schema"))]
    pub delimiter: Vec<String>,
    /// What of each item is the group's name; the string as it is where this is absent.
    #[serde(default, skip_serializing_if = "ClaimItem::is_text")]
    pub item: ClaimItem,
    /// Put before each name that is read here.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
}

with! { ClaimSource:
    with_name(name: Vec<String>),
    with_required(required: bool),
    with_decode(decode: Option<ClaimDecode>),
    with_delimiter(delimiter: Vec<String>),
    with_item(item: ClaimItem),
    with_prefix(prefix: String),
}

/// How a list is written in a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ClaimDecode {
    /// As JSON.
    Json,
    /// In brackets, with or without quotes: `[a, b]` or `['a', 'b']`.
    Bracketed,
}

/// What of each item of the claim is the group's name: its `text`, the `key`s of an object, the claim's own name where it is
/// `true` (`flag`), what follows its last `/` (`last-path-segment`), the common name or the organisational unit that an LDAP
/// name begins with (`ldap-cn`, `ldap-ou`), or what a dotted path finds in an item that is an object (`field`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ClaimItem {
    /// The string as it is, or a whole number.
    #[default]
    Text,
    /// Each key of an object, unless its value is `false` or `null`.
    Key,
    /// The last segment of the claim's path, where the claim is `true`.
    Flag,
    /// What follows the last `/`, as in Keycloak's full group paths; one `/` at the end is passed over.
    LastPathSegment,
    /// The common name that a distinguished name (RFC 4514) begins with.
    LdapCn,
    /// The organisational unit that a distinguished name begins with.
    LdapOu,
    /// What a dotted path finds in an item that is an object.
    #[serde(untagged)]
    Field {
        /// The path.
        field: String,
    },
}

/// The items that are a word, as it is written.
const WORDS: [(&str, ClaimItem); 6] = [
    ("text", ClaimItem::Text),
    ("key", ClaimItem::Key),
    ("flag", ClaimItem::Flag),
    ("last-path-segment", ClaimItem::LastPathSegment),
    ("ldap-cn", ClaimItem::LdapCn),
    ("ldap-ou", ClaimItem::LdapOu),
];

impl ClaimItem {
    pub(crate) fn is_text(&self) -> bool {
        *self == ClaimItem::Text
    }

    /// As it is written: a word, or the name of a field.
    pub(super) fn word(&self) -> &str {
        match self {
            ClaimItem::Field { field } => field,
            item => WORDS
                .iter()
                .find(|(_, known)| known == item)
                .map_or("", |(word, _)| word),
        }
    }
}

impl ClaimDecode {
    /// As it is written.
    pub(super) fn word(self) -> &'static str {
        match self {
            ClaimDecode::Json => "json",
            ClaimDecode::Bracketed => "bracketed",
        }
    }
}

impl ClaimSource {
    /// The claim of this name, its items read as they are.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        ClaimSource {
            name: vec![name.into()],
            ..ClaimSource::default()
        }
    }

    /// Whether a name says all.
    pub(super) fn is_plain(&self) -> bool {
        self.only_name().is_some()
    }

    /// The name alone, where that says all.
    fn only_name(&self) -> Option<&str> {
        let name = self.only_name_or_delimiter()?;
        (self.delimiter.is_empty() && self.item.is_text() && !self.required).then_some(name)
    }

    /// The name, where a list under it is read item by item as the `item` says, and no further option counts.
    fn only_name_or_delimiter(&self) -> Option<&str> {
        match self.name.as_slice() {
            [name] if self.decode.is_none() && self.prefix.is_empty() => Some(name),
            _ => None,
        }
    }

    fn validate(&self) -> Result<(), GroupSyncError> {
        let refuse = |path: &str, message: &str| Err(GroupSyncError::invalid_input(path, message));
        if self.name.is_empty() {
            return refuse("name", "give at least one claim name");
        }
        for (field, list) in [("name", &self.name), ("delimiter", &self.delimiter)] {
            if list.len() > MAX_CLAIM_SOURCES {
                return refuse(field, &format!("a list here has at most {MAX_CLAIM_SOURCES} strings"));
            }
        }
        for (index, name) in self.name.iter().enumerate() {
            name_fault(name).map_or(Ok(()), |fault| refuse(&place("name", &self.name, index), &fault))?;
        }
        for (index, delimiter) in self.delimiter.iter().enumerate() {
            // What separates lines and columns may separate groups.
            let is_control = |character: char| character.is_control() && !['\t', '\n', '\r'].contains(&character);
            let fault = if delimiter.is_empty() {
                "the delimiter is empty; leave it out to read the claim as one group"
            } else if delimiter.contains(is_control) {
                "the delimiter holds a control character"
            } else {
                continue;
            };
            return refuse(&place("delimiter", &self.delimiter, index), fault);
        }
        if let ClaimItem::Field { field } = &self.item {
            if field.is_empty() {
                return refuse("item.field", "the field's name is empty");
            }
            text_fault("the field's name", field).map_or(Ok(()), |fault| refuse("item.field", &fault))?;
        }
        text_fault("the prefix", &self.prefix).map_or(Ok(()), |fault| refuse("prefix", &fault))
    }
}

/// Where in a list, or in the one that stands for itself.
fn place(field: &str, list: &[String], index: usize) -> String {
    match list {
        [_] => field.to_owned(),
        _ => format!("{field}[{index}]"),
    }
}

fn name_fault(name: &str) -> Option<String> {
    if name.is_empty() {
        Some("the claim name is empty".to_owned())
    } else if name.starts_with('/') && find::pointer_tokens(name).is_none() {
        Some("in a JSON Pointer `~` stands only in `~0` and `~1`".to_owned())
    } else {
        text_fault("the claim name", name)
    }
}

fn text_fault(what: &str, text: &str) -> Option<String> {
    if text.chars().count() > MAX_CLAIM_NAME_CHARACTERS {
        Some(format!("{what} has at most {MAX_CLAIM_NAME_CHARACTERS} characters"))
    } else {
        text.contains(char::is_control)
            .then(|| format!("{what} holds a control character"))
    }
}

impl ClaimOptions {
    /// The claim of this name, its items read as they are.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        ClaimSource::named(name).into()
    }

    /// The one source, with its name, where neither another name counts, nor how strings are decoded, nor a prefix: what a list
    /// under that name holds is then read item by item.
    pub(crate) fn plain_source(&self) -> Option<(&str, &ClaimSource)> {
        match self.sources.as_slice() {
            [source] => Some((source.only_name_or_delimiter()?, source)),
            _ => None,
        }
    }

    /// Whether these options can find anything.
    ///
    /// # Errors
    /// `invalid-input` with the path of an empty or overlong name, a JSON Pointer that is none, an empty delimiter or field,
    /// control characters, or a list that is empty or too long.
    pub fn validate(&self) -> Result<(), GroupSyncError> {
        let message = match self.sources.as_slice() {
            [] => "give at least one claim",
            [source] => return source.validate(),
            sources if sources.len() > MAX_CLAIM_SOURCES => "a list here has at most 16 claims",
            sources => {
                for (index, source) in sources.iter().enumerate() {
                    source.validate().map_err(|error| error.within(&format!("[{index}]")))?;
                }
                return Ok(());
            }
        };
        Err(GroupSyncError::invalid_input("", message))
    }
}

impl Default for ClaimOptions {
    fn default() -> Self {
        ClaimOptions::named("groups")
    }
}

impl From<ClaimSource> for ClaimOptions {
    fn from(source: ClaimSource) -> Self {
        ClaimOptions { sources: vec![source] }
    }
}

/// A source as it is written.
#[derive(Serialize)]
#[serde(untagged)]
enum Written<'s> {
    Name(&'s str),
    Source(&'s ClaimSource),
}

impl<'s> From<&'s ClaimSource> for Written<'s> {
    fn from(source: &'s ClaimSource) -> Self {
        source.only_name().map_or(Written::Source(source), Written::Name)
    }
}

impl Serialize for ClaimOptions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.sources.as_slice() {
            [source] => Written::from(source).serialize(serializer),
            sources => serializer.collect_seq(sources.iter().map(Written::from)),
        }
    }
}

impl<'de> Deserialize<'de> for ClaimOptions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_any(deserializer, |value| {
            let sources = match value {
                ClaimValue::List(items) => {
                    let sources = items.into_iter().enumerate();
                    sources
                        .map(|(index, item)| source(item).map_err(|error| error.within(&format!("[{index}]"))))
                        .collect::<Result<_, _>>()?
                }
                one => vec![source(one)?],
            };
            Ok(ClaimOptions { sources })
        })
    }
}

fn source(value: ClaimValue) -> Result<ClaimSource, GroupSyncError> {
    match value {
        ClaimValue::Text(name) => Ok(ClaimSource::named(name)),
        ClaimValue::Object(_) => ClaimSource::deserialize(value),
        other => Err(mismatch("a claim name or an object with a `name`", &other)),
    }
}

impl<'de> Deserialize<'de> for ClaimItem {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Object {
            field: String,
        }

        read_any(deserializer, |value| {
            let known = WORDS
                .into_iter()
                .find(|(word, _)| matches!(&value, ClaimValue::Text(text) if text == word));
            match (known, value) {
                (Some((_, item)), _) => Ok(item),
                (None, value @ ClaimValue::Object(_)) => {
                    Object::deserialize(value).map(|Object { field }| ClaimItem::Field { field })
                }
                (None, other) => Err(not_a_word(
                    &other,
                    "`text`, `key`, `flag`, `last-path-segment`, `ldap-cn`, `ldap-ou` or an object with a `field`",
                )),
            }
        })
    }
}

/// One string, or a list of them.
mod one_or_several {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::value::{ClaimValue, mismatch, read_any};

    pub(super) fn serialize<S: Serializer>(list: &[String], serializer: S) -> Result<S::Ok, S::Error> {
        match list {
            [one] => serializer.serialize_str(one),
            several => several.serialize(serializer),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
        read_any(deserializer, |value| match value {
            ClaimValue::Text(one) => Ok(vec![one]),
            several @ ClaimValue::List(_) => Vec::deserialize(several),
            other => Err(mismatch("a string", &other)),
        })
    }

    #[cfg(feature = "schema")]
    pub(super) fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
    }
}

#[cfg(feature = "schema")]
fn one_source_or_several(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let source = generator.subschema_for::<ClaimSource>();
    let one = schemars::json_schema!({ "anyOf": [{ "type": "string" }, source] });
    schemars::json_schema!({ "anyOf": [{ "type": "string" }, source, { "type": "array", "items": one }] })
}
