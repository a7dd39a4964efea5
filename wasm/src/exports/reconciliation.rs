//! What becomes of the users of a directory, read as they come; and the totals of several parts.

use idp_group_sync::{self as core, ClaimValue, ReconcileChange, ReconcileSummary};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::login::login_sync;
use crate::buffers::{Written, arguments, input, write};
use crate::error::thrown;

/// What the end of the input comes to.
#[derive(Serialize)]
struct ReconciliationEnd {
    /// The user of the last line, if it had no line break and there is something to do.
    changes: Vec<ReconcileChange>,
    /// The totals.
    summary: ReconcileSummary,
}

/// What becomes of the users of whom a directory says something.
#[wasm_bindgen]
pub struct Reconciliation(core::Reconciliation);

#[wasm_bindgen]
impl Reconciliation {
    /// Compiles the settings and catalogs of a `config`, with a `brake`.
    #[wasm_bindgen(constructor)]
    pub fn new(length: usize) -> Result<Reconciliation, JsValue> {
        let mut arguments = arguments(length)?;
        let sync = login_sync(&mut arguments, "config")?;
        let braked = core::Reconciliation::new(sync).with_brake(arguments.take_optional("brake").map_err(thrown)?);
        braked
            .map(Reconciliation)
            .map_err(|error| thrown(error.within("brake")))
    }

    /// Reads on, and returns the users for whom there is something to do.
    pub fn push(&mut self, length: usize) -> Written {
        write(&input(length, |bytes| self.0.push(bytes)))
    }

    /// Reads what is left, ends the input, and returns what the last line comes to, and the totals.
    pub fn finish(mut self, length: usize) -> Written {
        // It has no line break, so nobody's line ends with it.
        input(length, |bytes| self.0.push(bytes));
        let (changes, summary) = self.0.finish();
        write(&ReconciliationEnd { changes, summary })
    }
}

/// The summary of the whole, from the `summaries` of its parts, with a `brake`.
#[wasm_bindgen(js_name = mergeSummaries)]
pub fn merge_summaries(length: usize) -> Written {
    let mut arguments = arguments(length)?;
    let summaries: Vec<ClaimValue> = arguments.take("summaries").map_err(thrown)?;
    let brake = arguments.take_optional("brake").map_err(thrown)?;
    let at = |error: core::GroupSyncError| match error.path() {
        "maxShare" => error.within("brake"),
        _ => error.within("summaries"),
    };
    write(&core::merge_summaries(summaries, brake).map_err(|error| thrown(at(error)))?)
}
