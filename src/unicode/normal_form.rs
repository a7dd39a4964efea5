//! The composed normal form (NFC), in which a letter with marks is written in one way.

use std::borrow::Cow;

use super::{BITS, MASK, TABLES, character, characters, in_range, row, row_up_to, rows_of};

/// A text in the composed normal form.
#[inline(never)]
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    if !text.chars().any(may_change) {
        return Cow::Borrowed(text);
    }
    let mut composer = Composer::default();
    text.chars().for_each(|character| composer.take(character));
    composer.write();
    Cow::Owned(composer.text)
}

/// Whether this character may have to be written in another way, or may change what stands beside it.
fn may_change(character: char) -> bool {
    // There is none before these marks, so most texts never ask for the tables.
    character >= '\u{300}' && (TABLES.changing.contains(character as usize) || ends_syllable(character))
}

/// Whether this is a vowel or a trailing consonant of Korean, for which there are no rows.
fn ends_syllable(character: char) -> bool {
    matches!(character, '\u{1161}'..='\u{1175}' | '\u{11A8}'..='\u{11C2}')
}

/// Writes a text anew, a letter with its marks at a time.
#[derive(Default)]
struct Composer {
    text: String,
    letter: Option<char>,
    /// What follows the letter: the combining class, the place, which keeps the order of those of one class, and the character.
    marks: Vec<u64>,
}

impl Composer {
    /// A character, as what it is made of in the end.
    fn take(&mut self, whole: char) {
        let Some(row) = rows_of(&TABLES.decompositions, whole).first() else {
            return self.put(whole);
        };
        let mut parts = characters(*row);
        // The second is made of nothing else.
        if let Some(first) = parts.next() {
            self.take(first);
        }
        parts.for_each(|second| self.put(second));
    }

    fn put(&mut self, character: char) {
        let class = in_range(&TABLES.classes, character).unwrap_or_default();
        if class > 0 {
            let place = self.marks.len() as u64;
            self.marks.push(class << CLASS | place << BITS | u64::from(character));
            return;
        }
        self.compose_marks();
        let joined = self.letter.filter(|_| self.marks.is_empty());
        if let Some(joined) = joined.and_then(|letter| composition(letter, character)) {
            self.letter = Some(joined);
        } else {
            self.write();
            self.letter = Some(character);
        }
    }

    /// Puts the marks in order, and into the letter those that compose with it. Those are left that do not.
    fn compose_marks(&mut self) {
        self.marks.sort_unstable();
        let letter = &mut self.letter;
        let mut last_left = 0;
        self.marks.retain(|mark| {
            let class = mark >> CLASS;
            // A mark of the same class stands between.
            let joined = (class > last_left).then_some(*letter).flatten();
            let joined = joined.and_then(|letter| composition(letter, character(mark & MASK)?));
            if joined.is_some() {
                *letter = joined;
            } else {
                last_left = class;
            }
            joined.is_none()
        });
    }

    fn write(&mut self) {
        self.compose_marks();
        self.text.extend(self.letter.take());
        let marks = self.marks.drain(..).filter_map(|mark| character(mark & MASK));
        self.text.extend(marks);
    }
}

/// Where the combining class of a mark begins, above its place.
const CLASS: u32 = 56;

/// What two characters compose to.
fn composition(first: char, second: char) -> Option<char> {
    hangul(first, second).or_else(|| {
        let both = row([first.into(), second.into(), 0]);
        let row = row_up_to(&TABLES.pairs, both | MASK)?;
        character(row & MASK).filter(|_| row & !MASK == both)
    })
}

/// The letters of Korean compose to syllables by a rule: a leading consonant and a vowel, and these and a trailing consonant.
fn hangul(first: char, second: char) -> Option<char> {
    const VOWELS: u32 = 21;
    const TRAILING: u32 = 28;
    match (first, second) {
        ('\u{1100}'..='\u{1112}', '\u{1161}'..='\u{1175}') => {
            let syllable = (first as u32 - 0x1100) * VOWELS + (second as u32 - 0x1161);
            char::from_u32(0xAC00 + syllable * TRAILING)
        }
        ('\u{AC00}'..='\u{D7A3}', '\u{11A8}'..='\u{11C2}') if (first as u32 - 0xAC00).is_multiple_of(TRAILING) => {
            char::from_u32(first as u32 + (second as u32 - 0x11A7))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use icu_normalizer::ComposingNormalizerBorrowed;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::{composed, may_change};

    fn as_unicode_says(text: &str) {
        assert_eq!(
            composed(text),
            ComposingNormalizerBorrowed::new_nfc().normalize(text),
            "{text:?}"
        );
    }

    #[test]
    fn every_character_is_composed_as_unicode_says() {
        for character in '\0'..=char::MAX {
            as_unicode_says(&character.to_string());
            as_unicode_says(&format!("a{character}\u{323}\u{302}"));
            as_unicode_says(&format!("{character}\u{302}\u{323}\u{11A8}{character}"));
        }
    }

    proptest! {
        #[test]
        fn texts_are_composed_as_unicode_says(
            text in prop::collection::vec(select(('\0'..=char::MAX).filter(|it| it.is_ascii_lowercase() || may_change(*it)).collect::<Vec<_>>()), 0..12)
        ) {
            as_unicode_says(&String::from_iter(text));
        }

        #[test]
        fn letters_of_korean_are_composed_as_unicode_says(text in "[\u{1100}-\u{1115}\u{1160}-\u{1178}\u{11A6}-\u{11C4}가각간a\u{301}]{0,8}") {
            as_unicode_says(&text);
        }
    }
}
