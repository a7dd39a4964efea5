//! Which known names an unknown one could be meant as.

use rustc_hash::FxHashMap;
use strsim::osa_distance;

use crate::catalog::Catalog;
use crate::lookalike::near_miss_key;

/// How many names are offered at most.
const MAX_SUGGESTIONS: usize = 3;

/// How many slips at most make two names the same word.
const MAX_DISTANCE: usize = 3;

/// How much comparing one check may do, in names and pairs of characters: keeps a mapping full of unknown targets from taking long.
const COMPARING_BUDGET: usize = 10_000_000;

/// Names, ready to be compared.
pub(super) struct Suggestions<'c> {
    names: Vec<Candidate<'c>>,
    by_key: FxHashMap<String, Vec<&'c str>>,
    budget: usize,
}

struct Candidate<'c> {
    name: &'c str,
    key: String,
    /// Of the key, in characters.
    length: usize,
    letters: u64,
}

/// Which characters a key holds, a bit each; some share one. A slip changes two at most.
fn letters(key: &str) -> u64 {
    key.chars()
        .fold(0, |letters, letter| letters | 1 << (u32::from(letter) % u64::BITS))
}

impl<'c> Suggestions<'c> {
    /// The roles and groups of a catalog.
    pub(super) fn of(catalog: &'c Catalog) -> Self {
        let roles = catalog.roles().iter().map(String::as_str);
        let groups = catalog.groups().map(|group| group.name.as_str());
        Suggestions::new(roles.chain(groups).collect())
    }

    pub(super) fn new(names: Vec<&'c str>) -> Self {
        let candidate = |name| {
            let key = near_miss_key(name);
            let length = key.chars().count();
            let letters = letters(&key);
            Candidate {
                name,
                key,
                length,
                letters,
            }
        };
        let names: Vec<_> = names.into_iter().map(candidate).collect();
        let mut by_key: FxHashMap<String, Vec<&str>> = FxHashMap::default();
        for Candidate { name, key, .. } in &names {
            // A role and a group may share a name, so one more than is offered.
            let of_key = by_key.entry(key.clone()).or_default();
            if of_key.len() <= MAX_SUGGESTIONS {
                of_key.push(name);
            }
        }
        Suggestions {
            names,
            by_key,
            budget: COMPARING_BUDGET,
        }
    }

    /// The nearest names, best first: those that differ only in case or spacing, then singular and plural, then by edit distance.
    pub(super) fn nearest(&mut self, name: &str) -> Vec<&'c str> {
        let key = near_miss_key(name);
        let mut nearest: Vec<&str> = Vec::new();
        for variant in [key.clone()].into_iter().chain(numbers(&key)) {
            nearest.extend(self.by_key.get(&variant).into_iter().flatten());
        }
        if nearest.len() < MAX_SUGGESTIONS {
            nearest.extend(self.within_distance(&key).into_iter().flatten());
        }
        let mut distinct = Vec::new();
        for candidate in nearest {
            if !distinct.contains(&candidate) {
                distinct.push(candidate);
            }
        }
        distinct.truncate(MAX_SUGGESTIONS);
        distinct
    }

    /// The names by their edit distance, which is the index.
    fn within_distance(&mut self, key: &str) -> [Vec<&'c str>; MAX_DISTANCE + 1] {
        let (length, letters) = (key.chars().count(), letters(key));
        // One slip in a short name, two or three in a long one; any more and it is another word.
        let mut limit = (length / 4).clamp(1, MAX_DISTANCE);
        let mut found = <[Vec<&str>; MAX_DISTANCE + 1]>::default();
        if length < 3 {
            return found;
        }
        for candidate in &self.names {
            let differing = (letters ^ candidate.letters).count_ones() as usize;
            let is_near = length.abs_diff(candidate.length) <= limit && differing <= 2 * limit;
            let compared = is_near.then(|| different_parts(key, &candidate.key));
            let effort = compared.map_or(1, |(one, other)| length + one.len() * other.len());
            match self.budget.checked_sub(effort) {
                Some(left) => self.budget = left,
                None => break,
            }
            let Some((one, other)) = compared else { continue };
            let distance = osa_distance(one, other);
            if let Some(names) = found.get_mut(distance).filter(|_| distance <= limit) {
                names.push(candidate.name);
                // What is no nearer than enough others is not offered any more. A role and a group may share a name.
                while limit > 0 && found.iter().take(limit + 1).map(Vec::len).sum::<usize>() >= 2 * MAX_SUGGESTIONS {
                    limit -= 1;
                }
            }
        }
        found
    }
}

/// The two without what both begin and end with, which makes no difference to their distance.
fn different_parts<'k>(one: &'k str, other: &'k str) -> (&'k str, &'k str) {
    let alike = one.chars().zip(other.chars()).take_while(|(one, other)| one == other);
    let alike = alike.map(|(character, _)| character.len_utf8()).sum();
    let (one, other) = (one.get(alike..).unwrap_or(""), other.get(alike..).unwrap_or(""));
    let alike = one
        .chars()
        .rev()
        .zip(other.chars().rev())
        .take_while(|(one, other)| one == other);
    let alike: usize = alike.map(|(character, _)| character.len_utf8()).sum();
    let without_end = |text: &'k str| text.get(..text.len() - alike).unwrap_or("");
    (without_end(one), without_end(other))
}

/// The singular and plural forms of an English word, roughly: only used to guess at names that exist.
fn numbers(key: &str) -> Vec<String> {
    let mut forms = vec![format!("{key}s"), format!("{key}es")];
    forms.extend(key.strip_suffix('y').map(|stem| format!("{stem}ies")));
    for (plural, singular) in [("ies", "y"), ("es", ""), ("s", "")] {
        forms.extend(key.strip_suffix(plural).map(|stem| format!("{stem}{singular}")));
    }
    forms
}

#[cfg(test)]
mod tests {
    use strsim::osa_distance;

    use super::different_parts;

    #[test]
    fn what_is_alike_makes_no_difference() {
        let words = [
            "", "a", "ab", "ba", "aba", "bab", "aab", "abab", "baba", "abba", "é", "aéb", "éab", "baé", "abaab",
        ];
        for one in words {
            for other in words {
                let (part, other_part) = different_parts(one, other);
                assert_eq!(
                    osa_distance(part, other_part),
                    osa_distance(one, other),
                    "{one} and {other}"
                );
            }
        }
    }
}
