//! LDAP distinguished names as strings (RFC 4514): the attribute that one begins with.

/// What an LDAP name begins with.
pub(super) enum Leaf {
    /// The attribute that is sought, with this value.
    Value(String),
    /// Another attribute.
    Other,
    /// It is no LDAP name, or the value is in hexadecimal.
    Malformed,
}

/// The value of one of these attributes in the first part of a distinguished name, which is what the name is of; the other parts
/// are where it lies.
///
/// White space around separators is allowed, as RFC 2253 asked of readers.
pub(super) fn leaf(name: &str, attributes: &[&str]) -> Leaf {
    Reader { rest: name }.leaf(attributes).unwrap_or(Leaf::Malformed)
}

struct Reader<'n> {
    rest: &'n str,
}

impl<'n> Reader<'n> {
    /// `None` for what is no distinguished name.
    fn leaf(&mut self, attributes: &[&str]) -> Option<Leaf> {
        let mut leaf = Leaf::Other;
        let mut is_first = true;
        loop {
            let attribute = self.attribute()?;
            let value = self.value()?;
            if is_first
                && matches!(leaf, Leaf::Other)
                && attributes.iter().any(|sought| sought.eq_ignore_ascii_case(attribute))
            {
                leaf = value.map_or(Leaf::Malformed, Leaf::Value);
            }
            // The rest is still read: a name that is malformed further on is no name at all.
            match self.take() {
                None => return Some(leaf),
                Some('+') => {}
                Some(',') => is_first = false,
                Some(_) => return None,
            }
        }
    }

    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn take(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let character = characters.next();
        self.rest = characters.as_str();
        character
    }

    /// `attributeType "="`: a keyword or a dotted number.
    fn attribute(&mut self) -> Option<&'n str> {
        let (attribute, rest) = self.rest.split_once('=')?;
        self.rest = rest.trim_start_matches(' ');
        let attribute = attribute.trim_matches(' ');
        let is_keyword = attribute.starts_with(|first: char| first.is_ascii_alphabetic())
            && attribute
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let is_number = !attribute.is_empty()
            && attribute
                .split('.')
                .all(|arc| !arc.is_empty() && arc.bytes().all(|byte| byte.is_ascii_digit()));
        (is_keyword || is_number).then_some(attribute)
    }

    /// An attribute value up to its separator. `None` if it is malformed; `Some(None)` for one in hexadecimal BER, which is
    /// well-formed but not text.
    fn value(&mut self) -> Option<Option<String>> {
        if self.peek() == Some('#') {
            let length = self.rest.find([',', '+']).unwrap_or(self.rest.len());
            let (digits, rest) = self.rest.split_at_checked(length)?;
            self.rest = rest;
            let digits = digits.strip_prefix('#')?.trim_end_matches(' ');
            let well_formed =
                !digits.is_empty() && digits.len() % 2 == 0 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            return well_formed.then_some(None);
        }
        let mut bytes = Vec::new();
        // How much of the value stays when unescaped spaces at its end are dropped.
        let mut significant = 0;
        while let Some(character) = self.peek() {
            match character {
                ',' | '+' => break,
                '"' | ';' | '<' | '>' | '\0' => return None,
                '\\' => {
                    self.take();
                    bytes.push(self.escaped()?);
                    significant = bytes.len();
                }
                _ => {
                    self.take();
                    bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                    if character != ' ' {
                        significant = bytes.len();
                    }
                }
            }
        }
        bytes.truncate(significant);
        String::from_utf8(bytes).ok().map(Some)
    }

    /// What follows a backslash: a special character, or two hexadecimal digits that give a byte of UTF-8.
    fn escaped(&mut self) -> Option<u8> {
        match self.take()? {
            special @ (' ' | '"' | '#' | '+' | ',' | ';' | '<' | '=' | '>' | '\\') => u8::try_from(special).ok(),
            high => {
                let high = high.to_digit(16)?;
                let low = self.take()?.to_digit(16)?;
                u8::try_from(high * 16 + low).ok()
            }
        }
    }
}
