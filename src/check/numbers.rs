//! The names that a mapping and a catalog hold, as numbers: so that each is compared once, for all checks.

use crate::alike::first_alike;
use crate::catalog::Catalog;
use crate::lookalike::push_near_miss_key;
use crate::mapping::{Entry, Mapping, SourceKind, TargetKind, Term};
use crate::span::Span;

/// The texts of a mapping, source and target in turn, then the names of the catalog's groups, then the terms of conditions: each
/// numbered by where it is met first.
pub(super) struct Numbers<'n> {
    entries: &'n [Entry],
    /// Each term, and the place of its entry.
    terms: Vec<(usize, &'n Term)>,
    texts: Vec<&'n str>,
    numbers: Vec<usize>,
}

/// One name.
pub(super) struct Name<'n> {
    pub(super) text: &'n str,
    pub(super) number: usize,
    /// `None` for an app group.
    pub(super) span: Option<Span>,
}

impl<'n> Numbers<'n> {
    pub(super) fn new(mapping: &'n Mapping, catalog: &'n Catalog) -> Numbers<'n> {
        let entries = mapping.entries();
        let of_entries = entries
            .iter()
            .flat_map(|entry| [entry.source.text.as_str(), &entry.target.text]);
        let of_groups = catalog.groups().map(|group| group.name.as_str());
        let terms = entries.iter().enumerate();
        let terms = terms.flat_map(|(place, entry)| entry.source.terms.iter().map(move |term| (place, term)));
        let terms: Vec<_> = terms.collect();
        let of_terms = terms.iter().map(|(_, term)| term.text.as_str());
        let texts: Vec<&str> = of_entries.chain(of_groups).chain(of_terms).collect();
        Numbers {
            entries,
            terms,
            numbers: first_alike(&texts),
            texts,
        }
    }

    /// The number of the source of the entry at `place`.
    pub(super) fn source(&self, place: usize) -> usize {
        self.number(2 * place)
    }

    /// The number of the target of the entry at `place`.
    pub(super) fn target(&self, place: usize) -> usize {
        self.number(2 * place + 1)
    }

    /// The number of the catalog's group at `place`.
    pub(super) fn group(&self, place: usize) -> usize {
        self.number(2 * self.entries.len() + place)
    }

    /// The place of the entry and the number of each term of a condition, in text order.
    pub(super) fn terms(&self) -> impl Iterator<Item = (usize, usize)> {
        let first = self.texts.len() - self.terms.len();
        let numbers = (first..).map(|place| self.number(place));
        self.terms
            .iter()
            .zip(numbers)
            .map(|((entry, _), number)| (*entry, number))
    }

    fn number(&self, place: usize) -> usize {
        self.numbers.get(place).copied().unwrap_or(place)
    }

    /// Every name of the mapping with its first place: of names that are sources or targets in text order, then of those that
    /// are only in conditions. Patterns and captures are none.
    pub(super) fn names(&self) -> impl Iterator<Item = Name<'n>> {
        let names = self
            .entries
            .iter()
            .zip(0..)
            .flat_map(|(Entry { source, target, .. }, place)| {
                let source =
                    (source.kind == SourceKind::Name).then_some((&source.text, self.source(place), source.span));
                let target =
                    (target.kind == TargetKind::Name).then_some((&target.text, self.target(place), target.span));
                source.into_iter().chain(target)
            });
        let terms = self.terms.iter().zip(self.terms());
        let terms = terms.filter(|((_, term), _)| term.kind == SourceKind::Name);
        let names = names.chain(terms.map(|((_, term), (_, number))| (&term.text, number, term.span)));
        let mut seen = vec![false; self.texts.len()];
        let mut is_new = move |number: usize| seen.get_mut(number).is_some_and(|seen| !std::mem::replace(seen, true));
        names
            .map(|(text, number, span)| Name {
                text,
                number,
                span: Some(span),
            })
            .filter(move |name| is_new(name.number))
    }

    /// By number, a number of the near-miss key, if it is the key of several names.
    pub(super) fn near_miss_keys(&self) -> Vec<Option<usize>> {
        let distinct: Vec<usize> = self
            .numbers
            .iter()
            .zip(0..)
            .filter(|(number, place)| *number == place)
            .map(|(_, place)| place)
            .collect();
        let mut keys = String::new();
        let ends = distinct.iter().map(|place| {
            let start = keys.len();
            push_near_miss_key(&mut keys, self.texts.get(*place).copied().unwrap_or_default());
            start..keys.len()
        });
        let ends: Vec<_> = ends.collect();
        let keys: Vec<&str> = ends
            .into_iter()
            .map(|range| keys.get(range).unwrap_or_default())
            .collect();
        let mut shared = vec![None; self.texts.len()];
        for (place, first) in first_alike(&keys).into_iter().enumerate() {
            if place == first {
                continue;
            }
            for number in [place, first].into_iter().filter_map(|place| distinct.get(place)) {
                if let Some(key) = shared.get_mut(*number) {
                    *key = Some(first);
                }
            }
        }
        shared
    }
}
