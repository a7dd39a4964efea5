//! What holds for every token and every claim setting, tried on ones made by chance.
//!
//! Most settings are made for their token: they name a path that is there, and read it as it looks.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says, and tells its seed"
)]

#[path = "support/chance.rs"]
mod chance;

use chance::{Chance, run};
use idp_group_sync::{
    ClaimDecode, ClaimGroups, ClaimItem, ClaimOptions, ClaimSource, ClaimStatus, ClaimValue, merge_claims, read_groups,
    suggest_claims,
};
use serde_json::{Map, Value, json};

/// How many settings read each token.
const SETTINGS: usize = 8;

#[test]
fn any_token_is_read_by_any_setting() {
    let mut states = [0_u64; 5];
    // On a busy machine, the time of one run is too short for what is rare.
    for _ in 0..30 {
        run("settings and tokens", |chance| {
            let token = token(chance);
            let claims = ClaimValue::from(token.clone());
            for _ in 0..SETTINGS {
                states[holds(&claims, &claim(chance, &token)) as usize] += 1;
            }
        });
        if states.iter().all(|count| *count > 0) {
            break;
        }
    }
    let count: u64 = states.iter().sum();
    println!("{count} settings and tokens: {states:?} by state");
    assert!(states.iter().all(|count| *count > 0), "{states:?}");
}

#[test]
fn prefixed_sources_never_meet_unprefixed_names() {
    run("prefixes", |chance| {
        let token = token(chance);
        let mut claim = claim(chance, &token);
        for source in &mut claim.sources {
            "\u{2020}".clone_into(&mut source.prefix);
        }
        for name in read(&token.into(), &claim).groups {
            assert!(name.starts_with('\u{2020}') && name.chars().count() > 1, "{name}");
        }
    });
}

#[test]
fn a_list_says_what_its_sources_say() {
    run("lists", |chance| {
        let token = token(chance);
        let claim = claim(chance, &token);
        let claims = token.into();
        let of_source = |source: &ClaimSource| read(&claims, &source.clone().with_required(false).into());
        let each: Vec<ClaimGroups> = claim.sources.iter().map(of_source).collect();
        let whole = read(&claims, &claim);
        let stops = |status| matches!(status, ClaimStatus::Malformed | ClaimStatus::Incomplete);
        let is_missing = |groups: &ClaimGroups| groups.status == ClaimStatus::Missing;
        let lacks = claim
            .sources
            .iter()
            .zip(&each)
            .any(|(source, read)| source.required && is_missing(read));
        if let Some(first) = each.iter().find(|groups| stops(groups.status)) {
            assert_eq!(whole.status, first.status);
        } else if lacks || each.iter().all(is_missing) {
            assert_eq!(whole.status, ClaimStatus::Missing);
        } else {
            let mut united: Vec<String> = Vec::new();
            for name in each.into_iter().flat_map(|groups| groups.groups) {
                if !united.contains(&name) {
                    united.push(name);
                }
            }
            assert_eq!(whole.groups, united);
        }
    });
}

#[test]
fn a_setting_is_read_as_it_is_written() {
    run("written settings", |chance| {
        let token = token(chance);
        let claim = claim(chance, &token);
        let written = serde_json::to_value(&claim).unwrap();
        assert_eq!(serde_json::from_value::<ClaimOptions>(written).unwrap(), claim);
    });
}

#[test]
fn merged_claims_say_what_either_says() {
    run("merged claims", |chance| {
        let (mut one, mut other) = (token(chance), token(chance));
        let subjects = ["u1", "u2"].map(|subject| json!(subject));
        one["sub"] = subjects[chance.below(2)].clone();
        other["sub"] = subjects[chance.below(2)].clone();
        let merged = merge_claims(&one.clone().into(), &other.clone().into());
        if one["sub"] == other["sub"] {
            one.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
            assert_eq!(merged.unwrap(), one.into());
        } else {
            assert_eq!(merged.unwrap_err().code().as_str(), "subject-mismatch");
        }
    });
}

fn read(claims: &ClaimValue, claim: &ClaimOptions) -> ClaimGroups {
    read_groups(claims, claim).unwrap()
}

/// What holds for every setting and token.
fn holds(claims: &ClaimValue, claim: &ClaimOptions) -> ClaimStatus {
    let read = read(claims, claim);
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
            let other = read_groups(claims, &candidate).unwrap();
            let sources_of_its_own = claim.sources.len() > 1;
            assert!(
                sources_of_its_own || matches!(other.status, ClaimStatus::Present | ClaimStatus::Empty),
                "{claims:?}: {candidate:?} for {claim:?}"
            );
        }
    }
    let suggested = suggest_claims(std::slice::from_ref(claims), Some(claim)).unwrap();
    let is_missing = read.status == ClaimStatus::Missing;
    let is_elsewhere_too = read.status == ClaimStatus::Incomplete || read.status == ClaimStatus::Malformed;
    assert!(is_elsewhere_too || (suggested.with_claim == 0) == is_missing);
    if let [_] = claim.sources.as_slice() {
        for other in suggested.suggestions {
            let found = read_groups(claims, &other.claim).unwrap();
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
    "groups_direct",
    "roles",
    "realm_access",
    "organization",
    "a",
    "b",
    "a.b",
    "a/b",
    "~1",
    "*",
    "0",
    "1",
    "",
    ".",
    "groups.link",
    "hasgroups",
    "_claim_names",
    "name",
    "__proto__",
    "constructor",
    "https://acme.example/groups",
];

const TEXTS: &[&str] = &[
    "",
    " ",
    "a",
    "b",
    "sales",
    "Sales Team",
    "a,b",
    "a, b;c",
    "/acme/sales/",
    "/",
    "//",
    "true",
    "false",
    "null",
    "[]",
    "{}",
    "[a, b]",
    "['a', \"b\"]",
    "['a\\'s', ]",
    "[,]",
    "[\"a\"",
    "[\"a\",\"b\"]",
    "{\"a\":{},\"b\":false}",
    "{\"a\":{\"name\":[\"b\"]}}",
    "[{\"name\":\"a\"}]",
    "[[\"a\"],\"[b]\"]",
    "CN=Sales\\, EMEA,OU=Groups,DC=corp",
    "cn=a",
    "ou=b+cn=c,dc=d",
    "2.5.4.3=a",
    "cn=#0C0161",
    "ipaUniqueID=1,cn=hbac",
    "CN=a,OU=b;CN=c,OU=d",
    "é",
    "e\u{301}",
    "\u{200b}",
    "\u{10ffff}",
];

fn name(chance: &mut Chance) -> String {
    chance.one_of(NAMES).to_owned()
}

fn text(chance: &mut Chance) -> String {
    if chance.once_in(8) {
        // Pieces of texts, so that lists lack their ends.
        let pieces =
            (0..chance.below(6)).map(|_| chance.one_of(&["[", "]", "{", "}", "'", "\"", "\\", ",", "=", "a", "cn"]));
        return pieces.collect();
    }
    chance.one_of(TEXTS).to_owned()
}

fn number(chance: &mut Chance) -> Value {
    match chance.below(6) {
        0 => json!(1.5),
        1 => json!(-0.0),
        2 => json!(9_007_199_254_740_991_i64),
        3 => json!(9_007_199_254_740_992_i64),
        4 => json!(chance.next()),
        _ => json!(chance.below(40) as i64 - 20),
    }
}

fn object(chance: &mut Chance, depth: usize) -> Value {
    let count = chance.below(5);
    let properties = (0..count)
        .map(|_| (name(chance), value(chance, depth)))
        .collect::<Vec<_>>();
    Value::Object(properties.into_iter().collect())
}

fn value(chance: &mut Chance, depth: usize) -> Value {
    match chance.below(if depth == 0 { 8 } else { 16 }) {
        0 => Value::Null,
        1 => json!(chance.once_in(2)),
        2 => number(chance),
        3..8 => json!(text(chance)),
        8 | 9 => (0..chance.below(5)).map(|_| value(chance, depth - 1)).collect(),
        // Most lists are of one kind.
        10 => (0..chance.below(5)).map(|_| text(chance)).collect(),
        11 => (0..chance.below(4)).map(|_| object(chance, depth - 1)).collect(),
        12 => (0..chance.below(4))
            .map(|_| json!({ "name": text(chance), "a": { "b": text(chance) } }))
            .collect(),
        13 => json!(value(chance, depth - 1).to_string()),
        _ => object(chance, depth - 1),
    }
}

fn token(chance: &mut Chance) -> Value {
    let count = 1 + chance.below(5);
    let mut properties = (0..count)
        .map(|_| (name(chance), value(chance, 4)))
        .collect::<Map<_, _>>();
    if chance.once_in(16) {
        // What is said to be elsewhere is seldom there as well.
        let (claim, _) = properties.remove_entry("groups").unwrap_or((name(chance), Value::Null));
        let told = [
            ("_claim_names".to_owned(), json!({ &claim: "src1" })),
            ("hasgroups".to_owned(), json!(true)),
            (format!("{claim}.link"), json!("https://graph.example/x")),
        ];
        properties.extend([told[chance.below(3)].clone()]);
    }
    Value::Object(properties)
}

fn claim(chance: &mut Chance, token: &Value) -> ClaimOptions {
    let count = if chance.once_in(4) { 2 + chance.below(2) } else { 1 };
    let sources = (0..count).map(|_| source(chance, token)).collect();
    ClaimOptions { sources }
}

fn source(chance: &mut Chance, token: &Value) -> ClaimSource {
    let (first, found) = path(chance, token);
    let mut name = vec![first];
    if chance.once_in(8) {
        name.insert(0, path(chance, token).0);
    }
    let (decode, inner) = decoding(chance, found);
    let (mut item, mut delimiter) = (item(chance, &inner), Vec::new());
    if inner.as_str().is_some_and(|text| text.contains([',', ';'])) || chance.once_in(10) {
        let count = chance.below(3);
        delimiter = (0..count)
            .map(|_| chance.one_of(&[",", ";", " ", ", ", "/"]).to_owned())
            .collect();
    }
    if chance.once_in(12) {
        item = any_item(chance);
    }
    ClaimSource::default()
        .with_name(name)
        .with_required(chance.once_in(4))
        .with_decode(decode)
        .with_delimiter(delimiter)
        .with_item(item)
        .with_prefix(chance.one_of(&["", "", "g:", "\u{2020}"]))
}

/// The name of something in the token, and what it is.
fn path<'t>(chance: &mut Chance, token: &'t Value) -> (String, &'t Value) {
    let (mut segments, mut value) = (Vec::new(), token);
    loop {
        let (segment, next) = match value {
            Value::Object(properties) if !properties.is_empty() => {
                let (name, next) = properties.iter().nth(chance.below(properties.len())).unwrap();
                (name.clone(), next)
            }
            Value::Array(items) if !items.is_empty() && chance.once_in(3) => {
                let index = chance.below(items.len());
                (index.to_string(), &items[index])
            }
            _ => break,
        };
        segments.push(segment);
        value = next;
        if chance.once_in(4) {
            break;
        }
    }
    if chance.once_in(24) {
        segments = vec!["groups".to_owned()];
    }
    for (at, segment) in segments.iter_mut().enumerate() {
        if at > 0 && chance.once_in(4) {
            "*".clone_into(segment);
        } else if chance.once_in(24) {
            *segment = name(chance);
        }
    }
    let name = if chance.once_in(3) {
        segments.iter().fold(String::new(), |pointer, segment| {
            pointer + "/" + &segment.replace('~', "~0").replace('/', "~1")
        })
    } else {
        segments.join(".")
    };
    // A claim has a name.
    (if name.is_empty() { "groups".to_owned() } else { name }, value)
}

/// How a value would be decoded, and what it then is.
fn decoding(chance: &mut Chance, value: &Value) -> (Option<ClaimDecode>, Value) {
    let first = match value {
        Value::Array(items) => items.first().unwrap_or(value),
        value => value,
    };
    let decoded = first
        .as_str()
        .filter(|text| text.starts_with(['[', '{', '"']))
        .filter(|_| !chance.once_in(6));
    match decoded.map(serde_json::from_str) {
        Some(Ok(inner)) => (Some(ClaimDecode::Json), inner),
        Some(Err(_)) => (Some(ClaimDecode::Bracketed), json!(["a"])),
        None if chance.once_in(12) => (Some(ClaimDecode::Bracketed), value.clone()),
        None => (None, value.clone()),
    }
}

/// How a value would be read.
fn item(chance: &mut Chance, value: &Value) -> ClaimItem {
    let field = |chance: &mut Chance, object: &Value| {
        let (field, _) = path(chance, object);
        ClaimItem::Field { field }
    };
    match value {
        Value::Bool(_) => ClaimItem::Flag,
        Value::String(text) if text == "true" || text == "false" => ClaimItem::Flag,
        Value::String(text) if text.contains('=') => [ClaimItem::LdapCn, ClaimItem::LdapOu][chance.below(2)].clone(),
        Value::String(_) | Value::Number(_) | Value::Null => {
            [ClaimItem::Text, ClaimItem::LastPathSegment][chance.below(2)].clone()
        }
        Value::Array(items) => match items.first() {
            Some(Value::Array(_)) | None => ClaimItem::Text,
            Some(object @ Value::Object(_)) => field(chance, object),
            Some(first) => item(chance, first),
        },
        Value::Object(_) if chance.once_in(2) => ClaimItem::Key,
        object => field(chance, object),
    }
}

fn any_item(chance: &mut Chance) -> ClaimItem {
    let field = chance.one_of(&["name", "a.b", "0", "*"]).to_owned();
    let items = [
        ClaimItem::Text,
        ClaimItem::Key,
        ClaimItem::Flag,
        ClaimItem::LastPathSegment,
        ClaimItem::LdapCn,
        ClaimItem::LdapOu,
        ClaimItem::Field { field },
    ];
    items[chance.below(items.len())].clone()
}

#[test]
fn a_long_name_is_not_copied_for_each_member() {
    // With a copy for each this would take 20 GB.
    let members: Map<_, _> = (0..10_000).map(|number| (number.to_string(), json!("a"))).collect();
    let token = json!({ "k".repeat(2_000_000): members });
    let found = read(&token.into(), &ClaimOptions::named("*.*"));
    assert_eq!((found.status, found.groups.len()), (ClaimStatus::Present, 1));
}
