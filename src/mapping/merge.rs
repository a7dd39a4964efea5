//! Two versions that were made of one mapping, merged entry by entry.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::edit::{appended, line_break_of};
use super::{Entry, Mapping};
use crate::diagnostic::edited;
use crate::error::GroupSyncError;

/// What two versions come to together. Entries are given in canonical form, `source -> target`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BothSides {
    /// Of the version that is kept where they disagree.
    pub mine: Vec<String>,
    /// Of the other version.
    pub theirs: Vec<String>,
}

/// A source whose entries both versions changed, and not alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

/// What an entry says, in a form that two of them share if they say the same.
pub(super) struct Said<'m> {
    pub(super) source: Cow<'m, str>,
    entry: String,
    pub(super) as_written: &'m Entry,
}

pub(super) fn said(mapping: &Mapping) -> Vec<Said<'_>> {
    let entries = mapping.entries().iter().map(|entry| Said {
        source: entry.source.key(),
        entry: entry.key(),
        as_written: entry,
    });
    entries.collect()
}

/// One version: what its entries say, each once.
pub(super) struct Version<'m> {
    mapping: &'m Mapping,
    /// One for each entry of the mapping.
    said: &'m [Said<'m>],
    pub(super) distinct: Vec<&'m Said<'m>>,
    names: FxHashSet<&'m str>,
    /// Places in [`Version::entries`].
    by_source: FxHashMap<&'m str, usize>,
    entries: Vec<Vec<&'m Said<'m>>>,
}

impl<'m> Version<'m> {
    pub(super) fn new(mapping: &'m Mapping, said: &'m [Said<'m>]) -> Self {
        let mut version = Version {
            mapping,
            said,
            distinct: Vec::new(),
            names: FxHashSet::default(),
            by_source: FxHashMap::default(),
            entries: Vec::new(),
        };
        for said in said {
            if version.names.insert(&said.entry) {
                version.distinct.push(said);
                let next = version.entries.len();
                let place = *version.by_source.entry(&said.source).or_insert(next);
                match version.entries.get_mut(place) {
                    Some(entries) => entries.push(said),
                    None => version.entries.push(vec![said]),
                }
            }
        }
        version
    }

    /// Its entries that `other` has not.
    fn without(&self, other: &Version) -> Vec<String> {
        let entries = self.distinct.iter();
        let missing = entries.filter(|said| !other.names.contains(said.entry.as_str()));
        missing.map(|said| said.as_written.canonical()).collect()
    }

    /// Its entries of one source.
    fn entries_of(&self, source: &str) -> &[&'m Said<'m>] {
        let place = self.by_source.get(source);
        let entries = place.and_then(|place| self.entries.get(*place));
        entries.map_or(&[], Vec::as_slice)
    }

    /// Its entries of one source that `other` has not.
    pub(super) fn only_here(&self, other: &Version, source: &str) -> Vec<&'m Entry> {
        let entries = self.entries_of(source).iter();
        let missing = entries.filter(|said| !other.names.contains(said.entry.as_str()));
        missing.map(|said| said.as_written).collect()
    }

    /// Whether both say the same about a source.
    fn agrees_with(&self, other: &Version, source: &str) -> bool {
        let (here, there) = (self.entries_of(source), other.entries_of(source));
        here.len() == there.len() && here.iter().all(|said| other.names.contains(said.entry.as_str()))
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
    let (base_said, mine_said, their_said) = (said(base), said(mine), said(theirs));
    let base = Version::new(base, &base_said);
    let mine = Version::new(mine, &mine_said);
    let theirs = Version::new(theirs, &their_said);
    let (disputed, conflicts) = conflicts(&base, &mine, &theirs);
    let mapping = if mine.mapping.text() == base.mapping.text() {
        theirs.mapping.text().to_owned()
    } else {
        merged(&base, &mine, &theirs, &disputed)
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

/// What the sources say about which they disagree, and the conflicts: in the order in which they stand in mine, and then in theirs.
fn conflicts<'m>(base: &Version, mine: &Version<'m>, theirs: &Version<'m>) -> (FxHashSet<&'m str>, Vec<MergeConflict>) {
    let mut seen = FxHashSet::default();
    let (mut disputed, mut conflicts) = (FxHashSet::default(), Vec::new());
    for said in mine.distinct.iter().chain(&theirs.distinct) {
        let source = &*said.source;
        if !seen.insert(source)
            || base.agrees_with(mine, source)
            || base.agrees_with(theirs, source)
            || mine.agrees_with(theirs, source)
        {
            continue;
        }
        let entries_in = |version: &Version| {
            let entries = version.entries_of(source).iter();
            entries.map(|said| said.as_written.canonical()).collect()
        };
        disputed.insert(source);
        conflicts.push(MergeConflict {
            base: entries_in(base),
            mine: entries_in(mine),
            theirs: entries_in(theirs),
            source: said.as_written.source.canonical().into_owned(),
        });
    }
    (disputed, conflicts)
}

fn merged(base: &Version, mine: &Version, theirs: &Version, disputed: &FxHashSet<&str>) -> String {
    let is_disputed = |said: &Said| disputed.contains(&*said.source);
    let text = mine.mapping.text();

    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    // Where the line of an entry ends that stays.
    let mut line_ends: FxHashMap<&str, usize> = FxHashMap::default();
    let mut line_end = 0;
    for (entry, said) in mine.mapping.entries().iter().zip(mine.said) {
        let canonical = said.entry.as_str();
        if base.names.contains(canonical) && !theirs.names.contains(canonical) && !is_disputed(said) {
            let cut = entry.bytes_with_separator(text);
            match edits.last_mut() {
                Some((last, _)) if cut.start <= last.end => last.end = cut.end.max(last.end),
                _ => edits.push((cut, String::new())),
            }
        } else if !line_ends.contains_key(canonical) {
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
        match place.and_then(|entry| line_ends.get(entry)) {
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
    edits.sort_by_cached_key(|(bytes, _)| (bytes.start as u64) << u32::BITS | bytes.end as u64);
    let edits = edits.iter().map(|(bytes, text)| (bytes.clone(), text.as_str()));
    let mut result = edited(text, edits);
    result.extend(appended(&result, &at_end));
    result
}

/// What theirs added, as lines: those behind each entry of theirs that mine has too, and first those before any.
fn insertions<'m>(
    base: &Version,
    mine: &Version,
    theirs: &Version<'m>,
    is_disputed: impl Fn(&Said) -> bool,
) -> Vec<(Option<&'m str>, Vec<String>)> {
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
    for (index, said) in theirs.said.iter().map(Some).chain([None]).enumerate() {
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
        let Some(said) = said else { continue };
        let canonical = said.entry.as_str();
        ends_with_entry = false;
        if mine.names.contains(canonical) {
            found.push((place, lines));
            (place, lines) = (Some(canonical), Vec::new());
        } else if !base.names.contains(canonical) && !is_disputed(said) && written.insert(canonical) {
            lines.push(said.as_written.canonical());
            ends_with_entry = true;
        }
    }
    found.push((place, lines));
    found.retain(|(_, lines)| !lines.is_empty());
    found
}
