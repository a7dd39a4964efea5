//! Text of another format, pasted whole.

use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::span::Span;

/// Tells that a text in which no entry could be read, and what was is wrong with it, is of another format.
pub(super) fn find(text: &str, diagnostics: &[Diagnostic]) -> Option<Diagnostic> {
    diagnostics.first()?;
    let body = text.trim().trim_end_matches([';', ',']);
    let is_json = (body.starts_with('{') && body.ends_with('}') || body.starts_with('[') && body.ends_with(']'))
        && body.contains(['"', '\'']);
    let format = if is_json {
        "JSON"
    } else if is_csv(text, diagnostics) {
        "CSV"
    } else {
        return None;
    };
    let whole = Span::at_end("").part(text, 0..text.len());
    let other_format = Diagnostic::new(DiagnosticCode::OtherFormat, format!("this is {format}, and no mapping"))
        .at(whole)
        .param("format", format)
        .help("import it, which converts it: `importMapping`, or `idp-group-sync import FILE`");
    Some(other_format)
}

/// Whether every line has equally many columns, at least two, and there is nothing else that could be meant by it.
fn is_csv(text: &str, diagnostics: &[Diagnostic]) -> bool {
    let nothing_else = |diagnostic: &Diagnostic| {
        let code = diagnostic.code;
        (code == DiagnosticCode::MissingArrow || code == DiagnosticCode::EmptyEntry) && diagnostic.fixes.is_empty()
            || code == DiagnosticCode::TextAfterQuote
    };
    let lines = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty());
    let has_columns = |separator: char| {
        let mut counts = lines.clone().map(|line| {
            let mut quoted = false;
            let separates = |character: &char| {
                quoted ^= *character == '"';
                !quoted && *character == separator
            };
            line.chars().filter(separates).count()
        });
        let first = counts.next().unwrap_or(0);
        first > 0 && counts.all(|count| count == first)
    };
    lines.clone().nth(1).is_some()
        && diagnostics.iter().all(nothing_else)
        && [',', ';', '\t'].into_iter().any(has_columns)
}
