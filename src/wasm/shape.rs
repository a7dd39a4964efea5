//! Plain values as what they are expected to be, through serde. Errors have the path of the value at fault, and say what was
//! expected and what was found in a JavaScript developer's words.

use std::collections::{BTreeMap, btree_map};
use std::fmt;
use std::vec;

use serde::de::value::{StrDeserializer, StringDeserializer};
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, Expected, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, Visitor,
};

use super::read::step;
use crate::claims::ClaimValue;
use crate::diagnostic::shown;
use crate::error::GroupSyncError;

/// `value` as a `T`. Paths of errors begin at the value.
pub(super) fn shaped<T: DeserializeOwned>(value: ClaimValue) -> Result<T, GroupSyncError> {
    T::deserialize(Shape(value)).map_err(|mismatch| mismatch.0)
}

struct Shape(ClaimValue);

#[derive(Debug)]
struct Mismatch(GroupSyncError);

impl Mismatch {
    fn new(expected: &str, found: &str) -> Self {
        Mismatch(GroupSyncError::invalid_input(
            "",
            format!("expected {expected}, found {found}"),
        ))
    }

    fn within(self, step: &str) -> Self {
        Mismatch(self.0.within(step))
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Mismatch {}

impl de::Error for Mismatch {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Mismatch(GroupSyncError::invalid_input("", message.to_string()))
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let found = match found {
            Unexpected::Bool(_) => "a boolean".to_owned(),
            Unexpected::Str(text) => format!("the string {}", shown(text)),
            Unexpected::Unit | Unexpected::Option => "null".to_owned(),
            Unexpected::Seq => "an array".to_owned(),
            Unexpected::Map => "an object".to_owned(),
            _ => "a number".to_owned(),
        };
        Mismatch::new(&expected.to_string(), &found)
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        match found {
            Unexpected::Str(text) => Mismatch::new(&expected.to_string(), &shown(text)),
            _ => Mismatch::invalid_type(found, expected),
        }
    }

    fn unknown_variant(found: &str, expected: &'static [&'static str]) -> Self {
        Mismatch::new(&one_of(expected), &shown(found))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let message = format!("there is no such field; expected {}", one_of(expected));
        Mismatch(GroupSyncError::invalid_input(step(field), message))
    }

    fn missing_field(field: &'static str) -> Self {
        Mismatch(GroupSyncError::invalid_input(
            step(field),
            "this field is required, and missing",
        ))
    }
}

/// The words to choose from, for a sentence.
pub(super) fn one_of(words: &[&str]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [word] => format!("`{word}`"),
        [words @ .., last] => format!("`{}` or `{last}`", words.join("`, `")),
    }
}

impl Shape {
    fn mismatch<T>(&self, expected: &str) -> Result<T, Mismatch> {
        Err(match &self.0 {
            ClaimValue::Text(text) => Mismatch::new(expected, &format!("the string {}", shown(text))),
            other => Mismatch::new(expected, other.kind()),
        })
    }
}

impl<'de> Deserializer<'de> for Shape {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0 {
            ClaimValue::Null => visitor.visit_unit(),
            ClaimValue::Bool(flag) => visitor.visit_bool(flag),
            ClaimValue::Number(number) => visitor.visit_f64(number),
            ClaimValue::Text(text) => visitor.visit_string(text),
            // Nothing that takes any value is read in a way that keeps such text.
            ClaimValue::IllFormedText => self.mismatch("well-formed Unicode"),
            ClaimValue::List(items) => visitor.visit_seq(Items::new(items)),
            ClaimValue::Object(properties) => visitor.visit_map(Properties::new(properties, &[])),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0 {
            ClaimValue::Bool(flag) => visitor.visit_bool(flag),
            _ => self.mismatch("true or false"),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0 {
            ClaimValue::Text(text) => visitor.visit_string(text),
            _ => self.mismatch("a string"),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0 {
            ClaimValue::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0 {
            ClaimValue::List(items) => visitor.visit_seq(Items::new(items)),
            _ => self.mismatch("an array"),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_struct("", &[], visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        match self.0 {
            ClaimValue::Object(properties) => visitor.visit_map(Properties::new(properties, fields)),
            _ => self.mismatch("an object"),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        match self.0 {
            ClaimValue::Text(word) => {
                let word: StringDeserializer<Mismatch> = word.into_deserializer();
                visitor.visit_enum(word)
            }
            _ => self.mismatch(&one_of(words)),
        }
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
        identifier ignored_any
    }
}

struct Items {
    rest: vec::IntoIter<ClaimValue>,
    index: usize,
}

impl Items {
    fn new(items: Vec<ClaimValue>) -> Self {
        Items {
            rest: items.into_iter(),
            index: 0,
        }
    }
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Mismatch;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Mismatch> {
        let Some(item) = self.rest.next() else {
            return Ok(None);
        };
        let index = self.index;
        self.index += 1;
        let item = seed.deserialize(Shape(item));
        item.map(Some)
            .map_err(|mismatch| mismatch.within(&format!("[{index}]")))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

struct Properties {
    rest: btree_map::IntoIter<String, ClaimValue>,
    value: Option<(String, ClaimValue)>,
    /// The fields of the struct that is read; empty if it is none.
    fields: &'static [&'static str],
}

impl Properties {
    fn new(properties: BTreeMap<String, ClaimValue>, fields: &'static [&'static str]) -> Self {
        Properties {
            rest: properties.into_iter(),
            value: None,
            fields,
        }
    }
}

impl<'de> MapAccess<'de> for Properties {
    type Error = Mismatch;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Mismatch> {
        let fields = self.fields;
        // A field that is `null` is as good as left out.
        self.value = self
            .rest
            .find(|(name, value)| *value != ClaimValue::Null || !fields.contains(&name.as_str()));
        match &self.value {
            Some((name, _)) => {
                let name: StrDeserializer<'_, Mismatch> = name.as_str().into_deserializer();
                seed.deserialize(name).map(Some)
            }
            None => Ok(None),
        }
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Mismatch> {
        let (name, value) = self.value.take().unwrap_or((String::new(), ClaimValue::Null));
        seed.deserialize(Shape(value))
            .map_err(|mismatch| mismatch.within(&step(&name)))
    }
}
