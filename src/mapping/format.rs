//! Entries to canonical text.

use serde::{Deserialize, Serialize};

use super::Mapping;

/// How the entries of a canonical text are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum FormatStyle {
    /// One entry a line, comments kept, no line break at the end.
    #[default]
    Line,
    /// All on one line, joined by `, `. A comment would swallow what follows it, so comments are dropped.
    Inline,
}

pub(super) fn format(mapping: &Mapping, style: FormatStyle) -> String {
    let mut text = String::with_capacity(mapping.text().len());
    let mut add = |separator: &str, what: &str| {
        if !text.is_empty() {
            text.push_str(separator);
        }
        text.push_str(what);
    };
    match style {
        FormatStyle::Inline => {
            for entry in mapping.entries() {
                add(", ", &entry.canonical());
            }
        }
        FormatStyle::Line => {
            let mut comments = mapping.comments.iter().peekable();
            for (index, entry) in mapping.entries().iter().map(Some).chain([None]).enumerate() {
                while let Some(comment) = comments.next_if(|comment| comment.entries_before == index) {
                    add(
                        if comment.trailing { ", " } else { "\n" },
                        comment.span.of(mapping.text()),
                    );
                }
                if let Some(entry) = entry {
                    add("\n", &entry.canonical());
                }
            }
        }
    }
    text
}
