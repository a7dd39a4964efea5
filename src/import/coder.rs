//! Coder: the settings of its group and role sync, or the map alone, `{ "IdP group": ["role"] }`.

use super::literal::Literal;
use super::pairs;
use super::written::{FILTER, ID, Import};

#[inline(never)]
pub(super) fn import(import: &mut Import, document: &Literal) {
    import.claim(document.text_of("field"));
    let mut is_alone = true;
    for name in ["mapping", "legacy_group_name_mapping"] {
        let Some(map) = document.get(name) else { continue };
        is_alone = false;
        pairs::import(import, map, false);
        for property in map.properties().chunks_exact(2) {
            for target in property.last().map_or(&[][..], Literal::items) {
                if target.text().is_some_and(is_uuid) {
                    import.differs(target.at, ID);
                }
            }
        }
    }
    if is_alone {
        pairs::import(import, document, false);
    }
    if let Some(filter) = document.get("regex_filter").filter(|filter| !filter.is_nothing()) {
        import.not_sayable(filter.at, FILTER);
    }
}

fn is_uuid(text: &str) -> bool {
    let is_digit = |(place, byte): (usize, u8)| match place {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.bytes().enumerate().all(is_digit)
}
