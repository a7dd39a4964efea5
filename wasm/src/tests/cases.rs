//! The shared cases through the exports, as text.

use crate::{
    GroupSync, LoginSync, add_entries, apply_command, check_mapping, check_subject, complete_mapping, default_settings,
    diff_mappings, diff_settings, effective_settings, format_mapping, import_mapping, merge_mappings, merge_summaries,
    parse_mapping, prove_guarantees, read_groups, read_settings_file, run_scenarios, suggest_claims,
};
use serde_json::{Value, json};

use super::entries::in_words;
use super::impact::{impact, login_impact, reconciliation};
use super::support::cases::{self, Case, carried_out};
use super::support::compare::differences;
use super::support::readable::readable;
use super::text::{call, construct};

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
    let text = case.mapping();
    let config = case.config(None);
    match aspect {
        "parse" => call(parse_mapping, &json!({ "text": text })).map(|parsed| in_words(&text, parsed)),
        "check" => {
            let (catalog, policy) = (&config["catalog"], &config["policy"]);
            call(
                check_mapping,
                &json!({ "text": text, "catalog": catalog, "policy": policy, "idpGroups": case.given_or("idpGroups", json!([])) }),
            )
        }
        "format" => call(format_mapping, &json!({ "text": text })),
        "formatInline" => call(format_mapping, &json!({ "text": text, "style": "inline" })),
        "formatFile" => call(format_mapping, &json!({ "text": text, "style": "file" })),
        "completions" => {
            let offset = text[..case.cursor()].encode_utf16().count();
            let idp_groups = case.given_or("idpGroups", json!([]));
            let arguments =
                json!({ "text": text, "offset": offset, "catalog": config["catalog"], "idpGroups": idp_groups });
            call(complete_mapping, &arguments)
        }
        "added" => added(case),
        "imported" => {
            let from = case.given_or("from", Value::Null);
            call(
                import_mapping,
                &json!({ "text": case.text("import"), "options.from": from }),
            )
        }
        "merge" => merge(case),
        "claim" => {
            let claims = case.given_or("claims", Value::Null);
            let claim = case.given_or("claim", json!("groups"));
            call(read_groups, &json!({ "claims": claims, "claim": claim }))
        }
        "suggestions" => suggestions(case),
        "merged" => merged(case),
        "diff" => diff(case),
        "resolution" => resolution(case),
        "plan" => plan(case, false),
        "replan" => plan(case, true),
        "change" => change(case),
        "effective" => effective(case),
        "settingsDiff" => settings_diff(case),
        "settingsFile" => call(read_settings_file, &json!({ "file": case.given["file"] }))
            .map(|settings| json!({ "settings": settings })),
        "login" => login(case),
        "reconcile" => reconcile(case),
        "impact" => impact(case),
        "loginImpact" => login_impact(case),
        "reconciliation" => reconciliation(case),
        "mergedSummary" => call(
            merge_summaries,
            &json!({ "summaries": case.given["summaries"], "brake": case.given["brake"] }),
        ),
        "scenarios" => scenarios(case),
        "guarantees" => guarantees(case),
        "error" => compute(case, case.given_aspect()),
        other => panic!("no such aspect: {other}"),
    }
}

fn suggestions(case: &Case) -> Result<Value, Value> {
    let options = match case.given.get("claim") {
        Some(claim) => json!({ "claim": claim }),
        None => json!({}),
    };
    call(
        suggest_claims,
        &json!({ "tokens": case.given["tokens"], "options": options }),
    )
}

/// The wrapper puts together what the engine says is of one user.
fn merged(case: &Case) -> Result<Value, Value> {
    let (mut merged, user_info) = (case.given["idToken"].clone(), &case.given["userInfo"]);
    call(check_subject, &json!({ "idToken": merged, "userInfo": user_info }))?;
    for (name, value) in user_info.as_object().expect("it was looked at") {
        merged[name] = value.clone();
    }
    Ok(merged)
}

fn added(case: &Case) -> Result<Value, Value> {
    call(
        add_entries,
        &json!({ "text": case.mapping(), "entries": case.given["entries"] }),
    )
}

fn merge(case: &Case) -> Result<Value, Value> {
    let [base, mine, theirs] = ["base", "mine", "theirs"].map(|name| case.text(name));
    call(merge_mappings, &json!({ "base": base, "mine": mine, "theirs": theirs }))
}

fn diff(case: &Case) -> Result<Value, Value> {
    let side = |name: &str| case.config(Some(name));
    call(
        diff_mappings,
        &json!({ "before": side("before"), "after": side("after") }),
    )
}

fn compiled(case: &Case) -> Result<GroupSync, Value> {
    construct(GroupSync::new, &json!({ "config": case.config(None) }))
}

fn resolution(case: &Case) -> Result<Value, Value> {
    let sync = compiled(case)?;
    let options = case.given_or("options", json!({}));
    match case.given.get("groups") {
        Some(groups) => {
            let arguments = json!({ "groups": groups, "options": options });
            call(|length| sync.resolve_groups(length), &arguments)
        }
        None => {
            let arguments = json!({ "claims": case.given_or("claims", Value::Null), "options": options });
            call(|length| sync.resolve(length), &arguments)
        }
    }
}

fn plan(case: &Case, again: bool) -> Result<Value, Value> {
    let sync = compiled(case)?;
    let options = case.given_or("options", json!({}));
    let plan = |membership: &Value| match case.given.get("groups") {
        Some(groups) => {
            let arguments = json!({ "groups": groups, "membership": membership, "options": options });
            call(|length| sync.plan_groups(length), &arguments)
        }
        None => {
            let claims = case.given_or("claims", Value::Null);
            let arguments = json!({ "claims": claims, "membership": membership, "options": options });
            call(|length| sync.plan(length), &arguments)
        }
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
        None => call(default_settings, &json!({ "defaultWorkspace": "main" })),
    }
}

fn change(case: &Case) -> Result<Value, Value> {
    let mut settings = settings(case)?;
    let actor = case.given_or("actor", json!({ "superAdmin": true }));
    let apply = |settings: &Value, command: &Value| {
        let arguments = json!({ "settings": settings, "command": command, "actor": actor });
        call(apply_command, &arguments)
    };
    let commands = case.commands();
    let (last, first) = commands.split_last().expect("a command is given");
    for command in first {
        let change = apply(&settings, command)?;
        assert_eq!(change["status"], "applied", "{command}");
        settings = change["settings"].clone();
    }
    apply(&settings, last)
}

fn effective(case: &Case) -> Result<Value, Value> {
    let workspace = case.given_or("workspace", json!("main"));
    call(
        effective_settings,
        &json!({ "settings": settings(case)?, "workspace": workspace }),
    )
}

fn settings_diff(case: &Case) -> Result<Value, Value> {
    call(
        diff_settings,
        &json!({ "before": settings(case)?, "after": case.given["later"] }),
    )
}

fn login_sync(case: &Case) -> Result<LoginSync, Value> {
    let catalogs = case.given_or("catalogs", json!({}));
    construct(
        LoginSync::new,
        &json!({ "settings": settings(case)?, "catalogs": catalogs }),
    )
}

fn reconcile(case: &Case) -> Result<Value, Value> {
    let sync = login_sync(case)?;
    call(
        |length| sync.reconcile(length),
        &json!({ "request": case.given["request"] }),
    )
}

fn login(case: &Case) -> Result<Value, Value> {
    let sync = login_sync(case)?;
    call(
        |length| sync.decide(length),
        &json!({ "request": case.given["request"] }),
    )
}

fn scenarios(case: &Case) -> Result<Value, Value> {
    let arguments = json!({ "config": case.config(None), "scenarios": case.given["scenarios"] });
    call(run_scenarios, &arguments)
}

fn guarantees(case: &Case) -> Result<Value, Value> {
    let arguments = json!({ "config": case.config(None), "guarantees": case.given["guarantees"] });
    call(prove_guarantees, &arguments)
}
