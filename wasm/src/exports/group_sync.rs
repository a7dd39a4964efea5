//! One configuration, compiled, and expectations of it.

use idp_group_sync::internal::{mismatch, prove_all, run_all};
use idp_group_sync::{
    self as core, ClaimValue, GroupSyncError, Guarantee, Membership, PlanOptions, ResolveOptions, Scenario,
};
use wasm_bindgen::prelude::*;

use super::compile;
use crate::arguments::Arguments;
use crate::buffers::{Written, arguments, write};
use crate::error::thrown;
use crate::numbers::{Names, told, write_plan, write_resolution};

/// A mapping compiled for one application: resolves any number of logins.
#[wasm_bindgen]
pub struct GroupSync(core::GroupSync);

#[wasm_bindgen]
impl GroupSync {
    /// Compiles `config`, where paths begin.
    #[wasm_bindgen(constructor)]
    pub fn new(length: usize) -> Result<GroupSync, JsValue> {
        compile(&mut arguments(length)?, "config", None).map(GroupSync)
    }

    /// The role and groups of a user with these `claims`.
    pub fn resolve(&self, length: usize) -> Written {
        let mut arguments = arguments(length)?;
        let claims = arguments.take_value("claims").map_err(thrown)?;
        let options: ResolveOptions = arguments.take_optional("options").map_err(thrown)?;
        let resolution = self.0.resolve(&claims, options).map_err(thrown)?;
        write(&resolution)
    }

    /// What is numbered, by its numbers.
    pub fn names(&self) -> Written {
        write(&Names::of(&self.0))
    }

    /// The role and groups of a user whose claim is a list of so many names, in numbers; nowhere where there are none.
    #[wasm_bindgen(js_name = resolveByNumber)]
    #[must_use]
    pub fn resolve_by_number(&self, length: usize, names: usize, explain: bool) -> *const u32 {
        told(length, names, 0, |idp_groups, _, output| {
            let (resolution, explained) = self.0.resolve_by_number(idp_groups, explain)?;
            write_resolution(output, &resolution, explained.as_ref());
            Some(())
        })
    }

    /// The role and groups of a user with these IdP `groups`.
    #[wasm_bindgen(js_name = resolveGroups)]
    pub fn resolve_groups(&self, length: usize) -> Written {
        let mut arguments = arguments(length)?;
        let groups = raw_groups(&mut arguments)?;
        let options: ResolveOptions = arguments.take_optional("options").map_err(thrown)?;
        write(&self.0.resolve_raw_groups(&groups, options))
    }

    /// What to change for a user with these `claims` who has this `membership`.
    pub fn plan(&self, length: usize) -> Written {
        let mut arguments = arguments(length)?;
        let claims = arguments.take_value("claims").map_err(thrown)?;
        let membership: Membership = arguments.take("membership").map_err(thrown)?;
        let options: PlanOptions = arguments.take_optional("options").map_err(thrown)?;
        let plan = self.0.plan(&claims, &membership, &options).map_err(thrown)?;
        write(&plan)
    }

    /// What to change for a user whose claim is a list of so many names, in numbers; nowhere where there are none. The membership
    /// is what went in in so many numbers.
    #[wasm_bindgen(js_name = planByNumber)]
    #[must_use]
    pub fn plan_by_number(&self, length: usize, names: usize, numbers: usize, explain: bool) -> *const u32 {
        told(length, names, numbers, |idp_groups, numbers, output| {
            let mut groups = Vec::new();
            let membership = numbers.membership(&mut groups)?;
            let (plan, explained) = self.0.plan_by_number(idp_groups, &membership, explain)?;
            write_plan(output, &plan, explained.as_ref());
            Some(())
        })
    }

    /// What to change for a user with these IdP `groups` who has this `membership`.
    #[wasm_bindgen(js_name = planGroups)]
    pub fn plan_groups(&self, length: usize) -> Written {
        let mut arguments = arguments(length)?;
        let groups = raw_groups(&mut arguments)?;
        let membership: Membership = arguments.take("membership").map_err(thrown)?;
        let options: PlanOptions = arguments.take_optional("options").map_err(thrown)?;
        let plan = self.0.plan_raw_groups(&groups, &membership, &options);
        write(&plan.map_err(thrown)?)
    }
}

/// A user's IdP groups; `None` for one that is not well-formed, and so the name of nothing.
fn raw_groups(arguments: &mut Arguments) -> Result<Vec<Option<String>>, JsValue> {
    let read = |value| match value {
        ClaimValue::List(items) => items
            .into_iter()
            .enumerate()
            .map(|(index, item)| match item {
                ClaimValue::Text(name) => Ok(Some(name)),
                ClaimValue::IllFormedText => Ok(None),
                other => Err(mismatch("a string", &other).within(&format!("[{index}]"))),
            })
            .collect(),
        other => Err(mismatch("an array of strings", &other)),
    };
    let groups = arguments.take_value("groups").map_err(thrown)?;
    read(groups).map_err(|error: GroupSyncError| thrown(error.within("groups")))
}

/// Holds `config` against `scenarios`.
#[wasm_bindgen(js_name = runScenarios)]
pub fn run_scenarios(length: usize) -> Written {
    let mut arguments = arguments(length)?;
    let sync = compile(&mut arguments, "config", Some("config"))?;
    let scenarios: Vec<Scenario> = arguments.take("scenarios").map_err(thrown)?;
    let results = run_all(&sync, &scenarios).map_err(thrown)?;
    write(&results)
}

/// Proves `guarantees` of `config`, or finds who breaks them.
#[wasm_bindgen(js_name = proveGuarantees)]
pub fn prove_guarantees(length: usize) -> Written {
    let mut arguments = arguments(length)?;
    let sync = compile(&mut arguments, "config", Some("config"))?;
    let guarantees: Vec<Guarantee> = arguments.take("guarantees").map_err(thrown)?;
    let results = prove_all(&sync, &guarantees).map_err(thrown)?;
    write(&results)
}
