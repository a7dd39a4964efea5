//! What is found, split into items.

use super::MAX_GROUPS;
use super::decode::decoded;
use super::fault::Fault;
use super::find::Found;
use super::item::{self, read_name};
use super::options::{ClaimDecode, ClaimItem, ClaimSource};
use super::reading::Reading;
use crate::value::ClaimValue;

/// Reads the groups in one value that was found.
pub(super) fn read_value(found: &Found<'_>, source: &ClaimSource, reading: &mut Reading) -> Result<(), Fault> {
    let holder;
    // What is decoded is not decoded again.
    let (value, decode) = match (found.value, source.decode) {
        (ClaimValue::Text(text), Some(decode)) => {
            holder = decoded(text, decode)?;
            (&holder, None)
        }
        (value, decode) => (value, decode),
    };
    match (&source.item, value) {
        (ClaimItem::Flag, value) => item::flag(found.path.last().map_or("", AsRef::as_ref), value, source, reading),
        (ClaimItem::Key, ClaimValue::Object(properties)) => {
            room_for(properties.len(), reading)?;
            let keys = properties
                .iter()
                .filter(|(_, value)| !matches!(value, ClaimValue::Null | ClaimValue::Bool(false)));
            for (key, _) in keys {
                reading.add(key, source)?;
            }
            Ok(())
        }
        (ClaimItem::Key, other) => Err(Fault::kind(other, "`item: \"key\"` reads the keys of an object")),
        (_, ClaimValue::List(items)) => {
            room_for(items.len(), reading)?;
            for item in items {
                read_item(item, decode, source, reading).map_err(|fault| fault.at(reading.item()))?;
            }
            Ok(())
        }
        (_, ClaimValue::Text(text)) if !source.delimiter.is_empty() => split(text, source, reading),
        (_, ClaimValue::Text(_) | ClaimValue::Number(_)) => read_name(value, source, reading),
        (ClaimItem::Field { .. }, ClaimValue::Object(_)) => read_name(value, source, reading),
        (_, other) => Err(Fault::kind(other, "it has to be an array of strings, or a string")),
    }
}

/// Reads an item of an array; it may hold further ones as a string.
fn read_item(
    item: &ClaimValue,
    decode: Option<ClaimDecode>,
    source: &ClaimSource,
    reading: &mut Reading,
) -> Result<(), Fault> {
    let (ClaimValue::Text(text), Some(decode)) = (item, decode) else {
        return read_name(item, source, reading);
    };
    match decoded(text, decode) {
        Ok(ClaimValue::List(items)) => {
            room_for(items.len(), reading)?;
            items.iter().try_for_each(|item| read_name(item, source, reading))
        }
        Ok(item) => read_name(&item, source, reading),
        Err(fault) => {
            reading.begin_item();
            Err(fault)
        }
    }
}

/// Reads the parts of a string.
fn split(text: &str, source: &ClaimSource, reading: &mut Reading) -> Result<(), Fault> {
    if super::decode::looks_encoded(text) {
        return Err(Fault::encoded(text));
    }
    let mut parts = vec![text];
    for delimiter in &source.delimiter {
        let count: usize = parts.iter().map(|part| part.split(delimiter.as_str()).count()).sum();
        room_for(count, reading)?;
        parts = parts
            .into_iter()
            .flat_map(|part| part.split(delimiter.as_str()))
            .collect();
    }
    let parts = parts.into_iter().map(str::trim).filter(|part| !part.is_empty());
    for part in parts {
        let part = ClaimValue::Text(part.to_owned());
        read_name(&part, source, reading).map_err(|fault| fault.at(reading.item()))?;
    }
    Ok(())
}

/// Whether this many items may be read beside those that were.
fn room_for(count: usize, reading: &Reading) -> Result<(), Fault> {
    let count = reading.count().saturating_add(count);
    if count > MAX_GROUPS {
        Err(Fault::too_many(count))
    } else {
        Ok(())
    }
}
