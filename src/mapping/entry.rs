//! What a mapping says, entry by entry, and where it says so.

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{FormatStyle, duplicate, format, parser};
use crate::diagnostic::{Diagnostic, in_text_order};
use crate::error::GroupSyncError;
use crate::span::Span;

/// One `source -> target` of a mapping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entry {
    /// The IdP group, or a pattern of them.
    pub source: Source,
    /// The role or custom group that it grants.
    pub target: Target,
    /// From the first character of the source to the last of the target.
    pub span: Span,
}

/// The left side of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// The name, unquoted and with its escapes read; the pattern as written; or the condition in canonical form.
    pub text: String,
    /// What the text is.
    pub kind: SourceKind,
    /// The source as it stands in the text: quotes, and a `!` before the first term, included.
    pub span: Span,
    /// The terms of a condition, in text order; none of a name or pattern.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<Term>,
}

impl Source {
    /// The terms of a condition; of a name or pattern, the one that it is.
    #[must_use]
    pub fn all_terms(&self) -> Cow<'_, [Term]> {
        if self.kind == SourceKind::Condition {
            return Cow::Borrowed(&self.terms);
        }
        Cow::Owned(vec![Term {
            text: self.text.clone(),
            kind: self.kind,
            excluded: false,
            span: self.span,
        }])
    }

    /// The names and patterns in it, each with its text, its kind and its place.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (&str, SourceKind, Span)> {
        let whole = (self.kind != SourceKind::Condition).then_some((self.text.as_str(), self.kind, self.span));
        let terms = self.terms.iter().map(|term| (term.text.as_str(), term.kind, term.span));
        whole.into_iter().chain(terms)
    }
}

/// One term of a condition: what the user's IdP groups must hold, or with `!`, must not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Term {
    /// The name, unquoted and with its escapes read; or the pattern as written.
    pub text: String,
    /// A `name` or a `pattern`.
    pub kind: SourceKind,
    /// Whether it stands behind a `!`: then it is met if no IdP group is this name, or matches this pattern.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub excluded: bool,
    /// The name as it stands in the text, quotes included, without the `!`.
    pub span: Span,
}

/// What a source is: exactly this IdP group's `name`, a `pattern` in which each `*` is any run of characters, or a
/// `condition` of several of them, or with a `!`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum SourceKind {
    /// Exactly this IdP group.
    Name,
    /// Every IdP group that it matches, each `*` being any run of characters.
    Pattern,
    /// Whoever meets all of its terms.
    Condition,
}

/// The right side of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Target {
    /// The name, unquoted and with its escapes read; or the capture as written.
    pub text: String,
    /// Whether `*`, or `$1` to `$9`, in the text stands for what a star of the source's pattern matched.
    pub kind: TargetKind,
    /// The name as it stands in the text, quotes included.
    pub span: Span,
}

/// What a target is: exactly the `name` of a role or custom group, or a `capture` of what the stars of the
/// source's pattern matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum TargetKind {
    /// Exactly this role or custom group.
    Name,
    /// The custom group named by the text once its `*`, or its `$1` to `$9`, are filled in.
    Capture,
}

impl Entry {
    /// What to cut from `text` to remove this entry and the separator that goes with it.
    pub(crate) fn with_separator(&self, text: &str) -> Span {
        self.span.part(text, self.bytes_with_separator(text))
    }

    /// The same, in bytes.
    pub(super) fn bytes_with_separator(&self, text: &str) -> Range<usize> {
        let blank = |character: char| character.is_whitespace() && !matches!(character, '\n' | '\r');
        let Range { start, end } = self.span.bytes();
        let after = text.get(end..).unwrap_or("").trim_start_matches(blank);
        let before = text.get(..start).unwrap_or("").trim_end_matches(blank);
        let next_line = after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\n', '\r']));
        if let Some(next) = after.strip_prefix(',') {
            start..text.len() - next.trim_start_matches(blank).len()
        } else if let Some(previous) = before.strip_suffix(',') {
            previous.len()..end
        } else if let Some(next) = next_line {
            // Alone on its line: the line goes too.
            before.len()..text.len() - next.len()
        } else {
            before.trim_end_matches(['\n', '\r']).len()..text.len() - after.len()
        }
    }
}

/// A comment, `#` included, up to the end of its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Comment {
    pub(crate) span: Span,
    /// Whether it stands on the line of the entry before it.
    pub(crate) trailing: bool,
    /// How many entries stand before it.
    pub(crate) entries_before: usize,
}

/// A mapping text that has been read: its entries, and what is wrong with the rest of it.
///
/// ```
/// use idp_group_sync::Mapping;
///
/// let mapping = Mapping::parse("Marketing Team -> marketing, Sales Team -> sales");
/// let targets: Vec<_> = mapping.entries().iter().map(|entry| entry.target.text.as_str()).collect();
/// assert_eq!(targets, ["marketing", "sales"]);
/// assert!(!mapping.has_errors());
/// ```
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "ParsedMapping"))]
pub struct Mapping {
    #[serde(skip)]
    pub(crate) text: String,
    /// The entries that could be read, in text order.
    pub(crate) entries: Vec<Entry>,
    #[serde(skip)]
    pub(crate) comments: Vec<Comment>,
    /// What is wrong or doubtful about the text by itself, in text order.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Mapping {
    /// Just these entries, of whatever text.
    pub(crate) fn of_entries(entries: Vec<Entry>) -> Mapping {
        Mapping {
            text: String::new(),
            entries,
            comments: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Reads a text. Never fails: entries with a mistake are left out and reported, all others are read.
    #[must_use]
    pub fn parse(text: impl Into<String>) -> Mapping {
        let mut mapping = parser::parse(text.into());
        let repeats = duplicate::find(&mapping);
        mapping.diagnostics.extend(repeats);
        mapping.diagnostics = in_text_order(mapping.diagnostics);
        mapping
    }

    /// The text that was read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The entries that could be read, in text order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What is wrong or doubtful about the text by itself, in text order. See [`check`](crate::check()) for the rest.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether the text has a mistake that keeps the mapping from running.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// The canonical text, whose parse has the same entries.
    ///
    /// # Errors
    /// `invalid-mapping` if the text has errors: what could not be read can't be kept.
    ///
    /// ```
    /// use idp_group_sync::{FormatStyle, Mapping};
    ///
    /// let mapping = Mapping::parse("a->b ,\"c\" → d");
    /// assert_eq!(mapping.format(FormatStyle::Line).unwrap(), "a -> b\nc -> d");
    /// assert_eq!(mapping.format(FormatStyle::File).unwrap(), "a -> b\nc -> d\n");
    /// assert_eq!(mapping.format(FormatStyle::Inline).unwrap(), "a -> b, c -> d");
    /// ```
    pub fn format(&self, style: FormatStyle) -> Result<String, GroupSyncError> {
        self.require_valid()?;
        Ok(format::format(self, style))
    }

    /// Fails if the text has errors, with everything known about it.
    pub(crate) fn require_valid(&self) -> Result<(), GroupSyncError> {
        if self.has_errors() {
            return Err(GroupSyncError::invalid_mapping("", self.diagnostics.clone()));
        }
        Ok(())
    }
}
