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

/// Lines as they should be, with whatever a line may have.
const LINES: [&str; 8] = [
    r#"{"id":"a","groups":["crm","eng","","crm"]}"#,
    r#"{"id":"b","claims":{"sub":"b","exp":17,"n":-0.5e3,"groups":["eng","x"],"a":{"b":[1,null,true,{"c":"d"}]}}}"#,
    r#"{"claims":{"groups":["c\u0072m","\ud83d\ude80"],"groups":[]},"id":"c\n\"\\\ud83d\ude80é🚀"}"#,
    r#"{"id":"d","groups":[],"membership":{"role":"admin","groups":[{"name":"sales","grantedBy":"sync"},{"name":"gone"}]}}"#,
    r#"{"id":"e","claims":{},"membership":{"role":null,"groups":[{"name":"sales","grantedBy":null}]},"guards":{"lastAdmin":true}}"#,
    r#"{"id":"f","claims":{"groups":null},"guards":{"seats":{"roles":{"builder":{"used":1,"limit":1}}}},"membership":null}"#,
    r#"{"id":"g","claims":{"groups":"eng"},"guards":{"lastAdmin":false}}"#,
    r#"{"id":"h","claims":{"hasgroups":true,"_claim_names":{"groups":"src1"}}}"#,
];

/// What stands in the place of a part of a line.
const PARTS: [&str; 30] = [
    "",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    " ",
    "\t",
    "\u{FEFF}",
    "\u{FFFF}",
    "\\ud800",
    "\\u0000",
    "\\u0061",
    "\\x",
    "0",
    "-",
    "1e400",
    "null",
    "true",
    "\"id\":\"z\",",
    "\"groups\":[\"crm\"],",
    "\"claims\":{},",
    "\"membership\":{},",
    "\"guards\":{},",
    "[[[[[[[[]]]]]]]]",
    "\"eng\",",
    "{\"id\":\"i\",\"groups\":[]}",
];

/// Configurations that differ from one another in one thing or another.
fn sides() -> Vec<GroupSyncConfig> {
    let admin = AppGroup::new("sales").requiring("admin");
    let reordered = Catalog::new(
        Some(["guest", "end-user", "builder"].map(str::to_owned).to_vec()),
        vec![
            AppGroup::new("gone"),
            AppGroup::new("developers"),
            AppGroup::new("sales"),
        ],
    );
    let of = |mapping: &str, policy: &str| GroupSyncConfig {
        policy: serde_json::from_str(policy).unwrap(),
        ..config(mapping)
    };
    vec![
        config("crm -> sales"),
        config("eng -> developers\n*rm -> sales"),
        of(
            "crm -> sales\ncrm -> admin",
            r#"{ "removal": "none", "missingClaim": "keep" }"#,
        ),
        of("crm -> sales", r#"{ "removal": "mapped", "noMatch": "deny" }"#),
        of(
            "",
            r#"{ "removal": "synced", "noMatch": "keep", "missingClaim": "deny" }"#,
        ),
        GroupSyncConfig {
            catalog: Catalog::new(None, vec![admin]).unwrap(),
            ..config("crm -> sales")
        },
        GroupSyncConfig {
            catalog: reordered.unwrap(),
            ..config("crm -> sales\neng -> gone")
        },
    ]
}

/// What a line comes to where the claim is named as it is everywhere, and where both sides name it in different ways that mean the
/// same, so that no line is read in one go.
fn read_both_ways(
    line: &[u8],
    before: &GroupSyncConfig,
    after: &GroupSyncConfig,
) -> [(Vec<ImpactChange>, ImpactSummary); 2] {
    ["groups", "/groups"].map(|claim| {
        let claim = ClaimOptions::named(claim);
        let mut impact = Impact::new(before.clone(), GroupSyncConfig { claim, ..after.clone() }).unwrap();
        let mut changes = impact.push(line);
        let (last, summary) = impact.finish();
        changes.extend(last);
        (changes, summary)
    })
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

    #[test]
    fn a_line_comes_to_the_same_however_it_is_read(
        line in prop::sample::select(LINES.to_vec()),
        before in prop::sample::select(sides()),
        after in prop::sample::select(sides()),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..12_usize, prop::sample::select(PARTS.to_vec())), 0..4),
    ) {
        let mut line = line.as_bytes().to_vec();
        for (at, length, part) in cuts {
            let at = at.index(line.len() + 1);
            let end = (at + length).min(line.len());
            line.splice(at..end, part.bytes());
        }
        let [usual, other] = read_both_ways(&line, &before, &after);
        prop_assert_eq!(usual, other, "{}", String::from_utf8_lossy(&line));
    }
}
