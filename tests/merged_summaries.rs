//! Summaries of parts: however the users are cut into parts, and in whatever order these are merged, the whole is the same.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

use idp_group_sync::{
    AppGroup, Brake, Catalog, ClaimOptions, ClaimValue, GroupSyncConfig, Impact, InstanceSettings, LoginSync,
    MAX_FAULTS, Policy, Reconciliation, merge_summaries,
};
use proptest::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

fn value(summary: &impl Serialize) -> Value {
    serde_json::to_value(summary).unwrap()
}

fn merged(summaries: &[Value], brake: Brake) -> Value {
    let summaries: Vec<ClaimValue> = summaries.iter().cloned().map(ClaimValue::from).collect();
    value(&merge_summaries(summaries, brake).unwrap())
}

/// The same summary with its unread lines sorted as a merged one has them, and without their numbers, which are those of a part.
fn without_lines(mut summary: Value) -> Value {
    let faults = summary["faults"].as_array_mut().unwrap();
    for fault in faults.iter_mut() {
        fault.as_object_mut().unwrap().remove("line");
    }
    faults.sort_by_key(|fault| (fault["id"].as_str().map(str::to_owned), fault["message"].to_string()));
    summary
}

fn catalog() -> Catalog {
    Catalog::new(
        None,
        vec![AppGroup::new("sales"), AppGroup::new("developers").requiring("builder")],
    )
    .unwrap()
}

fn impact(lines: &[String], brake: Brake) -> Value {
    let config = |mapping: &str| GroupSyncConfig {
        mapping: mapping.to_owned(),
        claim: ClaimOptions::default(),
        catalog: catalog(),
        policy: Policy::default(),
    };
    let mut impact = Impact::new(config("crm -> sales"), config("eng -> developers"))
        .unwrap()
        .with_brake(brake)
        .unwrap();
    impact.push(lines.join("\n").as_bytes());
    value(&impact.finish().1)
}

fn reconciliation(lines: &[String], brake: Brake) -> Value {
    let settings = InstanceSettings::new("main")
        .with_enabled(true)
        .with_mapping("crm -> sales");
    let sync = LoginSync::new(&settings, [("main".to_owned(), catalog())]).unwrap();
    let mut reconciliation = Reconciliation::new(sync).with_brake(brake).unwrap();
    reconciliation.push(lines.join("\n").as_bytes());
    value(&reconciliation.finish().1)
}

prop_compose! {
    /// A user of an impact.
    fn known_user()(id in 0..30_u8, groups in prop::sample::subsequence(vec!["crm", "eng", "it"], 0..=3), kind in 0..6_u8) -> String {
        match kind {
            0 => "no user".to_owned(),
            1 => json!({ "id": format!("u{id}") }).to_string(),
            2 => json!({ "id": format!("u{id}"), "groups": groups, "membership": { "role": "admin", "groups": [] } }).to_string(),
            _ => json!({ "id": format!("u{id}"), "groups": groups }).to_string(),
        }
    }
}

prop_compose! {
    /// A user of a directory.
    fn directory_user()(
        id in 0..30_u8,
        crm in any::<bool>(),
        directory in prop::sample::select(vec!["active", "inactive", "absent", "elsewhere"]),
        exists in any::<bool>(),
        archived in any::<bool>(),
        member in any::<bool>(),
    ) -> String {
        let groups = if crm { vec!["crm"] } else { Vec::new() };
        let status = if archived { "archived" } else { "active" };
        let held = if member { json!([{ "name": "sales", "grantedBy": "sync" }]) } else { json!([]) };
        json!({
            "id": format!("u{id}"), "directory": directory, "method": "scim", "groups": groups,
            "user": { "exists": exists, "status": status, "archivedBy": "sync" },
            "workspaces": [{ "id": "main", "member": "active", "membership": { "role": "builder", "groups": held } }],
        })
        .to_string()
    }
}

fn brakes() -> impl Strategy<Value = Brake> {
    let losers = prop::option::of(0..20_u64);
    let share = prop::option::of((0..=4_u8).prop_map(|quarters| f64::from(quarters) / 4.0));
    (losers, share).prop_map(|(losers, share)| Brake::default().with_max_losers(losers).with_max_share(share))
}

/// Cuts the lines, reads each part without a brake, and merges in several ways.
fn check(lines: &[String], cuts: &[usize], brake: Brake, read: fn(&[String], Brake) -> Value) {
    let whole = read(lines, brake);
    let mut places: Vec<usize> = cuts.iter().map(|cut| cut % (lines.len() + 1)).collect();
    places.extend([0, lines.len()]);
    places.sort_unstable();
    let parts: Vec<Value> = places
        .windows(2)
        .map(|window| read(&lines[window[0]..window[1]], Brake::default()))
        .collect();
    let all = merged(&parts, brake);
    assert_eq!(without_lines(all.clone()), without_lines(whole));
    // Commutative.
    let reversed: Vec<Value> = parts.iter().rev().cloned().collect();
    assert_eq!(merged(&reversed, brake), all);
    // Associative: step by step from either end, and what a brake says on the way counts for nothing.
    let strict = Brake::default().with_max_losers(Some(0));
    let step = |one: Value, other: &Value| merged(&[one, other.clone()], strict);
    let left = parts[1..].iter().fold(parts[0].clone(), step);
    let right = parts[..parts.len() - 1]
        .iter()
        .rev()
        .fold(parts[parts.len() - 1].clone(), step);
    assert_eq!(merged(&[left], brake), all);
    assert_eq!(merged(&[right], brake), all);
}

proptest! {
    #[test]
    fn an_impact_is_the_same_in_parts(
        lines in prop::collection::vec(known_user(), 0..40),
        cuts in prop::collection::vec(any::<usize>(), 0..5),
        brake in brakes(),
    ) {
        check(&lines, &cuts, brake, impact);
    }

    #[test]
    fn a_reconciliation_is_the_same_in_parts(
        lines in prop::collection::vec(directory_user(), 0..40),
        cuts in prop::collection::vec(any::<usize>(), 0..5),
        brake in brakes(),
    ) {
        check(&lines, &cuts, brake, reconciliation);
    }
}

#[test]
fn the_lines_that_are_described_are_the_same_however_many_there_are() {
    let bad = |from: usize| -> Vec<String> {
        (0..150)
            .map(|number| json!({ "id": format!("u{:04}", number * 7 % 150 + from) }).to_string())
            .collect()
    };
    let parts: Vec<Value> = [0, 50, 25].map(|from| impact(&bad(from), Brake::default())).into();
    let all = merged(&parts, Brake::default());
    assert_eq!(all["faultCount"], 450);
    assert_eq!(all["faults"].as_array().unwrap().len(), MAX_FAULTS);
    let (first, rest) = parts.split_first().unwrap();
    let rest = merged(rest, Brake::default());
    assert_eq!(merged(&[rest, first.clone()], Brake::default()), all);
}
