//! The shared cases through the exports: values go in and come out as JavaScript has them.

use crate::{
    GroupSync, LoginSync, add_entries, apply_command, check_mapping, complete_mapping, default_settings, diff_mappings,
    effective_settings, format_mapping, merge_mappings, parse_mapping, read_groups, run_scenarios, suggest_claims,
};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;

use super::impact::{impact, login_impact};
use super::javascript::{js, json as plain, outcome};
use super::support::cases::{self, Case, carried_out};
use super::support::compare::differences;
use super::support::readable::readable;

/// Runs every case of a file, and then fails with all that went wrong.
pub(crate) fn run(file: &str, text: &str) {
    let cases = cases::read(file, text);
    assert!(!cases.is_empty(), "{file} has no cases");
    let wrong: Vec<String> = cases.iter().flat_map(wrong).collect();
    assert!(wrong.is_empty(), "{file}:\n{}", wrong.join("\n"));
}

fn wrong(case: &Case) -> Vec<String> {
    let aspects = case.expect.iter().flat_map(|(aspect, expected)| {
        let actual = match (compute(case, aspect), aspect.as_str()) {
            (Ok(actual), "error") => return vec![format!("expected an error, got {actual}")],
            (Err(error), "error") => error,
            (Err(error), _) => return vec![format!("unexpected error {error}")],
            (Ok(actual), _) => actual,
        };
        differences(aspect, expected, &readable(case, aspect, actual))
    });
    aspects.map(|fault| format!("  {}: {fault}", case.name)).collect()
}

/// The aspect of the case as JSON, or what was thrown, as JSON too.
fn compute(case: &Case, aspect: &str) -> Result<Value, Value> {
    let text = JsValue::from_str(&case.mapping());
    let config = case.config(None);
    let given = |name: &str, default: Value| js(&case.given_or(name, default));
    match aspect {
        "parse" => outcome(parse_mapping(&text)),
        "check" => outcome(check_mapping(&text, &js(&config["catalog"]), &js(&config["policy"]))),
        "format" => outcome(format_mapping(&text, &JsValue::UNDEFINED)),
        "formatInline" => outcome(format_mapping(&text, &"inline".into())),
        "completions" => {
            let before = &case.mapping()[..case.cursor()];
            let offset = JsValue::from(before.encode_utf16().count());
            outcome(complete_mapping(
                &text,
                &offset,
                &js(&config["catalog"]),
                &given("idpGroups", json!([])),
            ))
        }
        "added" => added(case),
        "merge" => merge(case),
        "claim" => outcome(read_groups(
            &given("claims", Value::Null),
            &given("claim", json!("groups")),
        )),
        "suggestions" => suggestions(case),
        "diff" => diff(case),
        "resolution" => resolution(case),
        "plan" => plan(case, false),
        "replan" => plan(case, true),
        "change" => change(case),
        "effective" => effective(case),
        "login" => login(case),
        "impact" => impact(case),
        "loginImpact" => login_impact(case),
        "scenarios" => scenarios(case),
        "error" => refused(case),
        other => panic!("no such aspect: {other}"),
    }
}

/// Whatever the case gives the input for.
fn refused(case: &Case) -> Result<Value, Value> {
    let is_given = |name: &str| case.given.get(name).is_some();
    if case.given["before"].get("settings").is_some() {
        login_impact(case)
    } else if is_given("users") || is_given("chunks") {
        impact(case)
    } else if is_given("scenarios") {
        scenarios(case)
    } else if is_given("before") {
        diff(case)
    } else if is_given("mine") {
        merge(case)
    } else if is_given("entries") {
        added(case)
    } else if is_given("request") {
        login(case)
    } else if is_given("command") || is_given("commands") {
        change(case)
    } else if is_given("settings") {
        effective(case)
    } else if is_given("membership") {
        plan(case, false)
    } else if is_given("tokens") {
        suggestions(case)
    } else {
        resolution(case)
    }
}

fn suggestions(case: &Case) -> Result<Value, Value> {
    let options = match case.given.get("claim") {
        Some(claim) => json!({ "claim": claim }),
        None => json!({}),
    };
    outcome(suggest_claims(&js(&case.given["tokens"]), &js(&options)))
}

fn added(case: &Case) -> Result<Value, Value> {
    outcome(add_entries(&case.mapping().into(), &js(&case.given["entries"])))
}

fn merge(case: &Case) -> Result<Value, Value> {
    let [base, mine, theirs] = ["base", "mine", "theirs"].map(|name| JsValue::from(case.text(name)));
    outcome(merge_mappings(&base, &mine, &theirs))
}

fn diff(case: &Case) -> Result<Value, Value> {
    let side = |name: &str| js(&case.config(Some(name)));
    outcome(diff_mappings(&side("before"), &side("after")))
}

fn compiled(case: &Case) -> Result<GroupSync, Value> {
    GroupSync::new(&js(&case.config(None))).map_err(|thrown| plain(&thrown))
}

fn resolution(case: &Case) -> Result<Value, Value> {
    let sync = compiled(case)?;
    let options = js(&case.given_or("options", json!({})));
    match case.given.get("groups") {
        Some(groups) => outcome(sync.resolve_groups(&js(groups), &options)),
        None => outcome(sync.resolve(&js(&case.given_or("claims", Value::Null)), &options)),
    }
}

fn plan(case: &Case, again: bool) -> Result<Value, Value> {
    let sync = compiled(case)?;
    let options = js(&case.given_or("options", json!({})));
    let plan = |membership: &Value| match case.given.get("groups") {
        Some(groups) => outcome(sync.plan_groups(&js(groups), &js(membership), &options)),
        None => outcome(sync.plan(&js(&case.given_or("claims", Value::Null)), &js(membership), &options)),
    };
    let membership = &case.given["membership"];
    let first = plan(membership)?;
    if again {
        plan(&carried_out(membership, &first))
    } else {
        Ok(first)
    }
}

fn settings(case: &Case) -> Result<Value, Value> {
    match case.given.get("settings") {
        Some(settings) => Ok(settings.clone()),
        None => outcome(default_settings(&"main".into())),
    }
}

fn change(case: &Case) -> Result<Value, Value> {
    let mut settings = settings(case)?;
    let actor = js(&case.given_or("actor", json!({ "superAdmin": true })));
    let commands = case.commands();
    let (last, first) = commands.split_last().expect("a command is given");
    for command in first {
        let change = outcome(apply_command(&js(&settings), &js(command), &actor))?;
        assert_eq!(change["status"], "applied", "{command}");
        settings = change["settings"].clone();
    }
    outcome(apply_command(&js(&settings), &js(last), &actor))
}

fn effective(case: &Case) -> Result<Value, Value> {
    let workspace = js(&case.given_or("workspace", json!("main")));
    outcome(effective_settings(&js(&settings(case)?), &workspace))
}

fn login(case: &Case) -> Result<Value, Value> {
    let catalogs = js(&case.given_or("catalogs", json!({})));
    let sync = LoginSync::new(&js(&settings(case)?), &catalogs).map_err(|thrown| plain(&thrown))?;
    outcome(sync.decide(&js(&case.given["request"])))
}

fn scenarios(case: &Case) -> Result<Value, Value> {
    outcome(run_scenarios(&js(&case.config(None)), &js(&case.given["scenarios"])))
}
