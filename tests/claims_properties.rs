//! What holds for every token and every claim setting, tried on random ones.
//!
//! Settings and tokens are made of the same few names, so that the one often reads the other. `FUZZ_SECONDS` says how long the
//! fuzzing goes on, `SEED` with which seed it begins; what it finds becomes a shared case.

#![allow(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says, and prints its seed"
)]

use std::time::{Duration, Instant};

use idp_group_sync::{
    ClaimDecode, ClaimGroups, ClaimItem, ClaimOptions, ClaimSource, ClaimStatus, ClaimValue, read_groups,
    suggest_claims,
};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

/// Random inputs: more with `PROPTEST_CASES`.
fn cases() -> u32 {
    number("PROPTEST_CASES").unwrap_or(2000)
}

fn number<T: std::str::FromStr>(variable: &str) -> Option<T> {
    std::env::var(variable).ok()?.parse().ok()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_claims_are_read(claim in claim(), claims in token()) {
        holds(&claim, &claims);
    }

    #[test]
    fn prefixed_sources_never_meet_unprefixed_names(mut claim in claim(), claims in token()) {
        for source in &mut claim.sources {
            "\u{2020}".clone_into(&mut source.prefix);
        }
        for name in read(&claims, &claim).groups {
            prop_assert!(name.starts_with('\u{2020}') && name.chars().count() > 1, "{}", name);
        }
    }

    #[test]
    fn a_list_says_what_its_sources_say(claim in claim(), claims in token()) {
        let each: Vec<ClaimGroups> = claim.sources.iter().map(|source| {
            read(&claims, &ClaimSource { required: false, ..source.clone() }.into())
        }).collect();
        let whole = read(&claims, &claim);
        let stops = |status| matches!(status, ClaimStatus::Malformed | ClaimStatus::Incomplete);
        let is_missing = |groups: &ClaimGroups| groups.status == ClaimStatus::Missing;
        let lacks = claim.sources.iter().zip(&each).any(|(source, read)| source.required && is_missing(read));
        if let Some(first) = each.iter().find(|groups| stops(groups.status)) {
            prop_assert_eq!(whole.status, first.status);
        } else if lacks || each.iter().all(is_missing) {
            prop_assert_eq!(whole.status, ClaimStatus::Missing);
        } else {
            let mut united: Vec<String> = Vec::new();
            for name in each.into_iter().flat_map(|groups| groups.groups) {
                if !united.contains(&name) {
                    united.push(name);
                }
            }
            prop_assert_eq!(whole.groups, united);
        }
    }

    #[test]
    fn a_setting_is_read_as_it_is_written(claim in claim()) {
        let written = serde_json::to_value(&claim).unwrap();
        prop_assert_eq!(&serde_json::from_value::<ClaimOptions>(written).unwrap(), &claim);
    }
}

#[test]
fn nothing_stops_the_reader() {
    let seconds = number("FUZZ_SECONDS").unwrap_or(2);
    let seed = number("SEED").unwrap_or(7_u64);
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), rng);
    let end = Instant::now() + Duration::from_secs(seconds);
    let (claims, tokens) = (claim(), token());
    let mut states = [0_u64; 5];
    while Instant::now() < end {
        // A setting and a token are made seldom, and each setting reads each token.
        let made = |runner: &mut TestRunner| {
            let settings: Vec<ClaimOptions> = (0..20).map(|_| claims.new_tree(runner).unwrap().current()).collect();
            let values: Vec<Value> = (0..20).map(|_| tokens.new_tree(runner).unwrap().current()).collect();
            (settings, values)
        };
        let (settings, values) = made(&mut runner);
        for claim in &settings {
            for value in &values {
                states[holds(claim, value) as usize] += 1;
            }
        }
    }
    let count: u64 = states.iter().sum();
    println!("{count} settings and tokens with the seed {seed}: {states:?} by state");
    assert!(states.iter().all(|count| *count > 0), "{states:?}");
}

fn read(claims: &Value, claim: &ClaimOptions) -> ClaimGroups {
    read_groups(&ClaimValue::from(claims.clone()), claim).unwrap()
}

/// What holds for every setting and token.
fn holds(claim: &ClaimOptions, claims: &Value) -> ClaimStatus {
    let claims = ClaimValue::from(claims.clone());
    let read = read_groups(&claims, claim).unwrap();
    let distinct: std::collections::BTreeSet<_> = read.groups.iter().collect();
    assert_eq!(distinct.len(), read.groups.len());
    assert!(!read.groups.iter().any(String::is_empty));
    assert_eq!(read.status == ClaimStatus::Present, !read.groups.is_empty());
    let is_found = !matches!(read.status, ClaimStatus::Missing | ClaimStatus::Incomplete);
    assert!(is_found || read.path.is_empty());
    let stops = matches!(read.status, ClaimStatus::Malformed | ClaimStatus::Incomplete);
    assert!(!stops || !read.diagnostics.is_empty());
    for diagnostic in &read.diagnostics {
        // What is offered can be set, and so can be read.
        let candidates = diagnostic.params.iter().find(|(name, _)| *name == "candidates");
        for candidate in candidates.map(|(_, json)| offered(json)).unwrap_or_default() {
            let other = read_groups(&claims, &candidate).unwrap();
            let sources_of_its_own = claim.sources.len() > 1;
            assert!(
                sources_of_its_own || matches!(other.status, ClaimStatus::Present | ClaimStatus::Empty),
                "{claims:?}: {candidate:?} for {claim:?}"
            );
        }
    }
    let suggested = suggest_claims(std::slice::from_ref(&claims), Some(claim)).unwrap();
    let is_missing = read.status == ClaimStatus::Missing;
    let is_elsewhere_too = read.status == ClaimStatus::Incomplete || read.status == ClaimStatus::Malformed;
    assert!(is_elsewhere_too || (suggested.with_claim == 0) == is_missing);
    if let [_] = claim.sources.as_slice() {
        for other in suggested.suggestions {
            let found = read_groups(&claims, &other.claim).unwrap();
            assert!(matches!(found.status, ClaimStatus::Present | ClaimStatus::Empty));
            assert!(found.groups.starts_with(&other.examples), "{claims:?}: {other:?}");
            assert!(read.path.is_empty() || found.path != read.path);
        }
    }
    read.status
}

fn offered(json: &str) -> Vec<ClaimOptions> {
    serde_json::from_str(json).unwrap()
}

const NAMES: &[&str] = &[
    "groups",
    "Groups",
    "roles",
    "organization",
    "a",
    "a.b",
    "*",
    "0",
    "groups.link",
    "hasgroups",
    "_claim_names",
    "name",
    "__proto__",
];

fn claim() -> impl Strategy<Value = ClaimOptions> {
    prop::collection::vec(source(), 1..4).prop_map(|sources| ClaimOptions { sources })
}

fn source() -> impl Strategy<Value = ClaimSource> {
    let segment = prop_oneof![3 => select(NAMES), 1 => Just("*"), 1 => Just("1")];
    let path = prop::collection::vec(segment, 1..4);
    let name = prop_oneof![
        path.clone().prop_map(|path| path.join(".")),
        path.prop_map(|path| format!("/{}", path.join("/"))),
    ];
    let item = prop_oneof![
        4 => Just(ClaimItem::Text),
        1 => Just(ClaimItem::Key),
        1 => Just(ClaimItem::Flag),
        1 => Just(ClaimItem::LastPathSegment),
        1 => Just(ClaimItem::LdapCn),
        1 => Just(ClaimItem::LdapOu),
        1 => select(&["name", "a.b", "0", "*"][..]).prop_map(|field| ClaimItem::Field { field: field.to_owned() }),
    ];
    let decode =
        prop_oneof![3 => Just(None), 1 => Just(Some(ClaimDecode::Json)), 1 => Just(Some(ClaimDecode::Bracketed))];
    let delimiters = prop::collection::vec(select(&[",", ";", " ", ", ", "/"][..]).prop_map(str::to_owned), 0..3);
    let prefix = select(&["", "", "g:", "\u{2020}"][..]).prop_map(str::to_owned);
    (
        prop::collection::vec(name, 1..3),
        any::<bool>(),
        decode,
        delimiters,
        item,
        prefix,
    )
        .prop_map(|(name, required, decode, delimiter, item, prefix)| ClaimSource {
            name,
            required,
            decode,
            delimiter,
            item,
            prefix,
        })
}

fn token() -> impl Strategy<Value = Value> {
    prop::collection::btree_map(select(NAMES).prop_map(str::to_owned), value(), 0..6)
        .prop_map(|object| Value::Object(object.into_iter().collect()))
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        1 => (-20_i64..20).prop_map(Value::from),
        3 => "[a-c,;/ ]{0,5}".prop_map(Value::from),
        2 => "(CN|ou|UID)=[a-c]{0,2}([,+](CN|OU|dc)=[a-c\\\\]{1,2}){0,2}".prop_map(Value::from),
        2 => r#"[\[{ ]{0,2}['"]?[a-c:\\]{0,2}['"]?(, ?['"]?[a-c]['"]?){0,2}[\]} ]{0,2}"#.prop_map(Value::from),
        1 => select(&["true", "false", "[]", "{}", "null", "[\"a\"]", "{\"a\":{}}", "[{\"name\":\"a\"}]"][..]).prop_map(Value::from),
    ];
    let value = leaf.prop_recursive(4, 24, 5, |inner| {
        let name = prop_oneof![select(NAMES).prop_map(str::to_owned), "[abc01]{1,2}"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(name, inner.clone(), 0..4)
                .prop_map(|object| Value::Object(object.into_iter().collect())),
            // Lists in strings are written as they are.
            inner.prop_map(|value| json!(value.to_string())),
        ]
    });
    prop_oneof![
        4 => value,
        1 => prop::collection::vec("[a-c/]{0,3}", 0..4).prop_map(Value::from),
    ]
}
