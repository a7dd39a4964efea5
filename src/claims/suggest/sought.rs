//! The configured claim, as others are held against it.

use rustc_hash::FxHashSet;
use strsim::osa_distance;

use super::{ClaimSuggestionReason, MAX_CLAIM_SUGGESTIONS};
use crate::claims::find::{Path, Properties, find, pointer_tokens};
use crate::claims::{ClaimOptions, ClaimSource};
use crate::lookalike::{lower_case, near_miss_key};

/// How long names are that are compared letter by letter, and how many slips may be between them.
const MAX_COMPARED: usize = 64;
const MAX_DISTANCE: usize = 3;

/// The configured claim, as others are held against it.
pub(super) struct Sought<'c> {
    pub(super) claim: &'c ClaimOptions,
    /// Where its sources are found that are.
    pub(super) paths: FxHashSet<Path<'c>>,
    names: Vec<SoughtName<'c>>,
}

/// A name that is not there.
struct SoughtName<'c> {
    /// Of which source.
    place: usize,
    /// Where parts of it lead: `groups, roles` are two claims, and ` groups` is one with a space too many.
    parts: Vec<Path<'c>>,
    key: String,
    letters: String,
}

impl<'c> Sought<'c> {
    pub(super) fn new(claims: &'c Properties, claim: &'c ClaimOptions) -> Self {
        const SEPARATORS: &[char] = &[',', ';', '|', ' ', '\t', '\n', '\u{a0}'];
        let mut paths = FxHashSet::default();
        let mut names = Vec::new();
        let paths_of = |name: &str| {
            find(claims, name)
                .unwrap_or_default()
                .into_iter()
                .map(|found| found.path)
        };
        for (place, source) in claim.sources.iter().enumerate() {
            for name in &source.name {
                let found: Vec<_> = paths_of(name).collect();
                let is_there = !found.is_empty();
                paths.extend(found);
                let parts = name.split(SEPARATORS).filter(|part| !part.is_empty() && *part != name);
                let written = pointer_tokens(name).filter(|_| name.starts_with('/'));
                let written = written.map_or_else(|| name.clone(), |tokens| tokens.join("."));
                names.push(SoughtName {
                    place,
                    parts: parts.take(MAX_CLAIM_SUGGESTIONS).flat_map(paths_of).collect(),
                    key: near_miss_key(&written),
                    letters: letters(&written),
                });
                if is_there {
                    break;
                }
            }
        }
        Sought { claim, paths, names }
    }

    /// The source in the place of which another is suggested: the one at `place`, or the only one.
    pub(super) fn configured(&self, place: Option<usize>) -> Option<&'c ClaimSource> {
        match self.claim.sources.as_slice() {
            [only] => Some(only),
            several => several.get(place?),
        }
    }

    /// Whether a configured name says this path in other words, and of which source it is.
    pub(super) fn spelled(&self, path: &Path<'_>) -> Option<(ClaimSuggestionReason, usize)> {
        let name = path.join(".");
        let (key, own_letters) = (near_miss_key(&name), letters(&name));
        self.names.iter().find_map(|sought| {
            let reason = if sought.parts.iter().any(|part| part == path) {
                ClaimSuggestionReason::OtherSpelling
            } else if key == sought.key {
                ClaimSuggestionReason::NearMiss
            } else if !sought.letters.is_empty() && own_letters == sought.letters {
                ClaimSuggestionReason::OtherSpelling
            } else {
                return None;
            };
            Some((reason, sought.place))
        })
    }

    /// The source of which a configured name has a slip or two to this path.
    pub(super) fn slip(&self, path: &Path<'_>) -> Option<usize> {
        let name = near_miss_key(&path.join("."));
        let other = name.chars().count();
        let sought = self.names.iter().find(|sought| {
            let length = sought.key.chars().count();
            let limit = (length / 4).clamp(1, MAX_DISTANCE);
            (3..=MAX_COMPARED).contains(&length)
                && length.abs_diff(other) <= limit
                && osa_distance(&sought.key, &name) <= limit
        });
        sought.map(|sought| sought.place)
    }
}

/// The letters and digits of a name in lower case, without what people separate them by.
fn letters(name: &str) -> String {
    lower_case(name)
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}
