//! JavaScript's side of the engine: the only code that knows JavaScript.
//!
//! ```text
//! arguments as JSON text ──▶ core ──▶ result as JSON text
//!                             └── GroupSyncError ──▶ thrown
//! ```
//!
//! Whatever a program gives is foreign: the package's TypeScript reads it, each property once, and makes text of it before it
//! asks here, so that no foreign code runs while this code does. What goes back holds no memory of this module.

mod arguments;
mod buffers;
mod entries;
mod error;
mod exports;
mod numbers;
#[cfg(test)]
mod tests;

pub use buffers::{reserve, result};
pub use exports::{
    GroupSync, Impact, LoginImpact, LoginSync, Reconciliation, add_entries, apply_command, check_mapping,
    check_subject, complete_mapping, default_settings, diff_mappings, diff_settings, effective_settings,
    format_mapping, import_mapping, inspect_mapping, merge_mappings, merge_summaries, parse_mapping, prove_guarantees,
    read_groups, read_settings_file, run_scenarios, suggest_claims,
};
pub use numbers::reserve_numbers;
