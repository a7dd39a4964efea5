//! The names that were read, and what there is to say about them.

use super::MAX_GROUPS;
use super::fault::Fault;
use super::options::ClaimSource;
use crate::alike::first_alike;
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::names::{are_distinct, excess_length};

/// Groups read so far, of one source or several.
#[derive(Default)]
pub(super) struct Reading {
    /// In token order, not yet distinct.
    groups: Vec<String>,
    /// How many items there were, of all sources.
    count: usize,
    /// How many there were of the source that is being read.
    item: usize,
    empty: Counted,
    skipped: Counted,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Items of one source.
#[derive(Default)]
struct Counted {
    count: usize,
    /// The first of them, from 1.
    first: usize,
}

impl Counted {
    fn add(&mut self, item: usize) {
        if self.count == 0 {
            self.first = item;
        }
        self.count += 1;
    }

    /// Says how many there were: `are` what they are, and what became of them.
    #[inline(never)]
    fn report(&self, code: DiagnosticCode, claim: &str, are: [&str; 2]) -> Option<Diagnostic> {
        let Counted { count, first } = self;
        let [one, several] = are;
        let message = match count {
            0 => return None,
            1 => format!("item {first} of {claim} {one}"),
            _ => format!("{count} items of {claim}, the first being item {first}, {several}"),
        };
        let diagnostic = Diagnostic::new(code, message).param("count", count.to_string());
        Some(diagnostic.param("item", first.to_string()))
    }
}

impl Reading {
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The place of the item that is being read, from 1.
    pub(super) fn item(&self) -> usize {
        self.item
    }

    pub(super) fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    pub(super) fn groups(&self) -> &[String] {
        &self.groups
    }

    /// Goes on to the next item.
    pub(super) fn begin_item(&mut self) {
        self.count += 1;
        self.item += 1;
    }

    /// Adds a name that is an item of its own.
    pub(super) fn add(&mut self, name: &str, source: &ClaimSource) -> Result<(), Fault> {
        self.begin_item();
        self.push(name, source)
    }

    /// Adds the name of the item that is being read.
    pub(super) fn push(&mut self, name: &str, source: &ClaimSource) -> Result<(), Fault> {
        // Of values that a path with stars finds, each has few.
        if self.count > MAX_GROUPS {
            return Err(Fault::too_many(self.count));
        }
        if name.is_empty() {
            self.empty.add(self.item);
            return Ok(());
        }
        let name = [source.prefix.as_str(), name].concat();
        match excess_length(&name) {
            Some(characters) => Err(Fault::overlong(characters)),
            None => {
                self.groups.push(name);
                Ok(())
            }
        }
    }

    /// Leaves out the item that is being read.
    pub(super) fn skip(&mut self) {
        self.skipped.add(self.item);
    }

    /// Ends a source, which a sentence calls `claim`.
    pub(super) fn end_source(&mut self, claim: &str) {
        let are = [
            "is an empty name, which was left out",
            "are empty names, which were left out",
        ];
        let empty = self.empty.report(DiagnosticCode::ClaimEmptyItem, claim, are);
        let are = [
            "is the LDAP name of something else than a group, which was left out",
            "are LDAP names of something else than groups, which were left out",
        ];
        let skipped = self.skipped.report(DiagnosticCode::ClaimItemSkipped, claim, are);
        self.diagnostics.extend(empty.into_iter().chain(skipped));
        self.item = 0;
        self.empty = Counted::default();
        self.skipped = Counted::default();
    }

    /// The groups, each once, and what there is to say.
    pub(super) fn finish(self) -> (Vec<String>, Vec<Diagnostic>) {
        let Reading {
            mut groups,
            diagnostics,
            ..
        } = self;
        if !are_distinct(groups.iter().map(String::as_str)) {
            let names: Vec<&str> = groups.iter().map(String::as_str).collect();
            let mut first = first_alike(&names).into_iter().enumerate();
            groups.retain(|_| first.next().is_none_or(|(place, first)| place == first));
        }
        (groups, diagnostics)
    }
}
