//! A decision in numbers: entries, groups, roles and IdP groups by their places. Words are put to it where they are wanted.
//!
//! A role is its rank, counted from the lowest; a group its place in the catalog. A target is either: a rank, or the number of
//! roles plus the place of a group.

use super::resolution::{MatchedVia, Outcome};

/// What [`Resolution`](super::Resolution) says, by number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberedResolution {
    /// Whether there is a result, and if not, what the policy says.
    pub outcome: Outcome,
    /// The role; `None` where the outcome is [`Outcome::Keep`] or [`Outcome::Deny`].
    pub role: Option<u32>,
    /// The custom groups to be in, ascending.
    pub groups: Vec<u32>,
    /// Why this role.
    pub role_reasons: Vec<NumberedReason>,
}

/// Why a user has a role; see [`RoleReason`](super::RoleReason).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberedReason {
    /// Nothing grants or needs a role, so it is the lowest.
    Default,
    /// This IdP group grants it, by its place among those that were given.
    RoleGroup(u32),
    /// This custom group needs it.
    RequiredBy(u32),
    /// The user has it already, and the policy keeps it.
    Kept,
}

/// What each IdP group did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explained {
    /// One for each IdP group.
    pub matches: Vec<NumberedMatch>,
    /// What they grant, one IdP group after the other.
    pub grants: Vec<NumberedGrant>,
    /// Whether there are more grants than are listed.
    pub(super) is_cut: bool,
    /// Whether a group that matches nothing has near misses.
    pub(super) has_near_misses: bool,
    /// How much is listed, of [`MAX_EXPLAINED_GRANTS`](super::MAX_EXPLAINED_GRANTS).
    pub(super) listed: usize,
    /// Whether conditions grant something.
    pub(super) has_conditions: bool,
    /// The conditions that are not met: the place of an IdP group that is in a term, and the entry.
    pub(super) unmet: Vec<(u32, u32)>,
    /// Whether there are more of them than are listed.
    pub(super) is_unmet_cut: bool,
}

/// What one IdP group did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberedMatch {
    /// How it matched.
    pub via: MatchedVia,
    /// How many grants are its own.
    pub grants: u32,
}

/// One thing that an IdP group grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberedGrant {
    /// The role or group; `None` for a target that is neither.
    pub target: Option<u32>,
    /// The entry behind it; `None` for a match by name.
    pub entry: Option<u32>,
}

/// The number of a place in a text or a list.
#[expect(
    clippy::cast_possible_truncation,
    reason = "limits keep texts and lists far below 2^32"
)]
pub(crate) fn number(place: usize) -> u32 {
    place as u32
}
