//! The JSON Schemas where they are not made from serde's derives: they say what is read and written.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

use idp_group_sync::{ClaimItem, ClaimOptions, MatchByName, schemas};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Each value is written as the document beside it, and read from it.
fn holds<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(values: &[(T, Value)]) {
    for (value, document) in values {
        assert_eq!(&serde_json::to_value(value).unwrap(), document);
        assert_eq!(value, &serde_json::from_value::<T>(document.clone()).unwrap());
    }
}

#[test]
fn match_by_name() {
    let values = [MatchByName::RolesAndGroups, MatchByName::Never, MatchByName::GroupsOnly].map(|value| match value {
        MatchByName::RolesAndGroups => (value, json!(true)),
        MatchByName::Never => (value, json!(false)),
        MatchByName::GroupsOnly => (value, json!("groups-only")),
    });
    holds(&values);
    let documents: Vec<Value> = values.into_iter().map(|(_, document)| document).collect();
    assert_eq!(schemas()["read"]["MatchByName"]["enum"], json!(documents));
}

#[test]
fn claims() {
    let field = ClaimItem::Field {
        field: "name".to_owned(),
    };
    let items = [ClaimItem::Text, ClaimItem::LastPathSegment, ClaimItem::LdapCn, field].map(|item| match item {
        ClaimItem::Text => (item, json!("text")),
        ClaimItem::LastPathSegment => (item, json!("last-path-segment")),
        ClaimItem::LdapCn => (item, json!("ldap-cn")),
        ClaimItem::Field { .. } => (item, json!({ "field": "name" })),
    });
    holds(&items);
    let schemas = schemas();
    let declared = schemas["read"]["ClaimItem"]["anyOf"].as_array().unwrap();
    assert_eq!(declared.len(), items.len());
    for ((_, document), schema) in items.iter().zip(declared) {
        match document {
            Value::String(_) => assert_eq!(&schema["const"], document),
            _ => assert_eq!(schema["required"], json!(["field"])),
        }
    }

    let split = ClaimOptions {
        delimiter: Some(";".to_owned()),
        ..ClaimOptions::named("groups")
    };
    holds(&[
        (ClaimOptions::named("groups"), json!("groups")),
        (split, json!({ "name": "groups", "delimiter": ";" })),
    ]);
    let either = json!([{ "type": "string" }, { "$ref": "#/$defs/ClaimOptionsObject" }]);
    assert_eq!(schemas["read"]["ClaimOptions"]["anyOf"], either);
}

#[test]
fn what_is_read_leaves_no_field_unknown() {
    let schemas = schemas();
    let objects = schemas["read"].as_object().unwrap().iter();
    let objects: Vec<_> = objects.filter(|(_, schema)| schema["type"] == "object").collect();
    assert!(objects.len() > 15, "only {} objects", objects.len());
    for (name, schema) in objects {
        assert_eq!(schema["additionalProperties"], json!(false), "{name}");
    }
}
