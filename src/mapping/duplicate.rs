//! Entries that say again what an earlier one said.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;

use super::{Entry, Mapping};
use crate::diagnostic::{Diagnostic, DiagnosticCode, Fix, shown};

/// Reports each entry whose source and target stand in an earlier one.
pub(super) fn find(mapping: &Mapping) -> Vec<Diagnostic> {
    let mut seen = BTreeMap::new();
    let mut repeats = Vec::new();
    for entry in mapping.entries() {
        let Entry { source, target, .. } = entry;
        match seen.entry((source.kind, &source.text, target.kind, &target.text)) {
            Slot::Vacant(slot) => _ = slot.insert(()),
            Slot::Occupied(_) => repeats.push(
                Diagnostic::new(
                    DiagnosticCode::DuplicateEntry,
                    format!("{} is already mapped to {}", shown(&source.text), shown(&target.text)),
                )
                .at(entry.span)
                .param("source", source.text.as_str())
                .param("target", target.text.as_str())
                .fix(Fix::replace(
                    "remove the repeated entry",
                    entry.with_separator(mapping.text()),
                    "",
                )),
            ),
        }
    }
    repeats
}
