//! What a grant asks for, and the fewest IdP groups that meet it.

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashSet;

use super::capture::Captured;
use crate::budget::Budget;
use crate::mapping::{Pattern, Source, SourceKind};
use crate::names::excess_length;
use crate::policy::{Compare, compared};

/// A conjunction: all of this has to hold for the IdP groups of one user.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Demand<'m> {
    /// Names that have to be there.
    pub(crate) present: Vec<&'m str>,
    /// Patterns of which each has to match one that is there.
    pub(crate) matching: Vec<&'m str>,
    /// What one has to be turned into.
    pub(crate) captured: Option<Captured<'m>>,
    /// Names that must not be there.
    pub(crate) absent: Vec<&'m str>,
    /// Patterns that must not match any that is there.
    pub(crate) unmatched: Vec<&'m str>,
}

impl<'m> Demand<'m> {
    pub(crate) fn add(&mut self, text: &'m str, kind: SourceKind, excluded: bool) {
        match (kind, excluded) {
            (SourceKind::Pattern, false) => self.matching.push(text),
            (SourceKind::Pattern, true) => self.unmatched.push(text),
            (_, false) => self.present.push(text),
            (_, true) => self.absent.push(text),
        }
    }

    /// Adds the terms of a source.
    pub(super) fn add_source(&mut self, source: &'m Source) {
        if source.kind != SourceKind::Condition {
            self.add(&source.text, source.kind, false);
        }
        for term in &source.terms {
            self.add(&term.text, term.kind, term.excluded);
        }
    }

    /// About how many characters have to be looked at to meet it.
    fn effort(&self) -> usize {
        let texts = [&self.present, &self.matching].into_iter().flatten();
        let length: usize = texts.map(|text| text.len() + 16).sum();
        length.saturating_mul(1 + self.absent.len() + self.unmatched.len() + self.matching.len())
    }

    /// IdP groups that meet it, of which none can be left out. None of them is `forbidden`. `None` if there are none, or if it
    /// would take too long to tell.
    pub(crate) fn meet(
        &self,
        forbidden: &FxHashSet<&str>,
        inventor: &Inventor<'_>,
        budget: &mut Budget,
    ) -> Option<Vec<String>> {
        budget.spend(self.effort())?;
        let unmatched: Vec<Pattern> = self.unmatched.iter().map(|text| Pattern::new(text)).collect();
        let is_allowed = |name: &str| {
            !name.is_empty()
                && inventor.is_as_compared(name)
                && excess_length(name).is_none()
                && !forbidden.contains(name)
                && !self.absent.contains(&name)
                && !unmatched.iter().any(|pattern| pattern.matches(name))
        };
        let mut groups: Vec<String> = Vec::new();
        for name in &self.present {
            if !is_allowed(name) {
                return None;
            }
            if !groups.iter().any(|group| group == name) {
                groups.push((*name).to_owned());
            }
        }
        if let Some(captured) = &self.captured {
            // One that is there anyway, or else any.
            if !groups.iter().any(|name| captured.takes(name)) {
                groups.push(captured.member(inventor, &is_allowed, budget)?);
            }
        }
        // Each is made for the patterns beside it.
        let mut invented: Vec<(Vec<&str>, String)> = Vec::new();
        for text in &self.matching {
            let pattern = Pattern::new(text);
            if groups.iter().any(|name| pattern.matches(name)) {
                continue;
            }
            let common = invented.iter_mut().find_map(|(patterns, name)| {
                let other = common(patterns, text, inventor, &is_allowed, budget)?;
                patterns.push(text);
                *name = other;
                Some(())
            });
            if common.is_none() {
                let name = inventor.name(&|character| text.replace('*', character), budget)?;
                if !is_allowed(&name) {
                    return None;
                }
                invented.push((vec![text], name));
            }
        }
        groups.extend(invented.into_iter().map(|(_, name)| name));
        Some(groups)
    }
}

/// A name that all of these patterns match.
fn common(
    patterns: &[&str],
    other: &str,
    inventor: &Inventor<'_>,
    is_allowed: &dyn Fn(&str) -> bool,
    budget: &mut Budget,
) -> Option<String> {
    let mut patterns: Vec<&str> = patterns.iter().copied().chain([other]).collect();
    // What stands between the stars of one comes before that of the next; in another order, other patterns match.
    for attempt in 0..4 {
        let joining = match attempt {
            0 => patterns.get(..patterns.len() - 1).unwrap_or_default(),
            1 => patterns.get(patterns.len() - 1..).unwrap_or_default(),
            _ => &patterns,
        };
        let name = inventor.name(&|character| joined(joining, character), budget)?;
        budget.spend(name.len().saturating_mul(patterns.len()))?;
        if is_allowed(&name) && patterns.iter().all(|pattern| Pattern::new(pattern).matches(&name)) {
            return Some(name);
        }
        if attempt == 2 {
            patterns.reverse();
        }
    }
    None
}

fn joined(patterns: &[&str], character: &str) -> String {
    let (mut start, mut inner, mut end) = ("", String::from(character), "");
    for pattern in patterns {
        let mut pieces: Vec<&str> = pattern.split('*').collect();
        let last = pieces.pop().unwrap_or("");
        let first = if pieces.is_empty() { "" } else { pieces.remove(0) };
        start = if first.len() > start.len() { first } else { start };
        end = if last.len() > end.len() { last } else { end };
        for piece in pieces.into_iter().filter(|piece| !piece.is_empty()) {
            inner.push_str(piece);
            inner.push_str(character);
        }
    }
    [start, &inner, end].concat()
}

/// Makes up names of IdP groups.
pub(crate) struct Inventor<'m> {
    /// The characters of all patterns.
    in_patterns: FixedBitSet,
    /// All names that there are.
    names: FxHashSet<&'m str>,
    /// Names of which a guarantee says that they are there, or are not.
    guaranteed: FxHashSet<&'m str>,
    compare: Compare,
}

impl<'m> Inventor<'m> {
    pub(crate) fn new(
        patterns: impl Iterator<Item = &'m str>,
        names: FxHashSet<&'m str>,
        guaranteed: FxHashSet<&'m str>,
        compare: Compare,
    ) -> Inventor<'m> {
        let mut in_patterns = FixedBitSet::default();
        for character in patterns.flat_map(str::chars) {
            in_patterns.grow_and_insert(character as usize);
        }
        Inventor {
            in_patterns,
            names,
            guaranteed,
            compare,
        }
    }

    /// One that holds to the patterns and names of both.
    pub(crate) fn of_both(one: &Inventor<'m>, other: &Inventor<'m>) -> Inventor<'m> {
        let mut in_patterns = one.in_patterns.clone();
        in_patterns.union_with(&other.in_patterns);
        Inventor {
            in_patterns,
            names: one.names.union(&other.names).copied().collect(),
            guaranteed: one.guaranteed.union(&other.guaranteed).copied().collect(),
            compare: one.compare,
        }
    }

    /// Whether a name is compared just as it stands. Without case, what is pieced together may become another one.
    fn is_as_compared(&self, name: &str) -> bool {
        compared(name, self.compare) == name
    }

    pub(super) fn is_named(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// What `make` makes of a character that no pattern holds, and is no name that there is. `None` if it would take too long.
    pub(super) fn name(&self, make: &dyn Fn(&str) -> String, budget: &mut Budget) -> Option<String> {
        let characters = ('x'..='z')
            .chain('a'..='w')
            .chain('0'..='9')
            .chain('\u{100}'..=char::MAX);
        for character in characters.filter(|character| !self.in_patterns.contains(*character as usize)) {
            let name = make(character.encode_utf8(&mut [0; 4]));
            budget.spend(name.len() + 1)?;
            if self.is_as_compared(&name) && !self.is_named(&name) && !self.guaranteed.contains(name.as_str()) {
                return Some(name);
            }
        }
        None
    }
}
