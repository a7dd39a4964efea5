//! What the core needs of the Unicode standard: letter case, the composed normal form, and a few properties of characters.
//!
//! Libraries for it, and the tables of the standard library, take ten times as many bytes. The tables here hold what these
//! say: `tests/unicode.rs` makes them.

mod case;
mod normal_form;

use std::sync::LazyLock;

use fixedbitset::FixedBitSet;

pub(crate) use case::{fold, lower, upper};
pub(crate) use normal_form::composed;

/// Rows of three characters or numbers, each of [`BITS`], by the first of them. One number a row, so that they are sorted
/// by what sorts numbers anyway.
type Table = Vec<u64>;

/// As many as a character has.
const BITS: u32 = 21;

const MASK: u64 = (1 << BITS) - 1;

const ROW: u64 = (1 << (3 * BITS)) - 1;

struct Tables {
    /// Characters with the one or two that they are made of.
    decompositions: Table,
    /// Two characters, and what they compose to.
    pairs: Table,
    /// The first and last character of a range, and their combining class.
    classes: Table,
    /// What the composed normal form writes in another way, and what it may put with other characters.
    changing: FixedBitSet,
    dashes: Table,
    ignorable: Table,
    /// Letters with those of their lower case.
    lower: Table,
    /// Letters with their upper case.
    upper: Table,
    /// Letters with those of their case folding, where it is not the lower case: two in a row.
    folded: Table,
}

/// Read once somebody asks for them, which names in ASCII never do.
static TABLES: LazyLock<Tables> = LazyLock::new(Tables::read);

impl Tables {
    #[inline(never)]
    fn read() -> Tables {
        let mut bytes = include_bytes!("tables.bin").as_slice();
        let composed = table(&mut bytes);
        let mut decompositions = table(&mut bytes);
        let classes = table(&mut bytes);
        let dashes = table(&mut bytes);
        let ignorable = table(&mut bytes);
        let lower = table(&mut bytes);

        let mut changing = FixedBitSet::default();
        let mut change = |number: u64| changing.grow_and_insert(number as usize);
        decompositions.iter().for_each(|row| change(row >> (2 * BITS)));
        composed.iter().for_each(|row| change(row & MASK));
        for row in &classes {
            (row >> (2 * BITS)..=row >> BITS & MASK).for_each(&mut change);
        }

        let single = lower.iter().filter(|row| *row & MASK == 0);
        let mut upper: Table = single
            .map(|row| row << BITS & MASK << (2 * BITS) | row >> BITS & MASK << BITS)
            .collect();
        upper.sort_unstable();

        let mut pairs: Table = composed
            .iter()
            .map(|row| (row << BITS | row >> (2 * BITS)) & ROW)
            .collect();
        pairs.sort_unstable();
        decompositions.extend(composed);
        decompositions.sort_unstable();
        Tables {
            decompositions,
            pairs,
            classes,
            changing,
            dashes,
            ignorable,
            lower,
            upper,
            folded: table(&mut bytes),
        }
    }
}

/// A row of these three.
fn row(columns: [u32; 3]) -> u64 {
    columns.iter().fold(0, |row, column| row << BITS | u64::from(*column))
}

/// How many rows there are, and of each how its three numbers differ from those above.
fn table(bytes: &mut &[u8]) -> Table {
    let mut above = [0_u32; 3];
    let rows = 0..number(bytes);
    let next = |_| {
        for column in &mut above {
            // The lowest bit is the sign.
            let number = number(bytes);
            *column = column.wrapping_add((number >> 1) ^ (number & 1).wrapping_neg());
        }
        row(above)
    };
    rows.map(next).collect()
}

/// Seven bits a byte, the lowest first; the highest of a byte says that there are more (LEB128).
fn number(bytes: &mut &[u8]) -> u32 {
    let mut number = 0;
    let mut shift = 0;
    while let Some((byte, rest)) = bytes.split_first() {
        *bytes = rest;
        number |= u32::from(byte & 127) << shift;
        shift += 7;
        if *byte < 128 {
            break;
        }
    }
    number
}

/// The rows that begin with this character.
fn rows_of(table: &Table, character: char) -> &[u64] {
    let begins = |row: &u64| row >> (2 * BITS);
    let start = table.partition_point(|row| begins(row) < u64::from(character));
    let rows = table.get(start..).unwrap_or_default();
    let length = rows
        .iter()
        .take_while(|row| begins(row) == u64::from(character))
        .count();
    rows.get(..length).unwrap_or_default()
}

/// The last row that is not above this one.
fn row_up_to(table: &Table, row: u64) -> Option<u64> {
    let above = table.partition_point(|other| *other <= row);
    table.get(above.checked_sub(1)?).copied()
}

/// What the range of this character says.
fn in_range(table: &Table, character: char) -> Option<u64> {
    let character = u64::from(character);
    let row = row_up_to(table, character << (2 * BITS) | MASK << BITS | MASK)?;
    (character <= row >> BITS & MASK).then_some(row & MASK)
}

/// The second and third character of a row; zero is none.
fn characters(row: u64) -> impl Iterator<Item = char> {
    [row >> BITS & MASK, row & MASK].into_iter().filter_map(character)
}

/// Zero is none.
fn character(number: u64) -> Option<char> {
    char::from_u32(number.try_into().ok()?).filter(|character| *character != '\0')
}

/// Whether this is one of the dashes (`Dash`).
pub(crate) fn is_dash(character: char) -> bool {
    in_range(&TABLES.dashes, character).is_some()
}

/// Whether this is shown as nothing at all where it means nothing (`Default_Ignorable_Code_Point`).
pub(crate) fn is_ignorable(character: char) -> bool {
    in_range(&TABLES.ignorable, character).is_some()
}
