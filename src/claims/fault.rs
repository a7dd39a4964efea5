//! What keeps a claim from being read, in words.

use super::MAX_GROUPS;
use crate::diagnostic::{Diagnostic, DiagnosticCode, shown};
use crate::names::MAX_NAME_CHARACTERS;
use crate::value::ClaimValue;

/// Why a claim names no groups.
#[derive(Debug)]
pub(super) struct Fault {
    kind: FaultKind,
    /// What was found.
    what: String,
    help: &'static str,
    /// Which item it is, from 1; 0 for the claim itself.
    item: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum FaultKind {
    Malformed,
    LooksEncoded,
    /// How many items there are.
    TooMany(usize),
}

impl Fault {
    #[inline(never)]
    pub(super) fn new(what: impl Into<String>, help: &'static str) -> Fault {
        Fault {
            kind: FaultKind::Malformed,
            what: what.into(),
            help,
            item: 0,
        }
    }

    /// A value of the wrong kind.
    pub(super) fn kind(value: &ClaimValue, help: &'static str) -> Fault {
        Fault::new(value.kind(), help)
    }

    /// A string that is not what it should be.
    #[inline(never)]
    pub(super) fn text(text: &str, is: &str, help: &'static str) -> Fault {
        Fault::new(format!("{}, which {is}", shown(text)), help)
    }

    /// A string that holds a list or an object.
    pub(super) fn encoded(text: &str) -> Fault {
        let help = "if it holds groups, say how they are written in it, with `decode`";
        let mut fault = Fault::text(text, "looks like a list or an object written as text", help);
        fault.kind = FaultKind::LooksEncoded;
        fault
    }

    /// A name that is too long: comparing costs time with its length.
    pub(super) fn overlong(characters: usize) -> Fault {
        let what = format!("a name of {characters} characters, where a group's name has at most {MAX_NAME_CHARACTERS}");
        Fault::new(what, "let the identity provider send shorter names, such as ids")
    }

    pub(super) fn too_many(count: usize) -> Fault {
        let help = "let the identity provider send only the groups that this application needs";
        let mut fault = Fault::new("", help);
        fault.kind = FaultKind::TooMany(count);
        fault
    }

    /// The same, of an item of the claim.
    pub(super) fn at(mut self, item: usize) -> Fault {
        self.item = item;
        self
    }

    pub(super) fn looks_encoded(&self) -> bool {
        self.kind == FaultKind::LooksEncoded
    }

    /// `claim` is how a sentence calls it.
    #[inline(never)]
    pub(super) fn into_diagnostic(self, claim: &str) -> Diagnostic {
        let Fault { kind, what, help, item } = self;
        let number = item.to_string();
        let message = match (kind, item) {
            (FaultKind::TooMany(count), _) => format!("{claim} has {count} groups; at most {MAX_GROUPS} are read"),
            (_, 0) => format!("{claim} is {what}, so the user's groups can't be told"),
            _ => format!("item {number} of {claim} is {what}, so the user's groups can't be told"),
        };
        let diagnostic = match kind {
            FaultKind::TooMany(count) => Diagnostic::new(DiagnosticCode::ClaimTooManyGroups, message)
                .param("count", count.to_string())
                .param("limit", MAX_GROUPS.to_string()),
            FaultKind::Malformed => Diagnostic::new(DiagnosticCode::ClaimMalformed, message).param("found", what),
            FaultKind::LooksEncoded => Diagnostic::new(DiagnosticCode::ClaimLooksEncoded, message).param("found", what),
        };
        let diagnostic = if item == 0 {
            diagnostic
        } else {
            diagnostic.param("item", number)
        };
        if help.is_empty() {
            diagnostic
        } else {
            diagnostic.help(help)
        }
    }
}
