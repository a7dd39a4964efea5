//! What a change of the settings would do to known users' logins, read as they come.

use idp_group_sync::{self as core, LoginImpactChange, LoginImpactSummary};
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use crate::chunks::Chunks;
use crate::error::thrown;
use crate::input;
use crate::json::to_js;

/// What the end of the input comes to.
#[derive(Serialize, Tsify)]
struct LoginImpactEnd {
    /// The user of the last line, if it had no line break and the user's login differs.
    changes: Vec<LoginImpactChange>,
    /// The totals.
    summary: LoginImpactSummary,
}

/// What becomes of logins if other settings replaced those in force.
#[wasm_bindgen]
pub struct LoginImpact {
    impact: core::LoginImpact,
    chunks: Chunks,
}

#[wasm_bindgen]
impl LoginImpact {
    /// Compiles the settings and catalogs of both sides.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "unknown")] before: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown")] after: &JsValue,
    ) -> Result<LoginImpact, JsValue> {
        let before = input::login_sync(before, "before").map_err(thrown)?;
        let after = input::login_sync(after, "after").map_err(thrown)?;
        Ok(LoginImpact {
            impact: core::LoginImpact::new(before, after),
            chunks: Chunks::default(),
        })
    }

    /// Reads on, and returns the users whose login would come out otherwise.
    #[wasm_bindgen(unchecked_return_type = "LoginImpactChange[]")]
    pub fn push(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "unknown")] chunk: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let bytes = self.chunks.bytes(chunk).map_err(thrown)?;
        to_js(&self.impact.push(&bytes))
    }

    /// Ends the input, and returns what the last line comes to, and the totals.
    #[wasm_bindgen(unchecked_return_type = "LoginImpactEnd")]
    pub fn finish(mut self) -> Result<JsValue, JsValue> {
        // It has no line break, so nobody's line ends with it.
        self.impact.push(&self.chunks.end());
        let (changes, summary) = self.impact.finish();
        to_js(&LoginImpactEnd { changes, summary })
    }
}
