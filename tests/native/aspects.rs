//! What a case looks at, computed through the Rust surface.

use std::collections::BTreeMap;

use idp_group_sync::{
    Brake, Catalog, ClaimOptions, ClaimValue, Diagnostic, FormatStyle, GroupSync, GroupSyncConfig, GroupSyncError,
    Guarantee, IdpGroup, Impact, InstanceSettings, LoginImpact, LoginSync, Mapping, Membership, NewEntry, PlanOptions,
    Reconciliation, ResolveOptions, Scenario, SettingsChange, SettingsFile, add_entries, apply_command, check,
    complete, diff_mappings, diff_settings, from_json, import_mapping, merge_claims, merge_mappings, merge_summaries,
    prove_guarantees, read_groups, run_scenarios, suggest_claims,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::support::cases::{Case, carried_out};
use crate::support::users::{self, Chunk};

/// The aspect of the case as JSON, or the error, as JSON too.
pub(crate) fn compute(case: &Case, aspect: &str) -> Result<Value, Value> {
    let text = case.mapping();
    let mapping = || Mapping::parse(text.clone());
    match aspect {
        "parse" => {
            let mapping = mapping();
            Ok(json!({ "entries": json(mapping.entries()), "diagnostics": json(mapping.diagnostics()) }))
        }
        "check" => {
            let config = config(&case.config(None), "")?;
            let idp_groups: Vec<IdpGroup> = read(&case.given_or("idpGroups", json!([])), "idpGroups")?;
            Ok(json(&check(&mapping(), &config.catalog, &config.policy, &idp_groups)))
        }
        "format" => mapping().format(FormatStyle::Line).map(Value::from).map_err(error),
        "formatFile" => mapping().format(FormatStyle::File).map(Value::from).map_err(error),
        "formatInline" => mapping().format(FormatStyle::Inline).map(Value::from).map_err(error),
        "completions" => {
            let config = config(&case.config(None), "")?;
            let idp_groups: Vec<IdpGroup> = read(&case.given_or("idpGroups", json!([])), "idpGroups")?;
            Ok(json(&complete(&text, case.cursor(), &config.catalog, &idp_groups)))
        }
        "added" => added(case),
        "imported" => {
            let from = case.given.get("from").map(|from| read(from, "options.from"));
            Ok(json(&import_mapping(&case.text("import"), from.transpose()?)))
        }
        "merge" => merge(case),
        "claim" => {
            let claim: ClaimOptions = read(&case.given_or("claim", json!("groups")), "claim")?;
            let claims = ClaimValue::from(case.given["claims"].clone());
            read_groups(&claims, &claim).map(|groups| json(&groups)).map_err(error)
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
        "settingsFile" => {
            let file: SettingsFile = read(&case.given["file"], "file")?;
            Ok(json!({ "settings": json(&file.settings) }))
        }
        "login" => login(case),
        "reconcile" => reconcile(case),
        "impact" => impact(case),
        "loginImpact" => login_impact(case),
        "reconciliation" => reconciliation(case),
        "mergedSummary" => merged_summary(case),
        "scenarios" => scenarios(case),
        "guarantees" => guarantees(case),
        "error" => compute(case, case.given_aspect()),
        other => panic!("no such aspect: {other}"),
    }
}

fn plan(case: &Case, again: bool) -> Result<Value, Value> {
    let sync = GroupSync::new(config(&case.config(None), "")?).map_err(error)?;
    let options: PlanOptions = read(&case.given_or("options", json!({})), "options")?;
    let plan = |membership: &Value| {
        let membership: Membership = read(membership, "membership")?;
        let plan = if let Some(groups) = case.given.get("groups") {
            let groups: Vec<String> = read(groups, "groups")?;
            let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
            sync.plan_groups(&groups, &membership, &options)
        } else {
            let claims = ClaimValue::from(case.given["claims"].clone());
            sync.plan(&claims, &membership, &options)
        };
        plan.map(|plan| json(&plan)).map_err(error)
    };
    let membership = &case.given["membership"];
    let first = plan(membership)?;
    if again {
        plan(&carried_out(membership, &first))
    } else {
        Ok(first)
    }
}

fn suggestions(case: &Case) -> Result<Value, Value> {
    let claim = case.given.get("claim").map(|claim| read(claim, "options.claim"));
    let claim: Option<ClaimOptions> = claim.transpose()?;
    let tokens: Vec<ClaimValue> = read(&case.given["tokens"], "tokens")?;
    suggest_claims(&tokens, claim.as_ref())
        .map(|found| json(&found))
        .map_err(error)
}

fn merged(case: &Case) -> Result<Value, Value> {
    let [id_token, user_info] = ["idToken", "userInfo"].map(|name| ClaimValue::from(case.given[name].clone()));
    merge_claims(&id_token, &user_info).map(plain).map_err(error)
}

/// Claims as they are compared.
fn plain(claims: ClaimValue) -> Value {
    match claims {
        ClaimValue::Null => Value::Null,
        ClaimValue::Bool(flag) => json!(flag),
        #[allow(clippy::cast_possible_truncation)]
        ClaimValue::Number(number) => json!(number as i64),
        ClaimValue::Text(text) => json!(text),
        ClaimValue::IllFormedText => panic!("no case merges such a text"),
        ClaimValue::List(items) => items.into_iter().map(plain).collect(),
        ClaimValue::Object(claims) => claims.into_iter().map(|(name, value)| (name, plain(value))).collect(),
    }
}

fn settings(case: &Case) -> Result<InstanceSettings, Value> {
    match case.given.get("settings") {
        Some(settings) => read(settings, "settings"),
        None => Ok(InstanceSettings::new("main")),
    }
}

fn change(case: &Case) -> Result<Value, Value> {
    let mut settings = settings(case)?;
    let actor = read(&case.given_or("actor", json!({ "superAdmin": true })), "actor")?;
    let commands = case.commands();
    let (last, first) = commands.split_last().expect("a command is given");
    for command in first {
        settings = match apply_command(&settings, &read(command, "command")?, actor).map_err(error)? {
            SettingsChange::Applied { settings, .. } => *settings,
            other => panic!("{command} was to be applied: {other:?}"),
        };
    }
    apply_command(&settings, &read(last, "command")?, actor)
        .map(|change| json(&change))
        .map_err(error)
}

fn settings_diff(case: &Case) -> Result<Value, Value> {
    let before = case.given.get("settings").map(|settings| read(settings, "before"));
    let before = before.transpose()?.unwrap_or_else(|| InstanceSettings::new("main"));
    let after: InstanceSettings = read(&case.given["later"], "after")?;
    diff_settings(&before, &after).map(|diff| json(&diff)).map_err(error)
}

fn effective(case: &Case) -> Result<Value, Value> {
    let workspace = case.given["workspace"].as_str().unwrap_or("main");
    settings(case)?
        .effective(workspace)
        .map(|effective| json(&effective))
        .map_err(error)
}

fn login(case: &Case) -> Result<Value, Value> {
    let catalogs: BTreeMap<String, Catalog> = read(&case.given_or("catalogs", json!({})), "catalogs")?;
    let sync = LoginSync::new(&settings(case)?, catalogs).map_err(error)?;
    let request = read(&case.given["request"], "request")?;
    sync.decide(&request).map(|outcome| json(&outcome)).map_err(error)
}

fn reconcile(case: &Case) -> Result<Value, Value> {
    let catalogs: BTreeMap<String, Catalog> = read(&case.given_or("catalogs", json!({})), "catalogs")?;
    let sync = LoginSync::new(&settings(case)?, catalogs).map_err(error)?;
    let request = read(&case.given["request"], "request")?;
    sync.reconcile(&request).map(|outcome| json(&outcome)).map_err(error)
}

fn diff(case: &Case) -> Result<Value, Value> {
    let before = config(&case.config(Some("before")), "before")?;
    let after = config(&case.config(Some("after")), "after")?;
    diff_mappings(before, after).map(|diff| json(&diff)).map_err(error)
}

fn impact(case: &Case) -> Result<Value, Value> {
    let before = config(&case.config(Some("before")), "before")?;
    let after = config(&case.config(Some("after")), "after")?;
    let impact = Impact::new(before, after)
        .map_err(error)?
        .with_brake(brake(case)?)
        .map_err(|refused| error(refused.within("brake")))?;
    Ok(fed_every_way(case, |chunks| {
        let mut impact = impact.clone();
        let pushed = chunks.iter().map(|chunk| json(&impact.push(chunk))).collect();
        let (last, summary) = impact.finish();
        (pushed, json(&last), json(&summary))
    }))
}

fn login_impact(case: &Case) -> Result<Value, Value> {
    let side = |name: &str| {
        let given = &case.given[name];
        let settings: InstanceSettings = read(&given["settings"], &format!("{name}.settings"))?;
        let catalogs: BTreeMap<String, Catalog> = read(&given["catalogs"], &format!("{name}.catalogs"))?;
        LoginSync::new(&settings, catalogs).map_err(|refused| {
            let mut refused = error(refused);
            refused["path"] = format!("{name}.{}", refused["path"].as_str().unwrap_or_default()).into();
            refused
        })
    };
    let impact = LoginImpact::new(side("before")?, side("after")?);
    let impact = impact
        .with_brake(brake(case)?)
        .map_err(|refused| error(refused.within("brake")))?;
    Ok(fed_every_way(case, |chunks| {
        let mut impact = impact.clone();
        let pushed = chunks.iter().map(|chunk| json(&impact.push(chunk))).collect();
        let (last, summary) = impact.finish();
        (pushed, json(&last), json(&summary))
    }))
}

fn reconciliation(case: &Case) -> Result<Value, Value> {
    let catalogs: BTreeMap<String, Catalog> = read(&case.given_or("catalogs", json!({})), "config.catalogs")?;
    let settings: InstanceSettings = read(&case.given["settings"], "config.settings")?;
    let sync = LoginSync::new(&settings, catalogs).map_err(|refused| error(refused.within("config")))?;
    let reconciliation = Reconciliation::new(sync);
    let reconciliation = reconciliation
        .with_brake(brake(case)?)
        .map_err(|refused| error(refused.within("brake")))?;
    Ok(fed_every_way(case, |chunks| {
        let mut reconciliation = reconciliation.clone();
        let pushed = chunks.iter().map(|chunk| json(&reconciliation.push(chunk))).collect();
        let (last, summary) = reconciliation.finish();
        (pushed, json(&last), json(&summary))
    }))
}

fn merged_summary(case: &Case) -> Result<Value, Value> {
    let summaries: Vec<ClaimValue> = read(&case.given["summaries"], "summaries")?;
    let merged = merge_summaries(summaries, brake(case)?);
    merged
        .map(|merged| json(&merged))
        .map_err(|refused| match refused.path() {
            "maxShare" => error(refused.within("brake")),
            _ => error(refused.within("summaries")),
        })
}

fn brake(case: &Case) -> Result<Brake, Value> {
    read(&case.given_or("brake", json!({})), "brake")
}

/// What comes of the chunks that are given; the same has to come of the whole text however it is cut.
fn fed_every_way(case: &Case, feed: impl Fn(&[&[u8]]) -> (Vec<Value>, Value, Value)) -> Value {
    let chunks = users::chunks(case);
    let as_given = fed(feed(&chunks.iter().map(Chunk::bytes).collect::<Vec<_>>()));
    let whole = chunks.iter().map(Chunk::bytes).collect::<Vec<_>>().concat();
    for length in users::piece_lengths(whole.len()) {
        let cut = fed(feed(&whole.chunks(*length).collect::<Vec<_>>()));
        for part in ["changes", "summary"] {
            assert_eq!(cut[part], as_given[part], "the {part} in pieces of {length} bytes");
        }
    }
    as_given
}

fn fed((mut pushed, last, summary): (Vec<Value>, Value, Value)) -> Value {
    pushed.push(last);
    let changes: Vec<&Value> = pushed.iter().filter_map(Value::as_array).flatten().collect();
    let ids = |changes: &Value| -> Value {
        let changes = changes.as_array().into_iter().flatten();
        changes.map(|change| change["id"].clone()).collect()
    };
    let pushes: Vec<Value> = pushed.iter().map(ids).collect();
    json!({ "changes": changes, "pushes": pushes, "summary": summary })
}

fn added(case: &Case) -> Result<Value, Value> {
    let entries: Vec<NewEntry> = read(&case.given["entries"], "entries")?;
    let added = add_entries(&case.mapping(), &entries);
    added.map(|added| json(&added)).map_err(error)
}

fn merge(case: &Case) -> Result<Value, Value> {
    let [base, mine, theirs] = ["base", "mine", "theirs"].map(|name| Mapping::parse(case.text(name)));
    let merge = merge_mappings(&base, &mine, &theirs);
    merge.map(|merge| json(&merge)).map_err(error)
}

fn scenarios(case: &Case) -> Result<Value, Value> {
    let config = config(&case.config(None), "config")?;
    let scenarios: Vec<Scenario> = read(&case.given["scenarios"], "scenarios")?;
    run_scenarios(config, &scenarios)
        .map(|results| json(&results))
        .map_err(error)
}

fn guarantees(case: &Case) -> Result<Value, Value> {
    let config = config(&case.config(None), "config")?;
    let guarantees: Vec<Guarantee> = read(&case.given["guarantees"], "guarantees")?;
    prove_guarantees(config, &guarantees)
        .map(|results| json(&results))
        .map_err(error)
}

fn resolution(case: &Case) -> Result<Value, Value> {
    let sync = GroupSync::new(config(&case.config(None), "")?).map_err(error)?;
    let explain = case.given["options"]["explain"].as_bool().unwrap_or(true);
    let options = ResolveOptions::default().with_explain(explain);
    if let Some(groups) = case.given.get("groups") {
        let groups: Vec<String> = read(groups, "groups")?;
        let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
        return Ok(json(&sync.resolve_groups(&groups, options)));
    }
    let claims = ClaimValue::from(case.given["claims"].clone());
    sync.resolve(&claims, options)
        .map(|resolution| json(&resolution))
        .map_err(error)
}

fn json<T: Serialize + ?Sized>(value: &T) -> Value {
    serde_json::to_value(value).unwrap()
}

fn error(error: GroupSyncError) -> Value {
    let diagnostics: &[Diagnostic] = error.diagnostics();
    json!({ "code": error.code().as_str(), "path": error.path(), "message": error.message(), "diagnostics": json(diagnostics) })
}

fn config(given: &Value, name: &str) -> Result<GroupSyncConfig, Value> {
    read(given, name)
}

/// A value as the library reads it; the path of an error begins with `name`.
fn read<T: DeserializeOwned>(value: &Value, name: &str) -> Result<T, Value> {
    from_json(&value.to_string()).map_err(|refused| {
        let mut refused = error(refused);
        let inner = refused["path"].as_str().unwrap();
        refused["path"] = match (name.is_empty() || inner.is_empty(), inner.starts_with('[')) {
            (true, _) | (_, true) => format!("{name}{inner}"),
            (false, false) => format!("{name}.{inner}"),
        }
        .into();
        refused
    })
}
