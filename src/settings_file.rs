//! Settings with what is expected of them, as one file: what the admin page exports and the command line reads.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use crate::catalog::Catalog;
use crate::error::GroupSyncError;
use crate::guarantee::Guarantee;
use crate::scenario::Scenario;
use crate::settings::InstanceSettings;
use crate::value::{ClaimValue, mismatch, read_any, take};

/// The settings of an instance, what is expected of them, and what can be granted. In the file, `scenarios` and `guarantees` stand
/// beside the instance's settings and in each workspace, and `catalogs` beside the instance's.
///
/// It is read whole or not at all: settings that mean nothing are refused, and so are expectations that could never be run.
///
/// ```
/// use idp_group_sync::{SettingsFile, from_json};
///
/// let file: SettingsFile = from_json(r#"{
///     "version": 1, "enabled": true, "claim": "groups", "mapping": "IT -> admin", "policy": {}, "defaultWorkspace": "main",
///     "workspaces": [{ "id": "main", "enabled": true }],
///     "scenarios": [{ "name": "IT", "groups": ["IT"], "expect": { "role": "admin" } }]
/// }"#)?;
/// assert_eq!(file.settings.mapping, "IT -> admin");
/// assert_eq!(file.expectations[0].scenarios[0].name, "IT");
/// # Ok::<(), idp_group_sync::GroupSyncError>(())
/// ```
#[derive(Clone, Debug)]
pub struct SettingsFile {
    /// The settings, without the rest.
    pub settings: InstanceSettings,
    /// Those of the instance, then those of each workspace of the sync list.
    pub expectations: Vec<Expectations>,
    /// What can be granted in each workspace, by its id; where the file says so.
    pub catalogs: BTreeMap<String, Catalog>,
}

/// What is expected of the settings of the instance, or of a workspace.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectations {
    /// The workspace's id; `None` for the instance.
    pub workspace: Option<String>,
    /// Users, and what they should get.
    pub scenarios: Vec<Scenario>,
    /// What has to hold for every token.
    pub guarantees: Vec<Guarantee>,
}

impl<'de> Deserialize<'de> for SettingsFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_any(deserializer, SettingsFile::read)
    }
}

impl SettingsFile {
    fn read(mut file: ClaimValue) -> Result<SettingsFile, GroupSyncError> {
        let ClaimValue::Object(fields) = &mut file else {
            return Err(mismatch("an object", &file));
        };
        // Which schema an editor holds the file against.
        take(fields, "$schema");
        let catalogs = take(fields, "catalogs");
        let instance = Unread::out_of(fields);
        let mut unread = Vec::new();
        if let Some(ClaimValue::List(workspaces)) = fields.get_mut("workspaces") {
            unread.extend(workspaces.iter_mut().map(|workspace| match workspace {
                ClaimValue::Object(fields) => Unread::out_of(fields),
                _ => Unread::default(),
            }));
        }
        // First of all the version: nothing is guessed about another one.
        let settings = InstanceSettings::deserialize(file)?;
        settings.validate()?;
        let mut expectations = vec![instance.read(None)?];
        for (index, (unread, workspace)) in unread.into_iter().zip(&settings.workspaces).enumerate() {
            let read = unread.read(Some(workspace.id.clone()));
            expectations.push(read.map_err(|error| error.within(&format!("workspaces[{index}]")))?);
        }
        Ok(SettingsFile {
            settings,
            expectations,
            catalogs: field("catalogs", catalogs)?,
        })
    }
}

/// What stands beside settings, as it stands.
#[derive(Default)]
struct Unread {
    scenarios: Option<ClaimValue>,
    guarantees: Option<ClaimValue>,
}

impl Unread {
    fn out_of(fields: &mut BTreeMap<String, ClaimValue>) -> Unread {
        Unread {
            scenarios: take(fields, "scenarios"),
            guarantees: take(fields, "guarantees"),
        }
    }

    fn read(self, workspace: Option<String>) -> Result<Expectations, GroupSyncError> {
        let scenarios: Vec<Scenario> = field("scenarios", self.scenarios)?;
        for (index, scenario) in scenarios.iter().enumerate() {
            let valid = scenario.validate();
            valid.map_err(|error| error.within(&format!("scenarios[{index}]")))?;
        }
        let guarantees: Vec<Guarantee> = field("guarantees", self.guarantees)?;
        for (index, guarantee) in guarantees.iter().enumerate() {
            let valid = guarantee.validate();
            valid.map_err(|error| error.within(&format!("guarantees[{index}]")))?;
        }
        Ok(Expectations {
            workspace,
            scenarios,
            guarantees,
        })
    }
}

fn field<T: DeserializeOwned + Default>(name: &str, value: Option<ClaimValue>) -> Result<T, GroupSyncError> {
    let read = value.map(|value| T::deserialize(value).map_err(|error| error.within(name)));
    read.transpose().map(Option::unwrap_or_default)
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for SettingsFile {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "SettingsFile".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        use crate::settings::WorkspaceSettings;

        let described = |about: &str, mut schema: schemars::Schema| {
            schema.insert("description".to_owned(), about.into());
            schema
        };
        let scenarios = described(
            "Users, and what they should get here.",
            generator.subschema_for::<Vec<Scenario>>(),
        );
        let guarantees = described(
            "What has to hold here for every token.",
            generator.subschema_for::<Vec<Guarantee>>(),
        );
        let catalogs = described(
            "What can be granted in each workspace, by its id.",
            generator.subschema_for::<BTreeMap<String, Catalog>>(),
        );
        let with = |mut schema: schemars::Schema, fields: &[(&str, &schemars::Schema)]| {
            if let Some(serde_json::Value::Object(properties)) = schema.get_mut("properties") {
                for (name, field) in fields {
                    properties.insert((*name).to_owned(), (*field).clone().to_value());
                }
            }
            schema
        };
        let expectations = [("scenarios", &scenarios), ("guarantees", &guarantees)];
        let workspace = with(WorkspaceSettings::json_schema(generator), &expectations);
        let mut file = with(InstanceSettings::json_schema(generator), &expectations);
        let schema = described(
            "The address of this schema, for editors; it changes nothing.",
            generator.subschema_for::<String>(),
        );
        file = with(file, &[("catalogs", &catalogs), ("$schema", &schema)]);
        if let Some(items) = file.pointer_mut("/properties/workspaces/items") {
            *items = workspace.to_value();
        }
        file.insert(
            "description".to_owned(),
            "The settings of an instance with what is expected of them, as one file.".into(),
        );
        file
    }
}
