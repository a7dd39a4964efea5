//! Reading from JSON text: what is read, and the code, path and sentence of what is refused.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

use idp_group_sync::internal::json_text;
use idp_group_sync::{
    Catalog, ClaimOptions, ClaimValue, ErrorCode, GroupSyncConfig, GroupSyncError, InstanceSettings, LoginRequest,
    Membership, PlanOptions, Policy, Scenario, SettingsCommand, from_json,
};
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::json;

#[track_caller]
fn refused<T: DeserializeOwned>(text: &str) -> GroupSyncError {
    match from_json::<T>(text) {
        Ok(_) => panic!("{text} was read"),
        Err(error) => error,
    }
}

#[track_caller]
fn refuse<T: DeserializeOwned>(text: &str, path: &str, message: &str) {
    let error = refused::<T>(text);
    assert_eq!(
        (error.code(), error.path(), error.message()),
        (ErrorCode::InvalidInput, path, message),
        "{text}"
    );
}

#[test]
fn malformed_text_is_refused_with_its_place() {
    refuse::<Policy>("", "", "this is not JSON: EOF while parsing a value at line 1 column 0");
    refuse::<Policy>("{} {}", "", "this is not JSON: trailing characters at line 1 column 4");
    refuse::<Membership>(
        "{\n  \"groups\": [}\n",
        "",
        "this is not JSON: expected value at line 2 column 14",
    );
    // Told of the whole text, though it is read in parts.
    refuse::<LoginRequest>(
        "{ \"claims\": { \"name\": \"\\ud800\" },\n  \"method\": \"\\x\" }",
        "",
        "this is not JSON: invalid escape at line 2 column 15",
    );
    assert!("{".parse::<ClaimValue>().is_err());
}

#[test]
fn what_is_not_as_documented_is_refused_with_its_path() {
    let null = "expected an object, found null";
    refuse::<Membership>("null", "", null);
    refuse::<Membership>("[]", "", "expected an object, found an array");
    refuse::<Membership>("{}", "groups", "this field is required, and missing");
    refuse::<Membership>(r#"{ "groups": null }"#, "groups", "this field is required, and missing");
    refuse::<Membership>(
        r#"{ "groups": [{ "name": "a" }, { "name": "b", "grantedBy": "me" }] }"#,
        "groups[1].grantedBy",
        "expected `sync` or `manual`, found `me`",
    );
    refuse::<Membership>(
        r#"{ "groups": [{ "name": "a" }, { "name": 7 }] }"#,
        "groups[1].name",
        "expected a string, found a number",
    );
    // An unknown field comes first: it may be the missing one, misspelt.
    refuse::<Membership>(
        r#"{ "role": 7, "group s": [] }"#,
        "[\"group s\"]",
        "there is no such field; expected `role`, `roleGrantedBy`, `roleProvider` or `groups`",
    );
    refuse::<PlanOptions>(
        r#"{ "guards": { "seats": { "roles": { "end-user": null } } } }"#,
        "guards.seats.roles[\"end-user\"]",
        null,
    );
    for number in ["-1", "1.5", "9007199254740992", "1e999"] {
        refuse::<PlanOptions>(
            &format!(r#"{{ "guards": {{ "seats": {{ "total": {{ "used": 0, "limit": {number} }} }} }} }}"#),
            "guards.seats.total.limit",
            "expected a whole number from 0, found another number",
        );
    }
    refuse::<Vec<Scenario>>(
        r#"[{ "name": "a", "expect": { "role": 7 } }]"#,
        "[0].expect.role",
        "expected a string, found a number",
    );
}

#[test]
fn what_has_several_shapes_keeps_its_path() {
    let config =
        |part: &str| format!(r#"{{ "mapping": "", "claim": "groups", "catalog": {{ "groups": [] }}, {part} }}"#);
    let item = "expected `text`, `key`, `flag`, `last-path-segment`, `ldap-cn`, `ldap-ou` or an object with a `field`, found a number";
    refuse::<GroupSyncConfig>(
        r#"{ "mapping": "", "claim": { "name": "a", "item": 7 }, "catalog": { "groups": [] } }"#,
        "claim.item",
        item,
    );
    refuse::<GroupSyncConfig>(
        r#"{ "mapping": "", "claim": "a", "catalog": { "groups": [{ "name": "b", "requires": "boss" }] } }"#,
        "catalog.groups[0].requires",
        "`boss` is not a role; the roles are `end-user`, `builder`, `admin`",
    );
    refuse::<GroupSyncConfig>(
        &config(r#""policy": { "matchByName": "roles" }"#),
        "policy.matchByName",
        "expected true, false or `groups-only`, found `roles`",
    );
    refuse::<ClaimOptions>(
        r#"{ "name": "a", "item": { "field": 1 } }"#,
        "item.field",
        "expected a string, found a number",
    );
    refuse::<SettingsCommand>(
        r#"{ "type": "set-claim", "claim": { "name": "a", "item": 7 } }"#,
        "claim.item",
        item,
    );
    refuse::<SettingsCommand>(
        r#"{ "type": "set-policy", "policy": { "noMatch": [] } }"#,
        "policy.noMatch",
        "expected `default-role`, `keep` or `deny`, found an array",
    );
    refuse::<SettingsCommand>(
        r#"{ "type": "enable", "workspace": "a" }"#,
        "workspace",
        "there is no such field; expected nothing",
    );
    refuse::<SettingsCommand>(r#"{ "type": 7 }"#, "type", &format!("{COMMANDS}, found a number"));
    refuse::<SettingsCommand>(
        r#"{ "type": "enabled" }"#,
        "type",
        &format!("{COMMANDS}, found `enabled`"),
    );
    refuse::<SettingsCommand>(r#"{ "workspace": "a" }"#, "type", "this field is required, and missing");
    refuse::<SettingsCommand>("[]", "", "expected an object, found an array");
}

const COMMANDS: &str = "expected `enable`, `disable`, `set-claim`, `set-mapping`, `set-entries`, `set-entry`, `set-policy`, `inherit`, \
    `add-workspace`, `enable-workspace`, `disable-workspace`, `remove-workspace` or `set-default-workspace`";

#[test]
fn null_is_as_good_as_left_out() {
    assert_eq!(
        from_json::<Policy>(r#"{ "matchByName": null, "protectLastAdmin": null }"#).unwrap(),
        Policy::default()
    );
    assert_eq!(
        from_json::<PlanOptions>(r#"{ "explain": null, "guards": null }"#).unwrap(),
        PlanOptions::default()
    );
    assert_eq!(
        from_json::<SettingsCommand>(r#"{ "type": "remove-workspace", "workspace": "a", "confirmed": null }"#).unwrap(),
        from_json(r#"{ "workspace": "a", "type": "remove-workspace", "confirmed": false }"#).unwrap(),
    );
    let expected =
        |role: &str| from_json::<Scenario>(&format!(r#"{{ "name": "a", "expect": {{ {role} }} }}"#)).unwrap();
    assert_eq!(expected("").expect.role, None);
    // But to expect no role is to expect something.
    assert_eq!(expected(r#""role": null"#).expect.role, Some(None));
    assert_eq!(expected(r#""role": "a""#).expect.role, Some(Some("a".to_owned())));
}

#[test]
fn the_last_of_two_properties_counts() {
    let membership: Membership = from_json(r#"{ "role": "a", "groups": [], "role": "b" }"#).unwrap();
    assert_eq!(membership.role.as_deref(), Some("b"));
    let claims: ClaimValue = r#"{ "a": 1, "a": ["\ud800"], "a": "\ud800" }"#.parse().unwrap();
    assert_eq!(property(&claims, "a"), &ClaimValue::IllFormedText);
}

fn property<'v>(value: &'v ClaimValue, name: &str) -> &'v ClaimValue {
    match value {
        ClaimValue::Object(properties) => &properties[name],
        other => panic!("{other:?} is no object"),
    }
}

const REQUEST: &str = r#"{ "method": "oidc", "user": { "exists": true }, "workspaces": [],
    "licence": { "status": "active", "features": { "sso": true, "groupSync": true } }, "claims": "#;

#[test]
fn lone_surrogates_are_kept_in_claims() {
    let request = format!(
        r#"{REQUEST} {{ "a": ["\ud83d\ude80", "\ude80\ud83d", "\\ud83d"], "\ud83d": 1, "b": {{ "\udfff": 1 }} }} }}"#
    );
    let claims = from_json::<LoginRequest>(&request).unwrap().claims.unwrap();
    let text = |text: &str| ClaimValue::Text(text.to_owned());
    assert_eq!(
        property(&claims, "a"),
        &ClaimValue::List(vec![text("🚀"), ClaimValue::IllFormedText, text("\\ud83d")])
    );
    assert_eq!(property(&claims, "b"), &ClaimValue::from(json!({})));
    let ClaimValue::Object(properties) = &claims else {
        panic!("{claims:?}")
    };
    assert_eq!(properties.len(), 2);
    assert_eq!(
        r#"{ "\ud83d": 1 }"#.parse::<ClaimValue>().unwrap(),
        ClaimValue::from(json!({}))
    );
}

#[test]
fn lone_surrogates_are_refused_elsewhere() {
    let message = "expected well-formed Unicode, found a string with a lone surrogate";
    refuse::<Membership>(r#"{ "groups": [{ "name": "\ud800" }] }"#, "groups[0].name", message);
    refuse::<Policy>(r#"{ "noMatch": "\ud800" }"#, "noMatch", message);
    refuse::<Policy>(r#"{ "protectLastAdmin": "\ud800" }"#, "protectLastAdmin", message);
    refuse::<Policy>(r#""\ud800""#, "", message);
    refuse::<ClaimOptions>(
        r#"{ "name": "a", "item": { "field": "\udc00" } }"#,
        "item.field",
        message,
    );
    refuse::<SettingsCommand>(r#"{ "type": "\udc00" }"#, "type", message);
    refuse::<Catalog>(
        r#"{ "groups": [{ "name": "a", "\udc00": 1 }] }"#,
        "groups[0][\"\u{FFFD}\"]",
        message,
    );
}

#[test]
fn nesting_is_bounded() {
    let nested = |depth: usize| format!(r#"{{ "deep": {}{} }}"#, "[".repeat(depth), "]".repeat(depth));
    assert!(nested(128).parse::<ClaimValue>().is_ok());
    let error = nested(129).parse::<ClaimValue>().unwrap_err();
    assert_eq!(error.code(), ErrorCode::TooLarge);
    assert_eq!(error.path(), format!("deep{}", "[0]".repeat(128)));
    assert_eq!(
        error.message(),
        "arrays and objects may be nested 128 deep, and no deeper"
    );
    // Nor does it take the stack that it would need.
    let error = "[".repeat(1_000_000).parse::<ClaimValue>().unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidInput);
    let error = nested(1_000_000).parse::<ClaimValue>().unwrap_err();
    assert_eq!(error.code(), ErrorCode::TooLarge);
}

#[test]
fn any_format_of_serde_reads_the_same() {
    let settings = InstanceSettings::new("main");
    let json = serde_json::to_value(&settings).unwrap();
    assert_eq!(
        serde_json::from_value::<InstanceSettings>(json.clone()).unwrap(),
        settings
    );
    assert_eq!(from_json::<InstanceSettings>(&json.to_string()).unwrap(), settings);
    let command = r#"{ "type": "set-claim", "claim": { "name": "a", "item": 7 } }"#;
    let error = serde_json::from_str::<SettingsCommand>(command).unwrap_err();
    assert_eq!(
        error.to_string(),
        "claim.item: expected `text`, `key`, `flag`, `last-path-segment`, `ldap-cn`, `ldap-ou` or an object with a `field`, found a number"
    );
}

/// Whether two values are the same but for the last digits of a number that has more of them than are counted with.
fn same(one: &ClaimValue, other: &ClaimValue) -> bool {
    match (one, other) {
        (ClaimValue::Number(one), ClaimValue::Number(other)) => {
            one == other || (one.abs() > 1e15 || one.fract() != 0.0) && (one / other - 1.0).abs() < 1e-15
        }
        (ClaimValue::List(one), ClaimValue::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (ClaimValue::Object(one), ClaimValue::Object(other)) => {
            let mut fields = one.iter().zip(other);
            one.len() == other.len() && fields.all(|(one, other)| one.0 == other.0 && same(one.1, other.1))
        }
        _ => one == other,
    }
}

/// Texts of which parts are replaced.
const TEXTS: [&str; 4] = [
    r#"{ "groups": ["sales", "é🚀 \u00e9\ud83d\ude80\n\\\/"], "exp": 1700000000, "a": { "b": [[], {}, null, true, false] } }"#,
    "[0, -0, 12.5, -1e3, 2E+2, 1.25e-2, 0.1, 9007199254740991, 123456789012345678901234567890, 1e22]",
    "\"a text of some length, with a tab as \\t, a quote as \\\" and nothing else\"",
    "{\"a\":{\"a\":{\"a\":1}},\"a\":2}\n",
];

/// What takes their place.
const PARTS: [&str; 32] = [
    "", "{", "}", "[", "]", ",", ":", "\"", "\\", " ", "\t", "\u{0}", "\u{1F}", "\u{7F}", "\u{FEFF}", "\\u00",
    "\\u0061", "\\x", "\\b", "0", "00", "1", "-", "+", ".", ".5", "e", "E-1", "nul", "null", "true", "\"a\":1,",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 4096, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_what_any_writer_writes(
        text in any::<String>(), characters in prop::collection::vec(any::<char>(), 0..9), number in any::<u64>(), below in any::<i64>(),
    ) {
        let odd = String::from_iter(characters.iter().copied().chain(('\0'..='#').chain(['\\', '\u{7F}'])));
        let value = json!({ text.as_str(): [number, below, null, [], {}], odd.as_str(): { "a": true, "b": [false, [odd]], "c": text } });
        prop_assert_eq!(json_text(&value), value.to_string());
    }

    #[test]
    fn what_is_json_is_what_any_reader_takes_for_it(
        text in prop::sample::select(TEXTS.to_vec()),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..8_usize, prop::sample::select(PARTS.to_vec())), 0..3),
    ) {
        let mut characters: Vec<char> = text.chars().collect();
        for (at, length, part) in cuts {
            let at = at.index(characters.len() + 1);
            let end = (at + length).min(characters.len());
            characters.splice(at..end, part.chars());
        }
        let text = String::from_iter(characters);
        let here = text.parse::<ClaimValue>();
        match serde_json::from_str::<ClaimValue>(&text) {
            Ok(there) => prop_assert!(same(here.as_ref().unwrap(), &there), "{text}: {here:?}, not {there:?}"),
            // Which takes half of a surrogate pair for an error, and a number that is too large.
            Err(error) if ["surrogate", "hex escape", "out of range"].iter().any(|odd| error.to_string().contains(odd)) => {}
            Err(_) => prop_assert!(here.is_err(), "{} was read", text),
        }
    }
}
