//! What a change would do to known users, read as they come.

use idp_group_sync::{self as core, ImpactChange, ImpactSummary};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::compile;
use crate::buffers::{Written, arguments, input, write};
use crate::error::thrown;

/// What the end of the input comes to.
#[derive(Serialize)]
struct ImpactEnd {
    /// The user of the last line, if it had no line break and the user's outcome differs.
    changes: Vec<ImpactChange>,
    /// The totals.
    summary: ImpactSummary,
}

/// Who would gain or lose what if one configuration replaced another.
#[wasm_bindgen]
pub struct Impact(core::Impact);

#[wasm_bindgen]
impl Impact {
    /// Compiles both configurations, `before` and `after`, with a `brake`.
    #[wasm_bindgen(constructor)]
    pub fn new(length: usize) -> Result<Impact, JsValue> {
        let mut arguments = arguments(length)?;
        let before = compile(&mut arguments, "before", Some("before"))?;
        let after = compile(&mut arguments, "after", Some("after"))?;
        let braked = core::Impact::of(before, after).with_brake(arguments.take_optional("brake").map_err(thrown)?);
        braked.map(Impact).map_err(|error| thrown(error.within("brake")))
    }

    /// Reads on, and returns the users whose access would differ.
    pub fn push(&mut self, length: usize) -> Written {
        write(&input(length, |bytes| self.0.push(bytes)))
    }

    /// Reads what is left, ends the input, and returns what the last line comes to, and the totals.
    pub fn finish(mut self, length: usize) -> Written {
        // It has no line break, so nobody's line ends with it.
        input(length, |bytes| self.0.push(bytes));
        let (changes, summary) = self.0.finish();
        write(&ImpactEnd { changes, summary })
    }
}
