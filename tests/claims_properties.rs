//! What holds for every token, tried on random ones.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

use idp_group_sync::{ClaimOptions, ClaimSource, ClaimStatus, ClaimValue, read_groups, suggest_claims};
use proptest::prelude::*;
use proptest::sample::select;

/// Random inputs: more with `PROPTEST_CASES`. What one finds becomes a shared case.
fn cases() -> u32 {
    let given = std::env::var("PROPTEST_CASES").ok();
    given.and_then(|count| count.parse().ok()).unwrap_or(2000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_claims_are_read(name in "[a-c./~01]{1,6}", claims in json_value(), delimiter in select(&[None, Some(",")][..])) {
        let delimiter = delimiter.into_iter().map(str::to_owned).collect();
        let claim = ClaimOptions::from(ClaimSource { delimiter, ..ClaimSource::named(name) });
        let claims = ClaimValue::from(serde_json::json!({ "a": claims, "a.b": { "c": ["x"] } }));
        if let Ok(groups) = read_groups(&claims, &claim) {
            let distinct: std::collections::BTreeSet<_> = groups.groups.iter().collect();
            prop_assert_eq!(distinct.len(), groups.groups.len());
            prop_assert!(!groups.groups.iter().any(String::is_empty));
            for other in suggest_claims(std::slice::from_ref(&claims), Some(&claim)).unwrap().suggestions {
                let read = read_groups(&claims, &other.claim).unwrap();
                prop_assert!(matches!(read.status, ClaimStatus::Present | ClaimStatus::Empty));
                prop_assert!(read.groups.starts_with(&other.examples));
                prop_assert!(groups.path.is_empty() || read.path != groups.path);
            }
        }
    }
}

fn json_value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(serde_json::Value::from),
        any::<f64>().prop_map(serde_json::Value::from),
        "[a-c,; ]{0,5}".prop_map(serde_json::Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from),
            prop::collection::btree_map("[abc01]{1,2}", inner, 0..4)
                .prop_map(|object| serde_json::Value::Object(object.into_iter().collect())),
        ]
    })
}
