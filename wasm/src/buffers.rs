//! The texts that cross the boundary, in buffers that are kept from one call to the next.

use std::cell::RefCell;

use idp_group_sync::GroupSyncError;
use idp_group_sync::internal::write_json;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::arguments::Arguments;
use crate::error::thrown;

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static OUTPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// How many bytes the buffer for results has at least, so that it need not grow for most, and how many of them are kept.
const LEAST: usize = 256 * 1024;
const MOST_KEPT: usize = 1024 * 1024;

/// How many bytes of the buffer for results are one; or what is thrown.
pub(crate) type Written = Result<usize, JsValue>;

/// Makes room for this many bytes of what goes in, and says where. What is there already stays.
#[wasm_bindgen]
#[must_use]
pub fn reserve(bytes: usize) -> *const u8 {
    INPUT.with_borrow_mut(|input| {
        input.resize(bytes, 0);
        input.shrink_to(bytes);
        input.as_ptr()
    })
}

/// Where the last result is.
#[wasm_bindgen]
#[must_use]
pub fn result() -> *const u8 {
    OUTPUT.with_borrow(|output| output.as_ptr())
}

/// The arguments in the first bytes of what went in.
pub(crate) fn arguments(length: usize) -> Result<Arguments, JsValue> {
    let read = |bytes: &[u8]| match std::str::from_utf8(bytes) {
        Ok(text) => Arguments::read(text),
        Err(error) => Err(GroupSyncError::invalid_input("", error.to_string())),
    };
    input(length, read).map_err(thrown)
}

/// Reads the first bytes of what went in.
pub(crate) fn input<T>(length: usize, read: impl FnOnce(&[u8]) -> T) -> T {
    INPUT.with_borrow(|input| read(input.get(..length).unwrap_or_default()))
}

/// Writes a result as JSON text.
pub(crate) fn write(value: &(impl Serialize + ?Sized)) -> Written {
    OUTPUT.with_borrow_mut(|output| {
        if !(LEAST..=MOST_KEPT).contains(&output.capacity()) {
            *output = Vec::with_capacity(LEAST);
        }
        output.clear();
        write_json(output, value);
        Ok(output.len())
    })
}

/// Puts bytes where arguments go, as the package does, and says how many there are.
#[cfg(test)]
pub(crate) fn put(bytes: &[u8]) -> usize {
    INPUT.with_borrow_mut(|input| bytes.clone_into(input));
    bytes.len()
}

/// The result.
#[cfg(test)]
pub(crate) fn taken(length: usize) -> Vec<u8> {
    OUTPUT.with_borrow(|output| output.get(..length).unwrap_or_default().to_vec())
}
