//! Changing a text in place: what is not changed stands as it stood, mistakes and comments included.

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::{MAX_NAME_CHARACTERS, Mapping, as_source, as_target};
use crate::diagnostic::TextEdit;
use crate::error::GroupSyncError;
use crate::span::Span;

/// An entry to be written: exactly this IdP group gets exactly this role or custom group.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewEntry {
    /// The name of the IdP group, as the token has it.
    pub source: String,
    /// The name of the role or custom group.
    pub target: String,
}

/// A text with entries added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AddedEntries {
    /// The text with the entries.
    pub mapping: String,
    /// What makes it of the text that was given: one insertion, or nothing where every entry stands there already.
    pub edits: Vec<TextEdit>,
}

/// `text` with entries added at its end, each on a line of its own, and the names in them quoted where they have to be. An
/// entry that stands in the text already is not added again. All else stays as it is, whether it can be read or not.
///
/// # Errors
/// `invalid-input` with a path such as `entries[0].source` if a name is empty or over [`MAX_NAME_CHARACTERS`].
///
/// ```
/// use idp_group_sync::{NewEntry, add_entries};
///
/// let entry = NewEntry { source: "Sales, North".to_owned(), target: "sales".to_owned() };
/// let added = add_entries("not finished ->", &[entry])?;
/// assert_eq!(added.mapping, "not finished ->\n\"Sales, North\" -> sales");
/// # Ok::<(), idp_group_sync::GroupSyncError>(())
/// ```
pub fn add_entries(text: &str, entries: &[NewEntry]) -> Result<AddedEntries, GroupSyncError> {
    let mapping = Mapping::parse(text);
    let mut present = FxHashSet::default();
    for entry in mapping.entries() {
        present.insert(entry.key());
    }
    let mut lines = Vec::new();
    for (index, NewEntry { source, target }) in entries.iter().enumerate() {
        for (field, name) in [("source", source), ("target", target)] {
            require_name(name).map_err(|error| error.within(field).within(&format!("entries[{index}]")))?;
        }
        let line = format!("{} -> {}", as_source(source), as_target(target));
        if present.insert(line.clone()) {
            lines.push(line);
        }
    }
    let addition = appended(text, &lines);
    let mapping = format!("{text}{}", addition.as_deref().unwrap_or(""));
    let insertion = |text_added| TextEdit {
        span: Span::at_end(text),
        text: text_added,
    };
    Ok(AddedEntries {
        mapping,
        edits: addition.map(insertion).into_iter().collect(),
    })
}

fn require_name(name: &str) -> Result<(), GroupSyncError> {
    let characters = name.chars().count();
    let message = match characters {
        0 => "expected a name, found an empty string".to_owned(),
        1..=MAX_NAME_CHARACTERS => return Ok(()),
        _ => format!("a name has at most {MAX_NAME_CHARACTERS} characters; this one has {characters}"),
    };
    Err(GroupSyncError::invalid_input("", message))
}

/// What is to stand behind `text` to add `lines` to it.
pub(super) fn appended(text: &str, lines: &[String]) -> Option<String> {
    if lines.is_empty() {
        return None;
    }
    let line_break = line_break_of(text).unwrap_or("\n");
    let first = if text.is_empty() || text.ends_with(['\n', '\r']) {
        ""
    } else {
        line_break
    };
    Some(format!("{first}{}", lines.join(line_break)))
}

/// The line break that `text` has first.
pub(super) fn line_break_of(text: &str) -> Option<&str> {
    let rest = text.get(text.find(['\n', '\r'])?..)?;
    rest.get(..if rest.starts_with("\r\n") { 2 } else { 1 })
}
