//! Makes the tables of the Unicode standard that the core uses, of those of ICU.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

use std::path::Path;

use icu_casemap::CaseMapper;
use icu_locale_core::LanguageIdentifier;
use icu_normalizer::properties::{
    CanonicalCombiningClassMap, CanonicalComposition, CanonicalDecomposition, Decomposed,
};
use icu_properties::CodePointSetData;
use icu_properties::props::{Dash, DefaultIgnorableCodePoint};

type Row = [u32; 3];

#[test]
fn the_tables_are_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/unicode/tables.bin");
    let bytes: Vec<u8> = tables().iter().flat_map(|rows| written(rows)).collect();
    if std::fs::read(&file).ok().as_ref() != Some(&bytes) {
        std::fs::write(&file, bytes).unwrap();
        panic!("{} was out of date, and has been written anew", file.display());
    }
}

/// In the order in which `src/unicode` reads them.
fn tables() -> [Vec<Row>; 7] {
    let (composed, others) = decompositions();
    let classes = CanonicalCombiningClassMap::new();
    let dashes = CodePointSetData::new::<Dash>();
    let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>();
    let mapper = CaseMapper::new();
    let lower = |character: char| {
        mapper
            .lowercase_to_string(&character.to_string(), &LanguageIdentifier::UNKNOWN)
            .into_owned()
    };
    let folded = |character: char| mapper.fold_string(&character.to_string()).into_owned();
    [
        composed,
        others,
        ranges(|character| classes.get_u8(character).into()),
        ranges(|character| dashes.contains(character).into()),
        ranges(|character| ignorable.contains(character).into()),
        cases(lower, |character| character.into()),
        cases(folded, lower),
    ]
}

/// The characters that two others compose to, and those that others stand for.
fn decompositions() -> (Vec<Row>, Vec<Row>) {
    let decomposition = CanonicalDecomposition::new();
    let composition = CanonicalComposition::new();
    let is_composed = |[whole, first, second]: &Row| {
        let [Some(first), Some(second)] = [*first, *second].map(char::from_u32) else {
            return false;
        };
        composition.compose(first, second).map(u32::from) == Some(*whole)
    };
    let rows = characters()
        .filter(|character| !matches!(character, '가'..='힣'))
        .filter_map(|character| match decomposition.decompose(character) {
            Decomposed::Default => None,
            Decomposed::Singleton(other) => Some([character.into(), other.into(), 0]),
            Decomposed::Expansion(first, second) => Some([character.into(), first.into(), second.into()]),
        });
    rows.partition(is_composed)
}

/// The ranges of characters that have the same value, which is not zero.
fn ranges(value: impl Fn(char) -> u32) -> Vec<Row> {
    let mut ranges: Vec<Row> = Vec::new();
    for character in characters() {
        let (number, value) = (u32::from(character), value(character));
        match ranges.last_mut() {
            Some([_, last, known]) if *last + 1 == number && *known == value => *last = number,
            _ if value > 0 => ranges.push([number, number, value]),
            _ => {}
        }
    }
    ranges
}

/// What characters outside of ASCII become, where that is not what is known, two characters a row.
fn cases(of: impl Fn(char) -> String, known: impl Fn(char) -> String) -> Vec<Row> {
    let changed = characters().filter(|character| !character.is_ascii() && of(*character) != known(*character));
    let rows = changed.flat_map(|character| {
        let letters: Vec<u32> = of(character).chars().map(u32::from).collect();
        let rows = letters
            .chunks(2)
            .map(|two| [character.into(), two[0], two.get(1).copied().unwrap_or_default()]);
        rows.collect::<Vec<_>>()
    });
    rows.collect()
}

fn characters() -> impl Iterator<Item = char> {
    '\0'..=char::MAX
}

/// How many rows, and what each column adds to the row above, seven bits a byte.
fn written(rows: &[Row]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut put = |mut number: u32| {
        while number > 127 {
            bytes.push(number as u8 | 128);
            number >>= 7;
        }
        bytes.push(number as u8);
    };
    put(u32::try_from(rows.len()).unwrap());
    let mut above = [0; 3];
    for row in rows {
        for (number, above) in row.iter().zip(above) {
            let more = i64::from(*number) - i64::from(above);
            // The lowest bit is the sign.
            put(u32::try_from(if more < 0 { -2 * more - 1 } else { 2 * more }).unwrap());
        }
        above = *row;
    }
    bytes
}
