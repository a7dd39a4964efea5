//! The JSON Schemas where they are not made from serde's derives: they say what is read and written.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

use idp_group_sync::{ClaimDecode, ClaimItem, ClaimOptions, ClaimSource, MatchByName, schemas};
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
    let items = [
        ClaimItem::Text,
        ClaimItem::Key,
        ClaimItem::Flag,
        ClaimItem::LastPathSegment,
        ClaimItem::LdapCn,
        ClaimItem::LdapOu,
        field,
    ];
    let items = items.map(|item| match item {
        ClaimItem::Text => (item, json!("text")),
        ClaimItem::Key => (item, json!("key")),
        ClaimItem::Flag => (item, json!("flag")),
        ClaimItem::LastPathSegment => (item, json!("last-path-segment")),
        ClaimItem::LdapCn => (item, json!("ldap-cn")),
        ClaimItem::LdapOu => (item, json!("ldap-ou")),
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

    let split = ClaimSource::named("groups").with_delimiter(vec![";".to_owned()]);
    let other = ClaimSource::default()
        .with_name(vec!["roles".to_owned(), "realm_access.roles".to_owned()])
        .with_required(true)
        .with_decode(ClaimDecode::Json)
        .with_delimiter(vec![",".to_owned(), ";".to_owned()])
        .with_item(ClaimItem::LdapOu)
        .with_prefix("role:");
    let written = json!({ "name": "groups", "delimiter": ";" });
    let list = json!(["teams", written, {
        "name": ["roles", "realm_access.roles"],
        "required": true,
        "decode": "json",
        "delimiter": [",", ";"],
        "item": "ldap-ou",
        "prefix": "role:",
    }]);
    let sources = vec![ClaimSource::named("teams"), split.clone(), other];
    holds(&[
        (ClaimOptions::named("groups"), json!("groups")),
        (split.into(), written),
        (ClaimOptions { sources }, list),
    ]);
    let one = json!([{ "type": "string" }, { "$ref": "#/$defs/ClaimSource" }]);
    let several = json!({ "type": "array", "items": { "anyOf": one } });
    let declared = json!([one[0], one[1], several]);
    assert_eq!(schemas["read"]["ClaimOptions"]["anyOf"], declared);
}

#[test]
fn what_is_read_leaves_no_field_unknown() {
    let schemas = schemas();
    let objects = schemas["read"].as_object().unwrap().iter();
    let objects: Vec<_> = objects.filter(|(_, schema)| schema["type"] == "object").collect();
    assert!(objects.len() > 15, "only {} objects", objects.len());
    // Rows of a database have further columns; what people write has none.
    let rows = [
        "AppGroup",
        "Catalog",
        "LoginUser",
        "LoginWorkspace",
        "MemberGroup",
        "Membership",
    ];
    for (name, schema) in objects {
        let expected = if rows.contains(&name.as_str()) {
            json!(null)
        } else {
            json!(false)
        };
        assert_eq!(schema["additionalProperties"], expected, "{name}");
    }
}
