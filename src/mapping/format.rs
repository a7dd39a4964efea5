//! Entries to canonical text.

use serde::{Deserialize, Serialize};

use super::Mapping;
use crate::span::Span;

/// How the entries of a canonical text are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum FormatStyle {
    /// One entry a line, comments kept, no line break at the end.
    #[default]
    Line,
    /// The same as a file has it: blank lines are kept, one where there are several and none at either end, and a line break ends the
    /// text.
    File,
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
        FormatStyle::Line | FormatStyle::File => {
            let mut end = 0;
            // What stands between two spans is white space and commas.
            let mut line_break = |span: Span| {
                let gap = mapping.text().get(end..span.start()).unwrap_or_default();
                end = span.end();
                let blank = style == FormatStyle::File && breaks(gap) > 1;
                if blank { "\n\n" } else { "\n" }
            };
            let mut comments = mapping.comments.iter().peekable();
            for (index, entry) in mapping.entries().iter().map(Some).chain([None]).enumerate() {
                while let Some(comment) = comments.next_if(|comment| comment.entries_before == index) {
                    let separator = line_break(comment.span);
                    add(
                        if comment.trailing { ", " } else { separator },
                        comment.span.of(mapping.text()),
                    );
                }
                if let Some(entry) = entry {
                    add(line_break(entry.span), &entry.canonical());
                }
            }
            if style == FormatStyle::File && !text.is_empty() {
                text.push('\n');
            }
        }
    }
    text
}

/// How many lines end in a text.
fn breaks(text: &str) -> usize {
    text.matches(['\n', '\r']).count() - text.matches("\r\n").count()
}
