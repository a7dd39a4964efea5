//! Which text the places of a result are in: most are in the mapping that is given, but not all.

use serde_json::Value;

use super::cases::Case;
use super::places::without_offsets;

/// The result of an aspect, its offsets turned into text.
pub(crate) fn readable(case: &Case, aspect: &str, result: Value) -> Value {
    let in_text = |text: String, value: Value| without_offsets(&text.encode_utf16().collect::<Vec<_>>(), value);
    match aspect {
        "change" => in_text(case.command_mapping(), result),
        "imported" => in_text(case.text("import"), result),
        "error" => in_text(case.refused_mapping(&result), result),
        "login" => {
            let mut login = result;
            for planned in login["workspaces"].as_array_mut().into_iter().flatten() {
                let id = planned["id"].as_str().unwrap_or_default();
                let text = case.workspace_mapping(id);
                planned["plan"] = in_text(text, planned["plan"].take());
            }
            login
        }
        _ => in_text(case.mapping(), result),
    }
}
