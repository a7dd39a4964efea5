//! What a user has in a workspace, and what guards a change of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a user has in a workspace at present.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Membership {
    /// The role; `null` for a user who is not a member yet.
    #[cfg_attr(feature = "schema", schemars(with = "String", extend("type" = ["string", "null"])))]
    pub role: Option<String>,
    /// Who gave the role; one of which that is not known counts as given by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_granted_by: Option<GrantedBy>,
    /// The provider whose sync gave the role, if one did and there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_provider: Option<String>,
    /// The custom groups.
    pub groups: Vec<MemberGroup>,
}

impl Membership {
    /// That of a user who has this role, and is in no custom group.
    #[must_use]
    pub fn new(role: impl Into<String>) -> Self {
        Membership::default().with_role(role.into())
    }
}

with! { Membership:
    with_role(role: Option<String>),
    with_role_granted_by(role_granted_by: Option<GrantedBy>),
    with_role_provider(role_provider: Option<String>),
    with_groups(groups: Vec<MemberGroup>),
}

/// A custom group that a user is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MemberGroup {
    /// The group's name.
    pub name: String,
    /// Who put the user there; a group of which that is not known counts as put there by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub granted_by: Option<GrantedBy>,
    /// The provider whose sync did, if one did and there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
}

impl MemberGroup {
    /// A group of which nobody knows who put the user there.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        MemberGroup {
            name: name.into(),
            granted_by: None,
            provider: None,
        }
    }
}

with! { MemberGroup:
    with_granted_by(granted_by: Option<GrantedBy>),
    with_provider(provider: Option<String>),
}

/// Who gave a user a role, or put them into a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum GrantedBy {
    /// A group sync.
    Sync,
    /// An admin.
    Manual,
}

/// Facts about the workspace that keep a change from being made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Guards {
    /// Whether the user is the only one with the highest role. Left out, it is not known: then nothing is refused, and a plan that
    /// lowers the highest role says so.
    pub last_admin: Option<bool>,
    /// Groups of the catalog in which the user is the only member: while the last admin is protected, none of them is left for want of an
    /// IdP group.
    pub last_in: Vec<String>,
    /// How many seats the licence has, and how many are taken.
    pub seats: Seats,
}

with! { Guards:
    with_last_admin(last_admin: Option<bool>),
    with_last_in(last_in: Vec<String>),
    with_seats(seats: Seats),
}

/// Seats of a licence. What is absent is not limited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Seats {
    /// Seats of users, whatever their role. Only the login of a new user looks at them.
    pub total: Option<Seat>,
    /// Seats of a role, by its name.
    pub(super) roles: BTreeMap<String, Seat>,
    /// Seats of a group, by its name.
    pub(super) groups: BTreeMap<String, Seat>,
}

/// Seats of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Seat {
    /// How many are taken.
    pub used: u64,
    /// How many there are.
    pub limit: u64,
}

impl Seat {
    /// Whether one is left.
    #[must_use]
    pub fn is_left(self) -> bool {
        self.used < self.limit
    }
}

with! { Seats:
    with_total(total: Option<Seat>),
}

impl Seats {
    /// The same seats, with those of `role`.
    #[must_use]
    pub fn with_role(mut self, role: &str, seat: Seat) -> Self {
        self.roles.insert(role.to_owned(), seat);
        self
    }

    /// The same seats, with those of `group`.
    #[must_use]
    pub fn with_group(mut self, group: &str, seat: Seat) -> Self {
        self.groups.insert(group.to_owned(), seat);
        self
    }

    /// Whether a seat of this group is left, or its seats are not limited.
    #[must_use]
    pub fn has_group_left(&self, group: &str) -> bool {
        self.groups.get(group).is_none_or(|seat| seat.is_left())
    }

    /// Whether a seat of this role is left, or its seats are not limited.
    #[must_use]
    pub fn has_role_left(&self, role: &str) -> bool {
        self.roles.get(role).is_none_or(|seat| seat.is_left())
    }
}
