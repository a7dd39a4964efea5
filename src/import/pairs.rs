//! A map of names to names, as JSON or Python writes it, either way round; or a list of objects that name both sides.

use super::literal::{Literal, Value};
use super::table::{COLUMN, sides};
use super::written::{Import, SYNTAX};
use super::{Direction, direction};

/// How many other fields are told of.
const MAX_PASSED_OVER: usize = 20;

/// Writes an entry for each pair. `reversed` are those with the IdP group on the right.
#[inline(never)]
pub(super) fn import(import: &mut Import, document: &Literal, reversed: bool) {
    let mut passed_over: Vec<&str> = Vec::new();
    for record in document.items() {
        let fields = record.properties();
        let Some((source, target)) = sides_of(record).filter(|_| matches!(document.value, Value::List(_))) else {
            if fields.is_empty() && !record.is_nothing() {
                import.unreadable(record.at, SYNTAX);
            }
            for property in fields.chunks_exact(2) {
                if let [name, values] = property {
                    pairs(import, name, values, reversed);
                }
            }
            continue;
        };
        for (place, property) in fields.chunks_exact(2).enumerate() {
            let [name, values] = property else { continue };
            if place == source {
                for value in values.items() {
                    if let Some(targets) = fields.get(2 * target + 1) {
                        pairs(import, value, targets, false);
                    }
                }
            } else if place != target && passed_over.len() < MAX_PASSED_OVER && !passed_over.contains(&name.at) {
                passed_over.push(name.at);
                import.not_sayable(name.at, COLUMN);
            }
        }
    }
}

#[inline(never)]
fn pairs(import: &mut Import, name: &Literal, values: &Literal, reversed: bool) {
    for value in values.items() {
        match (name.text(), value.text()) {
            (Some(name), Some(other)) if reversed => import.pair(value.at, other, name),
            (Some(name), Some(other)) => import.pair(value.at, name, other),
            _ if value.is_nothing() => {}
            _ => import.unreadable(value.at, SYNTAX),
        }
    }
}

/// Whether it holds pairs of names, and which side the IdP groups are on.
pub(super) fn direction_of(document: &Literal) -> Option<Direction> {
    if let Value::List(records) = &document.value {
        let are_sided = !records.is_empty() && records.iter().all(|record| sides_of(record).is_some());
        return are_sided.then_some(Direction::Forward);
    }
    let mut names = Vec::new();
    for property in document.properties().chunks_exact(2) {
        if let [name, values] = property {
            for value in values.items().iter().filter(|_| !values.is_nothing()) {
                names.push((name.text()?, value.text()?));
            }
        }
    }
    (!names.is_empty()).then(|| direction(&names))
}

/// Which fields of an object are the two sides, where their names say so.
fn sides_of(record: &Literal) -> Option<(usize, usize)> {
    let mut names = Vec::new();
    for property in record.properties().chunks_exact(2) {
        names.push(property.first().and_then(Literal::text).unwrap_or(""));
    }
    sides(&names)
}
