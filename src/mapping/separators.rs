//! Entries that are parted by something other than a comma or a line break, and entries of which one side is a list.

use super::lexer::{Lexer, Name, Token};
use super::mistake::{self, mistyped_arrow};
use crate::diagnostic::{Diagnostic, DiagnosticCode, Fix, TextEdit};
use crate::span::Span;

/// What separates elsewhere.
const SEPARATORS: [char; 6] = [';', '、', '，', '；', '|', '｜'];

/// `tokens` stand behind the first arrow, and hold another: entries parted by one of these signs, if each name between two arrows
/// holds just one.
pub(super) fn other_separators(text: &str, tokens: &[Token]) -> Option<Diagnostic> {
    let mut edits = Vec::new();
    let mut found = None;
    let mut tokens = tokens.iter().peekable();
    while let Some(token) = tokens.next() {
        let Token::Name(name) = token else { return None };
        if tokens.next_if(|token| matches!(token, Token::Arrow(_))).is_none() {
            edits.extend(trailing(text, name).map(|sign| edit(text, sign, "")));
            break;
        }
        let written = name.span.of(text);
        let mut signs = written
            .char_indices()
            .filter(|(_, character)| SEPARATORS.contains(character));
        let ((at, sign), None) = (signs.next()?, signs.next()) else {
            return None;
        };
        let at = name.span.start() + at;
        let span = name.span.part(text, at..at + sign.len_utf8());
        if name.quoted || span.start() == name.span.start() || span.end() == name.span.end() {
            return None;
        }
        found = found.or(Some(span));
        let is_spaced = text.get(span.end()..)?.starts_with(char::is_whitespace);
        edits.push(edit(text, span, if is_spaced { "," } else { ", " }));
    }
    Some(report(text, found?, DiagnosticCode::ExtraArrow, edits))
}

/// Whether a bare target ends with a sign that separates elsewhere.
pub(super) fn ends(target: &str) -> bool {
    target.ends_with(SEPARATORS)
}

/// What stands at the end of a target that separates elsewhere.
pub(super) fn trailing(text: &str, target: &Name) -> Option<Span> {
    let written = target.span.of(text);
    let name = written.trim_end_matches(|last: char| last.is_whitespace() || SEPARATORS.contains(&last));
    let signs = written.get(name.len()..)?.trim_start();
    let is_separator = !target.quoted && !name.is_empty() && !signs.is_empty();
    is_separator.then(|| {
        target
            .span
            .part(text, target.span.end() - signs.len()..target.span.end())
    })
}

/// The sign at the end of an entry.
pub(super) fn trailing_separator(text: &str, sign: Span) -> Diagnostic {
    report(text, sign, DiagnosticCode::OtherSeparator, vec![edit(text, sign, "")])
}

/// Puts `separator` in the place of a sign and of the space before it.
fn edit(text: &str, sign: Span, separator: &str) -> TextEdit {
    let before = text.get(..sign.start()).unwrap_or("").trim_end_matches([' ', '\t']);
    TextEdit {
        span: sign.part(text, before.len()..sign.end()),
        text: separator.to_owned(),
    }
}

fn report(text: &str, sign: Span, code: DiagnosticCode, edits: Vec<TextEdit>) -> Diagnostic {
    let written = sign.of(text);
    Diagnostic::new(code, format!("`{written}` separates no entries"))
        .at(sign)
        .param("found", written)
        .help("separate entries by a comma or a line break, and put a name that ends so in quotes")
        .fix(Fix {
            title: "separate the entries by commas".to_owned(),
            edits,
        })
}

/// Names with commas between them, where an entry belongs.
pub(super) struct List {
    /// Each as it stands in the text.
    pub(super) names: Vec<Span>,
    /// The first source behind them that has an arrow, and its target.
    pub(super) entry: Option<(Span, Option<Span>)>,
    /// Where looking ended, in bytes.
    pub(super) end: usize,
}

/// The names from `first` on, whose entry `lexer` has just passed, to the end of the line.
pub(super) fn list(text: &str, first: Span, lexer: &Lexer<'_>) -> List {
    let mut list = List::of_one(first);
    let mut tokens = lexer.clone();
    loop {
        let start = tokens.next();
        let Some(Token::Name(Name { span, flaw: None, .. })) = start else {
            break;
        };
        list.end = span.end();
        if mistyped_arrow(text, span, false).is_some() {
            list.names.clear();
            return list;
        }
        match tokens.next() {
            Some(Token::Comma(_)) => list.names.push(span),
            Some(Token::Arrow(_)) => {
                let target = match tokens.next() {
                    Some(Token::Name(Name { span, flaw: None, .. })) => Some(span),
                    _ => None,
                };
                list.entry = Some((span, target));
                break;
            }
            Some(Token::LineBreak(_)) | None => {
                list.names.push(span);
                break;
            }
            Some(_) => break,
        }
    }
    list
}

impl List {
    pub(super) fn of_one(name: Span) -> List {
        List {
            names: vec![name],
            entry: None,
            end: name.end(),
        }
    }

    /// Names without an arrow. The entry before them, on their line and parted from them by a comma, has the source `before`.
    pub(super) fn report(&self, text: &str, before: Option<Span>) -> Option<Diagnostic> {
        let target = self.entry.and_then(|(_, target)| target);
        // What a capture stands for is not known of a name.
        let target = target.filter(|target| !target.of(text).contains('*'));
        if before.is_none() && target.is_none() {
            return None;
        }
        let (first, last) = self.names.first().zip(self.names.last())?;
        let mut diagnostic = mistake::missing_arrow(text, first.to(*last), None)
            .help("an entry has one source and one target; write an entry for each");
        let repeat = |written: &dyn Fn(&Span) -> TextEdit| Fix {
            title: "write an entry for each".to_owned(),
            edits: self.names.iter().map(written).collect(),
        };
        if let Some(before) = before {
            let source = before.of(text);
            diagnostic = diagnostic.fix(repeat(&|name| TextEdit {
                span: name.part(text, name.start()..name.start()),
                text: format!("{source} -> "),
            }));
        }
        if let Some(target) = target {
            let target = target.of(text);
            diagnostic = diagnostic.fix(repeat(&|name| TextEdit {
                span: name.part(text, name.end()..name.end()),
                text: format!(" -> {target}"),
            }));
        }
        Some(diagnostic)
    }
}
