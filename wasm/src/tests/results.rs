//! What plans, logins, settings, comparisons and expectations return: plain objects with exactly the documented properties.

use crate::{GroupSync, Impact, LoginImpact, LoginSync, apply_command, default_settings, run_scenarios};
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use super::javascript::{eval, json};

const CONFIG: &str = "{ mapping: 'x -> a', claim: 'groups', catalog: { groups: [{ name: 'a' }] } }";

fn constructed<T>(result: Result<T, JsValue>) -> T {
    result.unwrap_or_else(|thrown| panic!("{}", json(&thrown)))
}

fn get(value: &JsValue, path: &str) -> JsValue {
    let steps = path.split('.').filter(|step| !step.is_empty());
    steps.fold(value.clone(), |value, step| Reflect::get(&value, &step.into()).unwrap())
}

/// The properties of what stands at a path, in their order. It is a plain object.
fn keys(value: &JsValue, path: &str) -> String {
    let object = get(value, path);
    let prototype = Reflect::get_prototype_of(object.unchecked_ref::<Object>()).unwrap();
    assert!(
        JsValue::from(prototype) == eval("Object.prototype"),
        "{path} is no plain object"
    );
    Object::keys(object.unchecked_ref::<Object>()).join(",").into()
}

#[wasm_bindgen_test]
fn plans() {
    let sync = constructed(GroupSync::new(&eval(CONFIG)));
    let nobody = eval("{ role: null, groups: [] }");
    let plan = sync
        .plan(&eval("{ groups: ['x'] }"), &nobody, &JsValue::UNDEFINED)
        .unwrap();
    assert_eq!(keys(&plan, ""), "status,role,join,leave,keep,blocked,resolution");
    assert_eq!(keys(&plan, "role"), "from,to");
    assert!(
        get(&plan, "role.from").is_null(),
        "a role that nobody has is null, not left out"
    );
    assert_eq!(
        keys(&plan, "resolution"),
        "claim,outcome,role,roleReasons,groups,matches,diagnostics"
    );

    let kept = sync.plan(&eval("{ groups: 7 }"), &nobody, &JsValue::UNDEFINED).unwrap();
    assert_eq!(keys(&kept, ""), "status,reason,role,join,leave,keep,blocked,resolution");
    let full = eval("{ guards: { lastAdmin: true } }");
    let blocked = sync.plan_groups(&eval("[]"), &eval("{ role: 'admin', groups: [] }"), &full);
    assert_eq!(keys(&blocked.unwrap(), "blocked.0"), "change,name,guard");
}

#[wasm_bindgen_test]
fn settings() {
    let settings = default_settings(&"main".into()).unwrap();
    assert_eq!(
        keys(&settings, ""),
        "version,enabled,claim,mapping,policy,defaultWorkspace,workspaces"
    );
    assert_eq!(keys(&settings, "policy"), "", "what nobody chose is not stored");
    assert_eq!(keys(&settings, "workspaces.0"), "id,enabled");
    assert_eq!(get(&settings, "version"), 1);

    let change = |command: &str| apply_command(&settings, &eval(command), &eval("{ superAdmin: true }")).unwrap();
    assert_eq!(keys(&change("{ type: 'enable' }"), ""), "status,settings,diagnostics");
    let added = change("{ type: 'add-workspace', workspace: 'team' }");
    assert_eq!(keys(&added, "settings.workspaces.1"), "id,enabled");
    let added = get(&added, "settings");
    let asked = apply_command(
        &added,
        &eval("{ type: 'remove-workspace', workspace: 'team' }"),
        &eval("{ superAdmin: true }"),
    );
    assert_eq!(keys(&asked.unwrap(), ""), "status,warning,diagnostics");
    let rejected = change("{ type: 'set-mapping', mapping: 'a => b' }");
    assert_eq!(keys(&rejected, ""), "status,code,message,diagnostics");
    assert_eq!(
        keys(&rejected, "diagnostics.0"),
        "code,severity,message,params,span,help,fixes"
    );
    let chosen = change("{ type: 'set-policy', policy: { matchByName: 'groups-only', removal: null } }");
    assert_eq!(keys(&chosen, "settings.policy"), "matchByName");
}

#[wasm_bindgen_test]
fn logins() {
    let settings = default_settings(&"main".into()).unwrap();
    let sync = constructed(LoginSync::new(&settings, &eval("{}")));
    let request = |user: &str| {
        eval(&format!(
            "{{ method: 'password', user: {user}, workspaces: [{{ id: 'main', member: 'active' }}],
                licence: {{ status: 'active', features: {{ sso: true, groupSync: true }} }} }}"
        ))
    };
    let allowed = sync.decide(&request("{ exists: true }")).unwrap();
    assert_eq!(keys(&allowed, ""), "allowed,workspaces,diagnostics");
    assert_eq!(keys(&allowed, "workspaces.0"), "id,plan");
    assert_eq!(
        keys(&allowed, "workspaces.0.plan"),
        "status,reason,role,join,leave,keep,blocked,resolution"
    );
    let refused = sync.decide(&request("{ exists: false }")).unwrap();
    assert_eq!(keys(&refused, ""), "allowed,reason,message,workspaces,diagnostics");
}

#[wasm_bindgen_test]
fn comparisons() {
    let before =
        eval("{ mapping: '', claim: 'groups', catalog: { groups: [{ name: 'a' }] }, policy: { noMatch: 'deny' } }");
    let mut impact = constructed(Impact::new(&before, &eval(CONFIG)));
    let changes = impact
        .push(&"{ \"id\": \"ada\", \"groups\": [\"x\"] }\n{}".into())
        .unwrap();
    assert_eq!(keys(&changes, "0"), "id,effect,before,after");
    assert_eq!(keys(&changes, "0.before"), "role,groups,denied");
    assert_eq!(keys(&changes, "0.after"), "role,groups");
    assert!(get(&changes, "0.before.role").is_null());
    let end = impact.finish().unwrap();
    assert_eq!(keys(&end, ""), "changes,summary");
    assert_eq!(
        keys(&end, "summary"),
        "users,unchanged,denied,admitted,gains,loses,changes,topRoleLost,roles,faults,faultCount"
    );
    assert_eq!(keys(&end, "summary.roles.admin"), "before,after");
    assert_eq!(keys(&end, "summary.faults.0"), "line,message");
    assert_eq!(get(&end, "summary.users"), 1);
}

#[wasm_bindgen_test]
fn comparisons_of_logins() {
    let side = |policy: &str| {
        eval(&format!(
            "{{ settings: {{ version: 1, enabled: true, claim: 'groups', mapping: 'it -> admin', policy: {policy},
                defaultWorkspace: 'main', workspaces: [{{ id: 'main', enabled: true }}] }},
                catalogs: {{ main: {{ groups: [] }} }} }}"
        ))
    };
    let mut impact = constructed(LoginImpact::new(
        &side("{ noMatch: 'keep' }"),
        &side("{ noMatch: 'deny', matchByName: false }"),
    ));
    let line = eval(
        "JSON.stringify({ id: 'ada', method: 'oidc', claims: { groups: [] }, user: { exists: true },
            licence: { status: 'active', features: { sso: true, groupSync: true } },
            workspaces: [{ id: 'main', member: 'active', membership: { role: 'admin', groups: [] } }] }) + '\\n{}'",
    );
    let changes = impact.push(&line).unwrap();
    assert_eq!(keys(&changes, "0"), "id,refused,workspaces");
    assert_eq!(keys(&changes, "0.refused"), "after");
    assert_eq!(
        keys(&changes, "0.workspaces.0"),
        "id,member,effect,before,after,topRoleLost"
    );
    let end = impact.finish().unwrap();
    assert_eq!(
        keys(&end, "summary"),
        "users,unchanged,refused,readmitted,denied,topRoleLost,toConfirm,workspaces,faults,faultCount"
    );
    assert_eq!(
        keys(&end, "summary.workspaces.0"),
        "id,unchanged,denied,admitted,gains,loses,changes,topRoleLost,roles"
    );
    assert_eq!(get(&end, "summary.toConfirm"), 1);
}

#[wasm_bindgen_test]
fn expectations() {
    let results = run_scenarios(
        &eval(CONFIG),
        &eval("[{ name: 'a', groups: [], expect: { role: 'admin' } }]"),
    )
    .unwrap();
    assert_eq!(keys(&results, "0"), "name,passed,differences,resolution");
}
