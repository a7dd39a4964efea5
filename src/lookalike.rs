//! When two different names look the same to a person: the key that near misses share, and characters nobody can see.

use crate::unicode::{self, composed, is_dash, is_ignorable};

/// Whether a reader cannot see this character: zero-width, a bidirectional control, another control, or the
/// replacement character that stands for bytes which could not be read.
pub(crate) fn is_invisible(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_control();
    }
    character.is_control()
        || matches!(
            character,
            '\u{2028}' | '\u{2029}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFD}'
        )
        || is_ignorable(character)
}

/// Whether a reader cannot tell this character from none at all, or from a plain space.
pub(crate) fn is_unclear(character: char) -> bool {
    const BRAILLE_BLANK: char = '\u{2800}';
    is_invisible(character) || character == BRAILLE_BLANK || (character != ' ' && character.is_whitespace())
}

/// Whether this character counts as spacing in [`near_miss_key`].
fn is_spacing(character: char) -> bool {
    character == '_' || character == '-' || character.is_whitespace() || !character.is_ascii() && is_dash(character)
}

/// `text` in lower case, for comparing: both lower-case letters sigma are one.
pub(crate) fn lower_case(text: &str) -> String {
    text.chars().flat_map(lower).collect()
}

/// Character by character: what `str` does beyond that is to tell which sigma ends a word.
fn lower(character: char) -> impl Iterator<Item = char> {
    unicode::lower(character).map(|lower| if lower == 'ς' { 'σ' } else { lower })
}

/// Two names are near misses of each other when their keys are equal: lower case, every run of hyphens, underscores and
/// white space one space with none at the ends, and invisible characters gone. In a name with an `=`, as LDAP writes them, there is no
/// space beside that or a comma either. A letter with marks is the same as one character and as several.
///
/// Near misses are only ever shown, never granted.
pub(crate) fn near_miss_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    push_near_miss_key(&mut key, name);
    key
}

/// Writes the key behind what is there: one text for many keys.
pub(crate) fn push_near_miss_key(key: &mut String, name: &str) {
    put_near_miss_key(name, |character| key.push(character));
}

/// A hash of [`near_miss_key`], without making the key.
pub(crate) fn near_miss_hash(name: &str) -> u32 {
    // FNV-1a, a character at a time.
    let mut hash: u32 = 0x811C_9DC5;
    put_near_miss_key(name, |character| {
        hash = (hash ^ u32::from(character)).wrapping_mul(0x0100_0193);
    });
    hash
}

fn put_near_miss_key(name: &str, mut put: impl FnMut(char)) {
    let is_ldap = name.as_bytes().contains(&b'=');
    // Whether spacing came last, and whether what came before it wants none.
    let (mut spacing, mut is_closed) = (false, true);
    let mut push = |character| {
        if is_spacing(character) {
            spacing = true;
        } else if !is_invisible(character) {
            let joins = is_ldap && matches!(character, ',' | '=');
            if spacing {
                spacing = false;
                if !is_closed && !joins {
                    put(' ');
                }
            }
            is_closed = joins;
            put(character);
        }
    };
    if name.is_ascii() {
        name.bytes()
            .for_each(|byte| push(char::from(byte.to_ascii_lowercase())));
    } else {
        composed(name).chars().flat_map(lower).for_each(push);
    }
}

#[cfg(test)]
mod tests {
    use super::{near_miss_hash, near_miss_key};

    #[test]
    fn names_of_one_key_have_one_hash() {
        for (one, other) in [
            ("Sales-Team", " sales  team"),
            ("ΟΔΟΣ", "οδος"),
            ("a\u{200B}b", "AB"),
            ("é – x\t", "É x"),
            ("Geschäftsführung", "gescha\u{308}ftsfu\u{308}hrung"),
            ("CN = a, DC=b c", "cn=a,dc= b-c"),
        ] {
            assert_eq!(near_miss_key(one), near_miss_key(other));
            assert_eq!(near_miss_hash(one), near_miss_hash(other), "{one}");
        }
        assert_ne!(near_miss_hash("sales"), near_miss_hash("sale s"));
        assert_ne!(near_miss_key("a, b"), near_miss_key("a,b"));
    }
}
