//! The functions and the classes that JavaScript calls. All take whatever they are given, and throw what `error` makes of a
//! wrong value; the package's TypeScript says what is right.

mod group_sync;
mod impact;
mod login;
mod login_impact;
mod mapping;
mod settings;

use idp_group_sync::{self as core, GroupSyncError};
use wasm_bindgen::prelude::*;

use super::error::thrown;
use super::input;
pub use group_sync::{GroupSync, run_scenarios};
pub use impact::Impact;
pub use login::LoginSync;
pub use login_impact::LoginImpact;
pub use mapping::{
    add_entries, check_mapping, complete_mapping, diff_mappings, format_mapping, merge_mappings, parse_mapping,
    read_groups, suggest_claims,
};
pub use settings::{apply_command, default_settings, effective_settings};

/// Runs once, when the module is loaded.
#[wasm_bindgen(start)]
fn start() {
    // A panic is a fault of this package; whoever reports it should be able to say where.
    console_error_panic_hook::set_once();
}

/// Compiles the configuration in the argument of this name; paths begin at the configuration where there is no name.
fn compile(config: &JsValue, name: Option<&str>) -> Result<core::GroupSync, JsValue> {
    let at = |error: GroupSyncError| match name {
        Some(name) => error.within(name),
        None => error,
    };
    let config = input::config(config).map_err(|error| thrown(at(error)))?;
    core::GroupSync::new(config).map_err(|error| thrown(at(error)))
}
