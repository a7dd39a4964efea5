//! Memberships, settings, commands, requests and scenarios of a wrong shape: each is refused with its exact path, and a sentence
//! that says what was expected and found.

use crate::{GroupSync, LoginSync, apply_command, default_settings, effective_settings, run_scenarios};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::javascript::{eval, json};
use super::shapes::refused;

const UNDEFINED: JsValue = JsValue::UNDEFINED;
const CONFIG: &str = "{ mapping: '', claim: 'groups', catalog: { groups: [{ name: 'a' }] } }";
const SETTINGS: &str =
    "{ version: 1, enabled: true, claim: 'groups', mapping: '', policy: {}, defaultWorkspace: 'main',
    workspaces: [{ id: 'main', enabled: true }] }";

fn with(document: &str, changes: &str) -> JsValue {
    eval(&format!("({{ ...{document}, ...{changes} }})"))
}

#[track_caller]
fn plan(membership: &str, options: &str, path: &str, message: &str) {
    let sync = GroupSync::new(&eval(CONFIG)).unwrap_or_else(|thrown| panic!("{}", json(&thrown)));
    let (membership, options) = (eval(membership), eval(options));
    refused(sync.plan(&eval("{}"), &membership, &options), path, message);
    refused(sync.plan_groups(&eval("[]"), &membership, &options), path, message);
}

#[wasm_bindgen_test]
fn memberships() {
    let membership = |membership: &str, path: &str, message: &str| plan(membership, "undefined", path, message);
    membership("undefined", "membership", "this argument is required, and missing");
    membership("null", "membership", "expected an object, found null");
    membership("'admin'", "membership", "expected an object, found the string `admin`");
    membership(
        "{ role: null }",
        "membership.groups",
        "this field is required, and missing",
    );
    membership(
        "{ role: 7, groups: [] }",
        "membership.role",
        "expected a string, found a number",
    );
    membership(
        "{ groups: {} }",
        "membership.groups",
        "expected an array, found an object",
    );
    membership(
        "{ groups: ['a'] }",
        "membership.groups[0]",
        "expected an object, found the string `a`",
    );
    membership(
        "{ groups: [{ name: 'a' }, { grantedBy: 'sync' }] }",
        "membership.groups[1].name",
        "this field is required, and missing",
    );
    membership(
        "{ groups: [{ name: 'a', grantedBy: 'robot' }] }",
        "membership.groups[0].grantedBy",
        "expected `sync` or `manual`, found `robot`",
    );
    membership(
        "{ groups: [], id: 'ada' }",
        "membership.id",
        "there is no such field; expected `role` or `groups`",
    );
    membership(
        "{ role: 'boss', groups: [] }",
        "membership.role",
        "`boss` is not a role; the roles are `end-user`, `builder`, `admin`",
    );
}

#[wasm_bindgen_test]
fn guards() {
    let options = |options: &str, path: &str, message: &str| plan("{ groups: [] }", options, path, message);
    options("[]", "options", "expected an object, found an array");
    options(
        "{ guards: { lastadmin: true } }",
        "options.guards.lastadmin",
        "there is no such field; expected `lastAdmin` or `seats`",
    );
    options(
        "{ guards: { lastAdmin: 1 } }",
        "options.guards.lastAdmin",
        "expected true or false, found a number",
    );
    options(
        "{ guards: { seats: { roles: [] } } }",
        "options.guards.seats.roles",
        "expected an object, found an array",
    );
    options(
        "{ guards: { seats: { roles: { 'a b': { used: 0 } } } } }",
        "options.guards.seats.roles[\"a b\"].limit",
        "this field is required, and missing",
    );
    options(
        "{ guards: { seats: { roles: { boss: { used: 0, limit: 1 } } } } }",
        "options.guards.seats.roles",
        "`boss` is not a role",
    );
}

#[wasm_bindgen_test]
fn settings() {
    let settings = |changes: &str, path: &str, message: &str| {
        let document = with(SETTINGS, changes);
        refused(effective_settings(&document, &"main".into()), path, message);
        refused(
            apply_command(&document, &eval("{ type: 'enable' }"), &eval("{ superAdmin: true }")),
            path,
            message,
        );
        refused(LoginSync::new(&document, &eval("{}")).map(|_| UNDEFINED), path, message);
    };
    settings(
        "{ enabled: 1 }",
        "settings.enabled",
        "expected true or false, found a number",
    );
    settings(
        "{ mapping: undefined }",
        "settings.mapping",
        "this field is required, and missing",
    );
    settings(
        "{ policy: { removal: 'some' } }",
        "settings.policy.removal",
        "expected `all`, `synced`, `mapped` or `none`, found `some`",
    );
    settings(
        "{ colour: 'red' }",
        "settings.colour",
        "there is no such field; expected `version`, `enabled`, `claim`, `mapping`, `policy`, `defaultWorkspace` or `workspaces`",
    );
    settings(
        "{ version: 2 }",
        "settings.version",
        "version 2 is not one that is understood, which is 1",
    );
    settings(
        "{ workspaces: [{ id: 'main', enabled: true }, { id: 'main', enabled: true }] }",
        "settings.workspaces[1].id",
        "the workspace `main` is listed already",
    );
    settings(
        "{ workspaces: [{ id: 'main', enabled: true, claim: { name: '' } }] }",
        "settings.workspaces[0].claim.name",
        "the claim name is empty",
    );
    settings(
        "{ defaultWorkspace: 'team' }",
        "settings.defaultWorkspace",
        "the default workspace `team` is not in the list",
    );
    refused(
        default_settings(&UNDEFINED),
        "defaultWorkspace",
        "this argument is required, and missing",
    );
    refused(
        default_settings(&eval("7")),
        "defaultWorkspace",
        "expected a string, found a number",
    );
    refused(
        effective_settings(&eval(SETTINGS), &"team".into()),
        "workspace",
        "there is no workspace `team` in the list",
    );
}

#[wasm_bindgen_test]
fn commands() {
    let command = |command: &str, path: &str, message: &str| {
        refused(
            apply_command(&eval(SETTINGS), &eval(command), &eval("{ superAdmin: true }")),
            path,
            message,
        );
    };
    command("undefined", "command", "this argument is required, and missing");
    command("'enable'", "command", "expected an object, found the string `enable`");
    command("{}", "command.type", "this field is required, and missing");
    command(
        "{ type: 'inherit', workspace: 'main', field: 'enabled' }",
        "command.field",
        "expected `claim`, `mapping` or `policy`, found `enabled`",
    );
    command(
        "{ type: 'set-claim', claim: { name: 'a', item: 'first' } }",
        "command.claim.item",
        "expected `text`, `last-path-segment`, `ldap-cn` or an object with a `field`, found `first`",
    );
    command(
        "{ type: 'remove-workspace', workspace: 'main', confirmed: 'yes' }",
        "command.confirmed",
        "expected true or false, found the string `yes`",
    );
    let actor = |actor: &str, path: &str, message: &str| {
        refused(
            apply_command(&eval(SETTINGS), &eval("{ type: 'enable' }"), &eval(actor)),
            path,
            message,
        );
    };
    actor("undefined", "actor", "this argument is required, and missing");
    actor("{}", "actor.superAdmin", "this field is required, and missing");
    actor(
        "{ superAdmin: true, id: 'ada' }",
        "actor.id",
        "there is no such field; expected `superAdmin`",
    );
}

#[wasm_bindgen_test]
fn logins() {
    let catalogs = |catalogs: &str, path: &str, message: &str| {
        refused(
            LoginSync::new(&eval(SETTINGS), &eval(catalogs)).map(|_| UNDEFINED),
            path,
            message,
        );
    };
    catalogs("undefined", "catalogs", "this argument is required, and missing");
    catalogs("[]", "catalogs", "expected an object, found an array");
    catalogs("{ main: null }", "catalogs.main", "expected an object, found null");
    catalogs(
        "{ main: {} }",
        "catalogs.main.groups",
        "this field is required, and missing",
    );
    catalogs(
        "{ 'my space': { groups: [{ name: 'a', requires: 'boss' }] } }",
        "catalogs[\"my space\"].groups[0].requires",
        "`boss` is not a role; the roles are `end-user`, `builder`, `admin`",
    );

    let sync = LoginSync::new(&eval(SETTINGS), &eval("{ main: { groups: [] } }"));
    let sync = sync.unwrap_or_else(|thrown| panic!("{}", json(&thrown)));
    let request = |changes: &str, path: &str, message: &str| {
        let request = "{ method: 'oidc', claims: {}, user: { exists: true }, workspaces: [],
            licence: { status: 'active', features: { sso: true, groupSync: true } } }";
        refused(sync.decide(&with(request, changes)), path, message);
    };
    refused(
        sync.decide(&UNDEFINED),
        "request",
        "this argument is required, and missing",
    );
    request(
        "{ method: undefined }",
        "request.method",
        "this field is required, and missing",
    );
    request(
        "{ user: {} }",
        "request.user.exists",
        "this field is required, and missing",
    );
    request(
        "{ user: { exists: true, status: 'gone' } }",
        "request.user.status",
        "expected `active`, `invited` or `archived`, found `gone`",
    );
    request(
        "{ licence: { status: 'active', features: { sso: true } } }",
        "request.licence.features.groupSync",
        "this field is required, and missing",
    );
    request(
        "{ workspaces: [{ id: 'main' }] }",
        "request.workspaces[0].member",
        "this field is required, and missing",
    );
    request(
        "{ workspaces: [{ id: 'main', member: 'active', membership: { groups: ['a'] } }] }",
        "request.workspaces[0].membership.groups[0]",
        "expected an object, found the string `a`",
    );
    request(
        "{ claims: [] }",
        "request.claims",
        "the claims are an array, not an object",
    );
    request(
        "{ claims: null }",
        "request.claims",
        "a login by `oidc` needs the token's claims",
    );
    request(
        "{ claims: { a: [new Map()] } }",
        "request.claims.a[0]",
        "expected a plain object, found a Map",
    );
}

#[wasm_bindgen_test]
fn scenarios() {
    let scenarios = |scenarios: &str, path: &str, message: &str| {
        refused(run_scenarios(&eval(CONFIG), &eval(scenarios)), path, message);
    };
    scenarios("undefined", "scenarios", "this argument is required, and missing");
    scenarios("{}", "scenarios", "expected an array, found an object");
    scenarios("[7]", "scenarios[0]", "expected an object, found a number");
    scenarios(
        "[{ groups: [], expect: {} }]",
        "scenarios[0].name",
        "this field is required, and missing",
    );
    scenarios(
        "[{ name: 'a', groups: [] }]",
        "scenarios[0].expect",
        "this field is required, and missing",
    );
    scenarios(
        "[{ name: 'a', expect: {} }]",
        "scenarios[0]",
        "needs `claims` or `groups`",
    );
    scenarios(
        "[{ name: 'a', groups: [], expect: { outcome: 'allow' } }]",
        "scenarios[0].expect.outcome",
        "expected `resolved`, `no-match`, `keep` or `deny`, found `allow`",
    );
    scenarios(
        "[{ name: 'a', claims: {}, groups: [], expect: {} }]",
        "scenarios[0]",
        "has both `claims` and `groups`; give one of them",
    );
    refused(
        run_scenarios(&eval("{ mapping: '', claim: 'groups' }"), &eval("[]")),
        "config.catalog",
        "this field is required, and missing",
    );
}
