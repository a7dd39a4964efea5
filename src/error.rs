//! The one error type: why something could not even begin.

use std::fmt;

use serde::de::{Expected, Unexpected};

use crate::diagnostic::{Diagnostic, shown};

/// What kind of error a [`GroupSyncError`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorCode {
    /// The input is not of the documented shape; the path says where.
    InvalidInput,
    /// A mapping that has errors was to be used; the diagnostics say which.
    InvalidMapping,
    /// The input is over a limit of size or depth.
    TooLarge,
    /// An ID token and a UserInfo response are not of the same user.
    SubjectMismatch,
}

impl ErrorCode {
    /// The code as it is written, in kebab-case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorCode::InvalidInput => "invalid-input",
            ErrorCode::InvalidMapping => "invalid-mapping",
            ErrorCode::TooLarge => "too-large",
            ErrorCode::SubjectMismatch => "subject-mismatch",
        }
    }
}

/// Input that is not of the documented shape, or a mapping that may not run.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}{}", Location(&.0.path), .0.message)]
pub struct GroupSyncError(
    // Boxed, so that results that are passed on are small: in the module that is a matter of kilobytes.
    Box<Details>,
);

#[derive(Clone, Debug, PartialEq)]
struct Details {
    code: ErrorCode,
    path: String,
    message: String,
    diagnostics: Vec<Diagnostic>,
}

struct Location<'a>(&'a str);

impl fmt::Display for Location<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            Ok(())
        } else {
            write!(f, "{}: ", self.0)
        }
    }
}

impl GroupSyncError {
    // Errors are made in many places, and seldom.
    #[inline(never)]
    fn new(code: ErrorCode, path: String, message: String, diagnostics: Vec<Diagnostic>) -> Self {
        GroupSyncError(Box::new(Details {
            code,
            path,
            message,
            diagnostics,
        }))
    }

    #[doc(hidden)]
    pub fn invalid_input(path: impl Into<String>, message: impl Into<String>) -> Self {
        GroupSyncError::new(ErrorCode::InvalidInput, path.into(), message.into(), Vec::new())
    }

    #[doc(hidden)]
    pub fn too_large(path: impl Into<String>, message: impl Into<String>) -> Self {
        GroupSyncError::new(ErrorCode::TooLarge, path.into(), message.into(), Vec::new())
    }

    pub(crate) fn subject_mismatch(path: &str) -> Self {
        let message =
            "this is not the `sub` of the ID token, so the response may be somebody else's and must not be used";
        GroupSyncError::new(
            ErrorCode::SubjectMismatch,
            path.to_owned(),
            message.to_owned(),
            Vec::new(),
        )
    }

    pub(crate) fn invalid_mapping(path: impl Into<String>, diagnostics: Vec<Diagnostic>) -> Self {
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
        let first = diagnostics.iter().find(|diagnostic| diagnostic.is_error());
        let first = first.map(|diagnostic| diagnostic.message.as_str()).unwrap_or_default();
        let message = match errors {
            0 | 1 => format!("the mapping has an error, so it may not run: {first}"),
            _ => format!("the mapping has {errors} errors, so it may not run; the first: {first}"),
        };
        GroupSyncError::new(ErrorCode::InvalidMapping, path.into(), message, diagnostics)
    }

    /// An error about a user who is described twice.
    #[must_use]
    pub(crate) fn claims_and_groups() -> Self {
        GroupSyncError::invalid_input("", "has both `claims` and `groups`; give one of them")
    }

    /// The same error, seen from an object that holds the faulty value in the field `parent`.
    #[must_use]
    pub fn within(mut self, parent: &str) -> Self {
        let path = &self.0.path;
        self.0.path = match path.chars().next() {
            None => parent.to_owned(),
            Some('[') => format!("{parent}{path}"),
            Some(_) => format!("{parent}.{path}"),
        };
        self
    }

    /// The same error, seen from an object that holds the faulty value in a property of any name.
    #[doc(hidden)]
    #[must_use]
    pub fn within_property(self, name: &str) -> Self {
        self.within(&step(name))
    }

    /// What kind of error this is.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.0.code
    }

    /// Where in the input, such as `catalog.groups[3].requires`; empty where the whole input is meant.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// One English sentence, without the path.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Everything known about the mapping, where the code is [`ErrorCode::InvalidMapping`].
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.0.diagnostics
    }
}

/// What keeps serde from reading something.
impl serde::de::Error for GroupSyncError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        carried(&message)
    }

    // What derived code could say, and never does: `ClaimValue` gives nothing that was not asked for, and no field twice.
    #[inline(never)]
    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        carried(&format_args!("expected {expected}"))
    }

    #[inline(never)]
    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        GroupSyncError::invalid_type(found, expected)
    }

    #[inline(never)]
    fn duplicate_field(field: &'static str) -> Self {
        GroupSyncError::invalid_input(field, "this field stands twice")
    }

    #[inline(never)]
    fn missing_field(field: &'static str) -> Self {
        GroupSyncError::invalid_input(field, "this field is required, and missing")
    }

    #[inline(never)]
    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let message = format!("there is no such field; expected {}", one_of(expected));
        GroupSyncError::invalid_input("", message).within_property(field)
    }

    #[inline(never)]
    fn unknown_variant(word: &str, expected: &'static [&'static str]) -> Self {
        let message = format!("expected {}, found {}", one_of(expected), shown(word));
        GroupSyncError::invalid_input("", message)
    }
}

#[inline(never)]
fn carried(message: &dyn fmt::Display) -> GroupSyncError {
    let message = format!("{message:#}");
    let carried = message
        .strip_prefix(SEPARATOR)
        .and_then(|text| text.split_once(SEPARATOR));
    match carried {
        Some((path, message)) => GroupSyncError::invalid_input(path, message),
        None => GroupSyncError::invalid_input("", message),
    }
}

/// The words to choose from, for a sentence.
pub(crate) fn one_of(words: &[&str]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [word] => format!("`{word}`"),
        [words @ .., last] => format!("`{}` or `{last}`", words.join("`, `")),
    }
}

/// Stands in no path.
const SEPARATOR: char = '\u{1F}';

/// An error about input on its way through serde, which takes only text. [`GroupSyncError`] finds the path in it; the errors of
/// other formats say it.
pub(crate) struct Carried(pub(crate) GroupSyncError);

impl fmt::Display for Carried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Carried(error) = self;
        if f.alternate() {
            write!(f, "{SEPARATOR}{}{SEPARATOR}{}", error.path(), error.message())
        } else {
            error.fmt(f)
        }
    }
}

/// One step of a path, as it is written after a variable that holds the value.
fn step(property: &str) -> String {
    let is_start = |character: char| character.is_ascii_alphabetic() || matches!(character, '_' | '$');
    let is_identifier = property.starts_with(is_start)
        && property
            .chars()
            .all(|character| is_start(character) || character.is_ascii_digit());
    if is_identifier {
        return property.to_owned();
    }
    let mut quoted = String::from("[\"");
    for character in property.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            _ if character.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => quoted.push(character),
        }
    }
    quoted + "\"]"
}
