//! JSON Schemas of all that is read and written, made from the types' own serde attributes.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::{
    brake, claims, diff, guarantee, idp_group, impact, impact_totals, import, login, login_impact, mapping, plan,
    reconciliation, resolve, scenario, settings, settings_file, user_lines,
};

/// The JSON Schemas (draft 2020-12) of all that is `read` and all that is `written`, each an object of definitions by the names
/// of the types.
#[must_use]
pub fn schemas() -> Value {
    macro_rules! definitions {
        ($settings:expr, [$($type:ty),* $(,)?]) => {{
            let mut generator = $settings.into_generator();
            $(generator.subschema_for::<$type>();)*
            generator.take_definitions(true)
        }};
    }
    let settings = SchemaSettings::draft2020_12;
    let mut schemas = json!({
        "read": definitions!(settings().for_deserialize(), [
            resolve::GroupSyncConfig,
            resolve::ResolveOptions,
            plan::PlanOptions,
            plan::Membership,
            mapping::NewEntry,
            mapping::FormatStyle,
            import::ImportFormat,
            idp_group::IdpGroup,
            settings::InstanceSettings,
            settings::SettingsCommand,
            settings::Actor,
            login::LoginRequest,
            login::ReconcileRequest,
            brake::Brake,
            scenario::Scenario,
            guarantee::Guarantee,
            settings_file::SettingsFile,
        ]),
        "written": definitions!(settings().for_serialize(), [
            mapping::Mapping,
            mapping::AddedEntries,
            mapping::MappingMerge,
            mapping::Completion,
            import::ImportedMapping,
            claims::ClaimGroups,
            claims::ClaimSuggestions,
            resolve::Resolution,
            plan::SyncPlan,
            diff::MappingDiff,
            diff::SettingsDiff,
            settings::InstanceSettings,
            settings::EffectiveSettings,
            settings::SettingsChange,
            login::LoginOutcome,
            login::ReconcileOutcome,
            impact::ImpactChange,
            impact::ImpactSummary,
            impact_totals::ImpactTotals,
            brake::Braked,
            login_impact::LoginImpactChange,
            login_impact::LoginImpactSummary,
            reconciliation::ReconcileChange,
            reconciliation::ReconcileSummary,
            user_lines::LineFaults,
            scenario::ScenarioResult,
            guarantee::GuaranteeResult,
        ]),
    });
    for (name, outcomes) in outcomes() {
        let schema = schemas.pointer_mut(&format!("/written/{name}"));
        if let Some(schema) = schema.and_then(Value::as_object_mut) {
            schema.insert("oneOf".to_owned(), outcomes);
        }
    }
    schemas
}

/// What only some outcomes have: a program that looks at nothing else first cannot take a refusal for a plan.
fn outcomes() -> [(&'static str, Value); 3] {
    let reason = json!({ "type": "string" });
    [
        (
            "Resolution",
            json!([
                {
                    "properties": { "outcome": { "enum": ["resolved", "no-match"] }, "role": { "type": "string" } },
                    "required": ["outcome", "role", "groups"],
                },
                {
                    "properties": { "outcome": { "enum": ["keep", "deny"] }, "role": { "type": "null" } },
                    "required": ["outcome", "role"],
                },
            ]),
        ),
        (
            "SyncPlan",
            json!([
                {
                    "properties": { "status": { "enum": ["change", "unchanged"] }, "reason": reason },
                    "required": ["status", "role", "join", "leave", "keep"],
                },
                {
                    "properties": {
                        "status": { "const": "skipped" },
                        "reason": reason,
                        "role": {
                            "type": "object",
                            "properties": { "from": { "type": ["string", "null"] } },
                            "required": ["from"],
                        },
                    },
                    "required": ["status", "reason", "role", "keep"],
                },
                {
                    "properties": { "status": { "const": "denied" }, "reason": reason },
                    "required": ["status", "reason"],
                },
            ]),
        ),
        (
            "LoginOutcome",
            json!([
                {
                    "properties": { "allowed": { "const": true }, "reason": false, "message": false },
                    "required": ["allowed"],
                },
                {
                    "properties": { "allowed": { "const": false }, "reason": reason, "message": { "type": "string" } },
                    "required": ["allowed", "reason", "message"],
                },
            ]),
        ),
    ]
}
