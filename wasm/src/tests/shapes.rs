//! Arguments of a wrong shape: each is refused with its exact path and a sentence that says what was expected and found.

use crate::{GroupSync, check_mapping, complete_mapping, diff_mappings, format_mapping, parse_mapping, read_groups};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::javascript::{eval, json as to_json, outcome};

const UNDEFINED: JsValue = JsValue::UNDEFINED;

#[track_caller]
pub(crate) fn refused<T: Into<JsValue>>(result: Result<T, JsValue>, path: &str, message: &str) {
    let error = outcome(result).expect_err(message);
    let mut expected = json!({ "code": "invalid-input", "message": message, "diagnostics": [] });
    if !path.is_empty() {
        expected["path"] = path.into();
    }
    assert_eq!(error, expected);
}

#[track_caller]
pub(crate) fn config(config: &str, path: &str, message: &str) {
    refused(GroupSync::new(&eval(config)).map(|_| UNDEFINED), path, message);
}

#[wasm_bindgen_test]
fn configurations() {
    config("undefined", "", "this argument is required, and missing");
    config("7", "", "expected an object, found a number");
    config("[]", "", "expected an object, found an array");
    config("{}", "mapping", "this field is required, and missing");
    config(
        "{ mapping: '', claim: 'groups', catalog: 7 }",
        "catalog",
        "expected an object, found a number",
    );
    config(
        "{ mapping: 7, claim: 'groups', catalog: { groups: [] } }",
        "mapping",
        "expected a string, found a number",
    );
    config(
        "{ mapping: null, claim: 'groups', catalog: { groups: [] } }",
        "mapping",
        "this field is required, and missing",
    );
    config(
        "{ mapping: '', claim: 'groups', catalog: { groups: [] }, mappings: '' }",
        "mappings",
        "there is no such field; expected `mapping`, `claim`, `catalog` or `policy`",
    );
    config(
        r"{ mapping: 'a\uD800', claim: 'groups', catalog: { groups: [] } }",
        "mapping",
        "expected well-formed Unicode, found a string with a lone surrogate",
    );
    config(
        r"{ mapping: '', claim: 'groups', catalog: { groups: [] }, '\uD800': 1 }",
        "[\"\u{FFFD}\"]",
        "expected well-formed Unicode, found a string with a lone surrogate",
    );
    config(
        "{ mapping: '', claim: 'groups', catalog: { groups: [] }, 'the policy': {} }",
        r#"["the policy"]"#,
        "there is no such field; expected `mapping`, `claim`, `catalog` or `policy`",
    );
}

#[track_caller]
fn catalog(catalog: &str, path: &str, message: &str) {
    refused(check_mapping(&"".into(), &eval(catalog), &UNDEFINED), path, message);
    if catalog != "undefined" {
        config(
            &format!("{{ mapping: '', claim: 'groups', catalog: {catalog} }}"),
            path,
            message,
        );
    }
}

#[wasm_bindgen_test]
fn catalogs() {
    catalog("undefined", "catalog", "this argument is required, and missing");
    catalog("'sales'", "catalog", "expected an object, found the string `sales`");
    catalog("{}", "catalog.groups", "this field is required, and missing");
    catalog(
        "{ groups: 'sales' }",
        "catalog.groups",
        "expected an array, found the string `sales`",
    );
    catalog("{ groups: {} }", "catalog.groups", "expected an array, found an object");
    catalog(
        "{ groups: new Set() }",
        "catalog.groups",
        "expected a plain array, found a Set",
    );
    catalog(
        "{ groups: ['sales'] }",
        "catalog.groups[0]",
        "expected an object, found the string `sales`",
    );
    catalog(
        "{ groups: [{}] }",
        "catalog.groups[0].name",
        "this field is required, and missing",
    );
    catalog(
        "{ groups: [{ name: 7 }] }",
        "catalog.groups[0].name",
        "expected a string, found a number",
    );
    catalog(
        "{ groups: [{ name: '' }] }",
        "catalog.groups[0].name",
        "a group's name is empty",
    );
    catalog(
        "{ groups: [{ name: 'a' }, { name: 'a' }] }",
        "catalog.groups[1].name",
        "there is another group named `a`",
    );
    catalog(
        r"{ groups: [{ name: '\uD800' }] }",
        "catalog.groups[0].name",
        "expected well-formed Unicode, found a string with a lone surrogate",
    );
    catalog(
        "{ groups: [{ name: 'a' }, { name: 'b', requires: true }] }",
        "catalog.groups[1].requires",
        "expected a string, found a boolean",
    );
    catalog(
        "{ groups: [{ name: 'a', requires: 'boss' }] }",
        "catalog.groups[0].requires",
        "`boss` is not a role; the roles are `end-user`, `builder`, `admin`",
    );
    catalog(
        "{ groups: [{ name: 'a', require: 'admin' }] }",
        "catalog.groups[0].require",
        "there is no such field; expected `name` or `requires`",
    );
    catalog(
        "{ groups: [], roles: 'admin' }",
        "catalog.roles",
        "expected an array, found the string `admin`",
    );
    catalog(
        "{ groups: [], roles: ['a', 1] }",
        "catalog.roles[1]",
        "expected a string, found a number",
    );
    catalog(
        "{ groups: [], roles: [] }",
        "catalog.roles",
        "an application has at least one role",
    );
    catalog(
        "{ groups: [], roles: ['a', 'a'] }",
        "catalog.roles[1]",
        "there is another role named `a`",
    );
    catalog(
        "{ groups: [], role: [] }",
        "catalog.role",
        "there is no such field; expected `roles` or `groups`",
    );
}

#[track_caller]
#[wasm_bindgen_test]
fn optional_input_may_be_null() {
    let sync = GroupSync::new(&eval(
        "{ mapping: '', claim: { name: 'groups', delimiter: null, item: null }, policy: null,
           catalog: { roles: null, groups: [{ name: 'a', requires: null }] } }",
    ));
    let sync = sync.unwrap_or_else(|thrown| panic!("{}", to_json(&thrown)));
    for options in [
        "undefined",
        "null",
        "{}",
        "{ explain: undefined }",
        "{ explain: null }",
        "{ explain: true }",
    ] {
        let resolution = outcome(sync.resolve(&eval("{ groups: ['a'] }"), &eval(options))).unwrap();
        assert_eq!(resolution["groups"], json!(["a"]), "{options}");
        assert_eq!(resolution["matches"].as_array().unwrap().len(), 1, "{options}");
    }
    let resolution = outcome(sync.resolve_groups(&eval("['a']"), &eval("{ explain: false }"))).unwrap();
    assert_eq!(
        (&resolution["groups"], &resolution["matches"]),
        (&json!(["a"]), &json!([]))
    );
    let defaults = "{ matchByName: null, noMatch: null, missingClaim: null, protectLastAdmin: null }";
    outcome(check_mapping(&"".into(), &eval("{ groups: [] }"), &eval(defaults))).unwrap();
    outcome(check_mapping(&"".into(), &eval("{ groups: [] }"), &JsValue::NULL)).unwrap();
    outcome(complete_mapping(
        &"".into(),
        &0.into(),
        &eval("{ groups: [] }"),
        &JsValue::NULL,
    ))
    .unwrap();
}

#[wasm_bindgen_test]
fn arguments() {
    let catalog = eval("{ groups: [] }");
    refused(parse_mapping(&UNDEFINED), "text", "expected a string, found nothing");
    refused(parse_mapping(&JsValue::NULL), "text", "expected a string, found null");
    refused(parse_mapping(&7.into()), "text", "expected a string, found a number");
    refused(
        parse_mapping(&eval("new String('a')")),
        "text",
        "expected a string, found an object",
    );
    refused(
        check_mapping(&eval("['a']"), &catalog, &UNDEFINED),
        "text",
        "expected a string, found an object",
    );
    refused(
        complete_mapping(&eval("1n"), &0.into(), &catalog, &UNDEFINED),
        "text",
        "expected a string, found a BigInt",
    );
    refused(
        format_mapping(&true.into(), &UNDEFINED),
        "text",
        "expected a string, found a boolean",
    );
    refused(
        format_mapping(&eval(r"'a\uD800 -> b'"), &UNDEFINED),
        "text",
        "expected well-formed Unicode, found a string with a lone surrogate",
    );
    refused(
        format_mapping(&"".into(), &"lines".into()),
        "style",
        "expected `line` or `inline`, found `lines`",
    );
    refused(
        format_mapping(&"".into(), &eval("{}")),
        "style",
        "expected `line` or `inline`, found an object",
    );
    for (offset, found) in [
        ("-1", "another number"),
        ("1.5", "another number"),
        ("NaN", "another number"),
        ("'1'", "a string"),
        ("undefined", "nothing"),
    ] {
        refused(
            complete_mapping(&"".into(), &eval(offset), &catalog, &UNDEFINED),
            "offset",
            &format!("expected a whole number from 0, found {found}"),
        );
    }
    refused(
        complete_mapping(&"".into(), &0.into(), &catalog, &eval("['a', 7]")),
        "idpGroups[1]",
        "expected a string, found a number",
    );
    refused(
        complete_mapping(&"".into(), &0.into(), &catalog, &eval(r"['\uD800']")),
        "idpGroups[0]",
        "expected well-formed Unicode, found a string with a lone surrogate",
    );
    refused(
        complete_mapping(&"".into(), &0.into(), &catalog, &"a".into()),
        "idpGroups",
        "expected an array, found the string `a`",
    );
    refused(
        diff_mappings(
            &eval("{ mapping: '', claim: 'g', catalog: { groups: [{}] } }"),
            &UNDEFINED,
        ),
        "before.catalog.groups[0].name",
        "this field is required, and missing",
    );
    refused(
        diff_mappings(
            &eval("{ mapping: '', claim: 'g', catalog: { groups: [] } }"),
            &UNDEFINED,
        ),
        "after",
        "this argument is required, and missing",
    );
}

#[wasm_bindgen_test]
fn claims_and_groups() {
    let claims = |claims: &str| read_groups(&eval(claims), &"groups".into());
    refused(claims("undefined"), "claims", "this argument is required, and missing");
    refused(claims("null"), "claims", "the claims are null, not an object");
    refused(claims("['a']"), "claims", "the claims are an array, not an object");
    refused(claims("'a'"), "claims", "the claims are a string, not an object");

    let sync = GroupSync::new(&eval("{ mapping: '', claim: 'g', catalog: { groups: [] } }"));
    let sync = sync.unwrap_or_else(|thrown| panic!("{}", to_json(&thrown)));
    let groups = |groups: &str| sync.resolve_groups(&eval(groups), &UNDEFINED);
    refused(groups("undefined"), "groups", "this argument is required, and missing");
    refused(groups("null"), "groups", "expected an array of strings, found null");
    refused(
        groups("'a'"),
        "groups",
        "expected an array of strings, found the string `a`",
    );
    refused(
        groups("new Set(['a'])"),
        "groups",
        "expected a plain array, found a Set",
    );
    refused(groups("['a', 7]"), "groups[1]", "expected a string, found a number");
    refused(groups("['a', undefined]"), "groups[1]", "expected a string, found null");

    let options = |options: &str| sync.resolve(&eval("{}"), &eval(options));
    refused(options("true"), "options", "expected an object, found a boolean");
    refused(
        options("{ explain: 'no' }"),
        "options.explain",
        "expected true or false, found the string `no`",
    );
    refused(
        options("{ explains: true }"),
        "options.explains",
        "there is no such field; expected `explain`",
    );
}

#[wasm_bindgen_test]
fn mappings_that_may_not_run() {
    let error = |config: &str| outcome(GroupSync::new(&eval(config)).map(|_| UNDEFINED)).unwrap_err();
    let thrown = error("{ mapping: '😀 => b', claim: 'g', catalog: { groups: [] } }");
    assert_eq!(
        (&thrown["code"], &thrown["path"]),
        (&json!("invalid-mapping"), &json!("mapping"))
    );
    assert_eq!(thrown["diagnostics"][0]["code"], "missing-arrow");
    assert_eq!(
        thrown["diagnostics"][0]["fixes"][0]["edits"],
        json!([{ "start": 2, "end": 6, "text": " -> " }])
    );

    let fine = eval("{ mapping: 'a -> b', claim: 'g', catalog: { groups: [] } }");
    let faulty = eval("{ mapping: '😀 -> b\\nc', claim: 'g', catalog: { groups: [] } }");
    let thrown = outcome(diff_mappings(&fine, &faulty)).unwrap_err();
    assert_eq!(thrown["path"], "after.mapping");
    assert_eq!(
        thrown["diagnostics"][0]["span"],
        json!({ "start": 8, "end": 9, "line": 2, "column": 1 })
    );

    let thrown: Value = outcome(format_mapping(&"a".into(), &UNDEFINED)).unwrap_err();
    assert_eq!(
        (&thrown["code"], &thrown["path"]),
        (&json!("invalid-mapping"), &json!("text"))
    );
}
