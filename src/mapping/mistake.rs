//! Recognising the mistakes that people make, so that each is reported once, in its own words, with its fix.

use std::ops::Range;

use super::MAX_NAME_CHARACTERS;
use super::lexer::{Flaw, Name, bare_end};
use super::name::quoted;
use super::terms::too_many_stars;
use crate::diagnostic::{Diagnostic, DiagnosticCode, Fix, TextEdit, shown};
use crate::names::excess_length;
use crate::span::Span;

const ARROW_HELP: &str = "write `IdP group -> app group`";

/// Several `attribute=value` parts joined by commas, as LDAP writes names (RFC 4514).
pub(super) struct AttributeRun {
    /// Just past the last part, before any white space, arrow or separator.
    pub(super) end: usize,
    /// Whether an arrow follows, so that the run is the source of an entry.
    pub(super) before_arrow: bool,
    /// Whether every attribute is one that LDAP names are made of, so that the run is meant as a name even without an arrow.
    pub(super) well_known: bool,
}

/// The attributes of RFC 4514, section 3.
const WELL_KNOWN_ATTRIBUTES: [&str; 9] = ["CN", "L", "ST", "O", "OU", "C", "STREET", "DC", "UID"];

/// The run of at least two parts, or of one that holds an escaped comma, that begins at byte `from`.
pub(super) fn attribute_run(text: &str, from: usize) -> Option<AttributeRun> {
    // Looked at first, so that text without attributes is never searched far ahead.
    attribute_of(text.get(from..bare_end(text, from, true).0)?.trim())?;
    let mut run = AttributeRun {
        end: from,
        before_arrow: false,
        well_known: true,
    };
    let mut start = from;
    let mut commas = 0;
    loop {
        let mut end = bare_end(text, start, true).0;
        while text.get(end..)?.starts_with(',') && ends_with_escape(text.get(start..end)?) {
            commas += 1;
            end = bare_end(text, end + 1, true).0;
        }
        let part = text.get(start..end)?.trim_end();
        let Some(attribute) = attribute_of(part.trim_start()) else {
            break;
        };
        run.end = start + part.len();
        run.well_known &= WELL_KNOWN_ATTRIBUTES
            .iter()
            .any(|known| known.eq_ignore_ascii_case(attribute));
        let rest = text.get(end..)?;
        if !rest.starts_with(',') {
            run.before_arrow = rest.starts_with(['-', '→', '&', '|']);
            break;
        }
        commas += 1;
        start = end + 1;
    }
    let holds_comma = text.get(from..run.end)?.contains(',');
    (commas > 0 && holds_comma).then_some(run)
}

fn ends_with_escape(part: &str) -> bool {
    let backslashes = part.bytes().rev().take_while(|byte| *byte == b'\\').count();
    backslashes % 2 == 1
}

/// The attribute of an `attribute=value` part: a keyword or a dotted number (RFC 4512, section 1.4).
fn attribute_of(part: &str) -> Option<&str> {
    let (attribute, value) = part.split_once('=')?;
    let attribute = attribute.trim_end();
    let is_keyword = attribute.starts_with(|first: char| first.is_ascii_alphabetic())
        && attribute
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_number = attribute.starts_with(|first: char| first.is_ascii_digit())
        && attribute.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    ((is_keyword || is_number) && !value.starts_with('>')).then_some(attribute)
}

/// An LDAP name without quotes: its commas would end the entry.
pub(super) fn unquoted_ldap_name(text: &str, name: Span) -> Diagnostic {
    let written = name.of(text);
    let diagnostic = Diagnostic::new(
        DiagnosticCode::MissingArrow,
        format!("the commas in {} separate entries", shown(written)),
    )
    .at(name)
    .param("name", written);
    if written.contains('*') {
        // In quotes the star would be an ordinary character, which is not what was meant.
        return diagnostic.help("a pattern can't hold a comma, but a `*` can stand for one: `CN=Sales*`");
    }
    diagnostic
        .help("put a name that holds a comma in quotes")
        .fix(Fix::replace("put the name in quotes", name, quoted(written)))
}

/// What people write for the arrow; the surer ones first.
const ARROWS: [&str; 19] = [
    "=>", "-->", "-&gt;", "=&gt;", "&rarr;", "–>", "—>", "−>", "- >", "⇒", "⟶", "⟹", "➔", "➜", "➡", "–&gt;", "—&gt;",
    "=", ":",
];

/// What stands where an arrow belongs.
pub(super) struct MistypedArrow {
    /// The sign itself.
    pub(super) span: Span,
    /// What is meant as the target.
    pub(super) target: Span,
    edit: TextEdit,
}

/// Finds the sign that is meant as the arrow in `entry`, a stretch of text without an arrow. The text before it may be
/// empty only if `after_name` says that a quoted name stands before the stretch.
pub(super) fn mistyped_arrow(text: &str, entry: Span, after_name: bool) -> Option<MistypedArrow> {
    let written = entry.of(text);
    let around = |sign: &Range<usize>| {
        let before = written.get(..sign.start).unwrap_or("");
        (before, written.get(sign.end..).unwrap_or(""))
    };
    let is_beside_space = |sign: &Range<usize>| {
        let (before, after) = around(sign);
        before.ends_with(char::is_whitespace) || after.starts_with(char::is_whitespace)
    };
    // Most signs begin with what a text seldom has, and one character is soon looked for.
    let may_hold = |sign: &&&str| sign.chars().next().is_some_and(|first| written.contains(first));
    ARROWS.iter().filter(may_hold).find_map(|sign| {
        let signs = occurrences(written, sign);
        let spaced: Vec<_> = signs.iter().filter(|sign| is_beside_space(sign)).cloned().collect();
        // With several candidates there is no telling which is meant.
        let sign = match (spaced.as_slice(), signs.as_slice()) {
            ([only], _) | ([], [only]) => only,
            _ => return None,
        };
        let (before, after) = around(sign);
        let after = after.trim_start();
        if after.is_empty() || (before.trim_end().is_empty() && !after_name) {
            return None;
        }
        let span = entry.part(text, entry.start() + sign.start..entry.start() + sign.end);
        let target = span.part(text, entry.end() - after.len()..entry.end());
        let before_sign = text.get(..span.start())?.trim_end().len();
        let edit = TextEdit {
            span: span.part(text, before_sign..target.start()),
            text: " -> ".to_owned(),
        };
        Some(MistypedArrow { span, target, edit })
    })
}

fn occurrences(text: &str, sign: &str) -> Vec<Range<usize>> {
    let signs = text.match_indices(sign).map(|(at, sign)| {
        // `-->`, however long.
        let dashes = if sign == "-->" {
            text.get(..at).unwrap_or("")
        } else {
            ""
        };
        let dashes = dashes.len() - dashes.trim_end_matches('-').len();
        at - dashes..at + sign.len()
    });
    signs.collect()
}

/// An entry without an arrow. `entry` is all of it, `mistyped` what stands in the arrow's place.
pub(super) fn missing_arrow(text: &str, entry: Span, mistyped: Option<MistypedArrow>) -> Diagnostic {
    let written = entry.of(text);
    let Some(MistypedArrow { span, edit, .. }) = mistyped else {
        return Diagnostic::new(DiagnosticCode::MissingArrow, format!("{} has no arrow", shown(written)))
            .at(entry)
            .param("name", written)
            .help(ARROW_HELP);
    };
    let sign = span.of(text);
    let fix = Fix {
        title: format!("write `->` instead of {}", shown(sign)),
        edits: vec![edit],
    };
    Diagnostic::new(DiagnosticCode::MissingArrow, format!("{} is not an arrow", shown(sign)))
        .at(span)
        .param("name", written)
        .param("found", sign)
        .help(ARROW_HELP)
        .fix(fix)
}

pub(super) fn missing_source(at: Span) -> Diagnostic {
    Diagnostic::new(DiagnosticCode::MissingSource, "no IdP group stands before the arrow")
        .at(at)
        .help(ARROW_HELP)
}

pub(super) fn missing_target(at: Span) -> Diagnostic {
    Diagnostic::new(
        DiagnosticCode::MissingTarget,
        "no role or app group stands after the arrow",
    )
    .at(at)
    .help(ARROW_HELP)
}

/// A second arrow.
pub(super) fn extra_arrow(arrow: Span) -> Diagnostic {
    Diagnostic::new(DiagnosticCode::ExtraArrow, "an entry has only one arrow")
        .at(arrow)
        .help("write an entry for each target, or put a name that holds an arrow in quotes")
}

/// More arrows right behind the first, with nothing between them and one name after them.
pub(super) fn repeated_arrow(arrows: Span) -> Diagnostic {
    extra_arrow(arrows).fix(Fix::replace("remove the repeated arrow", arrows, ""))
}

/// Text after the closing quote of `name`.
pub(super) fn text_after_quote(text: &str, name: &Name, stray: Span) -> Diagnostic {
    let written = stray.of(text);
    let behind = text.get(name.span.end()..stray.end()).unwrap_or("");
    let whole = format!("{}{behind}", name.text);
    Diagnostic::new(
        DiagnosticCode::TextAfterQuote,
        format!("{} stands after the closing quote", shown(written)),
    )
    .at(stray)
    .param("text", written)
    .help("quotes go round a whole name; write a quote inside it as `\\\"`")
    .fix(Fix::replace(
        "put all of it in quotes",
        name.span.to(stray),
        quoted(&whole),
    ))
}

/// What is wrong inside a quoted name.
pub(super) fn flawed(text: &str, name: &Name, flaw: &Flaw) -> Diagnostic {
    let written = name.span.of(text);
    match flaw {
        Flaw::Unterminated => {
            let diagnostic = Diagnostic::new(
                DiagnosticCode::UnterminatedQuote,
                format!("the quote of {} is not closed on its line", shown(written)),
            )
            .at(name.span)
            .param("name", written);
            if name.text.trim().is_empty() || ends_with_escape(written) {
                return diagnostic.help("close the quote with `\"`");
            }
            let end = name.span.part(text, name.span.end()..name.span.end());
            diagnostic.fix(Fix::replace("close the quote", end, "\""))
        }
        Flaw::UnknownEscapes(escapes) => {
            let first = escapes.first().copied().unwrap_or(name.span);
            let doubled = |escape: &Span| TextEdit {
                span: escape.part(text, escape.start()..escape.start()),
                text: "\\".to_owned(),
            };
            let fix = Fix {
                title: "write the backslash as `\\\\`".to_owned(),
                edits: escapes.iter().map(doubled).collect(),
            };
            Diagnostic::new(
                DiagnosticCode::UnknownEscape,
                format!("{} is not an escape", shown(first.of(text))),
            )
            .at(first)
            .param("escape", first.of(text))
            .help("in quotes, `\\` begins one of `\\\"`, `\\\\`, `\\n`, `\\t` and `\\u{HEX}`")
            .fix(fix)
        }
    }
}

/// A `*` or `$1` in a target that stands for nothing.
pub(super) fn capture_without_pattern(target: &Name, sign: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        DiagnosticCode::CaptureWithoutPattern,
        format!("the `{sign}` in {} stands for nothing", shown(&target.text)),
    );
    let help = "a target may have one `*` if its source has exactly one, unquoted; where it has several, `$1` is the first of them; \
                and of the patterns of a condition, only one may have no `!`";
    in_quotes(diagnostic, target, help)
}

/// Whether a bare target has an operator.
pub(super) fn is_condition(target: &str) -> bool {
    target.starts_with('!') || target.contains("&&")
}

/// An operator in a target.
fn condition_in_target(target: &Name) -> Diagnostic {
    let sign = if target.text.starts_with('!') { "!" } else { "&&" };
    let diagnostic = Diagnostic::new(
        DiagnosticCode::ConditionInTarget,
        format!("the `{sign}` in {} belongs before the arrow", shown(&target.text)),
    );
    in_quotes(
        diagnostic,
        target,
        "a target is one role or app group; write an entry for each",
    )
}

fn in_quotes(diagnostic: Diagnostic, target: &Name, help: &str) -> Diagnostic {
    diagnostic
        .at(target.span)
        .param("target", &*target.text)
        .help(help)
        .fix(Fix::replace(
            "put the target in quotes, for a name that holds this",
            target.span,
            quoted(&target.text),
        ))
}

/// What keeps a name from being read as one.
pub(super) fn fault(name: &Name, in_source: bool) -> Option<Diagnostic> {
    if name.text.is_empty() {
        let missing = if in_source { missing_source } else { missing_target };
        return Some(missing(name.span));
    }
    if let Some(characters) = excess_length(&name.text) {
        return Some(too_long(name, characters));
    }
    if in_source
        && name.marks.has_star()
        && let Some(fault) = too_many_stars(name)
    {
        return Some(fault);
    }
    (!in_source && name.marks.are_odd() && is_condition(&name.text)).then(|| condition_in_target(name))
}

fn too_long(name: &Name, characters: usize) -> Diagnostic {
    let message = format!(
        "{} has {characters} characters; a name has at most {MAX_NAME_CHARACTERS}",
        shown(&name.text)
    );
    Diagnostic::new(DiagnosticCode::NameTooLong, message)
        .at(name.span)
        .param("characters", characters.to_string())
        .param("limit", MAX_NAME_CHARACTERS.to_string())
}
