//! Finding a claim by its name: a property, a JSON Pointer (RFC 6901), or a dotted path, in which `*` stands for every member.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::MAX_GROUPS;
use crate::lookalike::lower_case;
use crate::value::ClaimValue;

/// How many times a path is tried at a property or a member, at most; only one with stars needs more than a few.
const MAX_STEPS: usize = 500_000;

/// A value that is not `null`, and the names of the properties that lead to it.
#[derive(Clone, Debug)]
pub(super) struct Found<'c> {
    pub(super) value: &'c ClaimValue,
    pub(super) path: Path<'c>,
}

/// Names of properties as the token has them: an object with a long name may have many members.
pub(super) type Path<'c> = Vec<Cow<'c, str>>;

pub(super) type Properties = BTreeMap<String, ClaimValue>;

/// A path with stars finds more than is read.
pub(super) struct TooMuch;

/// All that the name finds, in order: more than one value only where it has stars.
pub(super) fn find<'c>(claims: &'c Properties, name: &str) -> Result<Vec<Found<'c>>, TooMuch> {
    find_with(claims, name, false, true)
}

/// What a path without stars finds.
pub(super) fn find_one<'c>(properties: &'c Properties, path: &str) -> Option<&'c ClaimValue> {
    let found = find_with(properties, path, false, false).ok()?;
    found.first().map(|found| found.value)
}

/// The first that the name finds but for upper and lower case; stars stand for nothing here.
pub(super) fn find_ignoring_case<'c>(claims: &'c Properties, name: &str) -> Option<Found<'c>> {
    find_with(claims, name, true, false).ok()?.into_iter().next()
}

fn find_with<'c>(
    claims: &'c Properties,
    name: &str,
    ignoring_case: bool,
    has_stars: bool,
) -> Result<Vec<Found<'c>>, TooMuch> {
    let mut search = Search {
        ignoring_case,
        has_stars,
        path: Vec::new(),
        found: Vec::new(),
        steps: 0,
    };
    match pointer_tokens(name).filter(|_| name.starts_with('/')) {
        Some(tokens) if search.property(claims, name).is_none() => search.follow_pointer(claims, &tokens),
        // The longest run of segments is the whole name.
        _ => _ = search.follow(Some(claims), &[], name)?,
    }
    Ok(search.found)
}

/// The reference tokens of a JSON Pointer that begins with `/`; `None` where a `~` is followed by neither `0` nor `1`.
pub(super) fn pointer_tokens(pointer: &str) -> Option<Vec<String>> {
    pointer.split('/').skip(1).map(unescape).collect()
}

/// The JSON Pointer of a path.
pub(super) fn pointer_of(path: &Path<'_>) -> String {
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

/// RFC 6901, section 4: digits without a leading zero.
fn array_index(token: &str) -> Option<usize> {
    let is_index = token.bytes().all(|byte| byte.is_ascii_digit()) && (token == "0" || !token.starts_with('0'));
    if is_index { token.parse().ok() } else { None }
}

struct Search<'c> {
    ignoring_case: bool,
    /// Whether a star stands for every member.
    has_stars: bool,
    /// Where the search is.
    path: Path<'c>,
    found: Vec<Found<'c>>,
    steps: usize,
}

impl<'c> Search<'c> {
    fn property(&self, properties: &'c Properties, name: &str) -> Option<(&'c String, &'c ClaimValue)> {
        if self.ignoring_case {
            let lower = lower_case(name);
            properties.iter().find(|(property, _)| lower_case(property) == lower)
        } else {
            properties.get_key_value(name)
        }
    }

    fn follow_pointer(&mut self, claims: &'c Properties, tokens: &[String]) {
        let Some((first, rest)) = tokens.split_first() else {
            return;
        };
        let Some((property, mut value)) = self.property(claims, first) else {
            return;
        };
        self.path.push(property.into());
        for token in rest {
            let (name, next) = match value {
                ClaimValue::Object(properties) => match self.property(properties, token) {
                    Some((property, next)) => (property.into(), next),
                    None => return,
                },
                ClaimValue::List(items) => match array_index(token).and_then(|index| items.get(index)) {
                    Some(next) => (token.clone().into(), next),
                    None => return,
                },
                _ => return,
            };
            self.path.push(name);
            value = next;
        }
        if *value != ClaimValue::Null {
            let path = std::mem::take(&mut self.path);
            self.found.push(Found { value, path });
        }
    }

    /// Follows the rest of a dotted path from an object, if it is one, or the items of an array. Whether it leads anywhere.
    ///
    /// At each level the longest run of segments that is a property is followed first; a run that leads nowhere gives way to a
    /// shorter one, and at last to what a star stands for.
    fn follow(
        &mut self,
        properties: Option<&'c Properties>,
        items: &'c [ClaimValue],
        rest: &str,
    ) -> Result<bool, TooMuch> {
        let mut end = rest.len();
        while let Some(properties) = properties {
            let (run, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
            self.step()?;
            if self.ignoring_case {
                // Each is looked at.
                self.steps += properties.len();
            }
            if let Some((property, value)) = self.property(properties, run)
                && self.arrive(property.into(), value, after.strip_prefix('.'))?
            {
                return Ok(true);
            }
            match run.rfind('.') {
                Some(dot) => end = dot,
                None => break,
            }
        }
        let (first, after) = match rest.split_once('.') {
            Some((first, after)) => (first, Some(after)),
            None => (rest, None),
        };
        let mut leads_on = false;
        if first == "*" && self.has_stars {
            for (name, value) in properties.into_iter().flatten() {
                leads_on |= self.arrive(name.into(), value, after)?;
            }
            for (index, value) in items.iter().enumerate() {
                leads_on |= self.arrive(index.to_string().into(), value, after)?;
            }
        } else if let Some(value) = array_index(first).and_then(|index| items.get(index)) {
            leads_on = self.arrive(first.to_owned().into(), value, after)?;
        }
        Ok(leads_on)
    }

    /// Goes on from a member by what is left of the path, and back again.
    fn arrive(&mut self, name: Cow<'c, str>, value: &'c ClaimValue, rest: Option<&str>) -> Result<bool, TooMuch> {
        self.step()?;
        self.path.push(name);
        let leads_on = match (value, rest) {
            (ClaimValue::Object(properties), Some(rest)) => self.follow(Some(properties), &[], rest)?,
            (ClaimValue::List(items), Some(rest)) => self.follow(None, items, rest)?,
            (_, Some(_)) => false,
            (ClaimValue::Null, None) => true,
            (value, None) => {
                if self.found.len() >= MAX_GROUPS {
                    return Err(TooMuch);
                }
                let path = self.path.clone();
                self.found.push(Found { value, path });
                true
            }
        };
        self.path.pop();
        Ok(leads_on)
    }

    fn step(&mut self) -> Result<(), TooMuch> {
        self.steps += 1;
        if self.steps > MAX_STEPS { Err(TooMuch) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::value::ClaimValue;

    fn paths(claims: serde_json::Value, name: &str) -> Vec<String> {
        let ClaimValue::Object(claims) = ClaimValue::from(claims) else {
            return Vec::new();
        };
        let found = find(&claims, name).unwrap_or_default();
        found.into_iter().map(|found| found.path.join("|")).collect()
    }

    #[test]
    fn a_star_is_every_member_unless_it_is_a_property() {
        let members = serde_json::json!({ "a": { "x": { "g": 1 }, "y": {}, "z": [{ "g": 2 }] } });
        assert_eq!(paths(members.clone(), "a.*.g"), ["a|x|g"]);
        assert_eq!(paths(members.clone(), "a.*.*.g"), ["a|z|0|g"]);
        assert_eq!(paths(members, "a.z.0.g"), ["a|z|0|g"]);
        let property = serde_json::json!({ "a": { "*": { "g": 1 }, "b": { "g": 2 } } });
        assert_eq!(paths(property, "a.*.g"), ["a|*|g"]);
    }

    #[test]
    fn a_search_that_never_ends_is_given_up() {
        let mut nested = serde_json::json!({});
        for _ in 0..60 {
            nested = serde_json::json!({ "*.*": nested });
        }
        let ClaimValue::Object(claims) = ClaimValue::from(nested) else {
            return;
        };
        assert!(find(&claims, &"*.".repeat(90)).is_err());
    }
}
