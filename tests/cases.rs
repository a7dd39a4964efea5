//! The shared cases on the Rust surface: one test per case.

// wasm-pack builds every test program; this one is for native Rust alone.
#![cfg_attr(target_arch = "wasm32", no_main)]
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

mod support;

use std::process::ExitCode;

use idp_group_sync::{
    AppGroup, Catalog, ClaimOptions, ClaimValue, Diagnostic, FormatStyle, GroupSync, GroupSyncConfig, GroupSyncError,
    LineIndex, Mapping, Policy, ResolveOptions, Span, check, complete, diff_mappings, read_groups,
};
use libtest_mimic::{Arguments, Failed, Trial};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use support::cases::Case;
use support::compare::differences;
use support::places::{Places, without_offsets};

fn main() -> ExitCode {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let mut trials = Vec::new();
    for file in files {
        let topic = file.file_stem().unwrap().to_string_lossy().into_owned();
        for case in support::cases::read(&topic, &std::fs::read_to_string(&file).unwrap()) {
            trials.push(Trial::test(format!("{topic}: {}", case.name), move || run(&case)));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn run(case: &Case) -> Result<(), Failed> {
    let mut wrong = Vec::new();
    let text = case.mapping();
    let bytes = Bytes {
        text: &text,
        index: LineIndex::new(&text),
    };
    for (aspect, expected) in &case.expect {
        let actual = match (compute(case, aspect), aspect.as_str()) {
            (Err(error), "error") => error,
            (Ok(actual), "error") => return Err(format!("expected an error, got {actual}").into()),
            (Err(error), _) => return Err(format!("{aspect}: unexpected error {error}").into()),
            (Ok(actual), _) => actual,
        };
        let actual = without_offsets(&bytes, actual);
        wrong.extend(differences(aspect, expected, &actual));
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n").into())
    }
}

/// Offsets as Rust counts them.
struct Bytes<'t> {
    text: &'t str,
    index: LineIndex<'t>,
}

impl Places for Bytes<'_> {
    fn slice(&self, start: usize, end: usize) -> String {
        Span::new(start, end).of(self.text).to_owned()
    }

    fn length(&self) -> usize {
        self.text.len()
    }

    fn line_and_column(&self, span: &Value) -> (usize, usize) {
        let start = usize::try_from(span["start"].as_u64().unwrap()).unwrap();
        let position = self.index.position(start);
        (position.line, position.column)
    }
}

/// The aspect of the case as JSON, or the error, as JSON too.
fn compute(case: &Case, aspect: &str) -> Result<Value, Value> {
    let text = case.mapping();
    let mapping = || Mapping::parse(text.clone());
    match aspect {
        "parse" => {
            let mapping = mapping();
            Ok(json!({ "entries": json(mapping.entries()), "diagnostics": json(mapping.diagnostics()) }))
        }
        "check" => {
            let config = config(&case.config(None), "")?;
            Ok(json(&check(&mapping(), &config.catalog, &config.policy)))
        }
        "format" => mapping().format(FormatStyle::Line).map(Value::from).map_err(error),
        "formatInline" => mapping().format(FormatStyle::Inline).map(Value::from).map_err(error),
        "completions" => {
            let config = config(&case.config(None), "")?;
            let idp_groups: Vec<String> = from_json(&case.given_or("idpGroups", json!([])), "idpGroups")?;
            Ok(json(&complete(&text, case.cursor(), &config.catalog, &idp_groups)))
        }
        "claim" => {
            let claim: ClaimOptions = from_json(&case.given_or("claim", json!("groups")), "claim")?;
            let claims = ClaimValue::from(case.given["claims"].clone());
            read_groups(&claims, &claim).map(|groups| json(&groups)).map_err(error)
        }
        "diff" => diff(case),
        "resolution" => resolution(case),
        "error" if case.given.get("before").is_some() => diff(case),
        "error" => resolution(case),
        other => panic!("no such aspect: {other}"),
    }
}

fn diff(case: &Case) -> Result<Value, Value> {
    let before = config(&case.config(Some("before")), "before.")?;
    let after = config(&case.config(Some("after")), "after.")?;
    diff_mappings(before, after).map(|diff| json(&diff)).map_err(error)
}

fn resolution(case: &Case) -> Result<Value, Value> {
    let sync = GroupSync::new(config(&case.config(None), "")?).map_err(error)?;
    let explain = case.given["options"]["explain"].as_bool().unwrap_or(true);
    let options = ResolveOptions { explain };
    if let Some(groups) = case.given.get("groups") {
        let groups: Vec<String> = from_json(groups, "groups")?;
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

fn from_json<T: DeserializeOwned>(value: &Value, path: &str) -> Result<T, Value> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let inner = error.path().to_string();
        let separator = if inner == "." || inner.starts_with('[') {
            ""
        } else {
            "."
        };
        let path = format!("{path}{separator}{}", inner.trim_start_matches('.'));
        json!({ "code": "invalid-input", "path": path, "message": error.to_string(), "diagnostics": [] })
    })
}

fn config(given: &Value, prefix: &str) -> Result<GroupSyncConfig, Value> {
    let path = |name: &str| format!("{prefix}{name}");
    let roles: Option<Vec<String>> = from_json(&given["catalog"]["roles"], &path("catalog.roles"))?;
    let groups: Vec<AppGroup> = from_json(&given["catalog"]["groups"], &path("catalog.groups"))?;
    let catalog = Catalog::new(roles, groups).map_err(|refused| {
        let mut refused = error(refused);
        refused["path"] = format!("{}.{}", path("catalog"), refused["path"].as_str().unwrap()).into();
        refused
    })?;
    Ok(GroupSyncConfig {
        mapping: from_json(&given["mapping"], &path("mapping"))?,
        claim: from_json::<ClaimOptions>(&given["claim"], &path("claim"))?,
        catalog,
        policy: from_json::<Policy>(&given["policy"], &path("policy"))?,
    })
}
