//! A text that is read from its start, step by step.

/// What has not been read yet.
#[derive(Clone, Copy)]
pub(super) struct Scan<'t>(pub(super) &'t str);

impl<'t> Scan<'t> {
    /// Passes over white space, and then over `sign`, if it stands there.
    #[inline(never)]
    pub(super) fn take(&mut self, sign: &str) -> bool {
        self.blanks();
        self.0.as_bytes().starts_with(sign.as_bytes()) && {
            self.pass(sign.len());
            true
        }
    }

    /// What stands before the first of these signs, which are ASCII; or all.
    #[inline(never)]
    pub(super) fn until(&mut self, signs: &str) -> &'t str {
        let is_sign = |byte: &u8| signs.as_bytes().contains(byte);
        let end = self.0.bytes().take_while(|byte| !is_sign(byte)).count();
        self.pass(end)
    }

    #[inline(never)]
    pub(super) fn blanks(&mut self) {
        self.0 = self.0.trim_start();
    }

    /// Passes over so many bytes, and returns them.
    #[inline(never)]
    pub(super) fn pass(&mut self, bytes: usize) -> &'t str {
        let (passed, rest) = self.0.split_at_checked(bytes).unwrap_or((self.0, ""));
        self.0 = rest;
        passed
    }

    /// The next byte; 0 at the end.
    pub(super) fn next(self) -> u8 {
        self.0.as_bytes().first().copied().unwrap_or(0)
    }

    /// The lines, without their ends.
    pub(super) fn line(&mut self) -> Option<&'t str> {
        if self.0.is_empty() {
            return None;
        }
        let line = self.until("\r\n");
        self.pass(1);
        Some(line)
    }
}

/// A text without what it begins and ends with of these signs, which are ASCII, or of blanks.
#[inline(never)]
pub(super) fn trimmed<'t>(text: &'t str, signs: &str) -> &'t str {
    let is_around = |byte: Option<&u8>| byte.is_some_and(|byte| *byte == b' ' || signs.as_bytes().contains(byte));
    let mut text = text.trim();
    while is_around(text.as_bytes().first()) {
        text = text.get(1..).unwrap_or("");
    }
    while is_around(text.as_bytes().last()) {
        text = text.get(..text.len() - 1).unwrap_or("");
    }
    text
}

/// Where a sign stands first in a text.
// Not inlined: a search for a text is long.
#[inline(never)]
pub(super) fn place_of(text: &str, sign: &str) -> Option<usize> {
    text.find(sign)
}

/// Whether a text holds none of these signs, which are ASCII.
pub(super) fn holds_none(text: &str, signs: &str) -> bool {
    Scan(text).until(signs).len() == text.len()
}
