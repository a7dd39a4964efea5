//! Sets of places in a list: the groups of a catalog, the entries of a mapping.

const WORD_BITS: usize = u64::BITS as usize;

/// Places in a list, counted from 0, in the list's order. A bit each: membership is looked at for every IdP group.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PlaceSet {
    words: Vec<u64>,
}

impl PlaceSet {
    /// Adds a place. Whether it is new.
    pub(crate) fn insert(&mut self, place: usize) -> bool {
        let index = place / WORD_BITS;
        if index >= self.words.len() {
            self.words.resize(index + 1, 0);
        }
        let bit = 1 << (place % WORD_BITS);
        let Some(word) = self.words.get_mut(index) else {
            return false;
        };
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    pub(crate) fn remove(&mut self, place: usize) {
        if let Some(word) = self.words.get_mut(place / WORD_BITS) {
            *word &= !(1 << (place % WORD_BITS));
        }
    }

    pub(crate) fn contains(&self, place: usize) -> bool {
        let word = self.words.get(place / WORD_BITS).copied().unwrap_or(0);
        word >> (place % WORD_BITS) & 1 == 1
    }

    pub(crate) fn clear(&mut self) {
        self.words.clear();
    }

    /// The places, ascending.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        let words = self.words.iter().enumerate();
        words.flat_map(|(index, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                if left == 0 {
                    return None;
                }
                let bit = left.trailing_zeros() as usize;
                left &= left - 1;
                Some(index * WORD_BITS + bit)
            })
        })
    }

    /// Adds all places of another set.
    pub(crate) fn extend(&mut self, other: &PlaceSet) {
        for place in other.iter() {
            self.insert(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PlaceSet;

    #[test]
    fn holds_what_was_added_in_order() {
        let mut set = PlaceSet::default();
        assert!([64, 3, 0, 200].iter().all(|place| set.insert(*place)));
        assert!(!set.insert(64));
        set.remove(3);
        set.remove(1000);
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 64, 200]);
        assert!(set.contains(200) && !set.contains(3) && !set.contains(1000));
    }
}
