//! JSON values read as the crate's types, by serde. Every fault is told with its place, and nothing is passed over: a field
//! that is not known is a fault, since it is most often a misspelt one.

use std::collections::BTreeMap;
use std::vec;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::{ClaimValue, ILL_FORMED};
use crate::diagnostic::shown;
use crate::error::{GroupSyncError, one_of};

/// Whole numbers up to here are exact in a float.
const LARGEST: f64 = 9_007_199_254_740_991.0;

/// An error about the value that was found where something else was expected.
pub fn mismatch(expected: &str, found: &ClaimValue) -> GroupSyncError {
    let message = match found {
        ClaimValue::Text(text) => format!("expected {expected}, found the string {}", shown(text)),
        ClaimValue::IllFormedText => format!("expected well-formed Unicode, found {}", found.kind()),
        other => format!("expected {expected}, found {}", other.kind()),
    };
    GroupSyncError::invalid_input("", message)
}

/// An error about the value that was found where a word was expected.
pub(crate) fn not_a_word(value: &ClaimValue, expected: &str) -> GroupSyncError {
    match value {
        ClaimValue::Text(text) => {
            GroupSyncError::invalid_input("", format!("expected {expected}, found {}", shown(text)))
        }
        other => mismatch(expected, other),
    }
}

fn properties(value: ClaimValue) -> Result<BTreeMap<String, ClaimValue>, GroupSyncError> {
    match value {
        ClaimValue::Object(properties) => Ok(properties),
        other => Err(mismatch("an object", &other)),
    }
}

/// The fields of an object that has none but the `known`, as these are declared. One that is `null` is as good as left out.
fn fields(value: ClaimValue, known: &'static [&'static str]) -> Result<Properties, GroupSyncError> {
    let mut fields = properties(value)?;
    if let Some(unknown) = fields.keys().find(|name| !known.contains(&name.as_str())) {
        return Err(GroupSyncError::unknown_field(unknown, known));
    }
    let given = known.iter().filter_map(|name| fields.remove_entry(*name));
    Ok(Properties::of(
        given.filter(|(_, value)| *value != ClaimValue::Null).collect(),
    ))
}

/// Paths of errors begin at the value.
impl<'de> Deserializer<'de> for ClaimValue {
    type Error = GroupSyncError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GroupSyncError> {
        match self {
            ClaimValue::Null => visitor.visit_unit(),
            ClaimValue::Bool(flag) => visitor.visit_bool(flag),
            ClaimValue::Number(number) => visitor.visit_f64(number),
            ClaimValue::Text(text) => visitor.visit_string(text),
            ClaimValue::IllFormedText => visitor.visit_bytes(ILL_FORMED),
            ClaimValue::List(items) => visitor.visit_seq(Items {
                items: items.into_iter(),
                index: 0,
            }),
            ClaimValue::Object(properties) => visitor.visit_map(Properties::of(properties.into_iter().collect())),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GroupSyncError> {
        match self {
            ClaimValue::Bool(flag) => visitor.visit_bool(flag),
            other => Err(mismatch("true or false", &other)),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GroupSyncError> {
        match self {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it is whole, and in range"
            )]
            ClaimValue::Number(number) if number.fract() == 0.0 && (0.0..=LARGEST).contains(&number) => {
                visitor.visit_u64(number as u64)
            }
            ClaimValue::Number(_) => Err(GroupSyncError::custom(
                "expected a whole number from 0, found another number",
            )),
            other => Err(mismatch("a whole number from 0", &other)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GroupSyncError> {
        self.deserialize_string(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GroupSyncError> {
        match self {
            ClaimValue::Text(text) => visitor.visit_string(text),
            other => Err(mismatch("a string", &other)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GroupSyncError> {
        match self {
            ClaimValue::Null => visitor.visit_none(),
            other => visitor.visit_some(other),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GroupSyncError> {
        match self {
            ClaimValue::List(_) => self.deserialize_any(visitor),
            other => Err(mismatch("an array", &other)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GroupSyncError> {
        match self {
            ClaimValue::Object(_) => self.deserialize_any(visitor),
            other => Err(mismatch("an object", &other)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, GroupSyncError> {
        visitor.visit_map(fields(self, known)?)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, GroupSyncError> {
        match self {
            ClaimValue::Text(word) => visitor.visit_enum(word.into_deserializer()),
            other => Err(mismatch(&one_of(words), &other)),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, GroupSyncError> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
        ignored_any
    }
}

impl IntoDeserializer<'_, GroupSyncError> for ClaimValue {
    type Deserializer = ClaimValue;

    fn into_deserializer(self) -> ClaimValue {
        self
    }
}

struct Items {
    items: vec::IntoIter<ClaimValue>,
    index: usize,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = GroupSyncError;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, GroupSyncError> {
        let Some(item) = self.items.next() else {
            return Ok(None);
        };
        let read = seed.deserialize(item);
        let item = read.map_err(|error| error.within(&format!("[{}]", self.index)))?;
        self.index += 1;
        Ok(Some(item))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

/// Properties of an object, in the order in which they are to be read.
struct Properties {
    properties: vec::IntoIter<(String, ClaimValue)>,
    given: Option<(String, ClaimValue)>,
}

impl Properties {
    fn of(properties: Vec<(String, ClaimValue)>) -> Self {
        Properties {
            properties: properties.into_iter(),
            given: None,
        }
    }
}

impl<'de> MapAccess<'de> for Properties {
    type Error = GroupSyncError;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, GroupSyncError> {
        self.given = self.properties.next();
        let name = self.given.as_ref().map(|(name, _)| StrDeserializer::new(name));
        name.map(|name| seed.deserialize(name)).transpose()
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, GroupSyncError> {
        let (name, value) = self.given.take().ok_or_else(no_key)?;
        seed.deserialize(value).map_err(|error| error.within_property(&name))
    }
}

/// No derived code asks for a value before its key.
fn no_key() -> GroupSyncError {
    GroupSyncError::custom("a value was asked for before its name")
}

/// An object that is one of several kinds: its field `type` says which, and the kind which other fields there are.
///
/// By itself serde would set the other fields aside, without their places, until it has found that one.
pub(crate) struct Tagged(pub(crate) ClaimValue);

impl<'de> Deserializer<'de> for Tagged {
    type Error = GroupSyncError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GroupSyncError> {
        self.0.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        kinds: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, GroupSyncError> {
        let mut fields = properties(self.0)?;
        let kind = fields.remove("type").filter(|kind| *kind != ClaimValue::Null);
        let kind = match kind {
            Some(ClaimValue::Text(kind)) => kind,
            Some(other) => return Err(mismatch(&one_of(kinds), &other).within("type")),
            None => return Err(GroupSyncError::missing_field("type")),
        };
        visitor.visit_enum(Kind { kind, fields })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

struct Kind {
    kind: String,
    fields: BTreeMap<String, ClaimValue>,
}

impl<'de> EnumAccess<'de> for Kind {
    type Error = GroupSyncError;
    type Variant = Variant;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Variant), GroupSyncError> {
        let kind = seed.deserialize(StrDeserializer::new(&self.kind));
        let kind = kind.map_err(|error: GroupSyncError| error.within("type"))?;
        Ok((kind, Variant(ClaimValue::Object(self.fields))))
    }
}

/// The fields of an object besides the one that says of which kind it is.
struct Variant(ClaimValue);

impl<'de> VariantAccess<'de> for Variant {
    type Error = GroupSyncError;

    fn unit_variant(self) -> Result<(), GroupSyncError> {
        self.struct_variant(&[], serde::de::IgnoredAny).map(|_| ())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, GroupSyncError> {
        seed.deserialize(self.0)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value, GroupSyncError> {
        self.0.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, GroupSyncError> {
        self.0.deserialize_struct("", fields, visitor)
    }
}
