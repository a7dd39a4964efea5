//! The one error type: why something could not even begin.

use std::fmt;

use crate::diagnostic::Diagnostic;

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
}

impl ErrorCode {
    /// The code as it is written, in kebab-case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorCode::InvalidInput => "invalid-input",
            ErrorCode::InvalidMapping => "invalid-mapping",
            ErrorCode::TooLarge => "too-large",
        }
    }
}

/// Input that is not of the documented shape, or a mapping that may not run.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}{message}", Location(path))]
pub struct GroupSyncError {
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
    pub(crate) fn invalid_input(path: impl Into<String>, message: impl Into<String>) -> Self {
        GroupSyncError {
            code: ErrorCode::InvalidInput,
            path: path.into(),
            message: message.into(),
            diagnostics: Vec::new(),
        }
    }

    #[cfg(target_arch = "wasm32")]
    pub(crate) fn too_large(path: impl Into<String>, message: impl Into<String>) -> Self {
        GroupSyncError {
            code: ErrorCode::TooLarge,
            ..GroupSyncError::invalid_input(path, message)
        }
    }

    pub(crate) fn invalid_mapping(path: impl Into<String>, diagnostics: Vec<Diagnostic>) -> Self {
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
        let first = diagnostics.iter().find(|diagnostic| diagnostic.is_error());
        let first = first.map(|diagnostic| diagnostic.message.as_str()).unwrap_or_default();
        let message = match errors {
            0 | 1 => format!("the mapping has an error, so it may not run: {first}"),
            _ => format!("the mapping has {errors} errors, so it may not run; the first: {first}"),
        };
        GroupSyncError {
            code: ErrorCode::InvalidMapping,
            diagnostics,
            ..GroupSyncError::invalid_input(path, message)
        }
    }

    /// The same error, seen from an object that holds the faulty value in the field `parent`.
    pub(crate) fn within(mut self, parent: &str) -> Self {
        self.path = match self.path.chars().next() {
            None => parent.to_owned(),
            Some('[') => format!("{parent}{}", self.path),
            Some(_) => format!("{parent}.{}", self.path),
        };
        self
    }

    /// What kind of error this is.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        self.code
    }

    /// Where in the input, such as `catalog.groups[3].requires`; empty where the whole input is meant.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// One English sentence, without the path.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Everything known about the mapping, where the code is [`ErrorCode::InvalidMapping`].
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}
