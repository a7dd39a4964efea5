//! What the exports take, as the core's types. Every error says where in the arguments the fault is.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use idp_group_sync::internal::mismatch;
use idp_group_sync::{
    Actor, Catalog, ClaimOptions, ClaimValue, FormatStyle, GroupSyncConfig, GroupSyncError, InstanceSettings,
    LoginRequest, LoginSync, Membership, NewEntry, PlanOptions, Policy, ResolveOptions, Scenario, SettingsCommand,
};

use super::read::{self, IllFormed};

/// The configuration in an argument. Paths begin at the configuration.
pub(super) fn config(value: &JsValue) -> Result<GroupSyncConfig, GroupSyncError> {
    required(value, IllFormed::Refuse)
}

/// A mapping text to look at, whatever it holds. U+FFFD stands for a lone surrogate, so offsets stay the same.
pub(super) fn any_text(value: &JsValue) -> Result<String, GroupSyncError> {
    text(value, "text")
}

/// A mapping text to work with, in the argument of this name.
pub(super) fn well_formed_text(value: &JsValue, name: &str) -> Result<String, GroupSyncError> {
    let text = text(value, name)?;
    read::require_well_formed(value, &text).map_err(|error| error.within(name))?;
    Ok(text)
}

fn text(value: &JsValue, name: &str) -> Result<String, GroupSyncError> {
    value
        .as_string()
        .ok_or_else(|| GroupSyncError::invalid_input(name, format!("expected a string, found {}", read::kind(value))))
}

/// Entries to be added to a mapping.
pub(super) fn new_entries(value: &JsValue) -> Result<Vec<NewEntry>, GroupSyncError> {
    argument(value, "entries")
}

pub(super) fn format_style(value: &JsValue) -> Result<FormatStyle, GroupSyncError> {
    optional(value, "style")
}

pub(super) fn catalog(value: &JsValue) -> Result<Catalog, GroupSyncError> {
    argument(value, "catalog")
}

pub(super) fn policy(value: &JsValue) -> Result<Policy, GroupSyncError> {
    optional(value, "policy")
}

pub(super) fn resolve_options(value: &JsValue) -> Result<ResolveOptions, GroupSyncError> {
    optional(value, "options")
}

pub(super) fn claim_options(value: &JsValue) -> Result<ClaimOptions, GroupSyncError> {
    argument(value, "claim")
}

/// The claims of a token. Whether they are an object is for the core to say.
pub(super) fn claims(value: &JsValue) -> Result<ClaimValue, GroupSyncError> {
    given(value)
        .and_then(|()| read::read(value, IllFormed::Keep))
        .map_err(|error| error.within("claims"))
}

/// The claims of several tokens. Whether each is an object is for the core to say.
pub(super) fn tokens(value: &JsValue) -> Result<Vec<ClaimValue>, GroupSyncError> {
    given(value)
        .and_then(|()| read::read(value, IllFormed::Keep))
        .and_then(Vec::deserialize)
        .map_err(|error| error.within("tokens"))
}

/// How claims are suggested.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct SuggestOptions {
    /// The claim that is configured.
    pub(super) claim: Option<ClaimOptions>,
}

pub(super) fn suggest_options(value: &JsValue) -> Result<SuggestOptions, GroupSyncError> {
    optional(value, "options")
}

/// A cursor's place, in UTF-16 code units.
pub(super) fn offset(value: &JsValue) -> Result<usize, GroupSyncError> {
    let is_offset = |number: &f64| *number >= 0.0 && number.fract() == 0.0;
    // A place past any text is as good as its end, so that a huge one may lose its size.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let offset = value.as_f64().filter(is_offset).map(|number| number as usize);
    offset.ok_or_else(|| {
        let found = match value.as_f64() {
            Some(_) => "another number",
            None => read::kind(value),
        };
        GroupSyncError::invalid_input("offset", format!("expected a whole number from 0, found {found}"))
    })
}

/// Names of IdP groups to offer.
pub(super) fn idp_groups(value: &JsValue) -> Result<Vec<String>, GroupSyncError> {
    optional(value, "idpGroups")
}

/// A user's IdP groups; `None` for one that is not well-formed, and so the name of nothing.
pub(super) fn groups(value: &JsValue) -> Result<Vec<Option<String>>, GroupSyncError> {
    let read = || match read::read(value, IllFormed::Keep)? {
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
    given(value)
        .and_then(|()| read())
        .map_err(|error| error.within("groups"))
}

pub(super) fn membership(value: &JsValue) -> Result<Membership, GroupSyncError> {
    argument(value, "membership")
}

pub(super) fn plan_options(value: &JsValue) -> Result<PlanOptions, GroupSyncError> {
    optional(value, "options")
}

pub(super) fn settings(value: &JsValue) -> Result<InstanceSettings, GroupSyncError> {
    argument(value, "settings")
}

pub(super) fn command(value: &JsValue) -> Result<SettingsCommand, GroupSyncError> {
    argument(value, "command")
}

pub(super) fn actor(value: &JsValue) -> Result<Actor, GroupSyncError> {
    argument(value, "actor")
}

/// A workspace's id.
pub(super) fn workspace(value: &JsValue, name: &str) -> Result<String, GroupSyncError> {
    argument(value, name)
}

/// The catalogs of workspaces, by the workspaces' ids.
pub(super) fn catalogs(value: &JsValue) -> Result<BTreeMap<String, Catalog>, GroupSyncError> {
    argument(value, "catalogs")
}

/// Settings with the catalogs of their workspaces, in the argument of this name, compiled for logins.
pub(super) fn login_sync(value: &JsValue, name: &str) -> Result<LoginSync, GroupSyncError> {
    argument::<LoginConfig>(value, name).and_then(|LoginConfig { settings, catalogs }| {
        LoginSync::new(&settings, catalogs).map_err(|error| error.within(name))
    })
}

/// What [`LoginSync`] is compiled from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LoginConfig {
    settings: InstanceSettings,
    catalogs: BTreeMap<String, Catalog>,
}

pub(super) fn login_request(value: &JsValue) -> Result<LoginRequest, GroupSyncError> {
    required(value, IllFormed::KeepInClaims).map_err(|error| error.within("request"))
}

pub(super) fn scenarios(value: &JsValue) -> Result<Vec<Scenario>, GroupSyncError> {
    required(value, IllFormed::KeepInClaims).map_err(|error| error.within("scenarios"))
}

fn is_absent(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}

fn given(value: &JsValue) -> Result<(), GroupSyncError> {
    if value.is_undefined() {
        return Err(GroupSyncError::invalid_input(
            "",
            "this argument is required, and missing",
        ));
    }
    Ok(())
}

fn required<T: DeserializeOwned>(value: &JsValue, ill_formed: IllFormed) -> Result<T, GroupSyncError> {
    given(value)?;
    T::deserialize(read::read(value, ill_formed)?)
}

/// The argument of this name.
fn argument<T: DeserializeOwned>(value: &JsValue, name: &str) -> Result<T, GroupSyncError> {
    required(value, IllFormed::Refuse).map_err(|error| error.within(name))
}

/// The argument of this name, which may be left out.
fn optional<T: DeserializeOwned + Default>(value: &JsValue, name: &str) -> Result<T, GroupSyncError> {
    if is_absent(value) {
        return Ok(T::default());
    }
    argument(value, name)
}
