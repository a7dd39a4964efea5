//! Tokens to entries. What goes wrong in one entry is reported once, and the parser goes on after the next separator.

use super::lexer::{Lexer, Name, Token};
use super::mistake::{self, attribute_run, mistyped_arrow};
use super::{Entry, MAX_ENTRIES, MAX_NAME_CHARACTERS, MAX_TEXT_BYTES, Mapping, Source, SourceKind, Target, TargetKind};
use crate::diagnostic::{Diagnostic, DiagnosticCode, Fix, shown};
use crate::mapping::entry::Comment;
use crate::names::excess_length;
use crate::span::Span;

pub(super) fn parse(text: String) -> Mapping {
    if text.len() > MAX_TEXT_BYTES {
        let message = format!(
            "the mapping has {} bytes; at most {MAX_TEXT_BYTES} are read",
            text.len()
        );
        let too_long = Diagnostic::new(DiagnosticCode::TextTooLong, message)
            .param("bytes", text.len().to_string())
            .param("limit", MAX_TEXT_BYTES.to_string())
            .help("let patterns do the work of many entries");
        return Mapping {
            text,
            entries: Vec::new(),
            comments: Vec::new(),
            diagnostics: vec![too_long],
        };
    }
    let mut parser = Parser::new(&text);
    parser.run();
    let Parser {
        entries,
        comments,
        diagnostics,
        ..
    } = parser;
    Mapping {
        text,
        entries,
        comments,
        diagnostics,
    }
}

struct Parser<'t> {
    text: &'t str,
    lexer: Lexer<'t>,
    entries: Vec<Entry>,
    comments: Vec<Comment>,
    diagnostics: Vec<Diagnostic>,
    /// Entries begun, readable or not.
    begun: usize,
    /// Commas that separate nothing.
    surplus: Option<Span>,
    /// No run of attributes that starts before this byte is the source of an entry; spares looking again.
    no_run_before: usize,
    /// Whether the last separator was a comma.
    after_comma: bool,
    /// Whether an entry has ended on the line that is being read.
    line_has_entry: bool,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        Parser {
            text,
            lexer: Lexer::new(text),
            entries: Vec::new(),
            comments: Vec::new(),
            diagnostics: Vec::new(),
            begun: 0,
            surplus: None,
            no_run_before: 0,
            after_comma: false,
            line_has_entry: false,
        }
    }

    fn run(&mut self) {
        let mut entry = Vec::new();
        loop {
            let token = self.lexer.next();
            match token {
                Some(Token::Comment(span)) => {
                    self.end_surplus();
                    let trailing = self.line_has_entry;
                    self.comments.push(Comment {
                        span,
                        trailing,
                        entries_before: self.entries.len(),
                    });
                }
                Some(Token::Name(_) | Token::Stray(_) | Token::Arrow(_)) => entry.extend(token),
                Some(Token::Comma(comma)) if entry.is_empty() => {
                    if self.after_comma {
                        self.surplus = Some(self.surplus.unwrap_or(comma).to(comma));
                    }
                    self.after_comma = true;
                }
                Some(Token::Comma(_) | Token::LineBreak(_)) | None => {
                    self.after_comma = matches!(token, Some(Token::Comma(_)));
                    self.line_has_entry = self.after_comma && (self.line_has_entry || !entry.is_empty());
                    if !entry.is_empty() {
                        self.end_surplus();
                        if !self.entry(&entry) {
                            return;
                        }
                        entry.clear();
                    }
                    if token.is_none() {
                        break;
                    }
                }
            }
        }
        self.end_surplus();
    }

    fn end_surplus(&mut self) {
        if let Some(surplus) = self.surplus.take() {
            let empty = Diagnostic::new(DiagnosticCode::EmptyEntry, "nothing stands between two commas")
                .at(surplus)
                .fix(Fix::replace("remove the surplus comma", surplus, ""));
            self.diagnostics.push(empty);
        }
    }

    /// Reads one entry. Returns false where the text has too many of them.
    fn entry(&mut self, tokens: &[Token]) -> bool {
        let Some(whole) = extent(tokens) else { return true };
        self.begun += 1;
        if self.begun > MAX_ENTRIES {
            let too_many = Diagnostic::new(
                DiagnosticCode::TooManyEntries,
                format!("the mapping has over {MAX_ENTRIES} entries; the rest was not read"),
            )
            .at(whole)
            .param("limit", MAX_ENTRIES.to_string())
            .help("let patterns do the work of many entries");
            self.diagnostics.push(too_many);
            return false;
        }
        let flaws = tokens.iter().filter_map(|token| match token {
            Token::Name(name) => name.flaw.as_ref().map(|flaw| mistake::flawed(self.text, name, flaw)),
            _ => None,
        });
        let flaws: Vec<Diagnostic> = flaws.collect();
        if !flaws.is_empty() {
            self.diagnostics.extend(flaws);
            return true;
        }
        match tokens {
            [Token::Arrow(arrow), ..] => self.diagnostics.push(mistake::missing_source(*arrow)),
            [Token::Name(source), Token::Arrow(arrow), Token::Name(target)] => {
                if let Some(second) =
                    long_arrow(self.text, target).or_else(|| long_arrow(self.text, source).map(|_| *arrow))
                {
                    self.diagnostics.push(mistake::extra_arrow(second));
                } else {
                    self.complete(source, target);
                }
            }
            [Token::Name(name)] => self.without_arrow(name),
            [Token::Name(name), Token::Stray(stray)] => self.without_arrow_after_quote(name, *stray),
            [Token::Name(name), Token::Stray(stray), ..]
            | [_, Token::Arrow(_), Token::Name(name), Token::Stray(stray), ..] => {
                self.diagnostics
                    .push(mistake::text_after_quote(self.text, name, *stray));
            }
            [Token::Name(_), Token::Arrow(arrow)] => self.diagnostics.push(mistake::missing_target(*arrow)),
            [Token::Name(source), Token::Arrow(_), repeated @ .., Token::Name(target)]
                if repeated.iter().all(|token| matches!(token, Token::Arrow(_)))
                    && long_arrow(self.text, source)
                        .or(long_arrow(self.text, target))
                        .is_none() =>
            {
                self.diagnostics.extend(extent(repeated).map(mistake::repeated_arrow));
            }
            [_, Token::Arrow(_), Token::Arrow(second), ..]
            | [_, Token::Arrow(_), Token::Name(_), Token::Arrow(second), ..] => {
                self.diagnostics.push(mistake::extra_arrow(*second));
            }
            _ => self.diagnostics.push(mistake::missing_arrow(self.text, whole, None)),
        }
        true
    }

    fn without_arrow(&mut self, name: &Name) {
        if !name.quoted
            && self.after_comma
            && name.span.start() >= self.no_run_before
            && let Some(run) = attribute_run(self.text, name.span.start())
        {
            if run.before_arrow || run.well_known {
                self.unquoted_ldap_name(name.span, run.end);
                return;
            }
            self.no_run_before = run.end;
        }
        let mistyped = if name.quoted {
            None
        } else {
            mistyped_arrow(self.text, name.span, false)
        };
        self.report_missing_arrow(name.span, mistyped);
    }

    /// Reports a name that begins with `first` and goes on up to byte `end`.
    fn unquoted_ldap_name(&mut self, first: Span, end: usize) {
        let name = first.part(self.text, first.start()..end);
        self.diagnostics.push(mistake::unquoted_ldap_name(self.text, name));
        self.lexer.resume_after_name(name);
        self.skip_entry();
    }

    fn without_arrow_after_quote(&mut self, name: &Name, stray: Span) {
        let mistyped = mistyped_arrow(self.text, stray, true).filter(|mistyped| mistyped.span.start() == stray.start());
        if mistyped.is_some() {
            self.report_missing_arrow(name.span.to(stray), mistyped);
        } else {
            self.diagnostics.push(mistake::text_after_quote(self.text, name, stray));
        }
    }

    fn report_missing_arrow(&mut self, entry: Span, mistyped: Option<mistake::MistypedArrow>) {
        let target = mistyped.as_ref().map(|mistyped| mistyped.target);
        self.diagnostics
            .push(mistake::missing_arrow(self.text, entry, mistyped));
        if let Some(target) = target.filter(|target| target.of(self.text).starts_with('"')) {
            // A comma in a quoted target does not end the entry, mistaken as its arrow may be.
            self.lexer.resume_before_name(target);
            self.skip_entry();
        }
    }

    /// Passes over the rest of an entry that has been reported, up to and with its separator.
    fn skip_entry(&mut self) {
        let separator = self
            .lexer
            .find(|token| matches!(token, Token::Comma(_) | Token::LineBreak(_)));
        self.after_comma = matches!(separator, Some(Token::Comma(_)));
        self.line_has_entry = self.after_comma;
    }

    fn complete(&mut self, source: &Name, target: &Name) {
        if !target.quoted && self.after_comma {
            let run = attribute_run(self.text, target.span.start()).filter(|run| run.well_known && !run.before_arrow);
            if let Some(run) = run {
                self.unquoted_ldap_name(target.span, run.end);
                return;
            }
        }
        let mut faults = Vec::new();
        if source.text.is_empty() {
            faults.push(mistake::missing_source(source.span));
        } else if target.text.is_empty() {
            faults.push(mistake::missing_target(target.span));
        }
        faults.extend([source, target].into_iter().filter_map(too_long));
        let is_pattern = !source.quoted && source.text.contains('*');
        let is_capture = !target.quoted && target.text.contains('*');
        let has_single_star = |name: &Name| name.text.matches('*').count() == 1;
        if is_capture && !(is_pattern && has_single_star(source) && has_single_star(target)) {
            faults.push(mistake::capture_without_pattern(target));
        }
        if !faults.is_empty() {
            self.diagnostics.extend(faults);
            return;
        }
        self.entries.push(Entry {
            source: Source {
                text: source.text.to_string(),
                kind: if is_pattern {
                    SourceKind::Pattern
                } else {
                    SourceKind::Name
                },
                span: source.span,
                terms: Vec::new(),
            },
            target: Target {
                text: target.text.to_string(),
                kind: if is_capture {
                    TargetKind::Capture
                } else {
                    TargetKind::Name
                },
                span: target.span,
            },
            span: source.span.to(target.span),
        });
    }
}

/// A `-->` in a bare name: an arrow to whoever wrote it.
fn long_arrow(text: &str, name: &Name) -> Option<Span> {
    // A search for one character is far cheaper than for three, and hardly a name has this one.
    let mut ends = name.text.match_indices('>').filter(|_| !name.quoted);
    let (end, _) = ends.find(|(at, _)| name.text.get(..*at).is_some_and(|before| before.ends_with("--")))?;
    let end = name.span.start() + end + 1;
    Some(name.span.part(text, end - "-->".len()..end))
}

fn too_long(name: &Name) -> Option<Diagnostic> {
    let characters = excess_length(&name.text)?;
    let message = format!(
        "{} has {characters} characters; a name has at most {MAX_NAME_CHARACTERS}",
        shown(&name.text)
    );
    let too_long = Diagnostic::new(DiagnosticCode::NameTooLong, message)
        .at(name.span)
        .param("characters", characters.to_string())
        .param("limit", MAX_NAME_CHARACTERS.to_string());
    Some(too_long)
}

/// From the start of the first token to the end of the last.
fn extent(tokens: &[Token]) -> Option<Span> {
    Some(tokens.first()?.span().to(tokens.last()?.span()))
}
