//! What is read can be written, and is then read as the same: all that the cases give, as JSON.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::fs;
use std::path::Path;

use idp_group_sync::{
    Brake, ClaimValue, GroupSyncConfig, Guarantee, IdpGroup, InstanceSettings, LoginRequest, LoginSync, Membership,
    NewEntry, PlanOptions, PlanReason, PlanStatus, ReconcileRequest, RoleChange, Scenario, SettingsCommand, from_json,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What cases give in a field of this name, and in lists there.
fn given(field: &str) -> Vec<Value> {
    let cases = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases"));
    let files = fs::read_dir(cases).unwrap().map(|file| file.unwrap().path());
    let files = files.filter(|file| file.extension().is_some_and(|extension| extension == "json"));
    let documents = files.map(|file| serde_json::from_str::<Value>(&fs::read_to_string(file).unwrap()).unwrap());
    let cases = documents.flat_map(|document| document["cases"].as_array().unwrap().clone());
    let values = cases.filter_map(|case| case["given"].get(field).cloned());
    values
        .flat_map(|value| value.as_array().cloned().unwrap_or_else(|| vec![value]))
        .collect()
}

/// At least so many of these values are read as a `T`, are written, and are then read as the same.
#[track_caller]
fn hold<T: DeserializeOwned + Serialize + PartialEq + Debug>(values: &[Value], least: usize) {
    let read = values
        .iter()
        .filter_map(|value| from_json::<T>(&value.to_string()).ok());
    let read: Vec<T> = read.collect();
    assert!(read.len() >= least, "only {} were read", read.len());
    for value in read {
        let text = serde_json::to_string(&value).unwrap();
        assert_eq!(from_json::<T>(&text).unwrap(), value, "{text}");
        assert_eq!(serde_json::from_str::<T>(&text).unwrap(), value, "{text}");
    }
}

#[test]
fn requests_and_documents() {
    hold::<LoginRequest>(&given("request"), 150);
    hold::<ReconcileRequest>(&given("request"), 20);
    let configurations = given("before")
        .into_iter()
        .filter(|given| given.get("settings").is_none());
    let whole = configurations.map(|given| {
        let mut whole = json!({ "mapping": "", "claim": "groups", "catalog": { "groups": [] } });
        let fields = whole.as_object_mut().unwrap();
        fields.extend(given.as_object().unwrap().clone());
        whole
    });
    hold::<GroupSyncConfig>(&whole.collect::<Vec<_>>(), 100);
    hold::<InstanceSettings>(&given("settings"), 200);
    hold::<SettingsCommand>(&given("command"), 100);
    hold::<Membership>(&given("membership"), 200);
    hold::<PlanOptions>(&given("options"), 50);
    hold::<Brake>(&given("brake"), 10);
    hold::<Scenario>(&given("scenarios"), 40);
    hold::<Guarantee>(&given("guarantees"), 20);
    hold::<IdpGroup>(&given("idpGroups"), 20);
    hold::<NewEntry>(&given("entries"), 10);
    hold::<ClaimValue>(&given("claims"), 400);
}

#[test]
fn numbers_of_claims() {
    let numbers = "[0,-7,1.5,9007199254740991,9007199254740992,1e21]";
    let read: ClaimValue = numbers.parse().unwrap();
    let text = serde_json::to_string(&read).unwrap();
    assert!(text.starts_with("[0,-7,1.5,9007199254740991,"), "{text}");
    assert_eq!(text.parse(), Ok(read));
}

#[test]
fn what_json_has_not_is_not_written() {
    for value in [
        ClaimValue::Number(f64::NAN),
        ClaimValue::Number(f64::INFINITY),
        ClaimValue::IllFormedText,
    ] {
        let error = serde_json::to_string(&value).unwrap_err().to_string();
        assert!(error.contains("can't be written"), "{error}");
    }
}

/// An outcome is read as far as a program is interested in it.
#[test]
fn outcomes_are_read_into_types_of_ones_own() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Plan {
        status: PlanStatus,
        reason: Option<PlanReason>,
        role: RoleChange,
        join: Vec<String>,
    }
    let catalogs = BTreeMap::from([(
        "main".to_owned(),
        serde_json::from_value(json!({ "groups": [{ "name": "sales" }] })).unwrap(),
    )]);
    let settings = InstanceSettings::new("main").with_enabled(true);
    let sync = LoginSync::new(&settings, catalogs).unwrap();
    let request: LoginRequest = serde_json::from_value(json!({
        "method": "oidc", "groups": ["sales"], "user": { "exists": false },
        "workspaces": [{ "id": "main", "member": "none", "guards": { "lastAdmin": false } }],
    }))
    .unwrap();
    let outcome = serde_json::to_value(sync.decide(&request).unwrap()).unwrap();
    let plan: Plan = serde_json::from_value(outcome["workspaces"][0]["plan"].clone()).unwrap();
    let role = RoleChange {
        from: None,
        to: "end-user".to_owned(),
    };
    let expected = Plan {
        status: PlanStatus::Change,
        reason: None,
        role,
        join: vec!["sales".to_owned()],
    };
    assert_eq!(plan, expected);
}
