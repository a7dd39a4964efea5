//! A mapping that follows another text, but for some entries.

use rustc_hash::FxHashSet;

use super::edit::appended;
use super::{Entry, Mapping};
use crate::diagnostic::{Diagnostic, DiagnosticCode, edited, shown};

/// A text that follows another one, read.
#[derive(Clone, Debug)]
pub(crate) struct Overlay {
    /// One text that says the same: the other one in which some entries are cut out, with those of its own behind it.
    pub(crate) mapping: Mapping,
    /// The entries of `mapping`, each as it stands in the text that it comes from. They are fewer if a text has errors.
    pub(crate) entries: Vec<Entry>,
    /// How many of them, the first ones, come from the text that is followed.
    pub(crate) followed: usize,
    /// What is wrong or doubtful about the entries that are left out, in their text.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Overlay {
    /// The entries of `followed` that do not stand in `without`, and those of `add`.
    pub(crate) fn new(followed: &str, without: &str, add: &str) -> Overlay {
        let without = Mapping::parse(without);
        let left_out: FxHashSet<String> = without.entries.iter().map(Entry::key).collect();
        let mut found = FxHashSet::default();
        let mut cuts: Vec<std::ops::Range<usize>> = Vec::new();
        let mut entries = Mapping::parse(followed).entries;
        entries.retain(|entry| {
            let key = entry.key();
            let stays = !left_out.contains(&key);
            if !stays {
                let cut = entry.bytes_with_separator(followed);
                match cuts.last_mut() {
                    Some(last) if cut.start <= last.end => last.end = cut.end.max(last.end),
                    _ => cuts.push(cut),
                }
                found.insert(key);
            }
            stays
        });
        let mut text = edited(followed, cuts.into_iter().map(|bytes| (bytes, "")));
        if !add.trim().is_empty() {
            let added = appended(&text, &[add.to_owned()]);
            text.extend(added);
        }
        let count = entries.len();
        entries.extend(Mapping::parse(add).entries);
        let mut diagnostics = without.diagnostics;
        let nothing = without.entries.iter().filter(|entry| !found.contains(&entry.key()));
        diagnostics.extend(nothing.map(without_nothing));
        Overlay {
            mapping: Mapping::parse(text),
            entries,
            followed: count,
            diagnostics,
        }
    }

    /// Whether a text has a mistake that keeps the mapping from running.
    pub(crate) fn has_errors(&self) -> bool {
        self.mapping.has_errors() || self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Whether an entry stands in a text, in whatever form.
pub(crate) fn has_entry(text: &str, entry: &str) -> bool {
    let overlay = Overlay::new(text, entry, "");
    !overlay
        .diagnostics
        .iter()
        .any(|found| found.code == DiagnosticCode::WithoutNothing)
}

/// The text with an entry behind it.
pub(crate) fn with_entry(text: &str, entry: &str) -> String {
    let added = appended(text, &[entry.to_owned()]);
    format!("{text}{}", added.unwrap_or_default())
}

/// The text without an entry; empty if only white space is left.
pub(crate) fn without_entry(text: &str, entry: &str) -> String {
    let left = Overlay::new(text, entry, "").mapping.text().to_owned();
    if left.trim().is_empty() { String::new() } else { left }
}

fn without_nothing(entry: &Entry) -> Diagnostic {
    let entry_text = entry.canonical();
    let message = format!("there is no entry {} to be without", shown(&entry_text));
    Diagnostic::new(DiagnosticCode::WithoutNothing, message)
        .at(entry.span)
        .param("entry", entry_text)
        .help("the mapping that is followed may have changed; if it has the entry in another form, leave out that one")
}
