//! Retool and ToolJet: `group -> group, group -> group`. It looks like a mapping, but no sign in a name is special.

use super::scan::{Scan, place_of};
use super::written::{Import, SYNTAX};

#[inline(never)]
pub(super) fn import<'t>(import: &mut Import<'t>, text: &'t str) {
    let mut scan = Scan(text);
    while !scan.0.is_empty() {
        let pair = scan.until(",\r\n").trim();
        scan.pass(1);
        let arrow = ["->", "→"]
            .into_iter()
            .find_map(|arrow| Some((place_of(pair, arrow)?, arrow)));
        match arrow {
            Some((place, arrow)) => {
                let mut sides = Scan(pair);
                let source = sides.pass(place);
                sides.pass(arrow.len());
                import.pair(pair, source.trim(), sides.0.trim());
            }
            None if pair.is_empty() => {}
            None => import.unreadable(pair, SYNTAX),
        }
    }
}
