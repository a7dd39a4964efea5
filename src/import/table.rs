//! Tables: CSV with commas, semicolons or tabs, with a header or without.

use super::scan::{Scan, place_of};
use super::written::{Import, Reason, SYNTAX};
use super::{Direction, direction};

pub(super) const COLUMN: Reason = ("column", "a mapping has two sides, the IdP group and what it grants");

/// What headers call the IdP group, in lower case, letters alone; each between two spaces.
const SOURCES: &str = " source from idpgroup idpgroups idp externalgroup ssogroup oidcgroup samlgroup ldapgroup adgroup azuregroup \
    entragroup entraidgroup oktagroup googlegroup directorygroup securitygroup groupdn claim claimvalue ";
/// What they call the role or group that it grants.
const TARGETS: &str = " target to role roles approle appgroup applicationgroup applicationrole customgroup team permissiongroup \
    localgroup accesslevel userrole ";
/// What may be either.
const EITHER: &str = " group groups groupname name ";

/// Which columns are the two sides, where the header says so.
#[inline(never)]
pub(super) fn sides(header: &[&str]) -> Option<(usize, usize)> {
    let (mut source, mut target, mut either) = (None, None, None);
    for (place, name) in header.iter().enumerate() {
        let mut word = String::from(" ");
        for byte in name.bytes().filter(u8::is_ascii_alphabetic) {
            word.push(char::from(byte.to_ascii_lowercase()));
        }
        word.push(' ');
        for (known, side) in [(SOURCES, &mut source), (TARGETS, &mut target), (EITHER, &mut either)] {
            if side.is_none() && word.len() > 2 && place_of(known, &word).is_some() {
                *side = Some(place);
            }
        }
    }
    if source.is_none() && target.is_none() {
        return None;
    }
    Some((source.or(either)?, target.or(either)?))
}

/// A row: the text of it, and its cells.
pub(super) struct Row<'t> {
    pub(super) at: &'t str,
    pub(super) cells: Vec<String>,
}

impl Row<'_> {
    fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    fn sides(&self) -> Option<(usize, usize)> {
        let cells: Vec<&str> = self.cells.iter().map(String::as_str).collect();
        sides(&cells)
    }
}

/// The rows that hold anything. A cell in double quotes may hold what separates, and quotes that are doubled.
#[inline(never)]
pub(super) fn rows<'t>(text: &'t str, delimiter: &str) -> Vec<Row<'t>> {
    let signs = [delimiter, "\r\n"].concat();
    let mut rows = Vec::new();
    let mut scan = Scan(text);
    while !scan.0.is_empty() {
        let start = scan.0;
        let mut cells = Vec::new();
        loop {
            while matches!(scan.next(), b' ' | b'\t') && !scan.0.starts_with(delimiter) {
                scan.pass(1);
            }
            let mut cell = String::new();
            // What follows the closing quote belongs to the cell, and so makes it another name.
            let mut is_doubled = false;
            while let Some(quoted) = scan.0.strip_prefix('"').filter(|quoted| quoted.contains('"')) {
                if is_doubled {
                    cell.push('"');
                }
                scan = Scan(quoted);
                cell.push_str(scan.until("\""));
                scan.pass(1);
                is_doubled = true;
            }
            cell.push_str(scan.until(&signs).trim_end());
            cells.push(cell);
            if !scan.0.starts_with(delimiter) {
                break;
            }
            scan.pass(1);
        }
        let at = Scan(start).pass(start.len() - scan.0.len()).trim();
        if !at.is_empty() {
            rows.push(Row { at, cells });
        }
        scan.pass(1);
    }
    rows
}

/// How columns are parted, and how many rows it takes to be sure that they are meant as such: names hold commas too.
const DELIMITERS: &[(&str, usize)] = &[("\t", 1), (";", 2), (",", 2)];

/// The rows of a text of two columns, or of more with a header that names them.
fn table(text: &str) -> Option<Vec<Row<'_>>> {
    for (delimiter, least) in DELIMITERS {
        let rows = rows(text, delimiter);
        let is_pair = |row: &Row| row.cells.len() == 2 && !row.cell(0).is_empty() && !row.cell(1).is_empty();
        if rows.len() >= *least && (rows.first().and_then(Row::sides).is_some() || rows.iter().all(is_pair)) {
            return Some(rows);
        }
    }
    None
}

/// Whether a text is a table, and which side the IdP groups are on.
pub(super) fn direction_of(text: &str) -> Option<Direction> {
    let rows = table(text)?;
    if rows.first().and_then(Row::sides).is_some() {
        return Some(Direction::Forward);
    }
    let mut names = Vec::new();
    for row in &rows {
        names.push((row.cell(0), row.cell(1)));
    }
    Some(direction(&names))
}

/// Writes an entry for each row. `reversed` is a table with the IdP groups on the right, where no header says it.
pub(super) fn import<'t>(import: &mut Import<'t>, text: &'t str, reversed: bool) {
    let rows = table(text).unwrap_or_else(|| rows(text, ","));
    let header = rows.first().and_then(Row::sides);
    let (source, target) = header.unwrap_or(if reversed { (1, 0) } else { (0, 1) });
    let columns = rows
        .first()
        .filter(|_| header.is_some())
        .map_or(2, |row| row.cells.len());
    for (place, row) in rows.iter().enumerate() {
        if header.is_some() && place == 0 {
            if columns > 2 {
                import.not_sayable(row.at, COLUMN);
            }
        } else if row.cells.len() == columns {
            import.pair(row.at, row.cell(source), row.cell(target));
        } else {
            import.unreadable(row.at, SYNTAX);
        }
    }
}
