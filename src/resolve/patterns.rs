//! The patterns of a mapping, found by what a name begins and ends with and by what stands between.

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use super::inner_pieces::InnerPieces;
use super::rules::Rule;
use crate::mapping::Pattern;

/// The entries of one pattern.
#[derive(Clone, Debug)]
pub(super) struct PatternRules {
    /// Distinct among the patterns.
    pub(super) index: usize,
    pub(super) pattern: Pattern,
    /// Entries that grant the same whatever the star matched.
    pub(super) fixed: Box<[Rule]>,
    pub(super) captures: Box<[Rule]>,
}

/// Patterns that begin and end alike.
#[derive(Clone, Debug, Default)]
pub(super) struct Alike {
    pub(super) patterns: Vec<PatternRules>,
    pieces: InnerPieces,
}

impl Alike {
    /// Those that could match a name with `between` inside what all of them begin and end with.
    fn could_match(&self, between: &str) -> impl Iterator<Item = &PatternRules> {
        let places = self.pieces.could_match(between);
        places.filter_map(|place| self.patterns.get(place))
    }
}

/// Patterns that begin alike.
#[derive(Clone, Debug, Default)]
struct Prefixed {
    /// By the text after the last star.
    by_suffix: FxHashMap<Box<str>, Alike>,
    /// The lengths of those texts in bytes.
    suffix_lengths: FixedBitSet,
}

/// The patterns of a mapping.
#[derive(Clone, Debug, Default)]
pub(super) struct Patterns {
    /// By the text before the first star, so that a name is held only against patterns that begin and end as it does.
    prefixed: FxHashMap<Box<str>, Prefixed>,
    /// The lengths of those texts in bytes.
    prefix_lengths: FixedBitSet,
}

impl Patterns {
    /// Of distinct patterns with their entries. `is_capture` tells those apart that grant what the star matched.
    pub(super) fn new(patterns: Vec<(&str, Vec<Rule>)>, is_capture: impl Fn(&Rule) -> bool) -> Patterns {
        let mut all = Patterns::default();
        for (index, (source, rules)) in patterns.into_iter().enumerate() {
            let pattern = Pattern::new(source);
            let (captures, fixed): (Vec<Rule>, Vec<Rule>) = rules.into_iter().partition(&is_capture);
            let (prefix, suffix) = (pattern.prefix(), pattern.suffix());
            all.prefix_lengths.grow_and_insert(prefix.len());
            let alike = all.prefixed.entry(prefix.into()).or_default();
            alike.suffix_lengths.grow_and_insert(suffix.len());
            let alike = alike.by_suffix.entry(suffix.into()).or_default();
            alike.patterns.push(PatternRules {
                index,
                pattern,
                fixed: fixed.into(),
                captures: captures.into(),
            });
        }
        for alike in all.prefixed.values_mut().flat_map(|alike| alike.by_suffix.values_mut()) {
            alike.pieces = InnerPieces::new(alike.patterns.iter().map(|rules| &rules.pattern));
        }
        all
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.prefixed.is_empty()
    }

    /// Those that could match `name`.
    pub(super) fn candidates<'r>(&'r self, name: &str) -> impl Iterator<Item = &'r PatternRules> {
        self.alike(name).flat_map(|(alike, between)| alike.could_match(between))
    }

    /// Whether one matches `name`.
    pub(super) fn any_matches(&self, name: &str) -> bool {
        self.candidates(name).any(|rules| rules.pattern.matches(name))
    }

    /// How many beginnings of `name` are looked up.
    pub(super) fn beginnings(&self, name: &str) -> usize {
        self.lengths_of_beginnings(name).count()
    }

    /// The patterns that begin and end as `name` does, those that do so alike together, with what `name` has between.
    pub(super) fn alike<'r, 'n>(&'r self, name: &'n str) -> impl Iterator<Item = (&'r Alike, &'n str)> {
        self.lengths_of_beginnings(name)
            .filter_map(|length| Some((self.prefixed.get(name.get(..length)?)?, name.get(length..)?)))
            .flat_map(|(alike, rest)| {
                let lengths = alike.suffix_lengths.ones().take_while(|length| *length <= rest.len());
                lengths.filter_map(|length| {
                    let (between, suffix) = rest.split_at_checked(rest.len() - length)?;
                    Some((alike.by_suffix.get(suffix)?, between))
                })
            })
    }

    fn lengths_of_beginnings(&self, name: &str) -> impl Iterator<Item = usize> {
        let longest = name.len();
        self.prefix_lengths.ones().take_while(move |length| *length <= longest)
    }
}
