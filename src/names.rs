//! Looking things up by name, and how long a name may be.

use std::collections::BTreeSet;
use std::hash::{BuildHasher, Hash, Hasher};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::{FxBuildHasher, FxHasher};

use crate::unicode::{composed, fold};

/// The longest name that an IdP group has, or that a mapping holds, in characters (Unicode scalar values).
pub const MAX_NAME_CHARACTERS: usize = 4096;

/// How many characters a name has that has too many.
pub(crate) fn excess_length(name: &str) -> Option<usize> {
    // No name has more characters than bytes, which cost nothing to count.
    let characters = (name.len() > MAX_NAME_CHARACTERS).then(|| name.chars().count());
    characters.filter(|characters| *characters > MAX_NAME_CHARACTERS)
}

/// A name with its hash, to be looked up in several tables.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hashed<'n> {
    pub(crate) name: &'n str,
    hash: u64,
}

impl<'n> From<&'n str> for Hashed<'n> {
    fn from(name: &'n str) -> Self {
        let hash = hash(name);
        Hashed { name, hash }
    }
}

impl<'n> From<&'n String> for Hashed<'n> {
    fn from(name: &'n String) -> Self {
        name.as_str().into()
    }
}

/// A name as it is compared where case is ignored: Unicode case folding, in the composed normal form (NFC).
#[inline(never)]
pub(crate) fn folded(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let folded: String = composed(name).chars().flat_map(fold).collect();
    composed(&folded).into_owned()
}

/// Names as a set.
pub(crate) fn name_set(names: &[String]) -> BTreeSet<&str> {
    let mut set = BTreeSet::new();
    // One by one: to collect would take a sort as well.
    set.extend(names.iter().map(String::as_str));
    set
}

/// Whether no name is there twice. Two of one hash count as one, so whoever chooses names that collide gains nothing.
pub(crate) fn are_distinct<'n>(names: impl Iterator<Item = &'n str>) -> bool {
    let mut hashes: Vec<u64> = names.map(hash).collect();
    hashes.sort_unstable();
    hashes.windows(2).all(|both| both.first() != both.last())
}

fn hash(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(name.as_bytes());
    hasher.finish()
}

/// The places of names in a list, found by name; the names themselves stand in the list alone. For names of a configuration:
/// the hash has no seed, so whoever writes them could make them collide.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places(HashTable<u32>);

impl Places {
    /// Of a list of distinct names.
    pub(crate) fn of<'n>(length: usize, name_at: impl Fn(usize) -> &'n str) -> Places {
        let mut places = Places(HashTable::with_capacity(length));
        for place in 0..length {
            places.insert(name_at(place), place, &name_at);
        }
        places
    }

    /// The place of a name. `name_at` says what stands at a place.
    #[inline(always)]
    pub(crate) fn find<'n>(&self, name: Hashed<'_>, name_at: impl Fn(usize) -> &'n str) -> Option<usize> {
        let place = self.0.find(name.hash, |place| name_at(*place as usize) == name.name)?;
        Some(*place as usize)
    }

    /// Adds `place`, at which `name` stands. Whether the name is new; one that is not keeps its place.
    pub(crate) fn insert<'n>(&mut self, name: &str, place: usize, name_at: &dyn Fn(usize) -> &'n str) -> bool {
        place
            == self.first(hash(name), place, &|place| name_at(place) == name, &|place| {
                hash(name_at(place))
            })
    }

    /// The first place of what has this hash and is the same as what stands at `place`, which is added if there is none.
    // Not generic: the module would hold the growing of the table once for each list.
    fn first(
        &mut self,
        hash: u64,
        place: usize,
        is_same: &dyn Fn(usize) -> bool,
        hash_at: &dyn Fn(usize) -> u64,
    ) -> usize {
        let entry = self
            .0
            .entry(hash, |place| is_same(*place as usize), |place| hash_at(*place as usize));
        match entry {
            Entry::Occupied(known) => *known.get() as usize,
            Entry::Vacant(vacant) => {
                #[expect(clippy::cast_possible_truncation, reason = "no list has 2^32 items")]
                vacant.insert(place as u32);
                place
            }
        }
    }
}

/// Things of which none is the same as another. For those of a configuration, as in [`Places`].
pub(crate) struct Distinct<T> {
    places: Places,
    hashes: Vec<u64>,
    things: Vec<T>,
}

impl<T> Default for Distinct<T> {
    fn default() -> Self {
        Distinct {
            places: Places::default(),
            hashes: Vec::new(),
            things: Vec::new(),
        }
    }
}

impl<T: Hash + Eq> Distinct<T> {
    /// The place of a thing, which is added if it is new, and the thing that stands there.
    pub(crate) fn place(&mut self, thing: T) -> (usize, &T) {
        let hash = FxBuildHasher.hash_one(&thing);
        let is_same = |place: usize| self.things.get(place) == Some(&thing);
        let hash_at = |place: usize| self.hashes.get(place).copied().unwrap_or_default();
        let place = self.places.first(hash, self.things.len(), &is_same, &hash_at);
        if place == self.things.len() {
            self.hashes.push(hash);
            self.things.push(thing);
        }
        #[expect(clippy::indexing_slicing, reason = "every place is one of a thing")]
        (place, &self.things[place])
    }
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "held against the standard library")]
    fn the_cases_of_a_letter_fold_alike_and_once() {
        for letter in '\0'..=char::MAX {
            let text = letter.to_string();
            let once = folded(&text);
            assert_eq!(folded(&once), once, "{letter:?}");
            if letter == 'ı' {
                continue;
            }
            let upper: String = letter.to_uppercase().collect();
            let lower: String = letter.to_lowercase().collect();
            // A capital I with a dot has a lower case of two characters.
            assert_eq!(folded(&upper), once, "{letter:?}");
            assert_eq!(folded(&lower), once, "{letter:?}");
        }
    }

    #[test]
    fn letters_fold_as_unicode_says() {
        for (one, other) in [
            ("Sales", "SALES"),
            ("straße", "STRASSE"),
            ("ẞ", "ss"),
            ("ΟΔΟΣ", "οδος"),
            ("\u{212A}", "k"),
            ("\u{212B}", "a\u{30A}"),
            ("ﬁ", "FI"),
            ("ſ", "s"),
            ("İ", "i\u{307}"),
            ("é", "E\u{301}"),
            ("Ꭰ", "ꭰ"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} {other}");
        }
        for (one, other) in [
            ("ı", "i"),
            ("ı", "I"),
            ("a", "á"),
            ("ø", "o"),
            ("sales team", "sales-team"),
        ] {
            assert_ne!(folded(one), folded(other), "{one} {other}");
        }
    }
}
