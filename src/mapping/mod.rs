//! The mapping language: text to entries and back.
//!
//! ```text
//! text ──lexer──▶ tokens ──parser──▶ entries + diagnostics ──format──▶ canonical text
//! ```
//!
//! Parsing never fails: it returns the entries that could be read, and diagnostics for the rest. Only *using* a mapping
//! that has errors fails. The language is described in `docs/mapping.md`.

mod complete;
mod doubtful;
mod duplicate;
mod edit;
mod entry;
mod entry_diff;
mod format;
mod lexer;
mod merge;
mod mistake;
mod name;
mod other_format;
mod overlay;
mod parser;
mod pattern;
mod quotes;
mod separators;
mod source;
mod target;
mod terms;

pub use complete::{Completion, CompletionKind, complete};
pub use edit::{AddedEntries, NewEntry, add_entries};
pub use entry::{Entry, Mapping, Source, SourceKind, Target, TargetKind, Term};
pub use entry_diff::{EntryChange, EntryDiff};
pub use format::FormatStyle;
pub use merge::{BothSides, MappingMerge, MergeConflict, merge_mappings};
pub(crate) use name::{as_source, as_target, quoted};
pub(crate) use overlay::{Overlay, has_entry, with_entry, without_entry};
pub(crate) use pattern::Pattern;
pub use source::parse_source;
pub(crate) use target::{TargetPiece, pieces};

/// The longest mapping text, in bytes of UTF-8.
pub const MAX_TEXT_BYTES: usize = 4 * 1024 * 1024;
/// The most entries one mapping may have.
pub const MAX_ENTRIES: usize = 50_000;
/// The most terms one condition may have.
pub const MAX_TERMS: usize = 16;
/// The most stars one pattern may have.
pub const MAX_STARS: usize = 9;
pub use crate::names::MAX_NAME_CHARACTERS;
