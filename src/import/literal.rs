//! JSON, and the literals of Python, which people keep such maps in: with the place of each value, which serde would lose.

use super::scan::Scan;

/// How deep lists and objects may be nested.
const MAX_DEPTH: usize = 64;

/// A value, and the text that it was read from.
pub(super) struct Literal<'t> {
    pub(super) at: &'t str,
    pub(super) value: Value<'t>,
}

pub(super) enum Value<'t> {
    Text(String),
    List(Vec<Literal<'t>>),
    /// Names and values in turn.
    Object(Vec<Literal<'t>>),
    /// A number, `true`, `None`, or the name of a variable.
    Word,
}

impl<'t> Literal<'t> {
    /// All values of a text, one behind the other; or where it ceases to be readable.
    pub(super) fn read_all(text: &'t str) -> Result<Vec<Literal<'t>>, &'t str> {
        let mut reader = Reader(Scan(text));
        let mut values = Vec::new();
        loop {
            reader.skip();
            if reader.0.0.is_empty() {
                return Ok(values);
            }
            values.push(reader.value(MAX_DEPTH).ok_or(reader.0.0)?);
        }
    }

    /// The value that a text begins with; or where it ceases to be readable.
    pub(super) fn read_first(text: &'t str) -> Result<Literal<'t>, &'t str> {
        let mut reader = Reader(Scan(text));
        reader.value(MAX_DEPTH).ok_or(reader.0.0)
    }

    /// The text, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list; of anything else, itself.
    #[inline(never)]
    pub(super) fn items(&self) -> &[Literal<'t>] {
        match &self.value {
            Value::List(items) => items,
            _ => std::slice::from_ref(self),
        }
    }

    /// The names and values of an object, in turn; none of anything else.
    #[inline(never)]
    pub(super) fn properties(&self) -> &[Literal<'t>] {
        match &self.value {
            Value::Object(properties) => properties,
            _ => &[],
        }
    }

    /// The property of this name.
    #[inline(never)]
    pub(super) fn get(&self, name: &str) -> Option<&Literal<'t>> {
        for property in self.properties().chunks_exact(2) {
            if let [key, value] = property
                && key.text() == Some(name)
            {
                return Some(value);
            }
        }
        None
    }

    /// The text of the property of this name; empty if it has none.
    #[inline(never)]
    pub(super) fn text_of(&self, name: &str) -> &str {
        self.get(name).and_then(Literal::text).unwrap_or("")
    }

    /// The first of these properties that has a text.
    #[inline(never)]
    pub(super) fn first_text_of(&self, names: &[&str]) -> &str {
        let texts = names.iter().map(|name| self.text_of(name));
        texts.fold("", |first, text| if first.is_empty() { text } else { first })
    }

    /// Whether it says nothing: `null`, `None`, an empty text, list or object.
    pub(super) fn is_nothing(&self) -> bool {
        ["null", "None", "\"\"", "''", "[]", "{}"].contains(&self.at)
    }
}

struct Reader<'t>(Scan<'t>);

impl<'t> Reader<'t> {
    fn value(&mut self, depth: usize) -> Option<Literal<'t>> {
        self.skip();
        let start = self.0.0;
        let value = match self.0.next() {
            quote @ (b'"' | b'\'') => Value::Text(self.string(if quote == b'"' { "\"" } else { "'" })?),
            b'[' => Value::List(self.items("]", depth)?),
            b'(' => Value::List(self.items(")", depth)?),
            b'{' => Value::Object(self.items("}", depth)?),
            _ => match self.0.until(" \t\r\n,:[](){}\"'#") {
                "" => return None,
                _ => Value::Word,
            },
        };
        let at = Scan(start).pass(start.len() - self.0.0.len());
        Some(Literal { at, value })
    }

    fn items(&mut self, close: &str, depth: usize) -> Option<Vec<Literal<'t>>> {
        let depth = depth.checked_sub(1)?;
        self.0.pass(1);
        let mut items = Vec::new();
        while !self.take(close) {
            items.push(self.value(depth)?);
            if close == "}" {
                if !self.take(":") {
                    return None;
                }
                items.push(self.value(depth)?);
            }
            if !self.take(",") && !self.0.0.starts_with(close) {
                return None;
            }
        }
        Some(items)
    }

    fn string(&mut self, quote: &str) -> Option<String> {
        self.0.pass(1);
        let mut text = String::new();
        loop {
            text.push_str(self.0.until(if quote == "'" { "'\\\n" } else { "\"\\\n" }));
            match self.0.pass(1) {
                "\\" => text.push(self.escape()?),
                end => return (end == quote).then_some(text),
            }
        }
    }

    /// The character that is written behind a backslash.
    fn escape(&mut self) -> Option<char> {
        let escape = self.0.0.chars().next()?;
        self.0.pass(escape.len_utf8());
        Some(match escape {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{C}',
            'x' => char::from_u32(self.hexadecimal(2)?)?,
            'u' => {
                let mut unit = self.hexadecimal(4)?;
                if (0xD800..0xDC00).contains(&unit) && self.0.0.starts_with("\\u") {
                    self.0.pass(2);
                    let low = self.hexadecimal(4)?.wrapping_sub(0xDC00);
                    unit = if low < 0x400 {
                        0x1_0000 + (unit - 0xD800) * 0x400 + low
                    } else {
                        unit
                    };
                }
                char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            other => other,
        })
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<u32> {
        u32::from_str_radix(self.0.pass(digits), 16).ok()
    }

    /// Passes over white space and comments.
    fn skip(&mut self) {
        while self.0.take("#") {
            self.0.until("\n");
        }
    }

    fn take(&mut self, sign: &str) -> bool {
        self.skip();
        self.0.take(sign)
    }
}
