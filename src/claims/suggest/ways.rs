//! How a value may be read as groups, by its looks.

use crate::claims::decode::{decoded, looks_encoded};
use crate::claims::find::{Found, Properties};
use crate::claims::reading::Reading;
use crate::claims::{ClaimDecode, ClaimItem, ClaimSource, read_found};
use crate::value::ClaimValue;

/// The properties that most often name a group that is an object.
const NAME_FIELDS: &[&str] = &["name", "displayName", "display", "value", "id"];

/// How what is found is read as groups: as the configured source would, or as the first value looks.
pub(super) fn setting(
    value: &ClaimValue,
    found: &[Found<'_>],
    name: &str,
    configured: Option<&ClaimSource>,
) -> Option<(ClaimSource, Reading)> {
    let ways = ways(value, &ClaimSource::named(name), configured).into_iter();
    ways.filter_map(|way| {
        let reading = reads_something(found, &way)?;
        Some((way, reading))
    })
    .next()
}

/// The reading of what is found, unless it can't be read so, or all that it says is that nothing is of that kind.
pub(super) fn reads_something(found: &[Found<'_>], source: &ClaimSource) -> Option<Reading> {
    let mut reading = Reading::default();
    read_found(found, source, &mut reading).ok()?;
    let says_nothing = reading.is_empty() && !source.item.is_text();
    (!says_nothing).then_some(reading)
}

/// The ways in which a value may be read, the likeliest first.
pub(super) fn ways(value: &ClaimValue, base: &ClaimSource, configured: Option<&ClaimSource>) -> Vec<ClaimSource> {
    let base = ClaimSource {
        prefix: configured.map(|source| source.prefix.clone()).unwrap_or_default(),
        required: configured.is_some_and(|source| source.required),
        name: base.name.clone(),
        ..ClaimSource::default()
    };
    let way = |delimiter: Option<&str>, item: ClaimItem| ClaimSource {
        delimiter: delimiter.into_iter().map(str::to_owned).collect(),
        item,
        ..base.clone()
    };
    let mut ways = Vec::new();
    let as_configured = configured.map(|source| ClaimSource {
        name: base.name.clone(),
        ..source.clone()
    });
    ways.extend(
        as_configured
            .filter(|source| source.decode.is_some() || !source.delimiter.is_empty() || !source.item.is_text()),
    );
    match value {
        ClaimValue::List(items) => {
            ways.extend([ClaimItem::LdapCn, ClaimItem::LdapOu, ClaimItem::Text].map(|item| way(None, item)));
            let fields = items.first().map(name_fields).unwrap_or_default();
            ways.extend(fields.into_iter().map(|field| way(None, ClaimItem::Field { field })));
        }
        ClaimValue::Object(_) => ways.push(way(None, ClaimItem::Key)),
        // What looks encoded would be read as one strange name.
        ClaimValue::Text(text) if looks_encoded(text) => {
            for decode in [ClaimDecode::Json, ClaimDecode::Bracketed] {
                let Ok(inner) = decoded(text, decode) else {
                    continue;
                };
                // What is decoded is a string no more, or one that looks encoded no more.
                if matches!(inner, ClaimValue::List(_) | ClaimValue::Object(_)) {
                    let decoding = self::ways(&inner, &base, None).into_iter();
                    ways.extend(decoding.map(|way| ClaimSource {
                        decode: Some(decode),
                        prefix: base.prefix.clone(),
                        required: base.required,
                        ..way
                    }));
                }
            }
        }
        ClaimValue::Text(text) => {
            if text.contains(';') {
                ways.extend([way(Some(";"), ClaimItem::LdapCn), way(Some(";"), ClaimItem::Text)]);
            }
            ways.push(way(None, ClaimItem::LdapCn));
            if text.contains(',') {
                ways.push(way(Some(","), ClaimItem::Text));
            }
            ways.push(way(None, ClaimItem::Text));
        }
        _ => {}
    }
    ways
}

/// The fields of an object that may name a group: its own, or those of an object in it.
fn name_fields(item: &ClaimValue) -> Vec<String> {
    let ClaimValue::Object(properties) = item else {
        return Vec::new();
    };
    let named = |properties: &Properties| {
        let names = NAME_FIELDS.iter().filter(|field| properties.contains_key(**field));
        names.map(|field| (*field).to_owned()).collect::<Vec<_>>()
    };
    let mut fields = named(properties);
    for (name, value) in properties {
        if let ClaimValue::Object(inner) = value {
            fields.extend(named(inner).into_iter().map(|field| format!("{name}.{field}")));
        }
    }
    fields
}
