//! Finding a claim by its name: a property, a JSON Pointer (RFC 6901), or a dotted path.

use std::collections::BTreeMap;

use crate::lookalike::lower_case;
use crate::value::ClaimValue;

/// A claim, and the names of the properties that lead to it.
pub(super) struct Found<'c> {
    pub(super) value: &'c ClaimValue,
    pub(super) path: Vec<String>,
}

pub(super) type Properties = BTreeMap<String, ClaimValue>;

/// How two property names are compared.
type LookUp = for<'c> fn(&'c Properties, &str) -> Option<(&'c String, &'c ClaimValue)>;

/// The claim of exactly this name.
pub(super) fn find<'c>(claims: &'c Properties, name: &str) -> Option<Found<'c>> {
    find_with(claims, name, |properties, name| properties.get_key_value(name))
}

/// A claim of this name but for upper and lower case.
pub(super) fn find_ignoring_case<'c>(claims: &'c Properties, name: &str) -> Option<Found<'c>> {
    find_with(claims, name, |properties, name| {
        let lower = lower_case(name);
        properties.iter().find(|(property, _)| lower_case(property) == lower)
    })
}

fn find_with<'c>(claims: &'c Properties, name: &str, look_up: LookUp) -> Option<Found<'c>> {
    if let Some((property, value)) = look_up(claims, name) {
        return Some(Found {
            value,
            path: vec![property.clone()],
        });
    }
    let mut path = Vec::new();
    let value = if name.starts_with('/') {
        follow_pointer(claims, &pointer_tokens(name)?, look_up, &mut path)
    } else {
        let segments: Vec<&str> = name.split('.').collect();
        follow_segments(claims, &segments, look_up, &mut path)
    }?;
    Some(Found { value, path })
}

/// The reference tokens of a JSON Pointer that begins with `/`; `None` where a `~` is followed by neither `0` nor `1`.
pub(super) fn pointer_tokens(pointer: &str) -> Option<Vec<String>> {
    pointer.split('/').skip(1).map(unescape).collect()
}

/// The JSON Pointer of a path.
pub(super) fn pointer_of(path: &[String]) -> String {
    let escaped = path.iter().map(|name| name.replace('~', "~0").replace('/', "~1"));
    escaped.fold(String::new(), |pointer, name| pointer + "/" + &name)
}

/// RFC 6901, section 4: `~1` is `/`, `~0` is `~`.
fn unescape(token: &str) -> Option<String> {
    let mut pieces = token.split('~');
    let mut text = pieces.next()?.to_owned();
    for piece in pieces {
        let (escaped, rest) = match piece.as_bytes().first()? {
            b'0' => ('~', piece.strip_prefix('0')?),
            b'1' => ('/', piece.strip_prefix('1')?),
            _ => return None,
        };
        text.push(escaped);
        text.push_str(rest);
    }
    Some(text)
}

fn follow_pointer<'c>(
    claims: &'c Properties,
    tokens: &[String],
    look_up: LookUp,
    path: &mut Vec<String>,
) -> Option<&'c ClaimValue> {
    let (first, rest) = tokens.split_first()?;
    let (property, mut value) = look_up(claims, first)?;
    path.push(property.clone());
    for token in rest {
        value = match value {
            ClaimValue::Object(properties) => {
                let (property, value) = look_up(properties, token)?;
                path.push(property.clone());
                value
            }
            ClaimValue::List(items) => {
                path.push(token.clone());
                items.get(array_index(token)?)?
            }
            _ => return None,
        };
    }
    Some(value)
}

/// RFC 6901, section 4: digits without a leading zero.
fn array_index(token: &str) -> Option<usize> {
    let is_index = token.bytes().all(|byte| byte.is_ascii_digit()) && (token == "0" || !token.starts_with('0'));
    if is_index { token.parse().ok() } else { None }
}

/// At each level the longest run of segments that is a property is followed first; a run that leads nowhere gives way to a
/// shorter one. A property is reached by one way of joining segments only, so each is visited at most once.
fn follow_segments<'c>(
    properties: &'c Properties,
    segments: &[&str],
    look_up: LookUp,
    path: &mut Vec<String>,
) -> Option<&'c ClaimValue> {
    for length in (1..=segments.len()).rev() {
        let (run, rest) = segments.split_at_checked(length)?;
        let Some((property, value)) = look_up(properties, &run.join(".")) else {
            continue;
        };
        path.push(property.clone());
        if rest.is_empty() {
            return Some(value);
        }
        if let ClaimValue::Object(inner) = value
            && let Some(found) = follow_segments(inner, rest, look_up, path)
        {
            return Some(found);
        }
        path.pop();
    }
    None
}
