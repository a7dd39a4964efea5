//! Names that an unmatched IdP group would match but for case, spacing, hyphens or invisible characters.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::catalog::Catalog;
use crate::lookalike::near_miss_key;
use crate::mapping::{Mapping, SourceKind};
use crate::policy::Policy;

/// How many near misses are listed of one IdP group.
pub const MAX_NEAR_MISSES: usize = 20;

/// Names that could match, by the key that near misses share.
#[derive(Clone, Debug)]
pub(super) struct NearMisses {
    by_key: FxHashMap<String, Vec<String>>,
}

impl NearMisses {
    /// The mapping's sources, then the roles and groups that match by name.
    pub(super) fn new(mapping: &Mapping, catalog: &Catalog, policy: &Policy) -> Self {
        let sources = mapping.entries().iter().map(|entry| &entry.source);
        let sources = sources
            .filter(|source| source.kind == SourceKind::Name)
            .map(|source| source.text.as_str());
        let roles = catalog.roles().iter().map(String::as_str);
        let groups = catalog.groups().map(|group| group.name.as_str());
        let by_name = roles
            .chain(groups)
            .filter(|name| policy.granted_by_name(catalog, name).is_some());
        let mut seen = FxHashSet::default();
        let mut by_key: FxHashMap<String, Vec<String>> = FxHashMap::default();
        for name in sources.chain(by_name) {
            if seen.insert(name) {
                let of_key = by_key.entry(near_miss_key(name)).or_default();
                if of_key.len() < MAX_NEAR_MISSES {
                    of_key.push(name.to_owned());
                }
            }
        }
        NearMisses { by_key }
    }

    /// The near misses of a name that matches nothing.
    pub(super) fn of(&self, name: &str) -> Vec<String> {
        self.by_key.get(&near_miss_key(name)).cloned().unwrap_or_default()
    }
}
