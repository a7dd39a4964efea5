//! Which of many things are the same, without a map of them.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hash};

use rustc_hash::FxBuildHasher;

/// For each of `things`, the place of the first that is the same. Things are sorted by half of their hashes, and those with the
/// same half by what they are, so that things which were chosen to collide take little longer.
pub(crate) fn first_alike<T: Hash + Ord>(things: &[T]) -> Vec<usize> {
    const HALF: u32 = 32;
    const PLACE: u64 = (1 << HALF) - 1;
    let mut first: Vec<usize> = (0..things.len()).collect();
    let hashes = things.iter().map(|thing| FxBuildHasher.hash_one(thing));
    // The lower half, as the upper one is empty where a word has 32 bits. There are fewer things than half of 64 bits can count.
    let mut hashed: Vec<u64> = hashes.zip(0..).map(|(hash, place)| hash << HALF | place).collect();
    hashed.sort_unstable();
    let place_of = |hashed: &u64| (hashed & PLACE) as usize;
    for colliding in hashed.chunk_by(|one, other| one >> HALF == other >> HALF) {
        if colliding.len() == 1 {
            continue;
        }
        let mut earliest = BTreeMap::new();
        for place in colliding.iter().map(place_of) {
            let earliest = earliest.entry(things.get(place)).or_insert(place);
            if let Some(first) = first.get_mut(place) {
                *first = *earliest;
            }
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use std::hash::{Hash, Hasher};

    use super::first_alike;

    #[test]
    fn what_is_the_same_has_the_place_of_the_first() {
        assert_eq!(first_alike(&["b", "a", "b", "", "a", "b", ""]), [0, 1, 0, 3, 1, 0, 3]);
    }

    #[test]
    fn a_collision_makes_nothing_the_same() {
        #[derive(PartialEq, Eq, PartialOrd, Ord)]
        struct Colliding(u8);
        impl Hash for Colliding {
            fn hash<H: Hasher>(&self, _: &mut H) {}
        }
        assert_eq!(first_alike(&[2, 1, 3, 1, 2].map(Colliding)), [0, 1, 2, 1, 0]);
    }
}
