//! Entries that say again what an earlier one said.

use rustc_hash::FxHashSet;

use super::{Entry, Mapping, SourceKind, TargetKind};
use crate::diagnostic::{Diagnostic, DiagnosticCode, Fix, shown};

/// Reports each entry whose source and target stand in an earlier one.
pub(super) fn find(mapping: &Mapping) -> Vec<Diagnostic> {
    let mut seen = FxHashSet::default();
    let mut repeats = Vec::new();
    for entry in mapping.entries() {
        let Entry { source, target, .. } = entry;
        // A pattern and a name of the same text are not the same, nor are a capture and a name.
        let kinds = (source.kind == SourceKind::Name, target.kind == TargetKind::Name);
        if !seen.insert((&source.text, &target.text, kinds)) {
            let message = format!("{} is already mapped to {}", shown(&source.text), shown(&target.text));
            repeats.push(
                Diagnostic::new(DiagnosticCode::DuplicateEntry, message)
                    .at(entry.span)
                    .param("source", source.text.as_str())
                    .param("target", target.text.as_str())
                    .fix(Fix::replace(
                        "remove the repeated entry",
                        entry.with_separator(mapping.text()),
                        "",
                    )),
            );
        }
    }
    repeats
}
