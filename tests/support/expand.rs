//! Shorthands for input that is too long to write out.

use serde_json::Value;

/// Writes out `$repeat`, `$numbered` and `$concat`.
pub(crate) fn expand(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(expand).collect(),
        Value::Object(object) => {
            let number = |name: &str| {
                object[name]
                    .as_u64()
                    .and_then(|count| usize::try_from(count).ok())
                    .unwrap()
            };
            match object.keys().next().map(String::as_str) {
                Some("$repeat") => match expand(&object["$repeat"]) {
                    Value::String(text) => text.repeat(number("times")).into(),
                    item => vec![item; number("times")].into(),
                },
                Some("$numbered") => {
                    let template = object["$numbered"].as_str().unwrap();
                    (1..=number("count"))
                        .map(|n| Value::from(template.replace("{}", &n.to_string())))
                        .collect()
                }
                Some("$concat") => object["$concat"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|part| joined(&expand(part)))
                    .collect::<String>()
                    .into(),
                _ => Value::Object(
                    object
                        .iter()
                        .map(|(name, value)| (name.clone(), expand(value)))
                        .collect(),
                ),
            }
        }
        _ => value.clone(),
    }
}

fn joined(part: &Value) -> String {
    match part {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().map(joined).collect(),
        other => panic!("$concat joins strings, not {other}"),
    }
}
