//! Entries that say again what an earlier one said.

use super::{Entry, Mapping, SourceKind, TargetKind};
use crate::diagnostic::{Diagnostic, DiagnosticCode, Fix, shown};
use crate::names::Names;

/// Reports each entry whose source and target stand in an earlier one.
pub(super) fn find(mapping: &Mapping) -> Vec<Diagnostic> {
    let mut names = Names::default();
    let mut seen = Names::default();
    let mut repeats = Vec::new();
    for entry in mapping.entries() {
        let Entry { source, target, .. } = entry;
        // A pattern and a name of the same text are not the same, nor are a capture and a name.
        let mut number = |text: &str, is_name: bool| names.add(text).0 * 2 + usize::from(is_name);
        let source_number = number(&source.text, source.kind == SourceKind::Name);
        let target_number = number(&target.text, target.kind == TargetKind::Name);
        if !seen.insert(&format!("{source_number}>{target_number}")) {
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
