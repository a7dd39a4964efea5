//! The entries of a mapping in numbers: most of what a name is stands in the text, which the package has. The package's
//! `entries.ts` is the other side.

use idp_group_sync::{Diagnostic, Entry, Mapping, SourceKind, Span, TargetKind, Term};
use serde::Serialize;

/// What became of a mapping text.
#[derive(Serialize)]
pub(crate) struct Parsed<'m> {
    /// Seven for each entry: whether the source is a pattern (1), the target a capture (2), whether the source (4) and the
    /// target (8) stand otherwise in the text than they are, and whether the source is a condition (16); `start`, `end`, `line` and `column` of the source; and
    /// `start` and `end` of the target, which is on the same line.
    entries: Vec<usize>,
    /// The sources and targets that stand otherwise in the text, in the order of the entries.
    names: Vec<&'m str>,
    /// The terms of each condition, in the order of the entries.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conditions: Vec<&'m [Term]>,
    diagnostics: &'m [Diagnostic],
}

impl<'m> Parsed<'m> {
    /// With these diagnostics, which may be more than those of the text by itself.
    pub(crate) fn new(mapping: &'m Mapping, diagnostics: &'m [Diagnostic]) -> Self {
        let mut parsed = Parsed {
            entries: Vec::with_capacity(7 * mapping.entries().len()),
            names: Vec::new(),
            conditions: Vec::new(),
            diagnostics,
        };
        for Entry { source, target, .. } in mapping.entries() {
            let mut stands_otherwise = |name: &'m str, span: Span| {
                let is_other = span.of(mapping.text()) != name;
                parsed.names.extend(is_other.then_some(name));
                usize::from(is_other)
            };
            let is_condition = source.kind == SourceKind::Condition;
            let bits = usize::from(source.kind == SourceKind::Pattern)
                | usize::from(target.kind == TargetKind::Capture) << 1
                | stands_otherwise(&source.text, source.span) << 2
                | stands_otherwise(&target.text, target.span) << 3
                | usize::from(is_condition) << 4;
            parsed.conditions.extend(is_condition.then_some(&*source.terms));
            let (place, to) = (source.span, target.span.utf16());
            let from = place.utf16();
            parsed.entries.extend([
                bits,
                from.start,
                from.end,
                place.line(),
                place.column(),
                to.start,
                to.end,
            ]);
        }
        parsed
    }
}
