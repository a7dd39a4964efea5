//! A source by itself, outside any mapping.

use super::{Entry, Mapping, Source};
use crate::diagnostic::{Diagnostic, shown};
use crate::error::GroupSyncError;

/// Reads a text that is one source: a name, a pattern or a condition, as they stand before the arrow of an entry.
///
/// # Errors
/// `invalid-input` if it is none.
///
/// ```
/// use idp_group_sync::{SourceKind, parse_source};
///
/// let source = parse_source("staff&&!contractors")?;
/// assert_eq!((source.kind, source.text.as_str()), (SourceKind::Condition, "staff && !contractors"));
/// assert!(parse_source("staff -> admin").is_err());
/// # Ok::<(), idp_group_sync::GroupSyncError>(())
/// ```
pub fn parse_source(text: &str) -> Result<Source, GroupSyncError> {
    let text = text.trim_end();
    let Mapping {
        mut entries,
        diagnostics,
        ..
    } = Mapping::parse([text, " -> target"].concat());
    // One that is all of the text, and ends with what was added.
    let is_whole = |entry: &Entry| {
        let before = text.get(..entry.span.start()).unwrap_or("");
        before.trim().is_empty() && entry.target.span.start() > text.len()
    };
    match (entries.pop(), entries.is_empty()) {
        (Some(entry), true) if is_whole(&entry) && !diagnostics.iter().any(Diagnostic::is_error) => Ok(entry.source),
        _ => Err(fault(text, &diagnostics)),
    }
}

fn fault(text: &str, diagnostics: &[Diagnostic]) -> GroupSyncError {
    let is_of_source = |diagnostic: &&Diagnostic| {
        diagnostic.is_error() && diagnostic.span.is_some_and(|span| span.end() <= text.len())
    };
    let why = diagnostics.iter().find(is_of_source);
    let why = why.map_or("this is none by itself", |diagnostic| &diagnostic.message);
    let message = format!(
        "expected a source, such as `staff && !contractors`, found {}: {why}",
        shown(text)
    );
    GroupSyncError::invalid_input("", message)
}
