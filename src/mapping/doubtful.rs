//! Names and comments that can be read, and are hardly meant as they are.

use super::lexer::{Name, arrow_at, bare_end};
use super::name::{as_source, as_target, quoted};
use super::{mistake, quotes, separators};
use crate::diagnostic::{Diagnostic, DiagnosticCode, Fix, shown};
use crate::lookalike::{is_invisible, is_unclear};
use crate::span::Span;

/// What is doubtful about a name that was read.
pub(super) fn name(text: &str, name: &Name, in_source: bool) -> Option<Diagnostic> {
    if name.quoted {
        return if name.text.is_ascii() {
            None
        } else {
            unusual_space(text, name, in_source)
        };
    }
    if name.marks.are_odd() {
        bare(text, name, in_source)
    } else {
        None
    }
}

#[inline(never)]
fn bare(text: &str, name: &Name, in_source: bool) -> Option<Diagnostic> {
    if quotes::quoted_end(text, name.span.start()) == Some(name.span.end()) {
        return Some(quotes::other_quotes(text, name.span));
    }
    if let Some(diagnostic) = unusual_space(text, name, in_source) {
        return Some(diagnostic);
    }
    if !in_source {
        return separators::trailing(text, name).map(|sign| separators::trailing_separator(text, sign));
    }
    regular_expression(name).or_else(|| single_operator(text, name))
}

/// Whether something would be said about `name` as a bare one.
pub(super) fn is_odd(name: &str, in_source: bool) -> bool {
    quotes::opens(name)
        || if in_source {
            expression(name).is_some() || operator(name).is_some()
        } else {
            mistake::is_condition(name) || separators::ends(name)
        }
}

/// A space that looks like the plain one. Written as an escape, it is meant.
fn unusual_space(text: &str, name: &Name, in_source: bool) -> Option<Diagnostic> {
    let is_unusual = |character: char| is_unclear(character) && !is_invisible(character);
    let written = name.span.of(text);
    let found = written.chars().find(|character| is_unusual(*character))?;
    let code_point = format!("U+{:04X}", u32::from(found));
    let plain = name.text.replace(is_unusual, " ");
    let write = if in_source { as_source } else { as_target };
    let plain = if name.marks.has_star() {
        plain.into()
    } else {
        write(&plain)
    };
    let message = format!(
        "{} holds a space that is not the plain one, {code_point}",
        shown(&name.text)
    );
    let diagnostic = Diagnostic::new(DiagnosticCode::UnusualSpace, message)
        .at(name.span)
        .param("name", &*name.text)
        .param("character", code_point)
        .fix(Fix::replace("write a plain space", name.span, plain));
    if name.marks.has_star() {
        return Some(diagnostic);
    }
    let title = "write it as an escape, if the name holds it";
    Some(diagnostic.fix(Fix::replace(title, name.span, quoted(&name.text))))
}

/// The body of a regular expression, if `name` looks like one, and whether it stands between slashes.
fn expression(name: &str) -> Option<(&str, bool)> {
    let enclosed = name
        .strip_prefix('/')
        .and_then(|rest| rest.trim_end_matches('i').strip_suffix('/'));
    let body = enclosed.unwrap_or(name);
    let group = body.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    let is_expression = body.starts_with('^')
        || enclosed.is_some_and(|body| body.ends_with('$'))
        // Where names have dots, a pattern may end in one.
        || (body.contains(".*") && !body.replace(".*", "").contains('.'))
        || body.contains(".+")
        || group.is_some_and(|(group, _)| group.contains('|'));
    is_expression.then_some((body, enclosed.is_some()))
}

fn regular_expression(name: &Name) -> Option<Diagnostic> {
    let written: &str = &name.text;
    let (body, is_enclosed) = expression(written)?;
    let diagnostic = Diagnostic::new(
        DiagnosticCode::RegularExpression,
        format!("{} is no regular expression here", shown(written)),
    )
    .at(name.span)
    .param("source", written)
    .help(
        "in a pattern, `*` is any run of characters, and nothing else is special; put a name that looks so in quotes",
    );
    Some(match as_pattern(body, is_enclosed) {
        Some(pattern) => diagnostic.fix(Fix::replace(format!("write {}", shown(&pattern)), name.span, pattern)),
        None => diagnostic,
    })
}

/// The pattern or name that matches what a simple regular expression does.
fn as_pattern(body: &str, is_enclosed: bool) -> Option<String> {
    let (starts, ends) = (body.strip_prefix('^'), body.strip_suffix('$'));
    // An expression that is not anchored finds its match anywhere; one without any sign of that is meant for the whole name.
    let is_search = is_enclosed || starts.is_some() || ends.is_some();
    let inner = starts.unwrap_or(body);
    let inner = inner.strip_suffix('$').unwrap_or(inner);
    let inner = inner.replace(".*", "*");
    if inner.contains(['.', '^', '$', '(', ')', '[', ']', '{', '}', '+', '?', '|', '\\']) {
        return None;
    }
    let open = |is_anchored: bool| if is_search && !is_anchored { "*" } else { "" };
    let pattern = [open(starts.is_some()), &inner, open(ends.is_some())].concat();
    let pattern = pattern.replace("**", "*");
    (!pattern.is_empty()).then_some(pattern)
}

/// Where a single `&` or `|` stands between spaces.
fn operator(name: &str) -> Option<usize> {
    name.find(" & ").or_else(|| name.find(" | ")).map(|space| space + 1)
}

/// An `&` or `|` that may be meant as an operator.
fn single_operator(text: &str, name: &Name) -> Option<Diagnostic> {
    let at = name.span.start() + operator(&name.text)?;
    let span = name.span.part(text, at..at + 1);
    let sign = span.of(text);
    let diagnostic = Diagnostic::new(
        DiagnosticCode::SingleOperator,
        format!("the `{sign}` is part of the name {}", shown(&name.text)),
    )
    .at(span)
    .param("name", &*name.text)
    .param("found", sign);
    if sign == "|" {
        return Some(diagnostic.help("where one of several groups is enough, write an entry for each"));
    }
    let help = "groups that the user must all have are joined by `&&`; in quotes, a name may hold anything";
    Some(diagnostic.help(help).fix(Fix::replace("write `&&`", span, "&&")))
}

/// A comment whose `#` is meant as the start of a name.
pub(super) fn commented_entry(text: &str, comment: Span) -> Option<Diagnostic> {
    let is_name = |character: char| !character.is_whitespace() && !matches!(character, '#' | '!' | '-' | '"');
    comment.of(text).get(1..)?.starts_with(is_name).then_some(())?;
    let (end, _) = bare_end(text, comment.start(), true);
    arrow_at(text, end).filter(|length| end + length < comment.end())?;
    let source = text.get(comment.start()..end)?.trim_end();
    let name = comment.part(text, comment.start()..comment.start() + source.len());
    let commented = Diagnostic::new(
        DiagnosticCode::CommentedEntry,
        format!("{} begins a comment, so this is no entry", shown(source)),
    )
    .at(comment)
    .param("source", source)
    .help("put a name that begins with `#` in quotes")
    .fix(Fix::replace("put the name in quotes", name, quoted(source)));
    Some(commented)
}
