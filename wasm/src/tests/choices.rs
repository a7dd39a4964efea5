//! Policies and claim options of a wrong shape: each is refused with its exact path, and the words that are allowed.

use super::javascript::eval;
use super::shapes::{config, refused};
use crate::{check_mapping, read_groups};
use wasm_bindgen_test::wasm_bindgen_test;

fn policy(policy: &str, path: &str, message: &str) {
    refused(
        check_mapping(&"".into(), &eval("{ groups: [] }"), &eval(policy)),
        path,
        message,
    );
    config(
        &format!("{{ mapping: '', claim: 'groups', catalog: {{ groups: [] }}, policy: {policy} }}"),
        path,
        message,
    );
}

#[wasm_bindgen_test]
fn policies() {
    policy("'keep'", "policy", "expected an object, found the string `keep`");
    policy(
        "{ noMatch: 'ignore' }",
        "policy.noMatch",
        "expected `default-role`, `keep` or `deny`, found `ignore`",
    );
    policy(
        "{ noMatch: true }",
        "policy.noMatch",
        "expected `default-role`, `keep` or `deny`, found a boolean",
    );
    policy(
        "{ noMatch: {} }",
        "policy.noMatch",
        "expected `default-role`, `keep` or `deny`, found an object",
    );
    policy(
        "{ missingClaim: 'no' }",
        "policy.missingClaim",
        "expected `no-groups`, `keep` or `deny`, found `no`",
    );
    policy(
        "{ unreadableClaim: 'no-groups' }",
        "policy.unreadableClaim",
        "expected `keep` or `deny`, found `no-groups`",
    );
    policy(
        "{ roleWithoutRoleGroup: [] }",
        "policy.roleWithoutRoleGroup",
        "expected `infer`, `promote-only` or `keep`, found an array",
    );
    policy(
        "{ removal: 'some' }",
        "policy.removal",
        "expected `all`, `synced`, `mapped` or `none`, found `some`",
    );
    policy(
        "{ nonMembers: 1 }",
        "policy.nonMembers",
        "expected `matched`, `all` or `none`, found a number",
    );
    policy(
        "{ protectLastAdmin: 'yes' }",
        "policy.protectLastAdmin",
        "expected true or false, found the string `yes`",
    );
    let by_name = "expected true, false or `groups-only`, found";
    policy(
        "{ matchByName: 'roles-only' }",
        "policy.matchByName",
        &format!("{by_name} `roles-only`"),
    );
    policy(
        "{ matchByName: 1 }",
        "policy.matchByName",
        &format!("{by_name} a number"),
    );
    policy(
        "{ matchByName: [] }",
        "policy.matchByName",
        &format!("{by_name} an array"),
    );
    policy(
        "{ nomatch: 'keep' }",
        "policy.nomatch",
        "there is no such field; expected `matchByName`, `noMatch`, `missingClaim`, `unreadableClaim`, \
         `roleWithoutRoleGroup`, `removal`, `nonMembers` or `protectLastAdmin`",
    );
}

#[track_caller]
fn claim(claim: &str, path: &str, message: &str) {
    refused(read_groups(&eval("{}"), &eval(claim)), path, message);
    if claim != "undefined" {
        config(
            &format!("{{ mapping: '', claim: {claim}, catalog: {{ groups: [] }} }}"),
            path,
            message,
        );
    }
}

#[wasm_bindgen_test]
fn claim_options() {
    claim("undefined", "claim", "this argument is required, and missing");
    claim(
        "7",
        "claim",
        "expected a claim name or an object with a `name`, found a number",
    );
    claim(
        "['groups']",
        "claim",
        "expected a claim name or an object with a `name`, found an array",
    );
    claim("''", "claim.name", "the claim name is empty");
    claim("{}", "claim.name", "this field is required, and missing");
    claim("{ name: 7 }", "claim.name", "expected a string, found a number");
    claim(
        "{ name: '/a~2' }",
        "claim.name",
        "in a JSON Pointer `~` stands only in `~0` and `~1`",
    );
    claim(
        "{ name: 'a', delimiter: 1 }",
        "claim.delimiter",
        "expected a string, found a number",
    );
    claim(
        "{ name: 'a', delimiter: '' }",
        "claim.delimiter",
        "the delimiter is empty; leave it out to read the claim as one group",
    );
    claim(
        "{ name: 'a', items: 'text' }",
        "claim.items",
        "there is no such field; expected `name`, `delimiter` or `item`",
    );
    let item = "expected `text`, `last-path-segment`, `ldap-cn` or an object with a `field`, found";
    claim("{ name: 'a', item: 'first' }", "claim.item", &format!("{item} `first`"));
    claim("{ name: 'a', item: 7 }", "claim.item", &format!("{item} a number"));
    claim(
        "{ name: 'a', item: ['text'] }",
        "claim.item",
        &format!("{item} an array"),
    );
    claim(
        "{ name: 'a', item: {} }",
        "claim.item.field",
        "this field is required, and missing",
    );
    claim(
        "{ name: 'a', item: { field: 7 } }",
        "claim.item.field",
        "expected a string, found a number",
    );
    claim(
        "{ name: 'a', item: { field: '' } }",
        "claim.item.field",
        "the field's name is empty",
    );
    claim(
        "{ name: 'a', item: { field: 'b', fields: 1 } }",
        "claim.item.fields",
        "there is no such field; expected `field`",
    );
    claim(
        r"{ name: 'a', item: { field: '\uD800' } }",
        "claim.item.field",
        "expected well-formed Unicode, found a string with a lone surrogate",
    );
}
