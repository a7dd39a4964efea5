//! The shared cases through the WebAssembly exports: in Node, and in a browser where the runner is told to use one. What only
//! JavaScript can hand over is tested with the package, which reads it.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

mod cases;
mod entries;
mod impact;
#[path = "../../../tests/support/mod.rs"]
mod support;
mod text;

/// A WebAssembly test can't list a folder, so every case file is named here: each becomes a test.
macro_rules! case_files {
    ($($test:ident: $file:literal,)*) => {
        mod shared_cases {
            use wasm_bindgen_test::wasm_bindgen_test;

            $(
                #[wasm_bindgen_test]
                fn $test() {
                    crate::tests::cases::run($file, include_str!(concat!("../../../tests/cases/", $file, ".json")));
                }
            )*
        }
    };
}

case_files! {
    adding_entries: "adding-entries",
    check_sources: "check-sources",
    check_targets: "check-targets",
    claim_decode: "claim-decode",
    claim_items: "claim-items",
    claim_limits: "claim-limits",
    claim_merging: "claim-merging",
    claim_path: "claim-path",
    claim_reports: "claim-reports",
    claim_shapes: "claim-shapes",
    claim_sources: "claim-sources",
    claim_stars: "claim-stars",
    claim_states: "claim-states",
    claim_suggestions: "claim-suggestions",
    claim_values: "claim-values",
    claim_vendors: "claim-vendors",
    completions: "completions",
    config_errors: "config-errors",
    diff: "diff",
    diff_conditions: "diff-conditions",
    expectations: "expectations",
    format: "format",
    guarantees: "guarantees",
    hostile_names: "hostile-names",
    impact: "impact",
    impact_brake: "impact-brake",
    impact_lines: "impact-lines",
    import_json: "import-json",
    import_open: "import-open",
    import_products: "import-products",
    import_tables: "import-tables",
    known_groups: "known-groups",
    login_denied: "login-denied",
    login_facts: "login-facts",
    login_impact: "login-impact",
    login_last_admin: "login-last-admin",
    login_messages: "login-messages",
    login_order: "login-order",
    login_workspaces: "login-workspaces",
    mapping_conditions: "mapping-conditions",
    mapping_entries: "mapping-entries",
    mapping_errors: "mapping-errors",
    mapping_limits: "mapping-limits",
    mapping_mistakes: "mapping-mistakes",
    mapping_patterns_captures: "mapping-patterns-captures",
    mapping_quotes: "mapping-quotes",
    merge: "merge",
    merged_summaries: "merged-summaries",
    near_misses: "near-misses",
    plan_changes: "plan-changes",
    plan_errors: "plan-errors",
    plan_guards: "plan-guards",
    plan_policies: "plan-policies",
    plan_providers: "plan-providers",
    plan_removal: "plan-removal",
    plan_status: "plan-status",
    reconcile: "reconcile",
    reconciliation: "reconciliation",
    requirements: "requirements",
    resolve_compare: "resolve-compare",
    resolve_conditions: "resolve-conditions",
    resolve_names: "resolve-names",
    resolve_patterns: "resolve-patterns",
    resolve_policies: "resolve-policies",
    resolve_reasons: "resolve-reasons",
    resolve_roles: "resolve-roles",
    scenarios: "scenarios",
    settings_commands: "settings-commands",
    settings_control_characters: "settings-control-characters",
    settings_document: "settings-document",
    settings_diff: "settings-diff",
    settings_entries: "settings-entries",
    settings_file: "settings-file",
    settings_inheritance: "settings-inheritance",
    settings_workspaces: "settings-workspaces",
    tokens: "tokens",
}
