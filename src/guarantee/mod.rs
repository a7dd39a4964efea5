//! Guarantees: what no token gives, proved rather than tried.
//!
//! Each grant asks for a conjunction: IdP groups that have to be there, patterns that some group has to match, and groups and
//! patterns that must not be there. Grants only add, so a user reaches a role or group exactly if one such conjunction holds
//! for them, and each can be decided by itself. `docs/guarantees.md` says why that is exact.

mod capture;
mod demand;
mod outside;
mod search;

use serde::{Deserialize, Serialize};

use crate::catalog::{Catalog, GroupIndex, RoleRank, not_a_role};
use crate::error::GroupSyncError;
use crate::mapping::{Mapping, Source, TargetKind};
use crate::names::folded;
use crate::policy::{Compare, compared, required_source};
use crate::resolve::{Grant, GroupSync, GroupSyncConfig, fold_source};
pub(crate) use capture::Captured;
pub(crate) use demand::{Demand, Inventor};
pub use search::MAX_PROVING_EFFORT;
pub(crate) use search::{Book, compared_names};

/// Something that has to hold for every token there could be: one of `only` and `never`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Guarantee {
    /// What it is about.
    pub name: String,
    /// Nobody reaches this without one of these IdP groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only: Option<Reach>,
    /// Whoever has one of these IdP groups does not reach this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub never: Option<Reach>,
}

/// A role or a custom group, and IdP groups.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reach {
    /// The role, which a higher one reaches too; or else the group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The custom group; or else the role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The IdP groups, by their exact names.
    pub groups: Vec<String>,
}

/// What is known of a guarantee: it `holds`, it `fails`, or it is `unknown`, as telling would take too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Verdict {
    /// No token breaks it.
    Holds,
    /// The counterexample breaks it.
    Fails,
    /// None was found that breaks it, and not all was looked at.
    Unknown,
}

/// How a guarantee came out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GuaranteeResult {
    /// The guarantee's name.
    pub name: String,
    /// Whether it holds.
    pub verdict: Verdict,
    /// A user who breaks it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counterexample: Option<Counterexample>,
    /// The fields of the policy by which somebody could keep the role or group, whatever their token gives.
    pub outside: Vec<&'static str>,
    /// The guarantee's IdP groups that neither an entry nor the catalog names.
    pub unnamed: Vec<String>,
}

/// A user who breaks a guarantee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Counterexample {
    /// All IdP groups of the user, of which none can be left out. An invented one stands for those that a pattern matches.
    pub idp_groups: Vec<String>,
    /// What gives the role or group; nothing where everybody has the lowest role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grant: Option<Grant>,
    /// The role that the granted group requires, where the guarantee is about a role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requires: Option<String>,
    /// The whole in one English sentence.
    pub text: String,
}

/// What a guarantee is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    /// That one is not refused.
    Admission,
    Role(RoleRank),
    Group(GroupIndex),
}

/// Proves guarantees, or finds who breaks them, each with an effort of at most [`MAX_PROVING_EFFORT`].
///
/// # Errors
/// As [`GroupSync::new`], with a path that begins with `config`; `invalid-input` with the path of what is wrong in a guarantee.
///
/// ```
/// use idp_group_sync::{Catalog, ClaimOptions, Guarantee, GroupSyncConfig, Policy, Verdict, prove_guarantees};
///
/// let config = GroupSyncConfig {
///     mapping: "IT-Admins -> admin, okta-* -> admin".to_owned(),
///     claim: ClaimOptions::default(),
///     catalog: Catalog::default(),
///     policy: Policy::default(),
/// };
/// let guarantees: Vec<Guarantee> = serde_json::from_str(
///     r#"[{ "name": "IT", "only": { "role": "admin", "groups": ["IT-Admins", "admin"] } }]"#,
/// ).unwrap();
/// let results = prove_guarantees(config, &guarantees)?;
/// let broken_by = results[0].counterexample.as_ref().unwrap();
/// assert_eq!(broken_by.idp_groups, ["okta-x"]);
/// assert_eq!(broken_by.text, "a user in `okta-x` alone becomes `admin`, by line 1");
/// # Ok::<(), idp_group_sync::GroupSyncError>(())
/// ```
pub fn prove_guarantees(
    config: GroupSyncConfig,
    guarantees: &[Guarantee],
) -> Result<Vec<GuaranteeResult>, GroupSyncError> {
    let sync = GroupSync::new(config).map_err(|error| error.within("config"))?;
    prove_all(&sync, guarantees)
}

/// The same with a configuration that is compiled.
pub fn prove_all(sync: &GroupSync, guarantees: &[Guarantee]) -> Result<Vec<GuaranteeResult>, GroupSyncError> {
    let policy = sync.policy();
    let (mut mapping, mut requirement) = (sync.mapping(), required_source(&policy.require)?);
    if policy.compare == Compare::IgnoreCase {
        fold(&mut mapping, requirement.as_mut());
    }
    let names = compared_names(sync);
    // What a guarantee names is never what is made up.
    let reaches = guarantees
        .iter()
        .flat_map(|guarantee| [&guarantee.only, &guarantee.never]);
    let guaranteed = reaches.flatten().flat_map(|reach| &reach.groups);
    let guaranteed: Vec<String> = guaranteed
        .map(|name| compared(name, policy.compare).into_owned())
        .collect();
    let book = Book::of(sync, &mapping, requirement.as_ref(), &names, &guaranteed);
    let results = guarantees.iter().enumerate().map(|(index, guarantee)| {
        prove(&book, guarantee).map_err(|error| error.within(&format!("guarantees[{index}]")))
    });
    results.collect()
}

/// Folds all that IdP groups are held against, and what captures come to.
pub(crate) fn fold(mapping: &mut Mapping, requirement: Option<&mut Source>) {
    for entry in &mut mapping.entries {
        if entry.target.kind == TargetKind::Capture {
            entry.target.text = folded(&entry.target.text);
        }
    }
    let sources = mapping.entries.iter_mut().map(|entry| &mut entry.source);
    sources.chain(requirement).for_each(fold_source);
}

impl Guarantee {
    /// That it says something, whatever can be granted.
    pub(crate) fn validate(&self) -> Result<(), GroupSyncError> {
        self.demand().map(|_| ())
    }

    /// The field that it has, what that says, and whether it is `never`.
    fn demand(&self) -> Result<(&'static str, &Reach, bool), GroupSyncError> {
        let (field, reach, is_never) = match (&self.only, &self.never) {
            (Some(reach), None) => ("only", reach, false),
            (None, Some(reach)) => ("never", reach, true),
            (None, None) => return Err(GroupSyncError::invalid_input("", "needs `only` or `never`")),
            (Some(_), Some(_)) => {
                let message = "has both `only` and `never`; give one of them";
                return Err(GroupSyncError::invalid_input("", message));
            }
        };
        reach.validate(is_never).map_err(|error| error.within(field))?;
        Ok((field, reach, is_never))
    }
}

impl Reach {
    fn validate(&self, is_never: bool) -> Result<(), GroupSyncError> {
        if self.groups.is_empty() && is_never {
            let message = "names no IdP group, so it says nothing";
            return Err(GroupSyncError::invalid_input("groups", message));
        }
        if let Some(place) = self.groups.iter().position(String::is_empty) {
            let path = format!("groups[{place}]");
            return Err(GroupSyncError::invalid_input(path, "an IdP group's name is empty"));
        }
        match (&self.role, &self.group) {
            (None, None) => Err(GroupSyncError::invalid_input("", "needs `role` or `group`")),
            (Some(_), Some(_)) => {
                let message = "has both `role` and `group`; give one of them";
                Err(GroupSyncError::invalid_input("", message))
            }
            _ => Ok(()),
        }
    }

    fn goal(&self, catalog: &Catalog) -> Result<Goal, GroupSyncError> {
        if let Some(role) = &self.role {
            let rank = catalog.role_rank(role).map(Goal::Role);
            return rank.ok_or_else(|| not_a_role(role, catalog.roles()).within("role"));
        }
        let group = self.group.as_deref().unwrap_or_default();
        let place = catalog.group_index(group).map(Goal::Group);
        place.ok_or_else(|| GroupSyncError::invalid_input("group", format!("`{group}` is not a group")))
    }
}

fn prove(book: &Book<'_>, guarantee: &Guarantee) -> Result<GuaranteeResult, GroupSyncError> {
    let (field, reach, is_never) = guarantee.demand()?;
    let goal = reach.goal(book.catalog()).map_err(|error| error.within(field))?;
    let compare = book.policy().compare;
    let idp_groups = reach.groups.iter().map(|name| compared(name, compare).into_owned());
    let idp_groups: Vec<String> = idp_groups.collect();
    let (counterexample, is_incomplete) = book.counterexample(goal, &idp_groups, is_never);
    let verdict = match (&counterexample, is_incomplete) {
        (Some(_), _) => Verdict::Fails,
        (None, true) => Verdict::Unknown,
        (None, false) => Verdict::Holds,
    };
    Ok(GuaranteeResult {
        name: guarantee.name.clone(),
        verdict,
        counterexample,
        outside: outside::fields(goal, book.catalog(), book.policy()),
        unnamed: book.unnamed(&reach.groups),
    })
}
