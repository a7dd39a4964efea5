//! JSON Schemas of all that is read and written, made from the types' own serde attributes.

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::{
    brake, claims, diff, guarantee, idp_group, impact, impact_totals, import, login, login_impact, mapping, plan,
    resolve, scenario, settings, user_lines,
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
    json!({
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
            user_lines::LineFaults,
            scenario::ScenarioResult,
            guarantee::GuaranteeResult,
        ]),
    })
}
