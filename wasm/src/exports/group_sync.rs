//! One configuration, compiled, and expectations of it.

use idp_group_sync as core;
use wasm_bindgen::prelude::*;

use super::compile;
use crate::error::thrown;
use crate::input;
use crate::json::to_js;

/// A mapping compiled for one application: resolves any number of logins.
#[wasm_bindgen]
pub struct GroupSync(core::GroupSync);

#[wasm_bindgen]
impl GroupSync {
    /// Compiles a configuration.
    #[wasm_bindgen(constructor)]
    pub fn new(#[wasm_bindgen(unchecked_param_type = "unknown")] config: &JsValue) -> Result<GroupSync, JsValue> {
        compile(config, None).map(GroupSync)
    }

    /// The role and groups of a user with these claims.
    #[wasm_bindgen(unchecked_return_type = "Resolution")]
    pub fn resolve(
        &self,
        #[wasm_bindgen(unchecked_param_type = "unknown")] claims: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown")] options: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let claims = input::claims(claims).map_err(thrown)?;
        let options = input::resolve_options(options).map_err(thrown)?;
        let resolution = self.0.resolve(&claims, options).map_err(thrown)?;
        to_js(&resolution)
    }

    /// The role and groups of a user with these IdP groups.
    #[wasm_bindgen(js_name = resolveGroups, unchecked_return_type = "Resolution")]
    pub fn resolve_groups(
        &self,
        #[wasm_bindgen(unchecked_param_type = "unknown")] groups: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown")] options: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let groups = input::groups(groups).map_err(thrown)?;
        let options = input::resolve_options(options).map_err(thrown)?;
        let resolution = self.0.resolve_raw_groups(&groups, options);
        to_js(&resolution)
    }

    /// What to change for a user with these claims who has this membership.
    #[wasm_bindgen(unchecked_return_type = "SyncPlan")]
    pub fn plan(
        &self,
        #[wasm_bindgen(unchecked_param_type = "unknown")] claims: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown")] membership: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown")] options: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let claims = input::claims(claims).map_err(thrown)?;
        let membership = input::membership(membership).map_err(thrown)?;
        let options = input::plan_options(options).map_err(thrown)?;
        let plan = self.0.plan(&claims, &membership, &options).map_err(thrown)?;
        to_js(&plan)
    }

    /// What to change for a user with these IdP groups who has this membership.
    #[wasm_bindgen(js_name = planGroups, unchecked_return_type = "SyncPlan")]
    pub fn plan_groups(
        &self,
        #[wasm_bindgen(unchecked_param_type = "unknown")] groups: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown")] membership: &JsValue,
        #[wasm_bindgen(unchecked_param_type = "unknown")] options: &JsValue,
    ) -> Result<JsValue, JsValue> {
        let groups = input::groups(groups).map_err(thrown)?;
        let membership = input::membership(membership).map_err(thrown)?;
        let options = input::plan_options(options).map_err(thrown)?;
        let plan = self.0.plan_raw_groups(&groups, &membership, &options);
        to_js(&plan.map_err(thrown)?)
    }
}

/// Holds a configuration against expectations.
#[wasm_bindgen(js_name = runScenarios, unchecked_return_type = "ScenarioResult[]")]
pub fn run_scenarios(
    #[wasm_bindgen(unchecked_param_type = "unknown")] config: &JsValue,
    #[wasm_bindgen(unchecked_param_type = "unknown")] scenarios: &JsValue,
) -> Result<JsValue, JsValue> {
    let sync = compile(config, Some("config"))?;
    let scenarios = input::scenarios(scenarios).map_err(thrown)?;
    let results = core::internal::run_all(&sync, &scenarios).map_err(thrown)?;
    to_js(&results)
}
