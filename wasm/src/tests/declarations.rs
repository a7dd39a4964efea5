//! The TypeScript declarations that are written by hand say what serde does.

use idp_group_sync::{ClaimItem, MatchByName};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tsify::Tsify;
use wasm_bindgen_test::wasm_bindgen_test;

/// The alternatives of a union, as declared.
fn alternatives<T: Tsify>(name: &str) -> Vec<String> {
    let prefix = format!("export type {name} = ");
    let line = T::DECL.lines().find_map(|line| line.strip_prefix(&prefix)).unwrap();
    line.trim_end_matches(';').split(" | ").map(str::to_owned).collect()
}

fn holds<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(value: &T, document: &Value) {
    assert_eq!(&serde_json::to_value(value).unwrap(), document);
    assert_eq!(value, &serde_json::from_value::<T>(document.clone()).unwrap());
}

#[wasm_bindgen_test]
fn match_by_name() {
    let all = [MatchByName::RolesAndGroups, MatchByName::GroupsOnly, MatchByName::Never];
    let documents = all.map(|value| match value {
        MatchByName::RolesAndGroups => json!(true),
        MatchByName::GroupsOnly => json!("groups-only"),
        MatchByName::Never => json!(false),
    });
    all.iter()
        .zip(&documents)
        .for_each(|(value, document)| holds(value, document));
    assert_eq!(
        alternatives::<MatchByName>("MatchByName"),
        ["boolean", "\"groups-only\""]
    );
}

#[wasm_bindgen_test]
fn claim_item() {
    let field = ClaimItem::Field {
        field: "name".to_owned(),
    };
    let all = [ClaimItem::Text, ClaimItem::LastPathSegment, ClaimItem::LdapCn, field];
    let declared = alternatives::<ClaimItem>("ClaimItem");
    assert_eq!(declared.len(), all.len());
    for (value, declared) in all.iter().zip(&declared) {
        let (document, written) = match value {
            ClaimItem::Text => (json!("text"), "\"text\""),
            ClaimItem::LastPathSegment => (json!("last-path-segment"), "\"last-path-segment\""),
            ClaimItem::LdapCn => (json!("ldap-cn"), "\"ldap-cn\""),
            ClaimItem::Field { .. } => (json!({ "field": "name" }), "{ field: string }"),
        };
        holds(value, &document);
        assert_eq!(declared, written);
    }
}
