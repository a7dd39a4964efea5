//! Two versions that were made of one mapping, merged entry by entry.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::edit::{appended, line_break_of};
use super::{Entry, Mapping};
use crate::diagnostic::edited;
use crate::error::GroupSyncError;

/// What two versions come to together. Entries are given in canonical form, `source -> target`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct MappingMerge {
    /// The merged text: mine, with what theirs changed.
    pub mapping: String,
    /// The entries that each version has and the common one has not.
    pub added: BothSides,
    /// The entries of the common version that each has no longer.
    pub removed: BothSides,
    /// The sources whose entries both versions changed, and not alike. In `mapping` their entries are mine.
    pub conflicts: Vec<MergeConflict>,
}

/// Entries of each version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct BothSides {
    /// Of the version that is kept where they disagree.
    pub mine: Vec<String>,
    /// Of the other version.
    pub theirs: Vec<String>,
}

/// A source whose entries both versions changed, and not alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct MergeConflict {
    /// The source in canonical form.
    pub source: String,
    /// Its entries in the common version.
    pub base: Vec<String>,
    /// Its entries in my version.
    pub mine: Vec<String>,
    /// Its entries in their version.
    pub theirs: Vec<String>,
}

/// One version: its entries in canonical form, each once.
struct Version<'m> {
    mapping: &'m Mapping,
    /// One for each entry of the mapping.
    canonical: Vec<String>,
    distinct: Vec<&'m Entry>,
    names: FxHashSet<String>,
    by_source: FxHashMap<String, Vec<String>>,
}

impl<'m> Version<'m> {
    fn new(mapping: &'m Mapping) -> Self {
        let mut version = Version {
            mapping,
            canonical: mapping.entries().iter().map(Entry::canonical).collect(),
            distinct: Vec::new(),
            names: FxHashSet::default(),
            by_source: FxHashMap::default(),
        };
        for (entry, canonical) in mapping.entries().iter().zip(&version.canonical) {
            if version.names.insert(canonical.clone()) {
                version.distinct.push(entry);
                let of_source = version.by_source.entry(entry.source.canonical()).or_default();
                of_source.push(canonical.clone());
            }
        }
        version
    }

    /// Its entries that `other` has not.
    fn without(&self, other: &Version) -> Vec<String> {
        let entries = self.distinct.iter().map(|entry| entry.canonical());
        entries.filter(|entry| !other.names.contains(entry)).collect()
    }

    /// Its entries of one source.
    fn entries_of(&self, source: &str) -> &[String] {
        self.by_source.get(source).map_or(&[], Vec::as_slice)
    }

    /// Whether both say the same about a source.
    fn agrees_with(&self, other: &Version, source: &str) -> bool {
        let (here, there) = (self.entries_of(source), other.entries_of(source));
        here.len() == there.len() && here.iter().all(|entry| other.names.contains(entry))
    }
}

/// Merges two versions that were made of `base`: what either added is there, and what either removed is not. Entries are
/// compared by what they say, not by how they are written. Where both changed the entries of one source and did not
/// change them alike, mine stay, and the conflict is reported. The text is mine, edited in place; what theirs added stands
/// behind the entry that it follows there, with the comments that theirs added.
///
/// # Errors
/// `invalid-mapping` with the path `base`, `mine` or `theirs` if that text has errors.
///
/// ```
/// use idp_group_sync::{Mapping, merge_mappings};
///
/// let version = |text: &str| Mapping::parse(text);
/// let (base, mine) = (version("Ops -> admin"), version("# ours\nOps -> admin\nAlpha -> sales"));
/// let merge = merge_mappings(&base, &mine, &version("Beta -> sales"))?;
/// assert_eq!(merge.mapping, "# ours\nAlpha -> sales\nBeta -> sales");
/// assert!(merge.conflicts.is_empty());
/// # Ok::<(), idp_group_sync::GroupSyncError>(())
/// ```
pub fn merge_mappings(base: &Mapping, mine: &Mapping, theirs: &Mapping) -> Result<MappingMerge, GroupSyncError> {
    for (mapping, name) in [(base, "base"), (mine, "mine"), (theirs, "theirs")] {
        mapping.require_valid().map_err(|error| error.within(name))?;
    }
    let (base, mine, theirs) = (Version::new(base), Version::new(mine), Version::new(theirs));
    let conflicts = conflicts(&base, &mine, &theirs);
    let mapping = if mine.mapping.text() == base.mapping.text() {
        theirs.mapping.text().to_owned()
    } else {
        merged(&base, &mine, &theirs, &conflicts)
    };
    Ok(MappingMerge {
        mapping,
        added: BothSides {
            mine: mine.without(&base),
            theirs: theirs.without(&base),
        },
        removed: BothSides {
            mine: base.without(&mine),
            theirs: base.without(&theirs),
        },
        conflicts,
    })
}

/// In the order in which the sources stand in mine, and then in theirs.
fn conflicts(base: &Version, mine: &Version, theirs: &Version) -> Vec<MergeConflict> {
    let mut seen = FxHashSet::default();
    let mut conflicts = Vec::new();
    for entry in mine.distinct.iter().chain(&theirs.distinct) {
        let source = entry.source.canonical();
        if !seen.insert(source.clone())
            || base.agrees_with(mine, &source)
            || base.agrees_with(theirs, &source)
            || mine.agrees_with(theirs, &source)
        {
            continue;
        }
        conflicts.push(MergeConflict {
            base: base.entries_of(&source).to_vec(),
            mine: mine.entries_of(&source).to_vec(),
            theirs: theirs.entries_of(&source).to_vec(),
            source,
        });
    }
    conflicts
}

fn merged(base: &Version, mine: &Version, theirs: &Version, conflicts: &[MergeConflict]) -> String {
    let disputed: FxHashSet<&str> = conflicts.iter().map(|conflict| conflict.source.as_str()).collect();
    let is_disputed = |entry: &Entry| disputed.contains(entry.source.canonical().as_str());
    let text = mine.mapping.text();

    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    // Where the line of an entry ends that stays.
    let mut line_ends: FxHashMap<&str, usize> = FxHashMap::default();
    let mut line_end = 0;
    for (entry, canonical) in mine.mapping.entries().iter().zip(&mine.canonical) {
        if base.names.contains(canonical) && !theirs.names.contains(canonical) && !is_disputed(entry) {
            let cut = entry.bytes_with_separator(text);
            match edits.last_mut() {
                Some((last, _)) if cut.start <= last.end => last.end = cut.end.max(last.end),
                _ => edits.push((cut, String::new())),
            }
        } else if !line_ends.contains_key(canonical.as_str()) {
            // Looked for once a line, as a line may hold every entry there is.
            let end = entry.span.end();
            if line_end < end {
                let rest = text.get(end..).unwrap_or("");
                line_end = end + rest.find(['\n', '\r']).unwrap_or(rest.len());
            }
            line_ends.insert(canonical, line_end);
        }
    }

    let line_break = line_break_of(text)
        .or(line_break_of(theirs.mapping.text()))
        .unwrap_or("\n");
    let mut at_end = Vec::new();
    let mut added = Vec::new();
    for (place, lines) in insertions(base, mine, theirs, is_disputed) {
        match place.and_then(|entry| line_ends.get(entry.as_str())) {
            None => at_end.extend(lines),
            Some(end) => {
                // The end of the line may go too, together with the next line.
                let removal = edits.get(edits.partition_point(|(cut, _)| cut.end <= *end));
                let end = removal.map_or(*end, |(cut, _)| cut.start.min(*end));
                let lines = lines.iter().map(|line| format!("{line_break}{line}"));
                added.push((end..end, lines.collect()));
            }
        }
    }
    edits.extend(added);
    // Stable: what is inserted at one place keeps its order.
    edits.sort_by_key(|(bytes, _)| (bytes.start, bytes.end));
    let edits = edits.iter().map(|(bytes, text)| (bytes.clone(), text.as_str()));
    let mut result = edited(text, edits);
    result.extend(appended(&result, &at_end));
    result
}

/// What theirs added, as lines: those behind each entry of theirs that mine has too, and first those before any.
fn insertions(
    base: &Version,
    mine: &Version,
    theirs: &Version,
    is_disputed: impl Fn(&Entry) -> bool,
) -> Vec<(Option<String>, Vec<String>)> {
    let mut known_comments = FxHashSet::default();
    for mapping in [base.mapping, mine.mapping] {
        for comment in &mapping.comments {
            known_comments.insert(comment.span.of(mapping.text()));
        }
    }
    let mut found = Vec::new();
    let (mut place, mut lines) = (None, Vec::<String>::new());
    let mut written = FxHashSet::default();
    let mut ends_with_entry = false;
    let mut comments = theirs.mapping.comments.iter().peekable();
    let entries = theirs.mapping.entries().iter().zip(&theirs.canonical);
    for (index, entry) in entries.map(Some).chain([None]).enumerate() {
        while let Some(comment) = comments.next_if(|comment| comment.entries_before == index) {
            let text = comment.span.of(theirs.mapping.text());
            if known_comments.insert(text) {
                match lines.last_mut() {
                    Some(line) if comment.trailing && ends_with_entry => *line = format!("{line}, {text}"),
                    _ => lines.push(text.to_owned()),
                }
            }
            ends_with_entry = false;
        }
        let Some((entry, canonical)) = entry else { continue };
        ends_with_entry = false;
        if mine.names.contains(canonical) {
            found.push((place, lines));
            (place, lines) = (Some(canonical.clone()), Vec::new());
        } else if !base.names.contains(canonical) && !is_disputed(entry) && written.insert(canonical) {
            lines.push(canonical.clone());
            ends_with_entry = true;
        }
    }
    found.push((place, lines));
    found.retain(|(_, lines)| !lines.is_empty());
    found
}
