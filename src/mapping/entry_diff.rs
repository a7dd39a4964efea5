//! Two versions of a mapping, compared entry by entry, by what they say.

use rustc_hash::FxHashSet;
use serde::Serialize;

use super::Mapping;
use super::merge::{Version, said};

/// What a later mapping says otherwise than an earlier one. Entries and names are in canonical form, in the order of the later
/// text, and then in that of the earlier one. Of a text with errors, what can be read is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EntryDiff {
    /// The entries that are new.
    pub added: Vec<String>,
    /// The entries that are gone.
    pub removed: Vec<String>,
    /// The sources that lead elsewhere.
    pub changed: Vec<EntryChange>,
    /// Whether the texts differ, but in no entry: in comments, order, spelling, or what cannot be read.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "schema", schemars(extend("const" = true)))]
    pub rewritten: bool,
}

/// A source that leads elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EntryChange {
    /// The source.
    pub source: String,
    /// The targets that it no longer leads to.
    pub before: Vec<String>,
    /// The targets that it leads to now, and did not before.
    pub after: Vec<String>,
}

impl EntryDiff {
    /// What becomes of the entries of `before` if `after` takes its place.
    #[inline(never)]
    pub(crate) fn new(before: &str, after: &str) -> EntryDiff {
        let mut diff = EntryDiff::default();
        if before == after {
            return diff;
        }
        let (before, after) = (Mapping::parse(before), Mapping::parse(after));
        let (said_before, said_after) = (said(&before), said(&after));
        let (before, after) = (Version::new(&before, &said_before), Version::new(&after, &said_after));
        let mut seen = FxHashSet::default();
        for said in after.distinct.iter().chain(&before.distinct) {
            if !seen.insert(&*said.source) {
                continue;
            }
            let (gone, new) = (
                before.only_here(&after, &said.source),
                after.only_here(&before, &said.source),
            );
            if gone.is_empty() || new.is_empty() {
                diff.removed.extend(gone.iter().map(|entry| entry.canonical()));
                diff.added.extend(new.iter().map(|entry| entry.canonical()));
            } else {
                diff.changed.push(EntryChange {
                    source: said.as_written.source.canonical().into_owned(),
                    before: gone.iter().map(|entry| entry.canonical_target()).collect(),
                    after: new.iter().map(|entry| entry.canonical_target()).collect(),
                });
            }
        }
        diff.rewritten = diff == EntryDiff::default();
        diff
    }
}
