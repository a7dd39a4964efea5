//! Entries to canonical text.

use serde::Deserialize;

use super::{Entry, Mapping};

/// How the entries of a canonical text are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FormatStyle {
    /// One entry a line, comments kept, no line break at the end.
    #[default]
    Line,
    /// All on one line, joined by `, `. A comment would swallow what follows it, so comments are dropped.
    Inline,
}

pub(super) fn format(mapping: &Mapping, style: FormatStyle) -> String {
    let entries = mapping.entries().iter().map(Entry::canonical);
    match style {
        FormatStyle::Inline => entries.collect::<Vec<_>>().join(", "),
        FormatStyle::Line => {
            let mut lines: Vec<String> = Vec::new();
            let mut comments = mapping.comments.iter().peekable();
            let mut take_comments = |lines: &mut Vec<String>, entries_before: usize| {
                while let Some(comment) = comments.next_if(|comment| comment.entries_before == entries_before) {
                    let text = comment.span.of(mapping.text());
                    match lines.last_mut() {
                        Some(entry) if comment.trailing => {
                            entry.push_str(", ");
                            entry.push_str(text);
                        }
                        _ => lines.push(text.to_owned()),
                    }
                }
            };
            take_comments(&mut lines, 0);
            for (index, entry) in entries.enumerate() {
                lines.push(entry);
                take_comments(&mut lines, index + 1);
            }
            lines.join("\n")
        }
    }
}
