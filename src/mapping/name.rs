//! Writing names so that they read back as themselves: quotes and escapes only where needed.

use std::borrow::Cow;
use std::fmt::Write;

use super::{Entry, Source, SourceKind, Target, TargetKind};
use crate::lookalike::is_unclear;

/// `name` as the source of an entry.
pub(crate) fn as_source(name: &str) -> Cow<'_, str> {
    // A bare `#` where an entry begins would start a comment.
    if name.starts_with('#') {
        quoted(name).into()
    } else {
        as_target(name)
    }
}

/// `name` as the target of an entry.
pub(crate) fn as_target(name: &str) -> Cow<'_, str> {
    if needs_quotes(name) {
        quoted(name).into()
    } else {
        name.into()
    }
}

impl Source {
    /// The source in canonical form.
    pub(crate) fn canonical(&self) -> Cow<'_, str> {
        match self.kind {
            SourceKind::Name => as_source(&self.text),
            SourceKind::Pattern | SourceKind::Condition => self.text.as_str().into(),
        }
    }
}

impl Target {
    /// The target in canonical form.
    pub(crate) fn canonical(&self) -> Cow<'_, str> {
        match self.kind {
            TargetKind::Name => as_target(&self.text),
            TargetKind::Capture => self.text.as_str().into(),
        }
    }
}

impl Entry {
    /// The entry in canonical form. Entries that say the same have the same.
    pub(crate) fn canonical(&self) -> String {
        [&self.source.canonical(), " -> ", &self.target.canonical()].concat()
    }
}

fn needs_quotes(name: &str) -> bool {
    let is_special = |character| matches!(character, ',' | '*' | '→') || is_unclear(character);
    let mut ends = name.match_indices('>');
    name.is_empty()
        || name.trim().len() != name.len()
        || name.starts_with('"')
        || name.contains(is_special)
        || ends.any(|(at, _)| name.get(..at).is_some_and(|before| before.ends_with('-')))
}

/// `name` in quotes, whatever it holds; characters that a reader could not tell from none, or from a space, are written as escapes.
pub(crate) fn quoted(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 2);
    text.push('"');
    for character in name.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            // Writing to a string never fails.
            _ if is_unclear(character) => _ = write!(text, "\\u{{{:X}}}", u32::from(character)),
            _ => text.push(character),
        }
    }
    text.push('"');
    text
}
