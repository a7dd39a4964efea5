//! What the exports take, as the core's types. Every error says where in the arguments the fault is.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use tsify::Tsify;
use wasm_bindgen::JsValue;

use super::read::{self, IllFormed};
use super::shape::{one_of, shaped};
use crate::catalog::{self, CatalogDocument as Catalog};
use crate::claims::{ClaimOptions, ClaimValue};
use crate::diagnostic::shown;
use crate::error::GroupSyncError;
use crate::login::LoginRequest;
use crate::mapping::FormatStyle;
use crate::plan::{Membership, PlanOptions};
use crate::policy::Policy;
use crate::resolve::{self, ResolveOptions};
use crate::scenario::Scenario;
use crate::settings::{Actor, InstanceSettings, SettingsCommand};

/// Everything that decides: the mapping's text, the claim, what can be granted, and the policy.
#[derive(Deserialize, Tsify)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupSyncConfig {
    /// The mapping text.
    mapping: String,
    /// The claim that carries the groups.
    claim: ClaimOptions,
    /// What can be granted.
    catalog: Catalog,
    /// The admin's choices; each has a default.
    #[serde(default)]
    policy: Policy,
}

/// The configuration in an argument. Paths begin at the configuration.
pub(super) fn config(value: &JsValue) -> Result<resolve::GroupSyncConfig, GroupSyncError> {
    let GroupSyncConfig {
        mapping,
        claim,
        catalog,
        policy,
    } = required(value)?;
    Ok(resolve::GroupSyncConfig {
        mapping,
        claim,
        catalog: catalog::Catalog::try_from(catalog).map_err(|error| error.within("catalog"))?,
        policy,
    })
}

/// A mapping text to look at, whatever it holds. U+FFFD stands for a lone surrogate, so offsets stay the same.
pub(super) fn any_text(value: &JsValue) -> Result<String, GroupSyncError> {
    value
        .as_string()
        .ok_or_else(|| GroupSyncError::invalid_input("text", format!("expected a string, found {}", read::kind(value))))
}

/// A mapping text to work with.
pub(super) fn well_formed_text(value: &JsValue) -> Result<String, GroupSyncError> {
    let text = any_text(value)?;
    read::require_well_formed(value, &text).map_err(|error| error.within("text"))?;
    Ok(text)
}

pub(super) fn format_style(value: &JsValue) -> Result<FormatStyle, GroupSyncError> {
    const STYLES: &[(&str, FormatStyle)] = &[("line", FormatStyle::Line), ("inline", FormatStyle::Inline)];
    if is_absent(value) {
        return Ok(FormatStyle::default());
    }
    let word = value.as_string();
    let style = STYLES.iter().find(|(name, _)| word.as_deref() == Some(name));
    style.map(|(_, style)| *style).ok_or_else(|| {
        let found = word.map_or_else(|| read::kind(value).to_owned(), |word| shown(&word));
        let names: Vec<&str> = STYLES.iter().map(|(name, _)| *name).collect();
        GroupSyncError::invalid_input("style", format!("expected {}, found {found}", one_of(&names)))
    })
}

pub(super) fn catalog(value: &JsValue) -> Result<catalog::Catalog, GroupSyncError> {
    required::<Catalog>(value)
        .and_then(catalog::Catalog::try_from)
        .map_err(|error| error.within("catalog"))
}

pub(super) fn policy(value: &JsValue) -> Result<Policy, GroupSyncError> {
    optional(value).map_err(|error| error.within("policy"))
}

pub(super) fn resolve_options(value: &JsValue) -> Result<ResolveOptions, GroupSyncError> {
    optional(value).map_err(|error| error.within("options"))
}

pub(super) fn claim_options(value: &JsValue) -> Result<ClaimOptions, GroupSyncError> {
    required(value).map_err(|error| error.within("claim"))
}

/// The claims of a token. Whether they are an object is for the core to say.
pub(super) fn claims(value: &JsValue) -> Result<ClaimValue, GroupSyncError> {
    given(value)
        .and_then(|()| read::read(value, IllFormed::Keep))
        .map_err(|error| error.within("claims"))
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
    optional(value).map_err(|error| error.within("idpGroups"))
}

/// A user's IdP groups; `None` for one that is not well-formed, and so the name of nothing.
pub(super) fn groups(value: &JsValue) -> Result<Vec<Option<String>>, GroupSyncError> {
    let expected = |what: &str, found: &ClaimValue| {
        GroupSyncError::invalid_input("", format!("expected {what}, found {}", found.kind()))
    };
    let read = || match read::read(value, IllFormed::Keep)? {
        ClaimValue::List(items) => items
            .into_iter()
            .enumerate()
            .map(|(index, item)| match item {
                ClaimValue::Text(name) => Ok(Some(name)),
                ClaimValue::IllFormedText => Ok(None),
                other => Err(expected("a string", &other).within(&format!("[{index}]"))),
            })
            .collect(),
        other => Err(expected("an array of strings", &other)),
    };
    given(value)
        .and_then(|()| read())
        .map_err(|error| error.within("groups"))
}

pub(super) fn membership(value: &JsValue) -> Result<Membership, GroupSyncError> {
    required(value).map_err(|error| error.within("membership"))
}

pub(super) fn plan_options(value: &JsValue) -> Result<PlanOptions, GroupSyncError> {
    optional(value).map_err(|error| error.within("options"))
}

pub(super) fn settings(value: &JsValue) -> Result<InstanceSettings, GroupSyncError> {
    required(value).map_err(|error| error.within("settings"))
}

pub(super) fn command(value: &JsValue) -> Result<SettingsCommand, GroupSyncError> {
    required(value).map_err(|error| error.within("command"))
}

pub(super) fn actor(value: &JsValue) -> Result<Actor, GroupSyncError> {
    required(value).map_err(|error| error.within("actor"))
}

/// An argument that is a string.
pub(super) fn word(value: &JsValue, argument: &str) -> Result<String, GroupSyncError> {
    required(value).map_err(|error| error.within(argument))
}

pub(super) fn empty(argument: &str) -> GroupSyncError {
    GroupSyncError::invalid_input(argument, "this name is empty")
}

/// The catalogs of workspaces, by the workspaces' ids.
pub(super) fn catalogs(value: &JsValue) -> Result<BTreeMap<String, catalog::Catalog>, GroupSyncError> {
    let catalogs: Result<BTreeMap<String, Catalog>, _> = required(value);
    let catalogs = catalogs.map_err(|error| error.within("catalogs"))?;
    let catalogs = catalogs.into_iter().map(|(id, document)| {
        let catalog =
            catalog::Catalog::try_from(document).map_err(|error| error.within(&read::step(&id)).within("catalogs"))?;
        Ok((id, catalog))
    });
    catalogs.collect()
}

pub(super) fn login_request(value: &JsValue) -> Result<LoginRequest, GroupSyncError> {
    required(value).map_err(|error| error.within("request"))
}

pub(super) fn scenarios(value: &JsValue) -> Result<Vec<Scenario>, GroupSyncError> {
    required(value).map_err(|error| error.within("scenarios"))
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

fn required<T: DeserializeOwned>(value: &JsValue) -> Result<T, GroupSyncError> {
    given(value)?;
    shaped(read::read(value, IllFormed::Refuse)?)
}

fn optional<T: DeserializeOwned + Default>(value: &JsValue) -> Result<T, GroupSyncError> {
    if is_absent(value) {
        return Ok(T::default());
    }
    required(value)
}
