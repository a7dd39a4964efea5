//! Names that are compared without case, and in one normal form.

use rustc_hash::FxHashMap;

use super::numbered::number;
use crate::catalog::{Catalog, Grantable, GroupIndex};
use crate::mapping::{Mapping, Source};
use crate::names::folded;

/// The roles and groups of an application by their folded names.
#[derive(Clone, Debug)]
pub(super) struct IgnoringCase(FxHashMap<Box<str>, Vec<u32>>);

impl IgnoringCase {
    pub(super) fn new(catalog: &Catalog) -> IgnoringCase {
        let mut targets = FxHashMap::<Box<str>, Vec<u32>>::default();
        for target in 0..catalog.targets() {
            let name = catalog.target_name(target);
            // A group is out of reach whose very name a role bears too.
            if catalog.named(name).map(|what| catalog.target_number(what)) == Some(target) {
                targets.entry(folded(name).into()).or_default().push(number(target));
            }
        }
        IgnoringCase(targets)
    }

    /// The roles and groups that this name means once it is folded, lowest number first.
    pub(super) fn named(&self, catalog: &Catalog, name: &str) -> impl Iterator<Item = Grantable> {
        let targets = self.0.get(name).map(Vec::as_slice).unwrap_or_default();
        targets.iter().map(|target| catalog.target_of(*target as usize))
    }

    /// The first group that this text, which may have capitals, means.
    pub(super) fn group_named(&self, catalog: &Catalog, text: &str) -> Option<GroupIndex> {
        self.named(catalog, &folded(text)).find_map(|what| match what {
            Grantable::Group(group) => Some(group),
            Grantable::Role(_) => None,
        })
    }
}

/// The mapping with folded sources, which stand where they stood.
pub(super) fn with_folded_sources(mapping: &Mapping) -> Mapping {
    let mut mapping = mapping.clone();
    for entry in &mut mapping.entries {
        fold_source(&mut entry.source);
    }
    mapping
}

/// Folds what IdP groups are held against.
pub(crate) fn fold_source(source: &mut Source) {
    source.text = folded(&source.text);
    for term in &mut source.terms {
        term.text = folded(&term.text);
    }
}
