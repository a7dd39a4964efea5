//! Text to tokens. The lexer knows where a name may begin, which is where quotes and comments mean something, and that a
//! source has operators and a target has none.

use std::borrow::Cow;

use super::mistake::attribute_run;
use crate::span::{Position, Span};

#[derive(Clone, Debug)]
pub(super) enum Token<'t> {
    Name(Name<'t>),
    /// Text between a quoted name and the next arrow or separator, trimmed.
    Stray(Span),
    Arrow(Span),
    /// `&&`, in a source.
    And(Span),
    /// `||`, in a source.
    Or(Span),
    /// `!` before a name of a source.
    Not(Span),
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
            | Token::And(span)
            | Token::Or(span)
            | Token::Not(span)
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
    /// What characters a bare name holds.
    pub(super) marks: Marks,
    pub(super) flaw: Option<Flaw>,
}

/// What is wrong inside a quoted name.
#[derive(Clone, Debug)]
pub(super) enum Flaw {
    Unterminated,
    /// The unknown escapes, each from its backslash on; never empty.
    UnknownEscapes(Vec<Span>),
}

/// What characters a bare name holds that may mean something, so that no name is searched for what it has not.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks(u8);

impl Marks {
    const STAR: u8 = 1;
    const DOT: u8 = 2;
    const DOLLAR: u8 = 4;
    const GREATER: u8 = 8;
    /// What stands in names that are meant otherwise: other quotes, separators and operators, what cannot be seen, and all
    /// beyond ASCII.
    const ODD: u8 = 16;
    /// Of a byte at which a name may end.
    const END: u8 = 32;

    /// Of each byte.
    #[expect(clippy::indexing_slicing, reason = "a byte is a place of the table")]
    const OF: [u8; 256] = {
        let mut of = [0; 256];
        let mut byte = 0x80;
        while byte < 256 {
            of[byte] = Marks::ODD;
            byte += 1;
        }
        byte = 0;
        while byte < b' ' as usize {
            of[byte] = Marks::ODD;
            byte += 1;
        }
        of[0x7F] = Marks::ODD;
        of[b'*' as usize] = Marks::STAR;
        of[b'.' as usize] = Marks::DOT;
        of[b'$' as usize] = Marks::DOLLAR | Marks::ODD;
        of[b'>' as usize] = Marks::GREATER;
        of[b'\'' as usize] = Marks::ODD;
        of[b'`' as usize] = Marks::ODD;
        of[b';' as usize] = Marks::ODD;
        of[b'^' as usize] = Marks::ODD;
        of[b'+' as usize] = Marks::ODD;
        of[b'!' as usize] = Marks::ODD;
        of[b'|' as usize] = Marks::ODD | Marks::END;
        of[b'&' as usize] = Marks::ODD | Marks::END;
        of[FIRST_BYTE_OF_ARROW as usize] = Marks::ODD | Marks::END;
        of[b'-' as usize] = Marks::END;
        of[b',' as usize] = Marks::END;
        of[b'\n' as usize] = Marks::ODD | Marks::END;
        of[b'\r' as usize] = Marks::ODD | Marks::END;
        of
    };

    /// Whether it is a pattern or capture.
    pub(super) fn has_star(self) -> bool {
        self.0 & Marks::STAR != 0
    }

    pub(super) fn has_dollar(self) -> bool {
        self.0 & Marks::DOLLAR != 0
    }

    pub(super) fn has_greater(self) -> bool {
        self.0 & Marks::GREATER != 0
    }

    /// Whether it may be meant otherwise than it is read.
    pub(super) fn are_odd(self) -> bool {
        self.0 & Marks::ODD != 0 || self.0 & (Marks::STAR | Marks::DOT) == Marks::STAR | Marks::DOT
    }
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

#[derive(Clone)]
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: Position,
    expected: Expected,
    /// Whether no arrow has come yet.
    in_source: bool,
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
            in_source: true,
        }
    }

    /// Goes on where the target `name` begins.
    pub(super) fn resume_before_target(&mut self, name: Span) {
        (self.at, self.expected) = (name.start_position(), Expected::Name);
        self.in_source = false;
    }

    /// Goes on where the entry begins whose source begins with `name`.
    pub(super) fn resume_before_source(&mut self, name: Span) {
        self.at = name.start_position();
        self.begin_entry();
    }

    /// Goes on where `name` ends, and an arrow or separator is expected.
    pub(super) fn resume_after_name(&mut self, name: Span) {
        let end = name.part(self.text, name.end()..name.end());
        (self.at, self.expected) = (end.start_position(), Expected::ArrowOrSeparator);
    }

    fn begin_entry(&mut self) {
        (self.expected, self.in_source) = (Expected::Entry, true);
    }

    #[inline(always)]
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
                        marks: Marks::default(),
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
            .map_or_else(|| bare_end(self.text, start + 1, self.in_source).0, |run| run.end)
            .max(start + 1);
        let span = self.take_until(end);
        Name {
            text: self.text.get(start + 1..span.end()).unwrap_or("").into(),
            span,
            quoted: true,
            marks: Marks::default(),
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
    let (before, rest) = text.as_bytes().split_at_checked(at)?;
    match rest {
        [b'-', b'>', ..] if before.last() != Some(&b'-') => Some("->".len()),
        [FIRST_BYTE_OF_ARROW, ..] if rest.starts_with("→".as_bytes()) => Some("→".len()),
        _ => None,
    }
}

/// Where a bare name that begins at byte `from` ends: at the next comma, line break or arrow, in a source at the next operator
/// too, or with the text; and what it holds.
pub(super) fn bare_end(text: &str, from: usize, in_source: bool) -> (usize, Marks) {
    let mut marks = 0;
    let rest = text.as_bytes().get(from..).unwrap_or(&[]);
    for (at, byte) in (from..).zip(rest) {
        #[expect(clippy::indexing_slicing, reason = "a byte is a place of the table")]
        let mark = Marks::OF[usize::from(*byte)];
        if mark & Marks::END != 0 {
            let ends = match *byte {
                b'-' | FIRST_BYTE_OF_ARROW => arrow_at(text, at).is_some(),
                b'&' | b'|' => in_source && operator_at(text, at),
                _ => true,
            };
            if ends {
                return (at, Marks(marks));
            }
        }
        marks |= mark;
    }
    (text.len(), Marks(marks))
}

/// Whether `&&` or `||` stands at byte `at`.
fn operator_at(text: &str, at: usize) -> bool {
    matches!(text.as_bytes().get(at..), Some([b'&', b'&', ..] | [b'|', b'|', ..]))
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
            self.in_source = false;
            return Some(Token::Arrow(self.take(length)));
        }
        let token = match self.rest().chars().next()? {
            ',' => {
                self.begin_entry();
                Token::Comma(self.take(1))
            }
            '\n' | '\r' => {
                self.begin_entry();
                let length = if self.rest().starts_with("\r\n") { 2 } else { 1 };
                let start = self.at;
                self.at = start.after_line_break(length);
                Token::LineBreak(start.to(self.at))
            }
            '#' if self.expected == Expected::Entry => {
                Token::Comment(self.take_until(line_end(self.text, self.at.byte())))
            }
            sign @ ('&' | '|') if self.in_source && operator_at(self.text, self.at.byte()) => {
                self.expected = Expected::Name;
                let span = self.take(2);
                if sign == '&' { Token::And(span) } else { Token::Or(span) }
            }
            '!' if self.in_source && self.expected != Expected::ArrowOrSeparator => {
                self.expected = Expected::Name;
                Token::Not(self.take(1))
            }
            '"' if self.expected != Expected::ArrowOrSeparator => {
                self.expected = Expected::ArrowOrSeparator;
                Token::Name(self.quoted_name())
            }
            _ => {
                let is_stray = self.expected == Expected::ArrowOrSeparator;
                self.expected = Expected::ArrowOrSeparator;
                let (end, marks) = bare_end(self.text, self.at.byte(), self.in_source);
                let span = self.take_until(end);
                if is_stray {
                    Token::Stray(span)
                } else {
                    Token::Name(Name {
                        text: span.of(self.text).into(),
                        span,
                        quoted: false,
                        marks,
                        flaw: None,
                    })
                }
            }
        };
        Some(token)
    }
}
