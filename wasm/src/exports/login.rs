//! Logins, all workspaces at once.

use std::collections::BTreeMap;

use idp_group_sync::{self as core, Catalog, InstanceSettings, LoginRequest, ReconcileRequest};
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use crate::arguments::Arguments;
use crate::buffers::{Written, arguments, write};
use crate::error::thrown;
use crate::numbers::{LoginNames, told, write_outcome};

/// Settings and catalogs, compiled for every login.
#[wasm_bindgen]
pub struct LoginSync(core::LoginSync);

#[wasm_bindgen]
impl LoginSync {
    /// Compiles `settings` with the `catalogs` of their workspaces.
    #[wasm_bindgen(constructor)]
    pub fn new(length: usize) -> Result<LoginSync, JsValue> {
        let mut arguments = arguments(length)?;
        let settings: InstanceSettings = arguments.take("settings").map_err(thrown)?;
        let catalogs: BTreeMap<String, Catalog> = arguments.take("catalogs").map_err(thrown)?;
        core::LoginSync::new(&settings, catalogs).map(LoginSync).map_err(thrown)
    }

    /// Whether the login of this `request` is allowed, and what it changes in each workspace.
    pub fn decide(&self, length: usize) -> Written {
        let request: LoginRequest = arguments(length)?.take("request").map_err(thrown)?;
        write(&self.0.decide(&request).map_err(thrown)?)
    }

    /// What becomes of the user of whom a directory says this `request`.
    pub fn reconcile(&self, length: usize) -> Written {
        let request: ReconcileRequest = arguments(length)?.take("request").map_err(thrown)?;
        write(&self.0.reconcile(&request).map_err(thrown)?)
    }

    /// What is numbered, by its numbers.
    pub fn names(&self) -> Written {
        write(&LoginNames::of(&self.0))
    }

    /// What the login of a user whose claim is a list of so many names changes, in numbers; nowhere where there are none. All else of
    /// the request is what went in in so many numbers.
    #[wasm_bindgen(js_name = decideByNumber)]
    #[must_use]
    pub fn decide_by_number(&self, length: usize, names: usize, numbers: usize) -> *const u32 {
        told(length, names, numbers, |idp_groups, numbers, output| {
            let request = numbers.login()?;
            let mut groups = Vec::new();
            let workspaces = numbers.workspaces(&mut groups)?;
            write_outcome(output, &self.0.decide_by_number(&request, idp_groups, &workspaces)?);
            Some(())
        })
    }
}

/// The argument of this name, which has settings with the catalogs of their workspaces, compiled.
pub(super) fn login_sync(arguments: &mut Arguments, name: &str) -> Result<core::LoginSync, JsValue> {
    let LoginConfig { settings, catalogs } = arguments.take(name).map_err(thrown)?;
    core::LoginSync::new(&settings, catalogs).map_err(|error| thrown(error.within(name)))
}

/// What a [`core::LoginSync`] is compiled from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LoginConfig {
    settings: InstanceSettings,
    catalogs: BTreeMap<String, Catalog>,
}
