//! Letter case, character by character.

use super::{TABLES, characters, rows_of};

/// The lower case of a character, wherever it stands.
pub(crate) fn lower(character: char) -> impl Iterator<Item = char> {
    mapped(character, |character| rows_of(&TABLES.lower, character))
}

/// The upper case of a character where that is one character, of which it is the lower case.
pub(crate) fn upper(character: char) -> char {
    // A sign for kelvin has the lower case `k`, too.
    let is_ascii = character.is_ascii();
    let rows = if is_ascii {
        &[]
    } else {
        rows_of(&TABLES.upper, character)
    };
    let upper = rows.first().and_then(|row| characters(*row).next());
    upper.unwrap_or_else(|| character.to_ascii_uppercase())
}

/// The case folding of a character, which its other cases share.
pub(crate) fn fold(character: char) -> impl Iterator<Item = char> {
    mapped(character, |character| match rows_of(&TABLES.folded, character) {
        [] => rows_of(&TABLES.lower, character),
        folded => folded,
    })
}

/// What the rows of a character say, or the character.
fn mapped(character: char, rows: fn(char) -> &'static [u64]) -> impl Iterator<Item = char> {
    let rows = if character.is_ascii() { &[] } else { rows(character) };
    let same = rows.is_empty().then(|| character.to_ascii_lowercase());
    same.into_iter().chain(rows.iter().flat_map(|row| characters(*row)))
}

#[cfg(test)]
mod tests {
    use icu_casemap::CaseMapper;
    use icu_locale_core::LanguageIdentifier;

    use super::{fold, lower, upper};

    #[test]
    fn every_character_has_the_cases_that_unicode_says() {
        let mapper = CaseMapper::new();
        for character in '\0'..=char::MAX {
            let text = character.to_string();
            let lower: String = lower(character).collect();
            assert_eq!(
                lower,
                mapper.lowercase_to_string(&text, &LanguageIdentifier::UNKNOWN),
                "{character:?}"
            );
            assert!(
                mapper.fold_string(&upper(character).to_string()) == mapper.fold_string(&text),
                "{character:?}"
            );
            let folded: String = fold(character).collect();
            assert_eq!(folded, mapper.fold_string(&text), "{character:?}");
        }
    }
}
