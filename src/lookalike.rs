//! When two different names look the same to a person: the key that near misses share, and characters nobody can see.

use icu_properties::CodePointSetData;
use icu_properties::props::{Dash, DefaultIgnorableCodePoint};

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
        || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character)
}

/// Whether a reader cannot tell this character from none at all, or from a plain space.
pub(crate) fn is_unclear(character: char) -> bool {
    const BRAILLE_BLANK: char = '\u{2800}';
    is_invisible(character) || character == BRAILLE_BLANK || (character != ' ' && character.is_whitespace())
}

/// Whether this character counts as spacing in [`near_miss_key`].
fn is_spacing(character: char) -> bool {
    character == '_' || character == '-' || character.is_whitespace() || {
        !character.is_ascii() && CodePointSetData::new::<Dash>().contains(character)
    }
}

/// `text` in lower case, for comparing: both lower-case letters sigma are one.
pub(crate) fn lower_case(text: &str) -> String {
    text.chars().flat_map(lower).collect()
}

/// Character by character: what `str` does beyond that is to tell which sigma ends a word.
fn lower(character: char) -> impl Iterator<Item = char> {
    character
        .to_lowercase()
        .map(|lower| if lower == 'ς' { 'σ' } else { lower })
}

/// Two names are near misses of each other when their keys are equal: lower case, every run of hyphens, underscores and
/// white space one space with none at the ends, and invisible characters gone.
///
/// Near misses are only ever shown, never granted.
pub(crate) fn near_miss_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    push_near_miss_key(&mut key, name);
    key
}

/// Writes the key behind what is there: one text for many keys.
pub(crate) fn push_near_miss_key(key: &mut String, name: &str) {
    let start = key.len();
    let mut spacing = false;
    let mut push = |character| {
        if is_spacing(character) {
            spacing = true;
        } else if !is_invisible(character) {
            if spacing && key.len() > start {
                key.push(' ');
            }
            spacing = false;
            key.push(character);
        }
    };
    if name.is_ascii() {
        name.bytes()
            .for_each(|byte| push(char::from(byte.to_ascii_lowercase())));
    } else {
        name.chars().flat_map(lower).for_each(push);
    }
}
