//! The shared cases, and what only JavaScript can hand over, through the WebAssembly exports: in Node, and in a browser where
//! the runner is told to use one. Natively it only holds the list of case files against the folder.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

#[cfg(target_arch = "wasm32")]
mod cases;
#[cfg(target_arch = "wasm32")]
mod choices;
#[cfg(target_arch = "wasm32")]
mod declarations;
#[cfg(target_arch = "wasm32")]
mod documents;
#[cfg(target_arch = "wasm32")]
mod impact;
#[cfg(target_arch = "wasm32")]
mod javascript;
#[cfg(target_arch = "wasm32")]
mod offsets;
#[cfg(target_arch = "wasm32")]
mod results;
#[cfg(target_arch = "wasm32")]
mod shapes;
#[cfg(target_arch = "wasm32")]
#[path = "../support/mod.rs"]
mod support;
#[cfg(target_arch = "wasm32")]
mod values;

/// A WebAssembly test can't list a folder, so every case file is named here: each becomes a test.
macro_rules! case_files {
    ($($test:ident: $file:literal,)*) => {
        #[cfg(target_arch = "wasm32")]
        mod shared_cases {
            use wasm_bindgen_test::wasm_bindgen_test;

            $(
                #[wasm_bindgen_test]
                fn $test() {
                    crate::cases::run($file, include_str!(concat!("../cases/", $file, ".json")));
                }
            )*
        }

        #[cfg(not(target_arch = "wasm32"))]
        const LISTED: &[&str] = &[$($file),*];
    };
}

case_files! {
    adding_entries: "adding-entries",
    check_sources: "check-sources",
    check_targets: "check-targets",
    claim_items: "claim-items",
    claim_limits: "claim-limits",
    claim_path: "claim-path",
    claim_states: "claim-states",
    claim_suggestions: "claim-suggestions",
    claim_values: "claim-values",
    completions: "completions",
    config_errors: "config-errors",
    diff: "diff",
    expectations: "expectations",
    format: "format",
    hostile_names: "hostile-names",
    impact: "impact",
    impact_lines: "impact-lines",
    login_denied: "login-denied",
    login_impact: "login-impact",
    login_last_admin: "login-last-admin",
    login_messages: "login-messages",
    login_order: "login-order",
    login_workspaces: "login-workspaces",
    mapping_entries: "mapping-entries",
    mapping_errors: "mapping-errors",
    mapping_limits: "mapping-limits",
    mapping_patterns_captures: "mapping-patterns-captures",
    mapping_quotes: "mapping-quotes",
    merge: "merge",
    near_misses: "near-misses",
    plan_changes: "plan-changes",
    plan_errors: "plan-errors",
    plan_guards: "plan-guards",
    plan_removal: "plan-removal",
    plan_status: "plan-status",
    requirements: "requirements",
    resolve_names: "resolve-names",
    resolve_patterns: "resolve-patterns",
    resolve_policies: "resolve-policies",
    resolve_reasons: "resolve-reasons",
    resolve_roles: "resolve-roles",
    scenarios: "scenarios",
    settings_commands: "settings-commands",
    settings_control_characters: "settings-control-characters",
    settings_document: "settings-document",
    settings_inheritance: "settings-inheritance",
    settings_workspaces: "settings-workspaces",
    tokens: "tokens",
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn every_case_file_is_listed() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let names = files.filter_map(|file| file.to_str()?.strip_suffix(".json").map(str::to_owned));
    let mut names: Vec<String> = names.collect();
    names.sort();
    assert_eq!(names, LISTED, "tests/wasm/main.rs lists the case files in order");
}
