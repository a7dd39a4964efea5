//! Holding a result against what is expected: objects in part, everything else exactly.

use serde_json::Value;

/// What differs, each with its path; empty where the result is as expected.
pub(crate) fn differences(path: &str, expected: &Value, actual: &Value) -> Vec<String> {
    match (expected, actual) {
        (Value::Object(expected), Value::Object(actual)) => expected
            .iter()
            .flat_map(|(name, value)| {
                differences(
                    &format!("{path}.{name}"),
                    value,
                    actual.get(name).unwrap_or(&Value::Null),
                )
            })
            .collect(),
        (Value::Array(expected), Value::Array(actual)) if expected.len() == actual.len() => expected
            .iter()
            .zip(actual)
            .enumerate()
            .flat_map(|(index, (expected, actual))| differences(&format!("{path}[{index}]"), expected, actual))
            .collect(),
        _ if expected == actual => Vec::new(),
        _ => vec![format!("{path}: expected {}, got {}", short(expected), short(actual))],
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(400) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text,
    }
}
