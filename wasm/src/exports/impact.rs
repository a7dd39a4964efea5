//! What a change would do to known users, read as they come.

use idp_group_sync::{self as core, ImpactChange, ImpactSummary};
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use super::compile;
use crate::chunks::Chunks;
use crate::error::thrown;
use crate::json::to_js;

/// What the end of the input comes to.
#[derive(Serialize, Tsify)]
struct ImpactEnd {
    /// The user of the last line, if it had no line break and the user's outcome differs.
    changes: Vec<ImpactChange>,
    /// The totals.
    summary: ImpactSummary,
}

/// Who would gain or lose what if one configuration replaced another.
#[wasm_bindgen]
pub struct Impact {
    impact: core::Impact,
    chunks: Chunks,
}

#[wasm_bindgen]
impl Impact {
    /// Compiles both configurations.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "unknown")] before: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown")] after: &JsValue,
    ) -> Result<Impact, JsValue> {
        let before = compile(before, Some("before"))?;
        let after = compile(after, Some("after"))?;
        Ok(Impact {
            impact: core::Impact::of(before, after),
            chunks: Chunks::default(),
        })
    }

    /// Reads on, and returns the users whose access would differ.
    #[wasm_bindgen(unchecked_return_type = "ImpactChange[]")]
    pub fn push(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "unknown")] chunk: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let bytes = self.chunks.bytes(chunk).map_err(thrown)?;
        to_js(&self.impact.push(&bytes))
    }

    /// Ends the input, and returns what the last line comes to, and the totals.
    #[wasm_bindgen(unchecked_return_type = "ImpactEnd")]
    pub fn finish(mut self) -> Result<JsValue, JsValue> {
        // It has no line break, so nobody's line ends with it.
        self.impact.push(&self.chunks.end());
        let (changes, summary) = self.impact.finish();
        to_js(&ImpactEnd { changes, summary })
    }
}
