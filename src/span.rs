//! Places in a text. A place knows where it is from birth: in bytes, in UTF-16 code units, and by line and column.

use std::ops::Range;

use serde::Serialize;

/// A half-open range of the mapping text, always on character boundaries. It holds offsets in bytes, as Rust counts, and in
/// UTF-16 code units, as editors do; it is serialized with the latter, as `start`, `end`, `line` and `column`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(into = "WrittenSpan")]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(
        with = "WrittenSpan",
        description = "A range of the mapping text. Offsets count UTF-16 code units, as editors do."
    )
)]
pub struct Span {
    start: u32,
    end: u32,
    utf16_start: u32,
    utf16_end: u32,
    line: u32,
    column: u32,
}

impl Span {
    /// Behind all that stands in `text`.
    pub(crate) fn at_end(text: &str) -> Span {
        let end = Position::START.moved(text, text.len());
        end.to(end)
    }

    /// The offset of the first byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// The offset just past the last byte.
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// A number that is greater for spans that begin further back, and of those for the longer ones.
    pub(crate) fn rank(self) -> u64 {
        u64::from(self.start) << u32::BITS | u64::from(self.end)
    }

    /// The bytes of the text that the span covers.
    #[must_use]
    pub fn bytes(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The UTF-16 code units of the text that the span covers.
    #[must_use]
    pub fn utf16(self) -> Range<usize> {
        self.utf16_start as usize..self.utf16_end as usize
    }

    /// The line of the start, counted from 1; lines end at `\n`, `\r\n` or `\r`.
    #[must_use]
    pub fn line(self) -> usize {
        self.line as usize
    }

    /// The column of the start, counted from 1, in UTF-16 code units.
    #[must_use]
    pub fn column(self) -> usize {
        self.column as usize
    }

    /// The part of `text` that this span covers; empty if the span is not one of this text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.bytes()).unwrap_or("")
    }

    pub(crate) fn start_position(self) -> Position {
        Position {
            byte: self.start,
            utf16: self.utf16_start,
            line: self.line,
            column: self.column,
        }
    }

    /// From the start of this span to the end of `last`, a later one of the same text.
    pub(crate) fn to(self, last: Span) -> Span {
        Span {
            end: last.end,
            utf16_end: last.utf16_end,
            ..self
        }
    }

    /// The span of these bytes of `text`, which this one is of too. It is counted from here: the nearer, the faster.
    pub(crate) fn part(self, text: &str, bytes: Range<usize>) -> Span {
        let start = self.start_position().moved(text, bytes.start);
        start.to(start.moved(text, bytes.end))
    }
}

/// A [`Span`] as it is written.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct WrittenSpan {
    /// Offset of the first code unit.
    pub(crate) start: u32,
    /// Offset just past the last code unit.
    pub(crate) end: u32,
    /// Line of the start, counted from 1.
    line: u32,
    /// Column of the start, counted from 1, in UTF-16 code units.
    column: u32,
}

impl From<Span> for WrittenSpan {
    fn from(span: Span) -> Self {
        WrittenSpan {
            start: span.utf16_start,
            end: span.utf16_end,
            line: span.line,
            column: span.column,
        }
    }
}

/// A place between two characters of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Position {
    byte: u32,
    utf16: u32,
    line: u32,
    column: u32,
}

impl Position {
    /// Where every text begins.
    pub(crate) const START: Position = Position {
        byte: 0,
        utf16: 0,
        line: 1,
        column: 1,
    };

    /// Where the line of byte `at` of `text` begins.
    pub(crate) fn of_line(text: &str, at: usize) -> Position {
        Position::START.moved(text, line_start(text, at))
    }

    /// The offset in bytes.
    pub(crate) fn byte(self) -> usize {
        self.byte as usize
    }

    /// The span from here to `end`.
    pub(crate) fn to(self, end: Position) -> Span {
        Span {
            start: self.byte,
            end: end.byte,
            utf16_start: self.utf16,
            utf16_end: end.utf16,
            line: self.line,
            column: self.column,
        }
    }

    /// Past `passed`, which begins here and holds no line break.
    pub(crate) fn after(self, passed: &str) -> Position {
        let utf16 = utf16_length(passed);
        Position {
            byte: self.byte.saturating_add(count(passed.len())),
            utf16: self.utf16.saturating_add(utf16),
            line: self.line,
            column: self.column.saturating_add(utf16),
        }
    }

    /// Past a line break that begins here and has this many characters, which are ASCII.
    pub(crate) fn after_line_break(self, length: usize) -> Position {
        Position {
            byte: self.byte.saturating_add(count(length)),
            utf16: self.utf16.saturating_add(count(length)),
            line: self.line.saturating_add(1),
            column: 1,
        }
    }

    /// The position of the byte offset `to` of `text`, before or after this one.
    fn moved(self, text: &str, to: usize) -> Position {
        let (first, last) = (self.byte().min(to), self.byte().max(to));
        let between = text.get(first..last).unwrap_or("");
        let (utf16, lines) = (utf16_length(between), line_breaks(text, first..last));
        let is_ahead = to >= self.byte();
        let add = if is_ahead {
            u32::saturating_add
        } else {
            u32::saturating_sub
        };
        Position {
            byte: count(to),
            utf16: add(self.utf16, utf16),
            line: add(self.line, lines),
            column: if lines == 0 {
                add(self.column, utf16)
            } else {
                1 + utf16_length(text.get(line_start(text, to)..to).unwrap_or(""))
            },
        }
    }
}

/// A length or offset. That of a text of over 4 GiB, in which only its end has a place, is cut.
fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn utf16_length(text: &str) -> u32 {
    if text.is_ascii() {
        return count(text.len());
    }
    text.chars().map(|character| count(character.len_utf16())).sum()
}

/// How many lines end in these bytes of `text`.
fn line_breaks(text: &str, bytes: Range<usize>) -> u32 {
    let after = text.as_bytes().get(bytes.start..).unwrap_or(&[]);
    let ends_line = |at: &usize| match after.get(*at) {
        Some(b'\n') => true,
        Some(b'\r') => after.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    count((0..bytes.len()).filter(ends_line).count())
}

/// Where the line of byte `at` begins.
fn line_start(text: &str, at: usize) -> usize {
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    // Between the two characters of a line break is on the line that it ends.
    let before = if after.starts_with('\n') {
        before.strip_suffix('\r').unwrap_or(before)
    } else {
        before
    };
    before.rfind(['\n', '\r']).map_or(0, |line_break| line_break + 1)
}

/// The byte offset of an offset in UTF-16 code units. Past the end it is the text's length; inside a surrogate pair, the
/// character's start.
///
/// ```
/// use idp_group_sync::byte_of_utf16;
///
/// assert_eq!(byte_of_utf16("🚀 -> rockets", 3), "🚀 ".len());
/// ```
#[must_use]
pub fn byte_of_utf16(text: &str, offset: usize) -> usize {
    if text.is_ascii() {
        return offset.min(text.len());
    }
    let mut utf16 = 0;
    let after = text.char_indices().find(|(_, character)| {
        utf16 += character.len_utf16();
        utf16 > offset
    });
    after.map_or(text.len(), |(at, _)| at)
}
