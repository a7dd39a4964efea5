//! What of an item is the group's name.

use std::borrow::Cow;

use super::decode::looks_encoded;
use super::fault::Fault;
use super::find::find_one;
use super::ldap::{self, Leaf};
use super::options::{ClaimItem, ClaimSource};
use super::reading::Reading;
use crate::diagnostic::shown;
use crate::value::ClaimValue;

/// Whole numbers below this are exact in a float, and so is what they are told apart by.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads the name in one item.
pub(super) fn read_name(item: &ClaimValue, source: &ClaimSource, reading: &mut Reading) -> Result<(), Fault> {
    reading.begin_item();
    let name = match (&source.item, item) {
        (ClaimItem::Field { field }, ClaimValue::Object(properties)) => match find_one(properties, field) {
            None => {
                let what = format!("an object without {}", shown(field));
                return Err(Fault::new(what, "name another field"));
            }
            Some(value) => text_of(value).map_err(|fault| match value {
                ClaimValue::Text(_) => fault,
                _ => {
                    let what = format!("an object whose {} is {}", shown(field), value.kind());
                    Fault::new(what, "the field has to be a string")
                }
            })?,
        },
        (ClaimItem::Field { .. }, other) => {
            let help = "every item has to be an object, as the claim's `item` says";
            return Err(Fault::kind(other, help));
        }
        (_, ClaimValue::Object(_)) => {
            let help = "say which property of each object is the group's name, with `item: { field: … }`";
            return Err(Fault::kind(item, help));
        }
        (kind, item) => {
            let text = text_of(item)?;
            match kind {
                ClaimItem::LastPathSegment => last_segment(text)?,
                ClaimItem::LdapCn => return ldap_leaf(&text, &["CN", "2.5.4.3"], source, reading),
                ClaimItem::LdapOu => return ldap_leaf(&text, &["OU", "2.5.4.11"], source, reading),
                _ => text,
            }
        }
    };
    reading.push(&name, source)
}

/// A claim that is a flag: its own name is the group's.
pub(super) fn flag(name: &str, value: &ClaimValue, source: &ClaimSource, reading: &mut Reading) -> Result<(), Fault> {
    match value {
        ClaimValue::Bool(false) => Ok(()),
        ClaimValue::Text(text) if text == "false" => Ok(()),
        ClaimValue::Bool(true) => reading.add(name, source),
        ClaimValue::Text(text) if text == "true" => reading.add(name, source),
        other => Err(Fault::kind(other, "`item: \"flag\"` reads `true` or `false`")),
    }
}

/// A string, or a whole number as it is written.
fn text_of(value: &ClaimValue) -> Result<Cow<'_, str>, Fault> {
    match value {
        ClaimValue::Text(text) if looks_encoded(text) => Err(Fault::encoded(text)),
        ClaimValue::Text(text) => Ok(text.into()),
        #[expect(clippy::cast_possible_truncation, reason = "it is whole, and in range")]
        ClaimValue::Number(number) if number.fract() == 0.0 && number.abs() < EXACT => {
            Ok((*number as i64).to_string().into())
        }
        ClaimValue::Number(_) => Err(Fault::kind(value, "a number has to be whole, and below 2^53")),
        other => Err(Fault::kind(other, "every item has to be a string")),
    }
}

/// What follows the last `/`, but for one at the very end.
fn last_segment(path: Cow<'_, str>) -> Result<Cow<'_, str>, Fault> {
    if !path.is_empty() && path.bytes().all(|byte| byte == b'/') {
        return Err(Fault::text(
            &path,
            "is slashes alone",
            "look for the group's name at the identity provider",
        ));
    }
    let passed = path.strip_suffix('/').unwrap_or(&path);
    let segment = passed.rsplit('/').next().unwrap_or(passed);
    Ok(segment.to_owned().into())
}

/// The value of the one of these attributes that the LDAP name begins with.
fn ldap_leaf(text: &str, attribute: &[&str], source: &ClaimSource, reading: &mut Reading) -> Result<(), Fault> {
    // An empty item is dropped, not malformed, whatever it was to be read as.
    let leaf = if text.is_empty() {
        Leaf::Value(String::new())
    } else {
        ldap::leaf(text, attribute)
    };
    match leaf {
        Leaf::Value(name) => reading.push(&name, source),
        Leaf::Other => {
            reading.skip();
            Ok(())
        }
        Leaf::Malformed => {
            let help = "read the items as text, or let the identity provider send LDAP names (RFC 4514)";
            Err(Fault::text(text, "is no LDAP name that can be read", help))
        }
    }
}
