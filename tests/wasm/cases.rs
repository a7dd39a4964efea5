//! The shared cases through the exports: values go in and come out as JavaScript has them.

use idp_group_sync::wasm::{
    GroupSync, check_mapping, complete_mapping, diff_mappings, format_mapping, parse_mapping, read_groups,
};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;

use crate::javascript::{js, outcome};
use crate::support::cases::{self, Case};
use crate::support::compare::differences;
use crate::support::places::{Places, without_offsets};

/// Runs every case of a file, and then fails with all that went wrong.
pub(crate) fn run(file: &str, text: &str) {
    let cases = cases::read(file, text);
    assert!(!cases.is_empty(), "{file} has no cases");
    let wrong: Vec<String> = cases.iter().flat_map(wrong).collect();
    assert!(wrong.is_empty(), "{file}:\n{}", wrong.join("\n"));
}

fn wrong(case: &Case) -> Vec<String> {
    let text = Utf16(case.mapping().encode_utf16().collect());
    let aspects = case.expect.iter().flat_map(|(aspect, expected)| {
        let actual = match (compute(case, aspect), aspect.as_str()) {
            (Ok(actual), "error") => return vec![format!("expected an error, got {actual}")],
            (Err(error), "error") => error,
            (Err(error), _) => return vec![format!("unexpected error {error}")],
            (Ok(actual), _) => actual,
        };
        differences(aspect, expected, &without_offsets(&text, actual))
    });
    aspects.map(|fault| format!("  {}: {fault}", case.name)).collect()
}

/// Offsets as JavaScript counts them.
struct Utf16(Vec<u16>);

impl Places for Utf16 {
    fn slice(&self, start: usize, end: usize) -> String {
        // Of two mappings that are compared, the text at hand is neither.
        let units = self.0.get(start..end).unwrap_or_default();
        String::from_utf16(units).expect("an offset is on a character boundary")
    }

    fn length(&self) -> usize {
        self.0.len()
    }

    fn line_and_column(&self, span: &Value) -> (usize, usize) {
        let number = |name: &str| usize::try_from(span[name].as_u64().unwrap()).unwrap();
        (number("line"), number("column"))
    }
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
        "claim" => outcome(read_groups(
            &given("claims", Value::Null),
            &given("claim", json!("groups")),
        )),
        "diff" => diff(case),
        "resolution" => resolution(case),
        "error" if case.given.get("before").is_some() => diff(case),
        "error" => resolution(case),
        other => panic!("no such aspect: {other}"),
    }
}

fn diff(case: &Case) -> Result<Value, Value> {
    let side = |name: &str| js(&case.config(Some(name)));
    outcome(diff_mappings(&side("before"), &side("after")))
}

fn resolution(case: &Case) -> Result<Value, Value> {
    let sync = GroupSync::new(&js(&case.config(None))).map_err(|thrown| crate::javascript::json(&thrown))?;
    let options = js(&case.given_or("options", json!({})));
    match case.given.get("groups") {
        Some(groups) => outcome(sync.resolve_groups(&js(groups), &options)),
        None => outcome(sync.resolve(&js(&case.given_or("claims", Value::Null)), &options)),
    }
}
