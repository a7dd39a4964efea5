//! Which text the places of a result are in: most are in the mapping that is given, but not all.

use serde_json::Value;

use super::cases::Case;
use super::places::without_offsets;

/// The result of an aspect, its offsets turned into text.
pub(crate) fn readable(case: &Case, aspect: &str, result: Value) -> Value {
    let in_text = |text: String, value: Value| without_offsets(&text.encode_utf16().collect::<Vec<_>>(), value);
    match aspect {
        "imported" => in_text(case.text("import"), result),
        "change" => {
            let command = case.commands().pop().unwrap_or_default();
            let said = |object: &Value| command["entries"][object["params"]["field"].as_str()?].as_str();
            in_text(case.command_mapping(), in_own_text(result, &said))
        }
        "effective" => {
            let workspace = case.given["workspace"].as_str().unwrap_or("main");
            in_text(case.workspace_entries(workspace, "without"), result)
        }
        "error" => in_text(case.refused_mapping(&result), result),
        "login" | "reconcile" => {
            let mut login = result;
            for planned in login["workspaces"].as_array_mut().into_iter().flatten() {
                let id = planned["id"].as_str().unwrap_or_default();
                let (text, own) = (case.workspace_mapping(id), case.workspace_entries(id, "add"));
                let said = |object: &Value| {
                    let says = object["text"] == "workspace" || object["params"]["text"] == "workspace";
                    says.then_some(own.as_str())
                };
                planned["plan"] = in_text(text, in_own_text(planned["plan"].take(), &said));
            }
            login
        }
        _ => in_text(case.mapping(), result),
    }
}

/// The objects of which `said` knows another text, their offsets turned into that.
fn in_own_text<'t>(value: Value, said: &dyn Fn(&Value) -> Option<&'t str>) -> Value {
    if let Some(text) = said(&value) {
        return without_offsets(&text.encode_utf16().collect::<Vec<_>>(), value);
    }
    match value {
        Value::Array(items) => items.into_iter().map(|item| in_own_text(item, said)).collect(),
        Value::Object(object) => object
            .into_iter()
            .map(|(name, item)| (name, in_own_text(item, said)))
            .collect(),
        other => other,
    }
}
