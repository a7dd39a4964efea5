//! The case files, read, with their shorthands written out.

use serde_json::{Map, Value, json};

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

    /// One of the versions that are merged, or what is imported.
    pub(crate) fn text(&self, name: &str) -> String {
        self.given[name].as_str().unwrap_or_default().to_owned()
    }

    /// The text that the last command sets as a mapping, or that of the entry that it is about.
    pub(crate) fn command_mapping(&self) -> String {
        let last = self.commands().pop().unwrap_or_default();
        let text = last["mapping"].as_str().or(last["entry"].as_str());
        text.unwrap_or_default().to_owned()
    }

    /// The mapping that holds for a workspace: its own, or the instance's.
    pub(crate) fn workspace_mapping(&self, id: &str) -> String {
        let settings = &self.given["settings"];
        let workspaces = settings["workspaces"].as_array();
        let own = workspaces.into_iter().flatten().find(|workspace| workspace["id"] == id);
        let own = own.and_then(|workspace| workspace["mapping"].as_str());
        own.or(settings["mapping"].as_str()).unwrap_or_default().to_owned()
    }

    /// One of the texts in which a workspace differs from the instance's.
    pub(crate) fn workspace_entries(&self, id: &str, text: &str) -> String {
        let workspaces = self.given["settings"]["workspaces"].as_array();
        let own = workspaces.into_iter().flatten().find(|workspace| workspace["id"] == id);
        let text = own.and_then(|workspace| workspace["entries"][text].as_str());
        text.unwrap_or_default().to_owned()
    }

    /// The mapping that is at fault: of those that are compared or merged, the error's path says which.
    pub(crate) fn refused_mapping(&self, error: &Value) -> String {
        let path = error["path"].as_str().unwrap_or_default();
        if matches!(path, "base" | "mine" | "theirs") {
            return self.text(path);
        }
        let side = ["before", "after"].into_iter().find(|side| path.starts_with(side));
        side.map_or_else(
            || self.mapping(),
            |side| {
                self.config(Some(side))["mapping"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned()
            },
        )
    }

    /// The aspect that the input is given for, where all that is expected is an error.
    pub(crate) fn given_aspect(&self) -> &'static str {
        if self.given["before"].get("settings").is_some() {
            return "loginImpact";
        }
        if self.given["request"].get("directory").is_some() {
            return "reconcile";
        }
        if self.given.get("settings").is_some() && self.given.get("users").is_some() {
            return "reconciliation";
        }
        let by_input = [
            ("summaries", "mergedSummary"),
            ("users", "impact"),
            ("chunks", "impact"),
            ("scenarios", "scenarios"),
            ("guarantees", "guarantees"),
            ("file", "settingsFile"),
            ("before", "diff"),
            ("mine", "merge"),
            ("import", "imported"),
            ("entries", "added"),
            ("request", "login"),
            ("command", "change"),
            ("commands", "change"),
            ("settings", "effective"),
            ("membership", "plan"),
            ("tokens", "suggestions"),
            ("idToken", "merged"),
        ];
        let given = by_input.iter().find(|(input, _)| self.given.get(input).is_some());
        given.map_or("resolution", |(_, aspect)| aspect)
    }

    /// The commands that are given, in order.
    pub(crate) fn commands(&self) -> Vec<Value> {
        match self.given.get("commands") {
            Some(Value::Array(commands)) => commands.clone(),
            _ => self.given.get("command").cloned().into_iter().collect(),
        }
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

/// What the user of `membership` has once `plan` is carried out.
pub(crate) fn carried_out(membership: &Value, plan: &Value) -> Value {
    let has = |list: &Value, name: &Value| list.as_array().is_some_and(|names| names.contains(name));
    let present = membership["groups"].as_array().into_iter().flatten();
    let kept = present.filter(|group| has(&plan["keep"], &group["name"])).cloned();
    let joined = plan["join"].as_array().into_iter().flatten();
    let provider = &plan["provider"];
    let joined = joined.map(|name| json!({ "name": name, "grantedBy": "sync", "provider": provider }));
    let role = &plan["role"];
    let (by, role_provider) = match role["from"] == role["to"] {
        true => (&membership["roleGrantedBy"], &membership["roleProvider"]),
        false => (&json!("sync"), provider),
    };
    let groups: Vec<_> = kept.chain(joined).collect();
    json!({ "role": role["to"], "roleGrantedBy": by, "roleProvider": role_provider, "groups": groups })
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
            expect: match expand(&case["expect"]) {
                Value::Object(aspects) => aspects,
                _ => panic!("{file}: a case expects nothing"),
            },
        })
        .collect()
}
