//! Putting things in order.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The items by their keys; those of equal keys stay in their order. By a heap: every other way to sort costs the module
/// kilobytes for each type of item.
pub(crate) fn in_order<T>(items: Vec<T>, key: impl Fn(&T) -> (usize, usize)) -> Vec<T> {
    let mut places = BinaryHeap::with_capacity(items.len());
    for (place, item) in items.iter().enumerate() {
        places.push(Reverse((key(item), place)));
    }
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(items.len());
    while let Some(Reverse((_, place))) = places.pop() {
        ordered.extend(items.get_mut(place).and_then(Option::take));
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn equal_keys_stay_in_their_order() {
        let items = vec!["b2", "a1", "b1", "a2", "c"];
        let ordered = in_order(items, |item| {
            (usize::from(item.as_bytes().first().copied().unwrap_or(0)), 0)
        });
        assert_eq!(ordered, ["a1", "a2", "b2", "b1", "c"]);
    }
}
