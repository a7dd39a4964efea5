//! What a change of the settings would do to known users' logins, read as they come.

use idp_group_sync::{self as core, LoginImpactChange, LoginImpactSummary};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::login::login_sync;
use crate::buffers::{Written, arguments, input, write};
use crate::error::thrown;

/// What the end of the input comes to.
#[derive(Serialize)]
struct LoginImpactEnd {
    /// The user of the last line, if it had no line break and the user's login differs.
    changes: Vec<LoginImpactChange>,
    /// The totals.
    summary: LoginImpactSummary,
}

/// What becomes of logins if other settings replaced those in force.
#[wasm_bindgen]
pub struct LoginImpact(core::LoginImpact);

#[wasm_bindgen]
impl LoginImpact {
    /// Compiles the settings and catalogs of both sides, `before` and `after`, with a `brake`.
    #[wasm_bindgen(constructor)]
    pub fn new(length: usize) -> Result<LoginImpact, JsValue> {
        let mut arguments = arguments(length)?;
        let before = login_sync(&mut arguments, "before")?;
        let after = login_sync(&mut arguments, "after")?;
        let braked =
            core::LoginImpact::new(before, after).with_brake(arguments.take_optional("brake").map_err(thrown)?);
        braked.map(LoginImpact).map_err(|error| thrown(error.within("brake")))
    }

    /// Reads on, and returns the users whose login would come out otherwise.
    pub fn push(&mut self, length: usize) -> Written {
        write(&input(length, |bytes| self.0.push(bytes)))
    }

    /// Reads what is left, ends the input, and returns what the last line comes to, and the totals.
    pub fn finish(mut self, length: usize) -> Written {
        // It has no line break, so nobody's line ends with it.
        input(length, |bytes| self.0.push(bytes));
        let (changes, summary) = self.0.finish();
        write(&LoginImpactEnd { changes, summary })
    }
}
