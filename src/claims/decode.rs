//! Lists and objects that are written in a string.

use super::fault::Fault;
use super::options::ClaimDecode;
use crate::value::ClaimValue;

/// Whether a string is a list or an object by its looks: read as a name, it would be none that anybody gave a group.
pub(crate) fn looks_encoded(text: &str) -> bool {
    // Most names end here.
    match text.trim_end().as_bytes().last() {
        Some(b']') => text.trim_start().starts_with('['),
        Some(b'}') => text.trim_start().starts_with('{'),
        _ => false,
    }
}

/// What the string holds. An empty one holds an empty name.
pub(super) fn decoded(text: &str, decode: ClaimDecode) -> Result<ClaimValue, Fault> {
    let trimmed = text.trim();
    match decode {
        _ if trimmed.is_empty() => Ok(ClaimValue::Text(String::new())),
        ClaimDecode::Json => text
            .parse()
            .map_err(|_| Fault::text(text, "is no JSON", "leave `decode` out, or set it to `bracketed`")),
        ClaimDecode::Bracketed => match trimmed.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
            // Cognito, for one, sends one group without brackets.
            None => Ok(ClaimValue::Text(text.to_owned())),
            Some(inner) => bracketed(inner.trim())
                .map(ClaimValue::List)
                .ok_or_else(|| Fault::text(text, "is no list in brackets", "set `decode` to `json` if it is JSON")),
        },
    }
}

/// The items between commas, each bare, or in single or double quotes, in which a backslash escapes a quote or itself.
fn bracketed(mut rest: &str) -> Option<Vec<ClaimValue>> {
    let mut items = Vec::new();
    while !rest.is_empty() || !items.is_empty() {
        let quote = rest.chars().next().filter(|first| ['\'', '"'].contains(first));
        let (item, after) = match quote {
            Some(quote) => quoted(rest.strip_prefix(quote)?, quote)?,
            None => {
                let (item, after) = rest.split_at(rest.find(',').unwrap_or(rest.len()));
                (item.trim_end().to_owned(), after)
            }
        };
        items.push(ClaimValue::Text(item));
        match after.trim_start().strip_prefix(',') {
            Some(next) => rest = next.trim_start(),
            None => return after.trim_start().is_empty().then_some(items),
        }
    }
    Some(items)
}

/// What stands before the closing quote, and what after it.
fn quoted(text: &str, quote: char) -> Option<(String, &str)> {
    let mut item = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let escaped = characters.clone().next();
        match escaped.filter(|escaped| character == '\\' && (*escaped == quote || *escaped == '\\')) {
            Some(escaped) => {
                item.push(escaped);
                characters.next();
            }
            None if character == quote => return Some((item, characters.as_str())),
            None => item.push(character),
        }
    }
    None
}
