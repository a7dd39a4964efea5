//! JSON text read piece by piece, borrowed where it can be. (RFC 8259)
//!
//! Our own, as the readers that there are stop at half of a surrogate pair, which the claims of a token may hold, or take several
//! times the bytes in the module.

use std::borrow::Cow;

/// What keeps a text from being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// It ends too early.
    Open,
    /// No value begins here.
    Value,
    /// Neither does the name of a field.
    Name,
    /// Neither the next field nor the end of the object.
    Field,
    /// Neither the next item nor the end of the array.
    Item,
    /// No field or item follows a comma.
    Comma,
    /// Something follows the value.
    Rest,
    /// There is no such escape.
    Escape,
    /// A control character in a string.
    Control,
    /// A number that is not written like one.
    Number,
}

/// Where a text ceases to be JSON, in bytes, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) what: Syntax,
    pub(crate) place: usize,
}

/// A string, or the name of a field.
pub(crate) struct Text<'t> {
    /// With U+FFFD for each half of a surrogate pair.
    pub(crate) text: Cow<'t, str>,
    /// Whether there is no such half.
    pub(crate) is_well_formed: bool,
}

/// A value, or where one begins that holds others.
pub(crate) enum Token<'t> {
    Null,
    Bool(bool),
    Number(f64),
    Text(Text<'t>),
    List,
    Object,
}

const WORDS: [(&str, Token<'static>); 3] = [
    ("null", Token::Null),
    ("true", Token::Bool(true)),
    ("false", Token::Bool(false)),
];

/// Which of the items of an array, or fields of an object, are still to come.
#[derive(Clone, Copy)]
pub(crate) struct Rest {
    end: u8,
    is_first: bool,
}

/// An array of which nothing has been read.
pub(crate) const ITEMS: Rest = Rest {
    end: b']',
    is_first: true,
};

/// An object of which nothing has been read.
pub(crate) const FIELDS: Rest = Rest {
    end: b'}',
    is_first: true,
};

#[derive(Clone, Copy)]
pub(crate) struct Reader<'t> {
    text: &'t str,
    /// How many bytes have been read.
    place: usize,
    /// Whether there was half of a surrogate pair in what has been read.
    pub(crate) has_half: bool,
}

impl<'t> Reader<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Reader {
            text,
            place: 0,
            has_half: false,
        }
    }

    /// The next value.
    pub(crate) fn next(&mut self) -> Result<Token<'t>, Fault> {
        let token = match self.peek()? {
            b'"' => return self.text().map(Token::Text),
            b'-' | b'0'..=b'9' => return self.number().map(Token::Number),
            b'[' => Token::List,
            b'{' => Token::Object,
            _ => {
                let found = WORDS.into_iter().find(|(word, _)| self.rest().starts_with(word));
                let (word, token) = found.ok_or_else(|| self.fault(Syntax::Value))?;
                self.place += word.len();
                return Ok(token);
            }
        };
        self.place += 1;
        Ok(token)
    }

    /// Whether there is another item or field; the place is then before it, and else after the end.
    pub(crate) fn goes_on(&mut self, rest: &mut Rest) -> Result<bool, Fault> {
        let mut byte = self.peek()?;
        let is_first = std::mem::take(&mut rest.is_first);
        let has_comma = !is_first && byte == b',';
        if has_comma {
            self.place += 1;
            byte = self.peek()?;
        }
        match byte == rest.end {
            true if has_comma => Err(self.fault(Syntax::Comma)),
            true => {
                self.place += 1;
                Ok(false)
            }
            false if has_comma || is_first => Ok(true),
            false if rest.end == b']' => Err(self.fault(Syntax::Item)),
            false => Err(self.fault(Syntax::Field)),
        }
    }

    /// The name of a field, up to its value.
    pub(crate) fn name(&mut self) -> Result<Text<'t>, Fault> {
        match self.peek()? {
            b'"' => {}
            // Whoever leaves out quotes does so everywhere.
            byte if byte.is_ascii_alphabetic() => return Err(self.fault(Syntax::Value)),
            _ => return Err(self.fault(Syntax::Name)),
        }
        let name = self.text()?;
        if self.peek()? != b':' {
            return Err(self.fault(Syntax::Name));
        }
        self.place += 1;
        Ok(name)
    }

    /// Passes over a value, and says how deep arrays and objects are nested in it: 0 if it is neither.
    pub(crate) fn skip(&mut self) -> Result<usize, Fault> {
        let (mut open, mut deepest) = (Vec::new(), 0);
        loop {
            match self.next()? {
                Token::List => open.push(ITEMS),
                Token::Object => open.push(FIELDS),
                _ => {}
            }
            deepest = deepest.max(open.len());
            loop {
                let Some(rest) = open.last_mut() else {
                    return Ok(deepest);
                };
                if self.goes_on(rest)? {
                    break;
                }
                open.pop();
            }
            if open.last().is_some_and(|rest| rest.end == FIELDS.end) {
                self.name()?;
            }
        }
    }

    /// Nothing may be left.
    pub(crate) fn end(&mut self) -> Result<(), Fault> {
        match self.peek() {
            Err(_) => Ok(()),
            Ok(_) => Err(self.fault(Syntax::Rest)),
        }
    }

    fn fault(&self, what: Syntax) -> Fault {
        let place = self.place;
        Fault { what, place }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.place..).unwrap_or_default()
    }

    fn byte(&self) -> Result<u8, Fault> {
        let byte = self.text.as_bytes().get(self.place);
        byte.copied().ok_or_else(|| self.fault(Syntax::Open))
    }

    /// The next byte that is no white space.
    #[inline(always)]
    fn peek(&mut self) -> Result<u8, Fault> {
        loop {
            match self.byte()? {
                b' ' | b'\n' | b'\r' | b'\t' => self.place += 1,
                byte => return Ok(byte),
            }
        }
    }

    fn text(&mut self) -> Result<Text<'t>, Fault> {
        let mut read = Text {
            text: Cow::Borrowed(""),
            is_well_formed: true,
        };
        self.place += 1;
        loop {
            let rest = self.rest();
            let plain = plain_length(rest.as_bytes());
            self.place += plain;
            read.text += rest.get(..plain).unwrap_or_default();
            match self.byte()? {
                b'"' => {
                    self.place += 1;
                    return Ok(read);
                }
                b'\\' => {
                    let start = *self;
                    let escaped = self.escape().map_err(|fault| match fault.what {
                        Syntax::Escape => start.fault(Syntax::Escape),
                        _ => fault,
                    })?;
                    read.is_well_formed &= escaped.is_some();
                    self.has_half |= escaped.is_none();
                    read.text.to_mut().push(escaped.unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                _ => return Err(self.fault(Syntax::Control)),
            }
        }
    }

    /// The character that an escape is, or two of them; `None` if that is half of a surrogate pair.
    fn escape(&mut self) -> Result<Option<char>, Fault> {
        self.place += 1;
        let character = match self.byte()? {
            byte @ (b'"' | b'\\' | b'/') => byte,
            b'b' => b'\x08',
            b'f' => b'\x0C',
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                self.place += 1;
                return self.code_point();
            }
            _ => return Err(self.fault(Syntax::Escape)),
        };
        self.place += 1;
        Ok(Some(character.into()))
    }

    fn code_point(&mut self) -> Result<Option<char>, Fault> {
        let unit = self.code_unit()?;
        let alone = *self;
        if (0xD800..0xDC00).contains(&unit) && self.rest().starts_with("\\u") {
            self.place += 2;
            let low = self.code_unit()?;
            if (0xDC00..0xE000).contains(&low) {
                return Ok(char::from_u32(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)));
            }
            *self = alone;
        }
        Ok(char::from_u32(unit))
    }

    fn code_unit(&mut self) -> Result<u32, Fault> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = char::from(self.byte()?).to_digit(16);
            unit = unit << 4 | digit.ok_or_else(|| self.fault(Syntax::Escape))?;
            self.place += 1;
        }
        Ok(unit)
    }

    /// A number, to the last digit if it has at most 15 and is not very large or small, as all that are counted with.
    fn number(&mut self) -> Result<f64, Fault> {
        let is_negative = self.takes(b'-');
        let (mut digits, mut exponent) = (0_u64, 0_i32);
        let mut digit = |digit: u8, is_fraction: bool| {
            let is_kept = digits < 1_000_000_000_000_000_000;
            if is_kept {
                digits = digits * 10 + u64::from(digit);
            }
            match (is_kept, is_fraction) {
                (true, true) => exponent = exponent.saturating_sub(1),
                (false, false) => exponent = exponent.saturating_add(1),
                _ => {}
            }
        };
        if self.takes(b'0') {
            if self.byte().is_ok_and(|byte| byte.is_ascii_digit()) {
                return Err(self.fault(Syntax::Number));
            }
        } else {
            self.digits(&mut |found| digit(found, false))?;
        }
        if self.takes(b'.') {
            self.digits(&mut |found| digit(found, true))?;
        }
        if self.takes(b'e') || self.takes(b'E') {
            let is_below = self.takes(b'-');
            if !is_below {
                self.takes(b'+');
            }
            let mut shift = 0_i32;
            self.digits(&mut |found| shift = shift.saturating_mul(10).saturating_add(found.into()))?;
            exponent = exponent.saturating_add(if is_below { -shift } else { shift });
        }
        #[allow(clippy::cast_precision_loss, reason = "what a float can't hold is never missed")]
        let mut number = digits as f64;
        // More would come to nothing, or to infinity, as well.
        let scale = (0..exponent.unsigned_abs().min(400)).fold(1.0, |scale, _| scale * 10.0);
        if digits > 0 {
            number = if exponent < 0 { number / scale } else { number * scale };
        }
        Ok(if is_negative { -number } else { number })
    }

    /// One digit or more.
    fn digits(&mut self, each: &mut dyn FnMut(u8)) -> Result<(), Fault> {
        let start = self.place;
        while let Ok(digit @ b'0'..=b'9') = self.byte() {
            each(digit - b'0');
            self.place += 1;
        }
        if self.place > start {
            Ok(())
        } else {
            self.byte()?;
            Err(self.fault(Syntax::Number))
        }
    }

    fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.byte() == Ok(byte);
        self.place += usize::from(is_next);
        is_next
    }
}

/// How many bytes at the start of what is left of a string stand for themselves.
pub(super) fn plain_length(text: &[u8]) -> usize {
    let ends = |byte: &u8| matches!(byte, b'"' | b'\\' | ..=b'\x1F');
    // Eight at a time: the highest bit of a byte is set if it is zero, or below 0x20, by a subtraction that borrows from it.
    let each = |byte: u8| u64::from(byte) * 0x0101_0101_0101_0101;
    let (chunks, _) = text.as_chunks::<8>();
    let plain = chunks.iter().take_while(|chunk| {
        let eight = u64::from_le_bytes(**chunk);
        let is_zero = |bytes: u64| bytes.wrapping_sub(each(1)) & !bytes;
        let found =
            is_zero(eight ^ each(b'"')) | is_zero(eight ^ each(b'\\')) | eight.wrapping_sub(each(0x20)) & !eight;
        found & each(0x80) == 0
    });
    let start = plain.count() * 8;
    let rest = text.get(start..).unwrap_or_default();
    start + rest.iter().position(ends).unwrap_or(rest.len())
}
