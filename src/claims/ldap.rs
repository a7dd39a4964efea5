//! LDAP distinguished names as strings (RFC 4514), read as far as their first common name.

/// The first common name of a distinguished name; `None` for what is not one, or has none.
///
/// White space around separators is allowed, as RFC 2253 asked of readers.
pub(super) fn first_common_name(name: &str) -> Option<String> {
    let mut reader = Reader { rest: name };
    let mut common_name = None;
    loop {
        let attribute = reader.attribute()?;
        let value = reader.value()?;
        if common_name.is_none() && is_common_name(attribute) {
            common_name = Some(value?);
        }
        // The rest is still read: a name that is malformed further on is no name at all.
        match reader.take() {
            None => return common_name,
            Some(',' | '+') => {}
            Some(_) => return None,
        }
    }
}

fn is_common_name(attribute: &str) -> bool {
    ["CN", "2.5.4.3"]
        .iter()
        .any(|name| attribute.eq_ignore_ascii_case(name))
}

struct Reader<'n> {
    rest: &'n str,
}

impl<'n> Reader<'n> {
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
