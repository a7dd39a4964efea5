//! Values of settings by their names, wherever they stand: in an INI file, an environment, YAML, or on a command line.

use super::scan::Scan;

/// How many settings of one name are read.
const MAX_VALUES: usize = 100;

/// The values of every setting whose name ends with `name`, which is in lower case with underscores. One in a line that is
/// commented out is none.
#[inline(never)]
pub(super) fn values<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    let mut found = Vec::new();
    let mut lines = Scan(text);
    let mut rest = text;
    // What stands in the value of another is no setting. Whoever reads a list or an object sees where that ends.
    let mut end = 0;
    while let Some(line) = lines.line() {
        let words = line.trim_start();
        let indent = line.len() - words.len();
        let is_comment = matches!(Scan(words).next(), b'#' | b';');
        for at in 0..line.len().saturating_sub(name.len() - 1) {
            let is_here = line
                .bytes()
                .skip(at)
                .zip(name.bytes())
                .all(|(byte, sign)| byte.to_ascii_lowercase() == sign || (byte == b'-' && sign == b'_'));
            let start = text.len() - rest.len() + at;
            if is_here
                && !is_comment
                && start >= end
                && found.len() < MAX_VALUES
                && let Some(value) = value(
                    rest.get(at + name.len()..).unwrap_or(""),
                    indent,
                    line.get(..at).is_some_and(|before| before.ends_with("--")),
                )
            {
                if !matches!(Scan(value).next(), b'{' | b'[') {
                    end = start + name.len() + value.len();
                }
                found.push(value);
            }
        }
        rest = lines.0;
    }
    found
}

/// What stands behind the name of a setting on a line that is indented so far. That of an option may follow a blank.
fn value(rest: &str, indent: usize, is_option: bool) -> Option<&str> {
    let mut scan = Scan(rest);
    let is_word = |next: u8| {
        !matches!(
            next,
            b'=' | b':' | b'-' | b'"' | b'\'' | b'{' | b'[' | b'\r' | b'\n' | 0
        )
    };
    if is_option && scan.next() == b' ' {
        let word = rest.trim_start_matches(' ');
        if is_word(Scan(word).next()) {
            return Some(Scan(word).until(" \t\r\n"));
        }
    }
    if matches!(scan.next(), b'"' | b'\'') {
        scan.pass(1);
    }
    let is_on_line = !matches!(scan.next(), b'\r' | b'\n');
    let is_assigned = is_on_line && (scan.take("=") || scan.take(":"));
    // `- name: SETTING` and `value: …` on the next line, or `--setting '…'`.
    let is_named = !is_on_line && scan.take("value:");
    scan.blanks();
    if !is_assigned && !is_named && !matches!(scan.next(), b'"' | b'\'' | b'{' | b'[') {
        return None;
    }
    while matches!(scan.next(), b'>' | b'|') {
        scan.until("\n");
        scan.blanks();
    }
    match scan.next() {
        quote @ (b'"' | b'\'') => {
            scan.pass(1);
            Some(closing(scan.0, quote).unwrap_or(block(scan.0, indent)))
        }
        b'{' | b'[' => Some(scan.0),
        _ if is_option => Some(scan.until(" \t\r\n")),
        _ => Some(block(scan.0, indent).trim_end()),
    }
}

/// Up to the quote that ends a value: neither doubled nor behind a backslash.
fn closing(value: &str, quote: u8) -> Option<&str> {
    let bytes = value.as_bytes();
    let mut at = 0;
    loop {
        let next = bytes.get(at + 1);
        match bytes.get(at)? {
            b'\\' => at += 1,
            sign if *sign == quote && next == Some(&quote) => at += 1,
            sign if *sign == quote => return value.get(..at),
            _ => {}
        }
        at += 1;
    }
}

/// Up to the end of the line, and of those behind it that are indented further.
fn block(value: &str, indent: usize) -> &str {
    let mut scan = Scan(value);
    loop {
        scan.until("\n");
        let end = value.len() - scan.0.len();
        scan.pass(1);
        let blanks = scan.0.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        if blanks <= indent || scan.0.is_empty() {
            return value.get(..end).unwrap_or("");
        }
    }
}
