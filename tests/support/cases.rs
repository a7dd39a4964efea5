//! The case files, read, with their shorthands written out.

use serde_json::{Map, Value};

use super::expand::expand;

/// One case: what is given, and what has to come of it.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) given: Value,
    /// By aspect.
    pub(crate) expect: Map<String, Value>,
}

impl Case {
    /// The text of the mapping that is given, without the cursor.
    pub(crate) fn mapping(&self) -> String {
        self.given["mapping"].as_str().unwrap_or_default().replace(CURSOR, "")
    }

    /// The byte offset of the cursor in [`Case::mapping`].
    pub(crate) fn cursor(&self) -> usize {
        self.given["mapping"]
            .as_str()
            .and_then(|text| text.find(CURSOR))
            .expect("completions are asked for at a cursor")
    }

    /// What is given under `name`, or what stands for it where it is not.
    pub(crate) fn given_or(&self, name: &str, default: Value) -> Value {
        self.given.get(name).cloned().unwrap_or(default)
    }

    /// The configuration that is given, or that stands under `before` or `after`, as the JavaScript surface takes it.
    pub(crate) fn config(&self, side: Option<&str>) -> Value {
        let given = side.map_or(&self.given, |side| &self.given[side]);
        let mut config = Map::new();
        let groups = Map::from_iter([("groups".to_owned(), Value::Array(Vec::new()))]);
        for (name, default) in [
            ("mapping", Value::from("")),
            ("claim", Value::from("groups")),
            ("catalog", Value::Object(groups)),
            ("policy", Value::Object(Map::new())),
        ] {
            config.insert(name.to_owned(), given.get(name).cloned().unwrap_or(default));
        }
        Value::Object(config)
    }
}

/// Stands in a mapping where completions are asked for.
pub(crate) const CURSOR: char = '‸';

/// Reads one case file.
pub(crate) fn read(file: &str, text: &str) -> Vec<Case> {
    let document: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let cases = document["cases"]
        .as_array()
        .unwrap_or_else(|| panic!("{file} has no cases"));
    cases
        .iter()
        .map(|case| Case {
            name: case["name"]
                .as_str()
                .unwrap_or_else(|| panic!("{file}: a case has no name"))
                .to_owned(),
            given: expand(&case["given"]),
            expect: case["expect"]
                .as_object()
                .unwrap_or_else(|| panic!("{file}: a case expects nothing"))
                .clone(),
        })
        .collect()
}
