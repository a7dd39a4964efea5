//! Entries that say again what an earlier one said.

use super::{Entry, Mapping, SourceKind};
use crate::alike::first_alike;
use crate::diagnostic::{Diagnostic, DiagnosticCode, Fix, shown};

/// Reports each entry whose source and target stand in an earlier one.
pub(super) fn find(mapping: &Mapping) -> Vec<Diagnostic> {
    // A pattern and a name of the same text are not the same, nor are a capture and a name.
    let said = mapping.entries().iter().map(|entry| {
        let (source, target) = (&entry.source, &entry.target);
        // The terms of a condition may stand in any order.
        let text = match source.kind {
            SourceKind::Condition => source.key(),
            _ => source.text.as_str().into(),
        };
        (text, source.kind, target.text.as_str(), target.kind)
    });
    let first = first_alike(&said.collect::<Vec<_>>()).into_iter().enumerate();
    let repeats = mapping
        .entries()
        .iter()
        .zip(first)
        .filter(|(_, (place, first))| place != first);
    let report = |entry: &Entry| {
        let (source, target) = (entry.source.text.as_str(), entry.target.text.as_str());
        let message = format!("{} is already mapped to {}", shown(source), shown(target));
        Diagnostic::new(DiagnosticCode::DuplicateEntry, message)
            .at(entry.span)
            .param("source", source)
            .param("target", target)
            .fix(Fix::replace(
                "remove the repeated entry",
                entry.with_separator(mapping.text()),
                "",
            ))
    };
    repeats.map(|(entry, _)| report(entry)).collect()
}
