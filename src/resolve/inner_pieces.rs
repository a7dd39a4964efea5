//! Patterns that begin and end alike, found by a few bytes of what stands between their stars.

use crate::mapping::Pattern;

/// How many patterns are looked at one by one sooner than through an index.
const FEW: usize = 8;

/// How many bytes of a piece are looked up at most.
const WINDOW: usize = 4;

/// A run of up to [`WINDOW`] bytes, and above them how many there are.
type Window = u64;

/// Which of some patterns a name could match. Each is filed under one run of bytes that every name it matches holds: the one
/// that the fewest patterns hold, for `*team-sales*` and `*team-support*` begin alike.
#[derive(Clone, Debug, Default)]
pub(super) struct InnerPieces {
    /// The places of the patterns, by their windows; under 0 where they are few and all of them could match.
    filed: Vec<(Window, usize)>,
    /// How long windows are, each length once.
    lengths: Vec<usize>,
}

impl InnerPieces {
    pub(super) fn new<'p>(patterns: impl ExactSizeIterator<Item = &'p Pattern> + Clone) -> InnerPieces {
        if patterns.len() <= FEW {
            let filed = patterns.map(|_| 0).zip(0..).collect();
            return InnerPieces {
                filed,
                lengths: Vec::new(),
            };
        }
        let mut commonness = Commonness::new(patterns.len());
        patterns
            .clone()
            .flat_map(windows_of)
            .for_each(|window| commonness.count(window));
        let rarest = |pattern| {
            windows_of(pattern)
                .min_by_key(|window| commonness.of(*window))
                .unwrap_or(0)
        };
        let mut filed: Vec<(Window, usize)> = patterns.clone().map(rarest).zip(0..).collect();
        filed.sort_unstable();
        let is_used = |length: &usize| patterns.clone().any(|pattern| window_length(pattern) == *length);
        let lengths = (1..=WINDOW).filter(is_used).collect();
        InnerPieces { filed, lengths }
    }

    /// The places, in order, of the patterns that could match a name with this between what all of them begin and end with.
    pub(super) fn could_match(&self, between: &str) -> impl Iterator<Item = usize> {
        let (mut starts, mut places) = (Vec::new(), Vec::new());
        let all = if self.lengths.is_empty() { self.filed.len() } else { 0 };
        if all == 0 {
            let windows = self.lengths.iter().flat_map(|length| windows(between, *length));
            // A pattern of nothing but stars is filed under no bytes at all.
            starts.extend(
                [0].into_iter()
                    .chain(windows)
                    .filter_map(|window| self.start_of(window))
                    .map(|start| start as u64),
            );
        }
        // A name may hold a window many times over.
        starts.sort_unstable();
        starts.dedup();
        places.extend(
            starts
                .into_iter()
                .flat_map(|start| self.from(start as usize))
                .map(|place| place as u64),
        );
        places.sort_unstable();
        (0..all).chain(places.into_iter().map(|place| place as usize))
    }

    /// Where those begin that are filed under `window`, if there are any.
    fn start_of(&self, window: Window) -> Option<usize> {
        let start = self.filed.partition_point(|(filed, _)| *filed < window);
        self.filed
            .get(start)
            .filter(|(filed, _)| *filed == window)
            .map(|_| start)
    }

    /// The places of those that are filed under the same window as the one at `start`.
    fn from(&self, start: usize) -> impl Iterator<Item = usize> {
        let mut alike = self
            .filed
            .get(start..)
            .unwrap_or_default()
            .chunk_by(|one, other| one.0 == other.0);
        alike.next().unwrap_or_default().iter().map(|(_, place)| *place)
    }
}

/// How long the windows of a pattern are: as long as can be.
fn window_length(pattern: &Pattern) -> usize {
    let longest = pattern.inner_pieces().iter().map(String::len).max();
    longest.unwrap_or(0).min(WINDOW)
}

fn windows_of(pattern: &Pattern) -> impl Iterator<Item = Window> {
    let length = window_length(pattern);
    pattern
        .inner_pieces()
        .iter()
        .flat_map(move |piece| windows(piece, length))
}

/// Every run of `length` bytes in `text`.
fn windows(text: &str, length: usize) -> impl Iterator<Item = Window> {
    let window = move |bytes: &[u8]| {
        bytes
            .iter()
            .fold(length as Window, |window, byte| window << 8 | Window::from(*byte))
    };
    text.as_bytes().windows(length.max(1)).map(window)
}

/// About how many patterns hold a window: those that share a slot with others seem more common than they are.
struct Commonness(Vec<u32>);

impl Commonness {
    const SLOTS_PER_PATTERN: usize = 16;

    fn new(patterns: usize) -> Commonness {
        Commonness(vec![0; patterns * Commonness::SLOTS_PER_PATTERN])
    }

    fn slot(&self, window: Window) -> usize {
        // A Fibonacci hash; the remainder is below the length.
        (window.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize % self.0.len()
    }

    fn count(&mut self, window: Window) {
        let slot = self.slot(window);
        if let Some(count) = self.0.get_mut(slot) {
            *count = count.saturating_add(1);
        }
    }

    fn of(&self, window: Window) -> u32 {
        self.0.get(self.slot(window)).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::{FEW, InnerPieces};
    use crate::mapping::Pattern;

    fn index(patterns: &[Pattern]) -> InnerPieces {
        InnerPieces::new(patterns.iter())
    }

    fn found(patterns: &[Pattern], name: &str) -> Vec<usize> {
        let places: Vec<usize> = index(patterns).could_match(name).collect();
        let matching = places.into_iter().filter(|place| patterns[*place].matches(name));
        matching.collect()
    }

    #[test]
    fn every_pattern_that_matches_is_found_once_and_in_order() {
        let letters = [
            "", "a", "aa", "aaaa", "ab", "ba", "abba", "é", "aé", "b", "aaaaa", "babab",
        ];
        let mut patterns: Vec<Pattern> = ["*", "**"].map(Pattern::new).to_vec();
        for one in letters {
            patterns.extend(letters.map(|other| Pattern::new(&format!("*{one}*{other}*"))));
        }
        let names = [
            "",
            "a",
            "abba",
            "aaaaaaaaaaaaaaaa",
            "aéaé",
            "éab",
            "babababa",
            "bbaabbaa",
            "xyz",
        ];
        for name in names {
            let matching = (0..patterns.len()).filter(|place| patterns[*place].matches(name));
            assert_eq!(found(&patterns, name), matching.collect::<Vec<_>>(), "{name}");
            let few = &patterns[..FEW];
            let matching = (0..FEW).filter(|place| few[*place].matches(name));
            assert_eq!(found(few, name), matching.collect::<Vec<_>>(), "{name} of {FEW}");
        }
    }

    #[test]
    fn patterns_that_begin_alike_are_told_apart() {
        let patterns: Vec<Pattern> = (100..1100)
            .map(|number| Pattern::new(&format!("*team-{number}-eu*")))
            .collect();
        let index = index(&patterns);
        assert_eq!(index.could_match("the team-512-eu of team-").collect::<Vec<_>>(), [412]);
        assert_eq!(index.could_match("the team-x-eu").count(), 0);
    }

    #[test]
    fn a_window_that_a_name_holds_many_times_counts_once() {
        let patterns: Vec<Pattern> = (1..=1000)
            .map(|length| Pattern::new(&format!("*{}*", "a".repeat(length))))
            .collect();
        assert_eq!(index(&patterns).could_match(&"a".repeat(4096)).count(), 1000);
        assert_eq!(index(&patterns).could_match("aa").collect::<Vec<_>>(), [0, 1]);
    }
}
