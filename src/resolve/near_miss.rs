//! Names that an unmatched IdP group would match but for case, spacing, hyphens or invisible characters.

use super::rules::Rules;
use super::sources::Sources;
use crate::catalog::Catalog;
use crate::lookalike::{near_miss_hash, near_miss_key};
use crate::mapping::{Mapping, SourceKind};
use crate::names::folded;
use crate::policy::{Compare, Policy};

/// How many near misses are listed of one IdP group.
pub const MAX_NEAR_MISSES: usize = 20;

/// Names that could match, by the hashes of the keys that near misses share. The names themselves stand elsewhere.
#[derive(Clone, Debug)]
pub(super) struct NearMisses {
    /// Sorted: a hash, and in the lower half a name, which is a place among the sources, or behind them a target by its number.
    by_hash: Box<[u64]>,
    /// The sources as they are written, where they are compared otherwise.
    written: Box<[Box<str>]>,
}

impl NearMisses {
    /// The mapping's sources, then the roles and groups that match by name.
    pub(super) fn new(mapping: &Mapping, rules: &Rules, catalog: &Catalog, policy: &Policy) -> Self {
        let sources = rules.sources();
        let in_sources = (0..sources.len()).map(|place| (place, sources.name(place)));
        let targets = (0..catalog.targets()).map(|target| (target, catalog.target_name(target)));
        let by_name = targets.filter(|(target, name)| {
            // A group is out of reach whose name a role bears too.
            let granted = policy.granted_by_name(catalog, *name);
            // What the text names is among the sources, in a condition too, which leaves its match by name.
            granted.is_some_and(|what| catalog.target_number(what) == *target)
                && sources.place((&*rules.spelled(name)).into()).is_none()
        });
        let by_name = by_name.map(|(target, name)| (sources.len() + target, name));
        let names = in_sources.chain(by_name);
        let mut by_hash: Box<[u64]> = names
            .map(|(place, name)| u64::from(near_miss_hash(name)) << u32::BITS | place as u64)
            .collect();
        by_hash.sort_unstable();
        let written = match policy.compare {
            Compare::Exact => Box::default(),
            Compare::IgnoreCase => written(mapping, sources),
        };
        NearMisses { by_hash, written }
    }

    /// The near misses of a name that matches nothing.
    pub(super) fn of<'n>(
        &'n self,
        sources: &'n Sources,
        catalog: &'n Catalog,
        name: &str,
    ) -> impl Iterator<Item = &'n str> {
        let hash = u64::from(near_miss_hash(name));
        let start = self.by_hash.partition_point(|other| other >> u32::BITS < hash);
        let alike = self.by_hash.get(start..).unwrap_or_default().iter();
        let mut alike = alike.take_while(move |other| *other >> u32::BITS == hash).peekable();
        // Most names have none, and need no key.
        let key = alike.peek().map(|_| near_miss_key(name)).unwrap_or_default();
        let names = alike.map(move |alike| {
            let place = (alike & u64::from(u32::MAX)) as usize;
            match place.checked_sub(sources.len()) {
                Some(target) => catalog.target_name(target),
                None => match self.written.get(place) {
                    Some(written) => written,
                    None => sources.name(place),
                },
            }
        });
        names
            .filter(move |other| near_miss_key(other) == key)
            .take(MAX_NEAR_MISSES)
    }
}

/// How the text first writes each source.
fn written(mapping: &Mapping, sources: &Sources) -> Box<[Box<str>]> {
    let mut written: Vec<Box<str>> = vec![Box::default(); sources.len()];
    let parts = mapping.entries().iter().flat_map(|entry| entry.source.parts());
    for (name, ..) in parts.filter(|(_, kind, _)| *kind == SourceKind::Name) {
        let place = sources.place((&*folded(name)).into());
        if let Some(unknown) = place
            .and_then(|place| written.get_mut(place))
            .filter(|name| name.is_empty())
        {
            *unknown = name.into();
        }
    }
    written.into()
}
