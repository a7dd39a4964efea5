//! JavaScript's side of the engine: the only code that knows JavaScript.
//!
//! ```text
//! JavaScript value ──read──▶ JSON value ──input──▶ core ──json──▶ plain JavaScript object
//!                                                └── GroupSyncError ──error──▶ thrown
//! ```
//!
//! Whatever comes from JavaScript is foreign: it is read by `read` alone, each property once, and nothing that it throws gets
//! past that file. What goes back holds no memory of this module, and counts in UTF-16 code units, as JavaScript does.

mod chunks;
mod error;
mod exports;
mod input;
mod json;
mod read;
#[cfg(test)]
mod tests;

pub use exports::{
    GroupSync, Impact, LoginImpact, LoginSync, add_entries, apply_command, check_mapping, complete_mapping,
    default_settings, diff_mappings, effective_settings, format_mapping, merge_mappings, parse_mapping, read_groups,
    run_scenarios, suggest_claims,
};
