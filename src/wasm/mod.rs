//! JavaScript's side of the engine: the only code that knows JavaScript.
//!
//! ```text
//! JavaScript value ──read──▶ plain value ──shape, input──▶ core ──convert──▶ wire ──▶ plain JavaScript object
//!                                                           └── GroupSyncError ──error──▶ thrown
//! ```
//!
//! Whatever comes from JavaScript is foreign: it is read by `read` alone, each property once, and nothing that it throws gets
//! past that file. What goes back holds no memory of this module, and counts in UTF-16 code units, as JavaScript does.

mod convert;
mod error;
mod exports;
mod input;
mod read;
mod shape;
mod wire;

pub use exports::{
    GroupSync, Impact, LoginSync, apply_command, check_mapping, complete_mapping, default_settings, diff_mappings,
    effective_settings, format_mapping, parse_mapping, read_groups, run_scenarios,
};
