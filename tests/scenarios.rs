//! Expectations that live beside a mapping, met and not met.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

use idp_group_sync::{
    AppGroup, Catalog, ClaimOptions, GroupSyncConfig, GroupSyncError, Policy, Scenario, ScenarioResult, run_scenarios,
};
use serde_json::{Value, json};

fn run(scenario: Value) -> Result<ScenarioResult, GroupSyncError> {
    let groups = vec![AppGroup::new("sales"), AppGroup::new("developers").requiring("builder")];
    let config = GroupSyncConfig {
        mapping: "crm -> sales, eng -> developers".to_owned(),
        claim: ClaimOptions::default(),
        catalog: Catalog::new(None, groups).unwrap(),
        policy: serde_json::from_value::<Policy>(json!({ "missingClaim": "keep", "removal": "none" })).unwrap(),
    };
    let scenario: Scenario = serde_json::from_value(scenario).unwrap();
    run_scenarios(config, &[scenario]).map(|mut results| results.remove(0))
}

#[test]
fn what_is_expected_and_comes_out_passes_in_any_order() {
    let expect = json!({ "role": "builder", "groups": ["developers", "sales"], "outcome": "resolved" });
    let result = run(json!({ "name": "both", "groups": ["crm", "eng"], "expect": expect })).unwrap();
    assert!(result.passed, "{:?}", result.differences);
}

#[test]
fn each_field_that_differs_is_a_sentence() {
    let expect = json!({ "role": "admin", "groups": [], "outcome": "deny" });
    let result = run(json!({ "name": "crm", "claims": { "groups": ["crm"] }, "expect": expect })).unwrap();
    assert!(!result.passed);
    assert_eq!(
        result.differences,
        [
            "role: expected `admin`, got `end-user`",
            "groups: expected none, got `sales`",
            "outcome: expected `deny`, got `resolved`",
        ]
    );
}

#[test]
fn a_field_that_is_absent_is_not_compared_and_null_is_no_role() {
    let nothing = run(json!({ "name": "anything", "groups": ["crm"], "expect": {} })).unwrap();
    assert_eq!(
        nothing.differences,
        ["expect: nothing is expected; give a role, groups or an outcome"]
    );
    let kept = json!({ "name": "kept", "claims": {}, "expect": { "role": null, "outcome": "keep" } });
    assert!(run(kept).unwrap().passed);
    let result = run(json!({ "name": "role", "groups": ["crm"], "expect": { "role": null } })).unwrap();
    assert_eq!(result.differences, ["role: expected none, got `end-user`"]);
}

#[test]
fn with_a_membership_it_is_what_the_user_has_after_the_sync() {
    let membership = json!({ "role": "admin", "groups": [{ "name": "sales" }] });
    let expect = json!({ "role": "builder", "groups": ["sales", "developers"] });
    let result =
        run(json!({ "name": "member", "groups": ["eng"], "membership": membership, "expect": expect })).unwrap();
    assert!(result.passed, "{:?}", result.differences);
}

#[test]
fn a_scenario_describes_its_user_once() {
    let neither = run(json!({ "name": "nobody", "expect": {} })).unwrap_err();
    assert_eq!(
        (neither.path(), neither.message()),
        ("scenarios[0]", "needs `claims` or `groups`")
    );
    let both = run(json!({ "name": "twice", "claims": {}, "groups": [], "expect": {} })).unwrap_err();
    assert_eq!(both.path(), "scenarios[0]");
}
