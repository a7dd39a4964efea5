//! Expectations that live beside a mapping: these groups give this role and these groups.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::claims::{ClaimGroups, read_groups_with_valid_options};
use crate::error::GroupSyncError;
use crate::names::name_set;
use crate::plan::{Membership, PlanOptions};
use crate::resolve::{GroupSync, GroupSyncConfig, Outcome, Resolution, ResolveOptions};
use crate::value::{ClaimValue, read_any};

/// A user, and what is expected for them.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Scenario {
    /// What it is about.
    pub name: String,
    /// The claims of the user's token; or else the groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "schema",
        schemars(with = "Option<serde_json::Map<String, serde_json::Value>>")
    )]
    pub claims: Option<ClaimValue>,
    /// The user's IdP groups; or else the claims.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<String>>,
    /// What the user has already. With it, what is compared is what the user has after the sync.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub membership: Option<Membership>,
    /// What is expected.
    pub expect: Expectation,
}

impl Scenario {
    /// That it can be run: it has claims or groups, and not both.
    pub(crate) fn validate(&self) -> Result<(), GroupSyncError> {
        match (&self.claims, &self.groups) {
            (None, None) => Err(GroupSyncError::invalid_input("", "needs `claims` or `groups`")),
            (Some(_), Some(_)) => Err(GroupSyncError::claims_and_groups()),
            _ => Ok(()),
        }
    }
}

/// What is expected of a scenario; what is absent is not compared. A scenario of which nothing is expected fails.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(remote = "Self", deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Expectation {
    /// The role; `null` where there is to be none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("nullable" = true)))]
    pub role: Option<Option<String>>,
    /// The custom groups, in any order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<String>>,
    /// The outcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
}

impl Serialize for Expectation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Expectation::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Expectation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_any(deserializer, |value| {
            // Here `null` is something to expect, as opposed to a field that is left out.
            let is_without_role =
                matches!(&value, ClaimValue::Object(fields) if fields.get("role") == Some(&ClaimValue::Null));
            let expectation = Expectation::deserialize(value)?;
            Ok(Expectation {
                role: if is_without_role { Some(None) } else { expectation.role },
                ..expectation
            })
        })
    }
}

/// How a scenario came out.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScenarioResult {
    /// The scenario's name.
    pub name: String,
    /// Whether everything is as expected.
    pub passed: bool,
    /// A sentence for each field that is not.
    pub differences: Vec<String>,
    /// What the user's groups resolve to.
    pub resolution: Resolution,
}

/// Holds a configuration against expectations.
///
/// # Errors
/// As [`GroupSync::new`], with a path that begins with `config`, and as [`GroupSync::plan`]; `invalid-input` with the path of a scenario that has neither claims nor groups, or both.
///
/// ```
/// use idp_group_sync::{AppGroup, Catalog, ClaimOptions, GroupSyncConfig, Policy, Scenario, run_scenarios};
///
/// let config = GroupSyncConfig {
///     mapping: "Sales Team -> sales".to_owned(),
///     claim: ClaimOptions::default(),
///     catalog: Catalog::new(None, vec![AppGroup::new("sales")])?,
///     policy: Policy::default(),
/// };
/// let scenarios: Vec<Scenario> = serde_json::from_str(
///     r#"[{ "name": "sales people", "groups": ["Sales Team"], "expect": { "role": "end-user", "groups": ["sales"] } }]"#,
/// ).unwrap();
/// assert!(run_scenarios(config, &scenarios)?[0].passed);
/// # Ok::<(), idp_group_sync::GroupSyncError>(())
/// ```
pub fn run_scenarios(config: GroupSyncConfig, scenarios: &[Scenario]) -> Result<Vec<ScenarioResult>, GroupSyncError> {
    let sync = GroupSync::new(config).map_err(|error| error.within("config"))?;
    run_all(&sync, scenarios)
}

/// The same with a configuration that is compiled.
pub fn run_all(sync: &GroupSync, scenarios: &[Scenario]) -> Result<Vec<ScenarioResult>, GroupSyncError> {
    let results = scenarios
        .iter()
        .enumerate()
        .map(|(index, scenario)| run(sync, scenario).map_err(|error| error.within(&format!("scenarios[{index}]"))));
    results.collect()
}

fn run(sync: &GroupSync, scenario: &Scenario) -> Result<ScenarioResult, GroupSyncError> {
    let claim = claim_of(sync, scenario.claims.as_ref(), scenario.groups.as_deref())?;
    let (resolution, role, groups) = match &scenario.membership {
        None => {
            let resolution = sync.resolve_claim(&claim, ResolveOptions::default());
            let (role, groups) = (resolution.role.clone(), resolution.groups.clone());
            (resolution, role, groups)
        }
        Some(membership) => {
            let plan = sync.plan_claim(&claim, membership, &PlanOptions::default())?;
            let access = plan.access(sync.catalog());
            (plan.resolution, access.role, access.groups)
        }
    };
    let Expectation {
        role: expected_role,
        groups: expected_groups,
        outcome,
    } = &scenario.expect;
    let mut differences = Vec::new();
    if scenario.expect == Expectation::default() {
        // Passing would say that something is as it should be.
        differences.push("expect: nothing is expected; give a role, groups or an outcome".to_owned());
    }
    if let Some(expected) = expected_role.as_ref().filter(|expected| **expected != role) {
        differences.push(format!("role: expected {}, got {}", name(expected), name(&role)));
    }
    if let Some(expected) = expected_groups
        && name_set(expected) != name_set(&groups)
    {
        differences.push(format!(
            "groups: expected {}, got {}",
            listed(expected),
            listed(&groups)
        ));
    }
    if let Some(expected) = outcome.filter(|expected| *expected != resolution.outcome) {
        differences.push(format!("outcome: expected `{expected}`, got `{}`", resolution.outcome));
    }
    Ok(ScenarioResult {
        name: scenario.name.clone(),
        passed: differences.is_empty(),
        differences,
        resolution,
    })
}

/// The IdP groups of a user who is described by claims or by groups.
pub(crate) fn claim_of(
    sync: &GroupSync,
    claims: Option<&ClaimValue>,
    groups: Option<&[String]>,
) -> Result<ClaimGroups, GroupSyncError> {
    match (claims, groups) {
        (Some(claims), None) => read_groups_with_valid_options(claims, sync.claim()),
        (None, Some(groups)) => Ok(ClaimGroups::from_names(groups.iter().map(|group| Some(group.as_str())))),
        (None, None) => Err(GroupSyncError::invalid_input("", "needs `claims` or `groups`")),
        (Some(_), Some(_)) => Err(GroupSyncError::claims_and_groups()),
    }
}

fn name(role: &Option<String>) -> String {
    role.as_ref()
        .map_or_else(|| "none".to_owned(), |role| format!("`{role}`"))
}

fn listed(groups: &[String]) -> String {
    if groups.is_empty() {
        return "none".to_owned();
    }
    groups
        .iter()
        .map(|group| format!("`{group}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
