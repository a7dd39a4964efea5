//! Places in a text: byte spans, and the index that turns them into lines, columns and UTF-16 offsets.

use std::borrow::Cow;

use serde::Serialize;

/// A half-open range of **bytes** of the mapping text, always on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset just past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }

    /// The part of `text` that this span covers; empty if the span is not one of this text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// The span without the white space at both ends of the text it covers.
    #[must_use]
    pub(crate) fn trimmed(self, text: &str) -> Span {
        let covered = self.of(text);
        let start = self.end - covered.trim_start().len();
        let trimmed = covered.trim();
        Span::new(start, start + trimmed.len())
    }
}

/// Where a byte offset is, for people and for editors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Offset in UTF-16 code units, as JavaScript strings and editors count.
    pub utf16: usize,
    /// 1-based line; lines end at `\n`, `\r\n` or `\r`.
    pub line: usize,
    /// 1-based column in UTF-16 code units.
    pub column: usize,
}

/// How many bytes lie between two remembered offsets: bounds the work of one look-up, however long a line is.
const STRIDE: usize = 256;

/// Translates between byte offsets and lines, columns and UTF-16 offsets of one text.
#[derive(Debug)]
pub struct LineIndex<'t> {
    text: Cow<'t, str>,
    /// In ASCII a byte is a UTF-16 code unit, so there is nothing to translate.
    is_ascii: bool,
    line_starts: Vec<usize>,
    /// `(byte, utf16)` of a character boundary, about every [`STRIDE`] bytes.
    checkpoints: Vec<(usize, usize)>,
}

impl<'t> LineIndex<'t> {
    /// Reads `text` once.
    #[must_use]
    pub fn new(text: impl Into<Cow<'t, str>>) -> Self {
        let text = text.into();
        let is_ascii = text.is_ascii();
        let mut line_starts = vec![0];
        let mut checkpoints = vec![(0, 0)];
        let mut utf16 = 0;
        let mut next_checkpoint = STRIDE;
        let mut characters = text.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            if !is_ascii && at >= next_checkpoint {
                checkpoints.push((at, utf16));
                next_checkpoint = at + STRIDE;
            }
            utf16 += character.len_utf16();
            let ends_line = match character {
                '\n' => true,
                '\r' => characters.peek().is_none_or(|(_, next)| *next != '\n'),
                _ => false,
            };
            if ends_line {
                line_starts.push(at + character.len_utf8());
            }
        }
        LineIndex {
            text,
            is_ascii,
            line_starts,
            checkpoints,
        }
    }

    /// The position of a byte offset. An offset past the end, or inside a character, is moved back to the nearest boundary.
    #[must_use]
    pub fn position(&self, byte: usize) -> Position {
        let line = self.line_starts.partition_point(|start| *start <= byte).max(1);
        let line_start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        let utf16 = self.utf16_of(byte);
        Position {
            utf16,
            line,
            column: utf16 - self.utf16_of(line_start) + 1,
        }
    }

    fn utf16_of(&self, byte: usize) -> usize {
        if self.is_ascii {
            return byte.min(self.text.len());
        }
        let after = self.checkpoints.partition_point(|(at, _)| *at <= byte);
        let (from, mut utf16) = self.checkpoints.get(after.saturating_sub(1)).copied().unwrap_or((0, 0));
        for (at, character) in self.text.get(from..).unwrap_or("").char_indices() {
            if from + at + character.len_utf8() > byte {
                break;
            }
            utf16 += character.len_utf16();
        }
        utf16
    }

    /// The byte offset of a UTF-16 offset. Past the end it is the text's length; inside a surrogate pair, the character's start.
    #[must_use]
    pub fn byte_of_utf16(&self, offset: usize) -> usize {
        if self.is_ascii {
            return offset.min(self.text.len());
        }
        let after = self.checkpoints.partition_point(|(_, utf16)| *utf16 <= offset);
        let (from, mut utf16) = self.checkpoints.get(after.saturating_sub(1)).copied().unwrap_or((0, 0));
        for (at, character) in self.text.get(from..).unwrap_or("").char_indices() {
            utf16 += character.len_utf16();
            if utf16 > offset {
                return from + at;
            }
        }
        self.text.len()
    }

    /// The 1-based line's text without its line break; `None` if there is no such line.
    #[must_use]
    pub fn line(&self, line: usize) -> Option<&str> {
        let start = *self.line_starts.get(line.checked_sub(1)?)?;
        let end = self.line_starts.get(line).copied().unwrap_or(self.text.len());
        Some(self.text.get(start..end)?.trim_end_matches(['\n', '\r']))
    }
}
