//! The names on the left side of a mapping's entries, found without an allocation for each.
//!
//! Those that only conditions hold come last, and have no entries.

use std::ops::Range;

use super::numbered::number;
use super::rules::Rule;
use crate::mapping::Mapping;
use crate::names::{Hashed, Places};
use crate::span::Span;

/// One name, and where its entries are.
#[derive(Clone, Copy, Debug)]
struct Named {
    /// In bytes of [`Sources::text`].
    start: u32,
    end: u32,
    /// Past its last entry; its first one follows the last of the name before.
    rules_end: u32,
}

/// The names that entries give grants to, in the order in which the text has them first; then those of conditions.
#[derive(Clone, Debug)]
pub(super) struct Sources {
    /// The mapping's text, and behind it the names that do not stand in it as they are, being quoted.
    text: Box<str>,
    mapping_bytes: usize,
    names: Box<[Named]>,
    places: Places,
    /// By their names, and for each name in text order.
    rules: Box<[Rule]>,
}

impl Sources {
    /// Of distinct names of `mapping`, and entries, each with the place of its name among all.
    pub(super) fn new(mapping: &Mapping, sources: &[(&str, Span)], mut rules: Vec<(usize, Rule)>) -> Sources {
        rules.sort_by_cached_key(|(place, _)| *place as u64);
        let mut text = mapping.text().to_owned();
        let mut ends = vec![number(rules.len()); sources.len()];
        for (index, (place, _)) in rules.iter().enumerate() {
            if let Some(end) = ends.get_mut(*place) {
                *end = number(index + 1);
            }
        }
        let names = sources.iter().zip(ends).map(|((name, span), rules_end)| {
            let (start, end) = (span.start(), span.start() + name.len());
            let start = if mapping.text().get(start..end) == Some(name) {
                start
            } else {
                text.push_str(name);
                text.len() - name.len()
            };
            Named {
                start: number(start),
                end: number(start + name.len()),
                rules_end,
            }
        });
        let names: Box<[Named]> = names.collect();
        let places = Places::of(names.len(), |place| name_at(&names, &text, place));
        Sources {
            text: text.into(),
            mapping_bytes: mapping.text().len(),
            names,
            places,
            rules: rules.into_iter().map(|(_, rule)| rule).collect(),
        }
    }

    /// The mapping's text.
    pub(super) fn mapping_text(&self) -> &str {
        self.text.get(..self.mapping_bytes).unwrap_or("")
    }

    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The name at a place.
    pub(super) fn name(&self, place: usize) -> &str {
        name_at(&self.names, &self.text, place)
    }

    /// The place of a name.
    pub(super) fn place(&self, name: Hashed<'_>) -> Option<usize> {
        self.places.find(name, |place| self.name(place))
    }

    /// The entries of a name; `None` if there is none.
    pub(super) fn rules(&self, name: Hashed<'_>) -> Option<&[Rule]> {
        let place = self.place(name)?;
        let end = |place: usize| self.names.get(place).map_or(0, |named| named.rules_end as usize);
        let start = place.checked_sub(1).map_or(0, end);
        let rules = self.rules.get(Range { start, end: end(place) });
        rules.filter(|rules| !rules.is_empty())
    }
}

#[inline(always)]
fn name_at<'t>(names: &[Named], text: &'t str, place: usize) -> &'t str {
    let range = names.get(place).map(|named| named.start as usize..named.end as usize);
    range.and_then(|range| text.get(range)).unwrap_or("")
}
