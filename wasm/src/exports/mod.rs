//! The functions and the classes that JavaScript calls. Each is told how many bytes of the buffer for what goes in are its
//! arguments, and says how many bytes of the buffer for results are its result. The package's TypeScript says what both are.

mod group_sync;
mod impact;
mod login;
mod login_impact;
mod mapping;
mod reconciliation;
mod settings;

use idp_group_sync::{self as core, GroupSyncError};
use wasm_bindgen::prelude::*;

use crate::arguments::Arguments;
use crate::error::thrown;
pub use group_sync::{GroupSync, prove_guarantees, run_scenarios};
pub use impact::Impact;
pub use login::LoginSync;
pub use login_impact::LoginImpact;
pub use mapping::{
    add_entries, check_mapping, check_subject, complete_mapping, diff_mappings, format_mapping, import_mapping,
    inspect_mapping, merge_mappings, parse_mapping, read_groups, suggest_claims,
};
pub use reconciliation::{Reconciliation, merge_summaries};
pub use settings::{apply_command, default_settings, diff_settings, effective_settings, read_settings_file};

/// Runs once, when the module is loaded.
#[wasm_bindgen(start)]
fn start() {
    // A panic is a fault of this package; whoever reports it should be able to say where.
    console_error_panic_hook::set_once();
}

/// Compiles the configuration in the argument of this name. Paths begin at `at`.
fn compile(arguments: &mut Arguments, name: &str, at: Option<&str>) -> Result<core::GroupSync, JsValue> {
    let at = |error: GroupSyncError| match at {
        Some(at) => error.within(at),
        None => error,
    };
    let config: core::GroupSyncConfig = arguments.take_unnamed(name).map_err(|error| thrown(at(error)))?;
    core::GroupSync::new(config).map_err(|error| thrown(at(error)))
}
