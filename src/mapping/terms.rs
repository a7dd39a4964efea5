//! Sources that have operators: their terms, and what is wrong with them.

use super::lexer::{Name, Token};
use super::mistake;
use super::{MAX_STARS, MAX_TERMS, Pattern, Source, SourceKind, Term};
use crate::diagnostic::{Diagnostic, DiagnosticCode, Fix, shown};
use crate::span::Span;

/// The stars that a target may speak of.
#[derive(Clone, Copy, Default)]
pub(super) struct Stars {
    /// Whether there is any, be it in what is excluded.
    pub(super) any: bool,
    /// How many the one pattern has that is not excluded; none if there are several of those.
    pub(super) captured: usize,
}

/// The kind of the name as a source, and how many stars it has.
pub(super) fn kind_of(name: &Name) -> (SourceKind, usize) {
    if name.marks.has_star() {
        (SourceKind::Pattern, name.text.matches('*').count())
    } else {
        (SourceKind::Name, 0)
    }
}

/// Of the patterns with so many stars, each excluded or not.
pub(super) fn stars_of(patterns: impl Iterator<Item = (usize, bool)>) -> Stars {
    let (mut any, mut captured) = (false, None);
    for (stars, excluded) in patterns.filter(|(stars, _)| *stars > 0) {
        any = true;
        if !excluded {
            captured = Some(if captured.is_none() { stars } else { 0 });
        }
    }
    Stars {
        any,
        captured: captured.unwrap_or(0),
    }
}

/// The terms of what stands before the arrow. `target` is the target, if all behind the arrow is well.
pub(super) fn read(text: &str, tokens: &[Token], target: Option<&Name>) -> Result<(Source, Stars), Box<Diagnostic>> {
    let mut terms: Vec<Term> = Vec::new();
    let mut stars = Vec::new();
    let mut last: Option<&Token> = None;
    for token in tokens {
        let follows_name = matches!(last, Some(Token::Name(_)));
        let excluded = matches!(last, Some(Token::Not(_)));
        match token {
            Token::Name(name) => {
                let (kind, count) = kind_of(name);
                stars.push((count, excluded));
                if let Some(fault) = mistake::fault(name, true) {
                    return Err(fault.into());
                }
                terms.push(Term {
                    text: name.text.to_string(),
                    kind,
                    excluded,
                    span: name.span,
                });
            }
            Token::Stray(stray) => {
                if let Some(Token::Name(name)) = last {
                    return Err(mistake::text_after_quote(text, name, *stray).into());
                }
            }
            Token::Not(_) if excluded => return Err(missing_term(text, token).into()),
            Token::And(_) | Token::Or(_) if !follows_name => {
                return Err(missing_term(text, last.unwrap_or(token)).into());
            }
            _ => {}
        }
        last = Some(token);
    }
    match last {
        Some(Token::Name(_)) => {}
        Some(operator) => return Err(missing_term(text, operator).into()),
        None => return Err(mistake::missing_source(Span::at_end(text)).into()),
    }
    let whole = tokens.first().zip(tokens.last());
    let whole = whole.map_or(Span::at_end(text), |(first, last)| first.span().to(last.span()));
    if let Some(Token::Or(or)) = tokens.iter().find(|token| matches!(token, Token::Or(_))) {
        return Err(alternatives(text, tokens, *or, target).into());
    }
    if terms.len() > MAX_TERMS {
        let message = format!("the condition has {} terms; at most {MAX_TERMS} are read", terms.len());
        let too_many = Diagnostic::new(DiagnosticCode::TooManyTerms, message)
            .at(whole)
            .param("terms", terms.len().to_string())
            .param("limit", MAX_TERMS.to_string())
            .help("let patterns do the work of many terms");
        return Err(too_many.into());
    }
    if terms.iter().all(|term| term.excluded) {
        let written = whole.of(text);
        let message = format!("{} names no IdP group that the user must have", shown(written));
        let without_group = Diagnostic::new(DiagnosticCode::ConditionWithoutGroup, message)
            .at(whole)
            .param("source", written)
            .help(format!(
                "add one without `!`; `* && {written}` is everybody else who has an IdP group"
            ));
        return Err(without_group.into());
    }
    let source = Source {
        text: terms.iter().map(Term::canonical).collect::<Vec<_>>().join(" && "),
        kind: SourceKind::Condition,
        span: whole,
        terms,
    };
    Ok((source, stars_of(stars.into_iter())))
}

/// No name stands behind an operator, or before one.
fn missing_term(text: &str, operator: &Token) -> Diagnostic {
    let span = operator.span();
    let written = span.of(text);
    let message = match operator {
        Token::And(_) | Token::Or(_) => format!("no IdP group stands on one side of `{written}`"),
        _ => "one IdP group stands behind a `!`".to_owned(),
    };
    Diagnostic::new(DiagnosticCode::MissingSource, message)
        .at(span)
        .help("write `IdP group && !IdP group -> app group`, and a name that holds `&&` or begins with `!` in quotes")
}

/// An `||`, where each side should have an entry of its own.
fn alternatives(text: &str, tokens: &[Token], or: Span, target: Option<&Name>) -> Diagnostic {
    let diagnostic = Diagnostic::new(DiagnosticCode::AlternativeSources, "`||` joins no IdP groups")
        .at(or)
        .help("write an entry for each, with the same target");
    let sides = tokens.split(|token| matches!(token, Token::Or(_)));
    let sides = sides.filter_map(|side| Some(side.first()?.span().to(side.last()?.span()).of(text)));
    let sides: Vec<&str> = sides.collect();
    let is_whole = |side: &&str| side.matches('(').count() == side.matches(')').count();
    let (Some(first), Some(target)) = (tokens.first(), target) else {
        return diagnostic;
    };
    if !sides.iter().all(is_whole) {
        // A bracket that spans them groups them, and what it means is more than two entries.
        return diagnostic;
    }
    let written = target.span.of(text);
    let entries: Vec<String> = sides.iter().map(|side| format!("{side} -> {written}")).collect();
    diagnostic.fix(Fix::replace(
        "write an entry for each",
        first.span().to(target.span),
        entries.join(", "),
    ))
}

/// Terms of a condition that nobody can meet together.
pub(super) fn contradiction(source: &Source) -> Option<Diagnostic> {
    let excludes = |excluded: &Term, term: &Term| match excluded.kind {
        SourceKind::Name => term.kind == SourceKind::Name && term.text == excluded.text,
        // A pattern that matches the text of another, stars and all, matches all that the other does.
        _ => Pattern::new(&excluded.text).matches(&term.text),
    };
    let mut excluded = source.terms.iter().filter(|term| term.excluded);
    let (excluded, term) = excluded.find_map(|excluded| {
        let mut terms = source.terms.iter().filter(|term| !term.excluded);
        Some((excluded, terms.find(|term| excludes(excluded, term))?))
    })?;
    let message = format!(
        "nobody has {} without having {}, so this entry grants nothing",
        shown(&term.text),
        shown(&excluded.text)
    );
    let contradiction = Diagnostic::new(DiagnosticCode::Contradiction, message)
        .at(excluded.span)
        .param("name", &*term.text)
        .param("excluded", &*excluded.text);
    Some(contradiction)
}

/// More stars than a target can speak of.
pub(super) fn too_many_stars(name: &Name) -> Option<Diagnostic> {
    let (_, stars) = kind_of(name);
    (stars > MAX_STARS).then(|| {
        let message = format!(
            "{} has {stars} stars; a pattern has at most {MAX_STARS}",
            shown(&name.text)
        );
        Diagnostic::new(DiagnosticCode::TooManyStars, message)
            .at(name.span)
            .param("stars", stars.to_string())
            .param("limit", MAX_STARS.to_string())
            .help("let one star stand for all that stands between two others")
    })
}
