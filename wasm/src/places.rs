//! Places in a mapping text as JavaScript has them; `json` writes them so. The TypeScript declarations are made from these.

use tsify::Tsify;

/// A range of the mapping text. Offsets count UTF-16 code units, as JavaScript strings and editors do.
#[derive(Tsify)]
#[expect(dead_code, reason = "it is there to be declared")]
struct Span {
    /// Offset of the first code unit.
    start: usize,
    /// Offset just past the last code unit.
    end: usize,
    /// Line of the start, counted from 1.
    line: usize,
    /// Column of the start, counted from 1, in UTF-16 code units.
    column: usize,
}

/// A replacement of one range of the mapping text.
#[derive(Tsify)]
#[expect(dead_code, reason = "it is there to be declared")]
struct TextEdit {
    /// Offset of the first code unit to replace.
    start: usize,
    /// Offset just past the last code unit to replace; the same as `start` for an insertion.
    end: usize,
    /// What to put there.
    text: String,
}

/// A mapping text that has been read.
#[derive(serde::Serialize, Tsify)]
pub(super) struct ParsedMapping<'m> {
    /// The entries that could be read, in text order.
    #[tsify(type = "Entry[]")]
    pub(super) entries: &'m [idp_group_sync::Entry],
    /// What is wrong or doubtful about the text by itself, in text order.
    #[tsify(type = "Diagnostic[]")]
    pub(super) diagnostics: &'m [idp_group_sync::Diagnostic],
}
