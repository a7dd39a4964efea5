//! Tokens to entries. What goes wrong in one entry is reported once, and the parser goes on after the next separator.

use super::lexer::{Lexer, Name, Token};
use super::mistake::{self, attribute_run, mistyped_arrow};
use super::quotes::{quoted_end, spilling_quotes};
use super::separators::{self, List};
use super::terms::{self, Stars};
use super::{Entry, MAX_ENTRIES, MAX_TEXT_BYTES, Mapping, Source, Target, doubtful, other_format, target};
use crate::diagnostic::{Diagnostic, DiagnosticCode, Fix};
use crate::mapping::entry::Comment;
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
        mut diagnostics,
        ..
    } = parser;
    if entries.is_empty()
        && let Some(other_format) = other_format::find(&text, &diagnostics)
    {
        diagnostics = vec![other_format];
    }
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
    /// No list that starts before this byte is one side of an entry.
    no_list_before: usize,
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
            no_list_before: 0,
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
                    self.diagnostics.extend(doubtful::commented_entry(self.text, span));
                    self.comments.push(Comment {
                        span,
                        trailing,
                        entries_before: self.entries.len(),
                    });
                }
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
                Some(_) => entry.extend(token),
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
        let arrow = tokens.iter().position(|token| matches!(token, Token::Arrow(_)));
        match (tokens, arrow) {
            ([Token::Name(source), Token::Arrow(arrow), Token::Name(target)], _) => self.plain(source, *arrow, target),
            ([Token::Arrow(arrow), ..], _) => self.diagnostics.push(mistake::missing_source(*arrow)),
            ([Token::Name(name)], _) => self.without_arrow(whole, name),
            ([Token::Name(name), Token::Stray(stray)], _) => self.without_arrow_after_quote(name, *stray),
            ([Token::Name(name), Token::Stray(stray), ..], Some(_)) => {
                self.diagnostics
                    .push(mistake::text_after_quote(self.text, name, *stray));
            }
            (_, Some(arrow)) => {
                let (source, right) = tokens.split_at(arrow);
                self.split(source, right);
            }
            ([.., Token::Name(name)], None) => self.without_arrow(whole, name),
            _ => self.diagnostics.push(mistake::missing_arrow(self.text, whole, None)),
        }
        true
    }

    /// Reads an entry of any shape: `left` stands before its first arrow, and `right` begins with that.
    fn split(&mut self, left: &[Token], right: &[Token]) {
        let target = match right {
            [_, Token::Name(target)] => Some(target),
            _ => None,
        };
        let condition = match left {
            [Token::Name(_)] => None,
            _ => match terms::read(self.text, left, target) {
                Ok(condition) => Some(condition),
                Err(fault) => return self.diagnostics.push(*fault),
            },
        };
        let has_long_arrow = |tokens: &[Token]| {
            let is_long = |token: &Token| matches!(token, Token::Name(name) if long_arrow(self.text, name).is_some());
            tokens.iter().any(is_long)
        };
        match right {
            [Token::Arrow(arrow), Token::Name(target)] => {
                if let Some(second) = long_arrow(self.text, target).or(has_long_arrow(left).then_some(*arrow)) {
                    self.diagnostics.push(mistake::extra_arrow(second));
                } else if let Some((source, stars)) = condition
                    && !self.spills(target)
                {
                    let names = left.iter().filter_map(|token| match token {
                        Token::Name(name) => doubtful::name(self.text, name, true),
                        _ => None,
                    });
                    let doubts: Vec<_> = names.chain(terms::contradiction(&source)).collect();
                    self.complete(source, stars, target, doubts);
                }
            }
            [_, Token::Name(name), Token::Stray(stray), ..] => {
                self.diagnostics
                    .push(mistake::text_after_quote(self.text, name, *stray));
            }
            [_, repeated @ .., Token::Name(_)]
                if repeated.iter().all(|token| matches!(token, Token::Arrow(_)))
                    && !has_long_arrow(left)
                    && !has_long_arrow(right) =>
            {
                self.diagnostics.extend(extent(repeated).map(mistake::repeated_arrow));
            }
            [_, Token::Arrow(second), ..] => self.diagnostics.push(mistake::extra_arrow(*second)),
            [_, behind @ ..] => {
                let fault = separators::other_separators(self.text, behind).unwrap_or_else(|| match behind {
                    [Token::Name(_), Token::Arrow(second), ..] => mistake::extra_arrow(*second),
                    _ => mistake::missing_target(right.first().map_or(Span::at_end(self.text), Token::span)),
                });
                self.diagnostics.push(fault);
            }
            [] => {}
        }
    }

    /// Reads an entry whose source is one name or pattern.
    fn plain(&mut self, source: &Name, arrow: Span, target: &Name) {
        let second = long_arrow(self.text, target).or_else(|| long_arrow(self.text, source).map(|_| arrow));
        if let Some(second) = second {
            self.diagnostics.push(mistake::extra_arrow(second));
            return;
        }
        if self.spills(target) {
            return;
        }
        if let Some(fault) = mistake::fault(source, true) {
            self.diagnostics.push(fault);
            if !source.text.is_empty() {
                self.diagnostics.extend(mistake::fault(target, false));
            }
            return;
        }
        let odd = doubtful::name(self.text, source, true);
        let (kind, stars) = terms::kind_of(source);
        let stars = Stars {
            any: stars > 0,
            captured: stars,
        };
        let source = Source {
            text: source.text.to_string(),
            kind,
            span: source.span,
            terms: Vec::new(),
        };
        self.complete(source, stars, target, odd);
    }

    /// Reads `entry`, which has no arrow and ends with `name`.
    fn without_arrow(&mut self, entry: Span, name: &Name) {
        if !name.quoted && self.after_comma {
            if name.span.start() >= self.no_run_before
                && let Some(run) = attribute_run(self.text, name.span.start())
            {
                if run.before_arrow || run.well_known {
                    self.unquoted_ldap_name(name.span, run.end);
                    return;
                }
                self.no_run_before = run.end;
            }
            if self.spills_in_quotes(name) {
                return;
            }
        }
        let mistyped = if name.quoted {
            None
        } else {
            mistyped_arrow(self.text, name.span, false)
        };
        if mistyped.is_none() && entry == name.span && self.list(name.span) {
            return;
        }
        self.report_missing_arrow(entry, mistyped);
    }

    /// Reports a list of names that begins with `first`, if it is one side of an entry.
    fn list(&mut self, first: Span) -> bool {
        if first.start() < self.no_list_before {
            return false;
        }
        let list = if self.after_comma {
            separators::list(self.text, first, &self.lexer)
        } else {
            List::of_one(first)
        };
        let before = self.entries.last().filter(|entry| {
            let between = self.text.get(entry.span.end()..first.start()).unwrap_or("");
            between.trim() == "," && !between.contains(['\n', '\r'])
        });
        let Some(report) = list.report(self.text, before.map(|entry| entry.source.span)) else {
            self.no_list_before = list.end;
            return false;
        };
        self.diagnostics.push(report);
        self.begun += list.names.len() - 1;
        if let Some((source, _)) = list.entry {
            self.lexer.resume_before_source(source);
            self.line_has_entry = true;
        } else if let [_, .., last] = *list.names {
            self.lexer.resume_after_name(last);
            self.skip_entry();
        }
        true
    }

    /// Reports a target that goes on behind the comma which ends its entry, as it stands in no quotes.
    fn spills(&mut self, target: &Name) -> bool {
        if target.quoted || !self.after_comma {
            return false;
        }
        let run = attribute_run(self.text, target.span.start()).filter(|run| run.well_known && !run.before_arrow);
        if let Some(run) = run {
            self.unquoted_ldap_name(target.span, run.end);
            return true;
        }
        self.spills_in_quotes(target)
    }

    /// Reports a name in other quotes that holds the comma which ends its entry.
    fn spills_in_quotes(&mut self, name: &Name) -> bool {
        // A capture has no other form, whatever it begins with.
        let end = Some(name).filter(|name| name.marks.are_odd() && !name.marks.has_star());
        let end = end.and_then(|name| quoted_end(self.text, name.span.start()));
        let Some(end) = end.filter(|end| *end > name.span.end()) else {
            return false;
        };
        let name = name.span.part(self.text, name.span.start()..end);
        self.diagnostics.push(spilling_quotes(self.text, name));
        self.lexer.resume_after_name(name);
        self.skip_entry();
        true
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
            self.lexer.resume_before_target(target);
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

    /// Adds an entry, if its target is well, with what is doubtful about its source.
    fn complete(&mut self, source: Source, stars: Stars, target: &Name, doubts: impl IntoIterator<Item = Diagnostic>) {
        if let Some(fault) = mistake::fault(target, false) {
            self.diagnostics.push(fault);
            return;
        }
        match target::kind_of(target, stars) {
            Err(fault) => self.diagnostics.push(*fault),
            Ok(kind) => {
                self.diagnostics.extend(doubts);
                self.diagnostics.extend(doubtful::name(self.text, target, false));
                self.entries.push(Entry {
                    span: source.span.to(target.span),
                    source,
                    target: Target {
                        text: target.text.to_string(),
                        kind,
                        span: target.span,
                    },
                });
            }
        }
    }
}

/// A `-->` in a bare name: an arrow to whoever wrote it.
fn long_arrow(text: &str, name: &Name) -> Option<Span> {
    if !name.marks.has_greater() {
        return None;
    }
    let mut ends = name.text.match_indices('>');
    let (end, _) = ends.find(|(at, _)| name.text.get(..*at).is_some_and(|before| before.ends_with("--")))?;
    let end = name.span.start() + end + 1;
    Some(name.span.part(text, end - "-->".len()..end))
}

/// From the start of the first token to the end of the last.
fn extent(tokens: &[Token]) -> Option<Span> {
    Some(tokens.first()?.span().to(tokens.last()?.span()))
}
