//! What somebody has in the application, and what a change of it does to them.

use serde::{Deserialize, Serialize};

use crate::catalog::Catalog;
use crate::names::name_set;

/// What somebody has in the application; nothing at all if the login refuses them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Access {
    /// The role, if any: a policy may give none, and a pattern may add none.
    pub role: Option<String>,
    /// The custom groups, in catalog order; for a pattern, captures as written after them.
    pub groups: Vec<String>,
    /// Whether the login refuses the user; it is left out where it does not.
    #[serde(skip_serializing_if = "is_false")]
    #[cfg_attr(feature = "schema", schemars(extend("const" = true)))]
    pub denied: bool,
}

impl Access {
    /// That of somebody whom the login refuses.
    #[must_use]
    pub fn denied() -> Access {
        Access {
            denied: true,
            ..Access::default()
        }
    }
}

/// Whether a flag is one to leave out.
pub(crate) fn is_false(flag: &bool) -> bool {
    !flag
}

/// What a change does to those whom it touches: `denied` and `admitted` if it decides whether they are let in; else `gains` if
/// nothing is lost, `loses` if nothing is gained, and `changes` if both happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Effect {
    /// Who was let in is refused, and so loses everything.
    Denied,
    /// Who was refused is let in.
    Admitted,
    /// Nothing is lost.
    Gains,
    /// Nothing is gained.
    Loses,
    /// Something is gained and something lost.
    Changes,
}

fn rank(catalog: &Catalog, role: &str) -> Option<usize> {
    catalog.roles().iter().position(|name| name == role)
}

/// Whether going from `had` to `gets` takes the highest role of the catalog in force; being refused takes it too.
pub(crate) fn loses_top_role(had: &Access, before: &Catalog, gets: &Access) -> bool {
    let top = before.role(before.top_role());
    had.role.as_deref() == Some(top) && gets.role.as_deref() != Some(top)
}

/// What going from `had` to `gets` does; `None` if they are the same.
pub(crate) fn effect(had: &Access, before: &Catalog, gets: &Access, after: &Catalog) -> Option<Effect> {
    match (had.denied, gets.denied) {
        (false, true) => return Some(Effect::Denied),
        (true, false) => return Some(Effect::Admitted),
        (true, true) => return None,
        (false, false) => {}
    }
    let (had_groups, gets_groups) = (name_set(&had.groups), name_set(&gets.groups));
    let (role_gained, role_lost) = match (&had.role, &gets.role) {
        (had, gets) if had == gets => (false, false),
        (None, _) => (true, false),
        (_, None) => (false, true),
        (Some(had), Some(gets)) => {
            let in_one = |catalog| Some((rank(catalog, had)?, rank(catalog, gets)?));
            match in_one(after).or_else(|| in_one(before)) {
                Some((had, gets)) => (gets > had, gets < had),
                // Roles that no catalog ranks against each other: something is gained, and something lost.
                None => (true, true),
            }
        }
    };
    let gained = role_gained || gets.groups.iter().any(|group| !had_groups.contains(group.as_str()));
    let lost = role_lost || had.groups.iter().any(|group| !gets_groups.contains(group.as_str()));
    match (gained, lost) {
        (false, false) => None,
        (true, false) => Some(Effect::Gains),
        (false, true) => Some(Effect::Loses),
        (true, true) => Some(Effect::Changes),
    }
}
