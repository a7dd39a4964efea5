//! Which of many things are the same, without a map of them.

use std::hash::{BuildHasher, Hash};

use rustc_hash::FxBuildHasher;

/// For each of `things`, the place of the first that is the same. Things are sorted by their hashes, and those with the same
/// hash by what they are, so that things which were chosen to collide take little longer.
pub(crate) fn first_alike<T: Hash + Ord>(things: &[T]) -> Vec<usize> {
    let mut first: Vec<usize> = (0..things.len()).collect();
    let hashes = things.iter().map(|thing| FxBuildHasher.hash_one(thing));
    let mut hashed: Vec<(u64, usize)> = hashes.zip(0..).collect();
    hashed.sort_unstable();
    for colliding in hashed.chunk_by_mut(|(one, _), (other, _)| one == other) {
        if colliding.len() > 1 {
            colliding.sort_by_key(|(_, place)| things.get(*place));
        }
        for alike in colliding.chunk_by(|(_, one), (_, other)| things.get(*one) == things.get(*other)) {
            let Some((_, earliest)) = alike.first() else { continue };
            for (_, place) in alike {
                if let Some(first) = first.get_mut(*place) {
                    *first = *earliest;
                }
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
