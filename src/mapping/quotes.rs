//! Quotes of other keyboards and languages, round what is meant as a quoted name.

use super::lexer::arrow_at;
use super::name::quoted;
use crate::diagnostic::{Diagnostic, DiagnosticCode, Fix, shown};
use crate::span::Span;

/// Each opening quote with those that close it.
const QUOTES: [(char, &str); 12] = [
    ('\'', "'’"),
    ('`', "`'´"),
    ('‘', "’‘'"),
    ('’', "’'"),
    ('‚', "‘’"),
    ('“', "”“\""),
    ('”', "”\""),
    ('„', "“”\""),
    ('«', "»"),
    ('»', "«"),
    ('「', "」"),
    ('『', "』"),
];

/// Whether `name` begins with a quote other than `"`.
pub(super) fn opens(name: &str) -> bool {
    name.starts_with(|first| QUOTES.iter().any(|(opening, _)| *opening == first))
}

/// Where the name ends that begins at byte `from` in other quotes, closing quote included: on its line, and where a name may
/// end.
pub(super) fn quoted_end(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let first = rest.chars().next()?;
    let (_, closing) = QUOTES.iter().find(|(opening, _)| *opening == first)?;
    let inner = rest.get(first.len_utf8()..)?;
    let end_of_line = inner.find(['\n', '\r']).unwrap_or(inner.len());
    let inner = inner.get(..end_of_line)?;
    // A quote that is closed behind an arrow is no quote.
    let inner = inner.get(..inner.find("->").or_else(|| inner.find('→')).unwrap_or(inner.len()))?;
    let (at, last) = inner
        .char_indices()
        .find(|(_, character)| closing.contains(*character))?;
    let end = from + first.len_utf8() + at + last.len_utf8();
    let behind = text
        .get(end..)?
        .trim_start_matches(|blank: char| blank.is_whitespace() && !matches!(blank, '\n' | '\r'));
    let ends = behind.is_empty()
        || behind.starts_with([',', ';', '、', '，', '\n', '\r'])
        || behind.starts_with("&&")
        || behind.starts_with("||")
        || arrow_at(text, text.len() - behind.len()).is_some();
    (ends && !inner.get(..at)?.trim().is_empty()).then_some(end)
}

/// A name in other quotes, which are read as part of it.
pub(super) fn other_quotes(text: &str, name: Span) -> Diagnostic {
    report(
        text,
        name,
        DiagnosticCode::OtherQuotes,
        "stands in quotes that are part of the name",
    )
}

/// A name in other quotes that holds a comma, which ends an entry.
pub(super) fn spilling_quotes(text: &str, name: Span) -> Diagnostic {
    report(
        text,
        name,
        DiagnosticCode::MissingArrow,
        "stands in quotes that keep no comma from ending the entry",
    )
}

fn report(text: &str, name: Span, code: DiagnosticCode, message: &str) -> Diagnostic {
    let written = name.of(text);
    let mut characters = written.chars();
    let quotes: String = [characters.next(), characters.next_back()]
        .into_iter()
        .flatten()
        .collect();
    let inner = characters.as_str();
    // In quotes, a star would be an ordinary character.
    let meant = if inner.contains('*') && !inner.contains([',', '"']) {
        inner.trim().to_owned()
    } else {
        quoted(inner)
    };
    Diagnostic::new(code, format!("{} {message}", shown(written)))
        .at(name)
        .param("name", written)
        .param("found", quotes)
        .help("names that need quotes stand in `\"`")
        .fix(Fix::replace("write `\"` instead", name, meant))
}
