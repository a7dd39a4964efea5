//! JSON values read as the crate's types, by serde. Every fault is told with its place, and nothing is passed over: a field
//! that is not known is a fault, since it is most often a misspelt one; but for the columns of a row.

use std::collections::BTreeMap;
use std::{mem, vec};

use serde::de::value::{StringDeserializer, U32Deserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::rows::{is_nearly, is_row};
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

/// Takes a property out, unless it is `null`, which is as good as left out.
pub(crate) fn take(properties: &mut BTreeMap<String, ClaimValue>, name: &str) -> Option<ClaimValue> {
    let mut taken = None;
    // Taking one out of a B-tree needs far more code than making another one.
    for (found, value) in mem::take(properties) {
        if found == name {
            taken = Some(value);
        } else {
            properties.insert(found, value);
        }
    }
    taken.filter(|value| !matches!(value, ClaimValue::Null))
}

/// Which of these words a value is.
#[inline(never)]
fn word(value: &ClaimValue, words: &'static [&'static str]) -> Result<u32, GroupSyncError> {
    let ClaimValue::Text(word) = value else {
        return Err(mismatch(&one_of(words), value));
    };
    let found = words.iter().zip(0..).find(|(known, _)| *known == word);
    let found = found.ok_or_else(|| GroupSyncError::unknown_variant(word, words))?;
    Ok(found.1)
}

#[inline(never)]
fn whole_number(value: &ClaimValue) -> Result<u64, GroupSyncError> {
    match value {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is whole, and in range"
        )]
        ClaimValue::Number(number) if number.fract() == 0.0 && (0.0..=LARGEST).contains(number) => Ok(*number as u64),
        ClaimValue::Number(_) => Err(GroupSyncError::custom(
            "expected a whole number from 0, found another number",
        )),
        other => Err(mismatch("a whole number from 0", other)),
    }
}

/// What a derived type calls for each of its fields does as little as can be: it is made again for every type.
///
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
            ClaimValue::Object(properties) => visitor.visit_map(Properties::of(properties)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GroupSyncError> {
        match self {
            ClaimValue::Bool(flag) => visitor.visit_bool(flag),
            other => Err(mismatch("true or false", &other)),
        }
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GroupSyncError> {
        visitor.visit_u64(whole_number(&self)?)
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
            ClaimValue::List(items) => visitor.visit_seq(Items {
                items: items.into_iter(),
                index: 0,
            }),
            other => Err(mismatch("an array", &other)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, GroupSyncError> {
        visitor.visit_map(Properties::of(properties(self)?))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, GroupSyncError> {
        visitor.visit_map(Fields::of(self, known, is_row(name))?)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, GroupSyncError> {
        let word: U32Deserializer<GroupSyncError> = word(&self, words)?.into_deserializer();
        visitor.visit_enum(word)
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

impl Items {
    #[inline(never)]
    fn next(&mut self) -> Option<ClaimValue> {
        self.index += 1;
        self.items.next()
    }

    /// An error in what was the next item.
    #[inline(never)]
    fn at(&self, error: GroupSyncError) -> GroupSyncError {
        error.within(&format!("[{}]", self.index - 1))
    }
}

impl<'de> SeqAccess<'de> for Items {
    type Error = GroupSyncError;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, GroupSyncError> {
        match self.next() {
            None => Ok(None),
            Some(item) => match seed.deserialize(item) {
                Ok(item) => Ok(Some(item)),
                Err(error) => Err(self.at(error)),
            },
        }
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

/// The fields that an object may have and that are not `null`, which is as good as left out, in the order of their declaration.
/// Each is told by its place among them, so none can have a second name.
struct Fields {
    known: &'static [&'static str],
    /// A value for each of those that have not been read.
    values: vec::IntoIter<ClaimValue>,
}

impl Fields {
    #[inline(never)]
    fn of(value: ClaimValue, known: &'static [&'static str], is_row: bool) -> Result<Self, GroupSyncError> {
        let mut values = Vec::new();
        values.resize_with(known.len(), || ClaimValue::Null);
        for (name, value) in properties(value)? {
            let known_field = known.iter().zip(&mut values).find(|(known, _)| **known == name);
            match known_field {
                Some((_, field)) => *field = value,
                None if is_row && !is_nearly(&name, known) => {}
                None => return Err(GroupSyncError::unknown_field(&name, known)),
            }
        }
        let values = values.into_iter();
        Ok(Fields { known, values })
    }

    /// The place of the next field that is given.
    #[inline(never)]
    fn place(&mut self) -> Option<u32> {
        let values = self.values.as_slice();
        let left_out = values
            .iter()
            .take_while(|value| matches!(value, ClaimValue::Null))
            .count();
        // What is left out is passed over.
        (0..left_out).for_each(|_| drop(self.values.next()));
        let left = self.values.len();
        let place = self.known.len() - left;
        (left > 0).then(|| u32::try_from(place).unwrap_or(u32::MAX))
    }

    #[inline(never)]
    fn value(&mut self) -> ClaimValue {
        self.values.next().unwrap_or(ClaimValue::Null)
    }

    /// An error in the value that was taken last.
    #[inline(never)]
    fn at(&self, error: GroupSyncError) -> GroupSyncError {
        let place = self.known.len() - self.values.len() - 1;
        error.within(self.known.get(place).copied().unwrap_or_default())
    }
}

impl<'de> MapAccess<'de> for Fields {
    type Error = GroupSyncError;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, GroupSyncError> {
        match self.place() {
            None => Ok(None),
            Some(place) => seed.deserialize(U32Deserializer::new(place)).map(Some),
        }
    }

    #[inline(never)]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, GroupSyncError> {
        match seed.deserialize(self.value()) {
            Ok(value) => Ok(value),
            Err(error) => Err(self.at(error)),
        }
    }
}

/// Properties of an object, by their names.
struct Properties {
    properties: std::collections::btree_map::IntoIter<String, ClaimValue>,
    /// The one of which the name has been read, and the value not.
    given: Option<(String, ClaimValue)>,
}

impl Properties {
    fn of(properties: BTreeMap<String, ClaimValue>) -> Self {
        Properties {
            properties: properties.into_iter(),
            given: None,
        }
    }

    #[inline(never)]
    fn name(&mut self) -> Option<String> {
        self.given = self.properties.next();
        self.given.as_ref().map(|(name, _)| name.clone())
    }

    /// No derived code asks for a value before its name.
    #[inline(never)]
    fn value(&mut self) -> ClaimValue {
        let value = self
            .given
            .as_mut()
            .map(|(_, value)| mem::replace(value, ClaimValue::Null));
        value.unwrap_or(ClaimValue::Null)
    }

    #[inline(never)]
    fn at(&self, error: GroupSyncError) -> GroupSyncError {
        match &self.given {
            Some((name, _)) => error.within_property(name),
            None => error,
        }
    }
}

impl<'de> MapAccess<'de> for Properties {
    type Error = GroupSyncError;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, GroupSyncError> {
        match self.name() {
            None => Ok(None),
            Some(name) => seed.deserialize(StringDeserializer::new(name)).map(Some),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, GroupSyncError> {
        match seed.deserialize(self.value()) {
            Ok(value) => Ok(value),
            Err(error) => Err(self.at(error)),
        }
    }
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
        visitor.visit_enum(kind(self.0, kinds)?)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

/// Of which kind an object is, and its other fields.
struct Kind {
    kind: u32,
    fields: Variant,
}

#[inline(never)]
fn kind(value: ClaimValue, kinds: &'static [&'static str]) -> Result<Kind, GroupSyncError> {
    let mut fields = properties(value)?;
    let kind = take(&mut fields, "type").ok_or_else(|| GroupSyncError::missing_field("type"))?;
    Ok(Kind {
        kind: word(&kind, kinds).map_err(|error| error.within("type"))?,
        fields: Variant(ClaimValue::Object(fields)),
    })
}

impl<'de> EnumAccess<'de> for Kind {
    type Error = GroupSyncError;
    type Variant = Variant;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Variant), GroupSyncError> {
        let kind = U32Deserializer::<GroupSyncError>::new(self.kind);
        Ok((seed.deserialize(kind)?, self.fields))
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
