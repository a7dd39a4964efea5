//! Documents: JSON values read as what they are to be, the same wherever they come from. Every fault is told with its place,
//! and nothing is passed over: a field that is not known is a fault, since it is most often a misspelt one.

use std::collections::BTreeMap;

use crate::diagnostic::shown;
use crate::error::GroupSyncError;
use crate::value::ClaimValue;

/// What can be read from a JSON value. Paths of errors begin at the value.
pub trait Document: Sized {
    /// Reads the value.
    fn read(value: ClaimValue) -> Result<Self, GroupSyncError>;

    /// What a field of this type is where it is left out; `None` if it may not be.
    fn absent() -> Option<Self> {
        None
    }
}

/// An error about the value that was found where something else was expected.
pub fn mismatch(expected: &str, found: &ClaimValue) -> GroupSyncError {
    let message = match found {
        ClaimValue::Text(text) => format!("expected {expected}, found the string {}", shown(text)),
        ClaimValue::IllFormedText => format!("expected well-formed Unicode, found {}", found.kind()),
        other => format!("expected {expected}, found {}", other.kind()),
    };
    GroupSyncError::invalid_input("", message)
}

/// The words to choose from, for a sentence.
fn one_of(words: &[&str]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [word] => format!("`{word}`"),
        [words @ .., last] => format!("`{}` or `{last}`", words.join("`, `")),
    }
}

/// What `value` means: of `meanings` the one that stands where the word that it is stands in `words`.
pub fn word<T: Copy>(value: &ClaimValue, words: &[&str], meanings: &[T]) -> Result<T, GroupSyncError> {
    let meaning = place_of(value, words).and_then(|place| meanings.get(place));
    meaning.copied().ok_or_else(|| not_a_word(value, &one_of(words)))
}

fn place_of(value: &ClaimValue, words: &[&str]) -> Option<usize> {
    let ClaimValue::Text(text) = value else { return None };
    words.iter().position(|word| word == text)
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

impl Document for bool {
    fn read(value: ClaimValue) -> Result<Self, GroupSyncError> {
        match value {
            ClaimValue::Bool(flag) => Ok(flag),
            other => Err(mismatch("true or false", &other)),
        }
    }
}

impl Document for String {
    fn read(value: ClaimValue) -> Result<Self, GroupSyncError> {
        match value {
            ClaimValue::Text(text) => Ok(text),
            other => Err(mismatch("a string", &other)),
        }
    }
}

impl Document for u64 {
    fn read(value: ClaimValue) -> Result<Self, GroupSyncError> {
        // Up to here floats hold every whole number.
        const LARGEST: f64 = 9_007_199_254_740_991.0;
        match value {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it is whole, and in range"
            )]
            ClaimValue::Number(number) if number.fract() == 0.0 && (0.0..=LARGEST).contains(&number) => {
                Ok(number as u64)
            }
            ClaimValue::Number(_) => Err(GroupSyncError::invalid_input(
                "",
                "expected a whole number from 0, found another number",
            )),
            other => Err(mismatch("a whole number from 0", &other)),
        }
    }
}

/// A value to be read later.
impl Document for ClaimValue {
    fn read(value: ClaimValue) -> Result<Self, GroupSyncError> {
        Ok(value)
    }
}

impl<T: Document> Document for Option<T> {
    fn read(value: ClaimValue) -> Result<Self, GroupSyncError> {
        T::read(value).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }
}

impl<T: Document> Document for Vec<T> {
    fn read(value: ClaimValue) -> Result<Self, GroupSyncError> {
        let ClaimValue::List(values) = value else {
            return Err(mismatch("an array", &value));
        };
        let mut items = Vec::with_capacity(values.len());
        for value in values {
            items.push(T::read(value).map_err(|error| error.within(&format!("[{}]", items.len())))?);
        }
        Ok(items)
    }
}

/// An object whose properties are named by whoever wrote it.
impl<T: Document> Document for BTreeMap<String, T> {
    fn read(value: ClaimValue) -> Result<Self, GroupSyncError> {
        let mut named = BTreeMap::new();
        for (name, value) in properties(value)? {
            let value = T::read(value).map_err(|error| error.within_property(&name))?;
            named.insert(name, value);
        }
        Ok(named)
    }
}

fn properties(value: ClaimValue) -> Result<BTreeMap<String, ClaimValue>, GroupSyncError> {
    match value {
        ClaimValue::Object(properties) => Ok(properties),
        other => Err(mismatch("an object", &other)),
    }
}

/// The fields of an object, to be taken one by one. One that is `null` is as good as left out.
pub struct Fields {
    fields: Vec<(String, ClaimValue)>,
}

impl Fields {
    /// The fields of `value`, which has no others than the `known`.
    pub fn of(value: ClaimValue, known: &[&str]) -> Result<Fields, GroupSyncError> {
        let fields = Fields::of_any(value)?;
        fields.require_known(known)?;
        Ok(fields)
    }

    /// The fields of `value`; which there may be is to be said by [`Fields::require_known`].
    pub fn of_any(value: ClaimValue) -> Result<Fields, GroupSyncError> {
        Ok(Fields {
            fields: properties(value)?.into_iter().collect(),
        })
    }

    pub(crate) fn require_known(&self, known: &[&str]) -> Result<(), GroupSyncError> {
        match self.fields.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            None => Ok(()),
            Some((unknown, _)) => {
                let message = format!("there is no such field; expected {}", one_of(known));
                Err(GroupSyncError::invalid_input("", message).within_property(unknown))
            }
        }
    }

    /// Takes a field out.
    pub fn take<T: Document>(&mut self, name: &str) -> Result<T, GroupSyncError> {
        match self.given(name) {
            Some(value) => T::read(value).map_err(|error| error.within(name)),
            None => T::absent().ok_or_else(|| missing(name)),
        }
    }

    /// Takes a field out that is `default` where it is left out.
    pub fn take_or<T: Document>(&mut self, name: &str, default: T) -> Result<T, GroupSyncError> {
        match self.given(name) {
            Some(value) => T::read(value).map_err(|error| error.within(name)),
            None => Ok(default),
        }
    }

    /// Takes a field out, which may be `null`.
    pub fn take_raw(&mut self, name: &str) -> Option<ClaimValue> {
        let place = self.fields.iter().position(|(field, _)| field == name)?;
        Some(self.fields.swap_remove(place).1)
    }

    /// The fields that were not taken out.
    pub fn rest(self) -> ClaimValue {
        ClaimValue::Object(self.fields.into_iter().collect())
    }

    fn given(&mut self, name: &str) -> Option<ClaimValue> {
        self.take_raw(name).filter(|value| *value != ClaimValue::Null)
    }
}

fn missing(field: &str) -> GroupSyncError {
    GroupSyncError::invalid_input(field, "this field is required, and missing")
}

/// Makes a type that is a [`Document`] readable for users of the crate: by `TryFrom<ClaimValue>`, whose errors have the path,
/// and by serde, whose errors say it.
macro_rules! readable {
    ($($type:ty),* $(,)?) => {$(
        impl TryFrom<crate::value::ClaimValue> for $type {
            type Error = crate::error::GroupSyncError;

            fn try_from(value: crate::value::ClaimValue) -> Result<Self, Self::Error> {
                <Self as crate::document::Document>::read(value)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = crate::value::ClaimValue::deserialize(deserializer)?;
                <Self as crate::document::Document>::read(value).map_err(serde::de::Error::custom)
            }
        }
    )*};
}

/// Declares how an object is read: each field by its name, and what it is where it is left out, unless it has to be there or
/// its type says what it is then.
macro_rules! document {
    ($type:ident { $($field:ident: $name:literal $(or $default:expr)?),* $(,)? }) => {
        impl crate::document::Document for $type {
            fn read(value: crate::value::ClaimValue) -> Result<Self, crate::error::GroupSyncError> {
                let mut fields = crate::document::Fields::of(value, &[$($name),*])?;
                Ok($type { $($field: crate::document::document!(@take fields, $name $(, $default)?)),* })
            }
        }

        crate::document::readable!($type);
    };
    (@take $fields:ident, $name:literal) => { $fields.take($name)? };
    (@take $fields:ident, $name:literal, $default:expr) => { $fields.take_or($name, $default)? };
}

/// Declares a choice that is written as one of a few words.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
        #[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $word)] $variant),* }

        impl $name {
            /// Every choice.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The choice as it is written.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }
        }

        impl crate::document::Document for $name {
            fn read(value: crate::value::ClaimValue) -> Result<Self, crate::error::GroupSyncError> {
                crate::document::word(&value, &[$($word),*], $name::ALL)
            }
        }

        crate::document::readable!($name);
    };
}

pub(crate) use {document, readable, words};
