//! Text to tokens. The lexer knows where a name may begin, which is where quotes and comments mean something.

use std::borrow::Cow;

use super::mistake::attribute_run;
use crate::span::{Position, Span};

#[derive(Clone, Debug)]
pub(super) enum Token<'t> {
    Name(Name<'t>),
    /// Text between a quoted name and the next arrow or separator, trimmed.
    Stray(Span),
    Arrow(Span),
    Comma(Span),
    LineBreak(Span),
    /// From `#` to the end of the line.
    Comment(Span),
}

impl Token<'_> {
    pub(super) fn span(&self) -> Span {
        match self {
            Token::Name(name) => name.span,
            Token::Stray(span)
            | Token::Arrow(span)
            | Token::Comma(span)
            | Token::LineBreak(span)
            | Token::Comment(span) => *span,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Name<'t> {
    /// Unquoted, with its escapes read.
    pub(super) text: Cow<'t, str>,
    /// As it stands in the text, quotes included.
    pub(super) span: Span,
    pub(super) quoted: bool,
    pub(super) flaw: Option<Flaw>,
}

/// What is wrong inside a quoted name.
#[derive(Clone, Debug)]
pub(super) enum Flaw {
    Unterminated,
    /// The unknown escapes, each from its backslash on; never empty.
    UnknownEscapes(Vec<Span>),
}

/// The digits of the highest code point, U+10FFFF.
const MAX_ESCAPE_DIGITS: usize = 6;

/// Of `→` in UTF-8.
const FIRST_BYTE_OF_ARROW: u8 = 0xE2;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// A name or a comment.
    Entry,
    Name,
    ArrowOrSeparator,
}

pub(super) struct Lexer<'t> {
    text: &'t str,
    at: Position,
    expected: Expected,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Lexer::from_line(text, Position::START)
    }

    /// Begins where a line does: what stands before it means nothing to what follows.
    pub(super) fn from_line(text: &'t str, line: Position) -> Self {
        Lexer {
            text,
            at: line,
            expected: Expected::Entry,
        }
    }

    /// Goes on where `name` begins, and a name is expected.
    pub(super) fn resume_before_name(&mut self, name: Span) {
        (self.at, self.expected) = (name.start_position(), Expected::Name);
    }

    /// Goes on where `name` ends, and an arrow or separator is expected.
    pub(super) fn resume_after_name(&mut self, name: Span) {
        let end = name.part(self.text, name.end()..name.end());
        (self.at, self.expected) = (end.start_position(), Expected::ArrowOrSeparator);
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at.byte()..).unwrap_or("")
    }

    /// Takes so many bytes, which hold no line break.
    fn take(&mut self, bytes: usize) -> Span {
        let start = self.at;
        self.at = start.after(self.rest().get(..bytes).unwrap_or(""));
        start.to(self.at)
    }

    /// Takes up to byte `end` of the line; the span is without the white space at its end.
    fn take_until(&mut self, end: usize) -> Span {
        let taken = self.text.get(self.at.byte()..end).unwrap_or("");
        let trimmed = taken.trim_end().len();
        let span = self.take(trimmed);
        self.take(taken.len() - trimmed);
        span
    }

    fn quoted_name(&mut self) -> Name<'t> {
        let start = self.at.byte();
        let text = self.text;
        let written = |from: usize, to: usize| text.get(from..to).unwrap_or("");
        // What has been read up to byte `read`; nothing is copied before there is an escape.
        let mut name = Cow::Borrowed("");
        let mut read = start + 1;
        let mut unknown = Vec::new();
        let mut last_escape = self.at.to(self.at);
        while let Some(length) = written(read, text.len()).find(['"', '\\', '\n', '\r']) {
            let at = read + length;
            name += written(read, at);
            let after = written(at + 1, text.len());
            match text.as_bytes().get(at) {
                Some(b'"') => {
                    return Name {
                        text: name,
                        span: self.take(at + 1 - start),
                        quoted: true,
                        flaw: (!unknown.is_empty()).then_some(Flaw::UnknownEscapes(unknown)),
                    };
                }
                Some(b'\\') => match escape(after) {
                    Some((escaped, bytes)) => {
                        name.to_mut().push(escaped);
                        read = at + 1 + bytes;
                    }
                    None => {
                        name += "\\";
                        read = at + 1;
                        let length = after.chars().next().map_or(0, char::len_utf8);
                        last_escape = last_escape.part(text, at..read + length);
                        unknown.push(last_escape);
                    }
                },
                _ => break,
            }
        }
        // No closing quote on this line: go on as if the name were bare, so that what follows is still read.
        let end = attribute_run(self.text, start + 1)
            .map_or_else(|| bare_end(self.text, start + 1), |run| run.end)
            .max(start + 1);
        let span = self.take_until(end);
        Name {
            text: self.text.get(start + 1..span.end()).unwrap_or("").into(),
            span,
            quoted: true,
            flaw: Some(Flaw::Unterminated),
        }
    }
}

/// Reads what follows a backslash: the character that it means, and how many bytes it takes.
fn escape(after_backslash: &str) -> Option<(char, usize)> {
    match after_backslash.chars().next()? {
        '"' => Some(('"', 1)),
        '\\' => Some(('\\', 1)),
        'n' => Some(('\n', 1)),
        't' => Some(('\t', 1)),
        'u' => {
            let braced = after_backslash.strip_prefix("u{")?;
            let length = braced
                .bytes()
                .take_while(u8::is_ascii_hexdigit)
                .take(MAX_ESCAPE_DIGITS)
                .count();
            let digits = braced
                .get(..length)
                .filter(|_| braced.get(length..).is_some_and(|rest| rest.starts_with('}')))?;
            let scalar = u32::from_str_radix(digits, 16).ok()?;
            Some((char::from_u32(scalar)?, "u{}".len() + length))
        }
        _ => None,
    }
}

/// How many bytes the arrow at byte `at` takes, if there is one. `->` right after another `-` is none.
pub(super) fn arrow_at(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    if rest.starts_with('→') {
        Some('→'.len_utf8())
    } else if rest.starts_with("->") && !text.get(..at)?.ends_with('-') {
        Some("->".len())
    } else {
        None
    }
}

/// Where a bare name that begins at byte `from` ends: at the next comma, line break or arrow, or with the text.
pub(super) fn bare_end(text: &str, from: usize) -> usize {
    let rest = text.as_bytes().get(from..).unwrap_or(&[]);
    let ends = |(at, byte): (usize, &u8)| match *byte {
        b',' | b'\n' | b'\r' => true,
        b'-' | FIRST_BYTE_OF_ARROW => arrow_at(text, from + at).is_some(),
        _ => false,
    };
    rest.iter()
        .enumerate()
        .position(ends)
        .map_or(text.len(), |at| from + at)
}

/// Where the line of byte `from` ends, before its line break.
fn line_end(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or("");
    from + rest.find(['\n', '\r']).unwrap_or(rest.len())
}

impl<'t> Iterator for Lexer<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let blank = |character: char| character.is_whitespace() && !matches!(character, '\n' | '\r');
        self.take(self.rest().len() - self.rest().trim_start_matches(blank).len());
        if let Some(length) = arrow_at(self.text, self.at.byte()) {
            self.expected = Expected::Name;
            return Some(Token::Arrow(self.take(length)));
        }
        let token = match self.rest().chars().next()? {
            ',' => {
                self.expected = Expected::Entry;
                Token::Comma(self.take(1))
            }
            '\n' | '\r' => {
                self.expected = Expected::Entry;
                let length = if self.rest().starts_with("\r\n") { 2 } else { 1 };
                let start = self.at;
                self.at = start.after_line_break(length);
                Token::LineBreak(start.to(self.at))
            }
            '#' if self.expected == Expected::Entry => {
                Token::Comment(self.take_until(line_end(self.text, self.at.byte())))
            }
            '"' if self.expected != Expected::ArrowOrSeparator => {
                self.expected = Expected::ArrowOrSeparator;
                Token::Name(self.quoted_name())
            }
            _ => {
                let is_stray = self.expected == Expected::ArrowOrSeparator;
                self.expected = Expected::ArrowOrSeparator;
                let span = self.take_until(bare_end(self.text, self.at.byte()));
                if is_stray {
                    Token::Stray(span)
                } else {
                    Token::Name(Name {
                        text: span.of(self.text).into(),
                        span,
                        quoted: false,
                        flaw: None,
                    })
                }
            }
        };
        Some(token)
    }
}
