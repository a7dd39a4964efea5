//! What somebody has in the application, and what a change of it does to them.

use serde::Serialize;

use crate::catalog::Catalog;
use crate::names::names_of;

/// What somebody has in the application.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Access {
    /// The role, if any: a policy may give none, and a pattern may add none.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    pub role: Option<String>,
    /// The custom groups, in catalog order; for a pattern, captures as written after them.
    pub groups: Vec<String>,
}

/// What a change does to those whom it touches: `gains` if nothing is lost, `loses` if nothing is gained, else `changes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Effect {
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

/// What going from `had` to `gets` does; `None` if they are the same.
pub(crate) fn effect(had: &Access, before: &Catalog, gets: &Access, after: &Catalog) -> Option<Effect> {
    let (had_groups, gets_groups) = (names_of(&had.groups), names_of(&gets.groups));
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
    let gained = role_gained || gets.groups.iter().any(|group| !had_groups.contains(group));
    let lost = role_lost || had.groups.iter().any(|group| !gets_groups.contains(group));
    match (gained, lost) {
        (false, false) => None,
        (true, false) => Some(Effect::Gains),
        (false, true) => Some(Effect::Loses),
        (true, true) => Some(Effect::Changes),
    }
}
