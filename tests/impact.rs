//! The impact of a change on known users: chunks split anywhere, lines that can't be read, totals.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

use idp_group_sync::{
    AppGroup, Catalog, ClaimOptions, Effect, GroupSyncConfig, Impact, ImpactChange, ImpactSummary, MAX_FAULTS,
    MAX_LINE_BYTES, Policy, RoleCount,
};
use proptest::prelude::*;

fn config(mapping: &str) -> GroupSyncConfig {
    let groups = vec![AppGroup::new("sales"), AppGroup::new("developers").requiring("builder")];
    GroupSyncConfig {
        mapping: mapping.to_owned(),
        claim: ClaimOptions::default(),
        catalog: Catalog::new(None, groups).unwrap(),
        policy: Policy::default(),
    }
}

fn impact() -> Impact {
    Impact::new(config("crm -> sales"), config("eng -> developers")).unwrap()
}

fn whole(text: &[u8]) -> (Vec<ImpactChange>, ImpactSummary) {
    let mut impact = impact();
    let mut changes = impact.push(text);
    let (last, summary) = impact.finish();
    changes.extend(last);
    (changes, summary)
}

const USERS: &str = "\u{FEFF}{ \"id\": \"ada\", \"groups\": [\"eng\"] }\r\n\n\
    { \"id\": \"böb 🚀\", \"claims\": { \"groups\": [\"crm\"] } }\n\
    { \"id\": \"cy\", \"groups\": [\"crm\", \"eng\"] }\n\
    not json\n\
    { \"id\": \"dee\", \"groups\": [], \"membership\": { \"role\": \"owner\", \"groups\": [] } }\n\
    { \"id\": \"eve\", \"groups\": [] }";

#[test]
fn users_are_compared_by_what_they_have_after_a_login() {
    let (changes, summary) = whole(USERS.as_bytes());
    let effects: Vec<_> = changes
        .iter()
        .map(|change| (change.id.as_str(), change.effect))
        .collect();
    assert_eq!(
        effects,
        [
            ("ada", Effect::Gains),
            ("böb 🚀", Effect::Loses),
            ("cy", Effect::Changes)
        ]
    );
    assert_eq!(changes[0].after.role.as_deref(), Some("builder"));
    assert_eq!((summary.users, summary.totals.unchanged), (4, 1));
    assert_eq!(
        (summary.totals.gains, summary.totals.loses, summary.totals.changes),
        (1, 1, 1)
    );
    assert_eq!(
        summary.totals.roles.get("builder"),
        Some(RoleCount { before: 0, after: 2 })
    );
    assert_eq!(
        summary.totals.roles.get("end-user"),
        Some(RoleCount { before: 4, after: 2 })
    );
}

#[test]
fn a_line_that_can_not_be_read_is_told_by_its_number() {
    let (_, summary) = whole(USERS.as_bytes());
    assert_eq!(summary.unread.fault_count, 2);
    assert_eq!(summary.unread.faults[0].line, 5);
    assert_eq!(
        summary.unread.faults[0].message,
        "no JSON from column 1 on: expected a value, or text in double quotes"
    );
    assert_eq!(summary.unread.faults[1].line, 6);
    assert!(
        summary.unread.faults[1]
            .message
            .starts_with("membership.role: `owner` is not a role")
    );
}

#[test]
fn the_first_faults_are_described_and_all_are_counted() {
    let (changes, summary) = whole("{}\n".repeat(MAX_FAULTS + 50).as_bytes());
    assert!(changes.is_empty());
    assert_eq!(summary.unread.faults.len(), MAX_FAULTS);
    assert_eq!(summary.unread.fault_count, 150);
    assert_eq!(summary.users, 0);
}

#[test]
fn an_overlong_line_is_a_fault_and_the_next_one_is_read() {
    let mut impact = impact();
    for _ in 0..5 {
        assert!(impact.push(&vec![b' '; MAX_LINE_BYTES / 4]).is_empty());
    }
    let changes = impact.push(b"{\n{ \"id\": \"ada\", \"groups\": [\"eng\"] }\n");
    let (_, summary) = impact.finish();
    assert_eq!(changes.len(), 1);
    assert_eq!((summary.unread.fault_count, summary.unread.faults[0].line), (1, 1));
}

#[test]
fn bytes_that_are_no_text_are_a_fault() {
    let (_, summary) = whole(b"{ \"id\": \"\xFF\", \"groups\": [] }\n");
    assert_eq!((summary.users, summary.unread.fault_count), (0, 1));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_does_not_matter_where_chunks_are_split(cuts in prop::collection::vec(0..USERS.len(), 0..8)) {
        let mut cuts = cuts;
        cuts.sort_unstable();
        let mut impact = impact();
        let mut changes = Vec::new();
        let mut done = 0;
        for cut in cuts.into_iter().chain([USERS.len()]) {
            changes.extend(impact.push(&USERS.as_bytes()[done..cut]));
            done = cut;
        }
        let (last, summary) = impact.finish();
        changes.extend(last);
        prop_assert_eq!((changes, summary), whole(USERS.as_bytes()));
    }
}
