//! Writing names so that they read back as themselves: quotes and escapes only where needed.

use std::borrow::Cow;
use std::fmt::Write;

use super::lexer::bare_end;
use super::{Entry, Source, SourceKind, Target, TargetKind, Term, doubtful, target};
use crate::lookalike::is_unclear;

/// `name` as the source of an entry, or as a term of one.
pub(crate) fn as_source(name: &str) -> Cow<'_, str> {
    written(name, true)
}

/// `name` as the target of an entry whose source has no star.
pub(crate) fn as_target(name: &str) -> Cow<'_, str> {
    written(name, false)
}

/// `name` as the target of an entry whatever its source: with stars there, `$1` would stand for the first of them.
pub(super) fn as_target_of_any(name: &str) -> Cow<'_, str> {
    if target::numbers(name).next().is_some() {
        quoted(name).into()
    } else {
        as_target(name)
    }
}

fn written(name: &str, in_source: bool) -> Cow<'_, str> {
    if reads_bare(name, in_source) {
        name.into()
    } else {
        quoted(name).into()
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

    /// What the source says, whatever the order of its terms: the same for sources that say the same.
    pub(crate) fn key(&self) -> Cow<'_, str> {
        if self.kind != SourceKind::Condition {
            return self.canonical();
        }
        let mut terms: Vec<String> = Vec::new();
        // They are few, and a sort of texts is much code.
        for term in self.terms.iter().map(Term::canonical) {
            if let Err(place) = terms.binary_search(&term) {
                terms.insert(place, term);
            }
        }
        terms.join(" && ").into()
    }

    fn has_stars(&self) -> bool {
        self.kind == SourceKind::Pattern || self.terms.iter().any(|term| term.kind == SourceKind::Pattern)
    }
}

impl Term {
    /// The term in canonical form.
    pub(crate) fn canonical(&self) -> String {
        let name = match self.kind {
            SourceKind::Name => as_source(&self.text),
            _ => self.text.as_str().into(),
        };
        [if self.excluded { "!" } else { "" }, &name].concat()
    }
}

impl Target {
    fn canonical(&self, behind: &Source) -> Cow<'_, str> {
        match self.kind {
            TargetKind::Name if behind.has_stars() => as_target_of_any(&self.text),
            TargetKind::Name => as_target(&self.text),
            TargetKind::Capture => self.text.as_str().into(),
        }
    }
}

impl Entry {
    /// The entry in canonical form.
    pub(crate) fn canonical(&self) -> String {
        self.written(&self.source.canonical())
    }

    /// What the entry says: the same for entries that say the same. It is the canonical form, but for the order of terms.
    pub(crate) fn key(&self) -> String {
        self.written(&self.source.key())
    }

    /// The target in canonical form.
    pub(super) fn canonical_target(&self) -> String {
        self.target.canonical(&self.source).into_owned()
    }

    fn written(&self, source: &str) -> String {
        [source, " -> ", &self.target.canonical(&self.source)].concat()
    }
}

/// Whether `name` without quotes reads back as itself, and nothing is said about it.
fn reads_bare(name: &str, in_source: bool) -> bool {
    let (end, marks) = bare_end(name, 0, in_source);
    if name.is_empty() || end < name.len() || marks.has_star() || name.starts_with(' ') || name.ends_with(' ') {
        return false;
    }
    // Where an entry begins, a `#` would start a comment.
    let is_sign = |first| first == '"' || (in_source && matches!(first, '#' | '!'));
    // A backslash before the comma that follows would make one name of both, as LDAP writes it.
    let escapes = name.ends_with('\\') && name.contains('=');
    // `-->` is no arrow, and read as a mistyped one.
    let has_arrow = marks.has_greater() && name.contains("->");
    // Any other white space is unclear.
    let is_odd = marks.are_odd() && (name.contains(is_unclear) || doubtful::is_odd(name, in_source));
    !(name.starts_with(is_sign) || escapes || has_arrow || is_odd)
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
