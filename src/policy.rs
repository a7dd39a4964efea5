//! What happens where the mapping has no say: names that match by themselves, nobody matching, claims that can't be read.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::catalog::{Catalog, Grantable};

/// Whether an IdP group that no entry names grants the role or custom group of the same name: `true` by default, `false`, or
/// `groups-only` for custom groups and never a role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(
    target_arch = "wasm32",
    derive(tsify::Tsify),
    tsify(type = r#"boolean | "groups-only""#)
)]
pub enum MatchByName {
    /// It does (`true`).
    #[default]
    RolesAndGroups,
    /// It grants a custom group, never a role (`"groups-only"`): for instances where anyone at the IdP may name a group `admin`.
    GroupsOnly,
    /// It grants nothing (`false`).
    Never,
}

const GROUPS_ONLY: &str = "groups-only";

impl Serialize for MatchByName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            MatchByName::RolesAndGroups => serializer.serialize_bool(true),
            MatchByName::GroupsOnly => serializer.serialize_str(GROUPS_ONLY),
            MatchByName::Never => serializer.serialize_bool(false),
        }
    }
}

impl<'de> Deserialize<'de> for MatchByName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = MatchByName;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "true, false or `{GROUPS_ONLY}`")
            }

            fn visit_bool<E>(self, by_name: bool) -> Result<MatchByName, E> {
                Ok(if by_name {
                    MatchByName::RolesAndGroups
                } else {
                    MatchByName::Never
                })
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<MatchByName, E> {
                if text == GROUPS_ONLY {
                    Ok(MatchByName::GroupsOnly)
                } else {
                    Err(E::invalid_value(serde::de::Unexpected::Str(text), &self))
                }
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// Declares a choice that is written as one of a few words, with its default.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
        pub enum $name { $($(#[$variant_doc])* $variant),* }
    };
}

choice! {
    /// What becomes of a user whose IdP groups grant nothing known: `default-role` gives the lowest role and no groups,
    /// `keep` changes nothing, `deny` refuses the user.
    NoMatch {
        /// The lowest role and no groups.
        #[default]
        DefaultRole,
        /// Nothing changes.
        Keep,
        /// The workspace refuses the user.
        Deny,
    }
}

choice! {
    /// What a token without the claim means: `no-groups` is the same as an empty claim, `keep` changes nothing, `deny`
    /// refuses the user.
    MissingClaim {
        /// The user has no IdP groups: many IdPs leave out an empty claim.
        #[default]
        NoGroups,
        /// Nothing changes.
        Keep,
        /// The workspace refuses the user.
        Deny,
    }
}

choice! {
    /// What happens where the claim is malformed or incomplete: `keep` changes nothing, `deny` refuses the user.
    UnreadableClaim {
        /// Nothing changes.
        #[default]
        Keep,
        /// The workspace refuses the user.
        Deny,
    }
}

choice! {
    /// The role of a user whose IdP groups grant none: `infer` takes what the joined groups need, else the lowest;
    /// `promote-only` never lowers the present role; `keep` changes it only where a group needs more.
    RoleWithoutRoleGroup {
        /// What the joined groups need, else the lowest.
        #[default]
        Infer,
        /// The same, but never below the present role.
        PromoteOnly,
        /// The present role, unless a group needs more.
        Keep,
    }
}

choice! {
    /// Which present groups a user leaves when the IdP groups no longer grant them: `all`, those that were `synced`, those
    /// `mapped` by this mapping, or `none`.
    Removal {
        /// All of them.
        #[default]
        All,
        /// Only those that a sync granted.
        Synced,
        /// Only those that this mapping can grant.
        Mapped,
        /// None.
        None,
    }
}

choice! {
    /// Who joins a workspace by signing in: whoever is `matched` by an IdP group, `all`, or `none`.
    NonMembers {
        /// Whoever has an IdP group that matches.
        #[default]
        Matched,
        /// Everyone.
        All,
        /// Nobody.
        None,
    }
}

/// The choices of an admin, each with a default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Policy {
    /// Whether IdP groups match roles and groups of the same name; `true` by default.
    pub match_by_name: MatchByName,
    /// What becomes of a user whose IdP groups grant nothing; `default-role` by default.
    pub no_match: NoMatch,
    /// What a token without the claim means; `no-groups` by default.
    pub missing_claim: MissingClaim,
    /// What happens where the claim can't be read; `keep` by default.
    pub unreadable_claim: UnreadableClaim,
    /// The role of a user whose IdP groups grant none; `infer` by default.
    pub role_without_role_group: RoleWithoutRoleGroup,
    /// Which groups a sync takes away; `all` by default.
    pub removal: Removal,
    /// Who joins a workspace by signing in; `matched` by default.
    pub non_members: NonMembers,
    /// Whether the last admin keeps the highest role; `true` by default.
    pub protect_last_admin: bool,
}

/// ```
/// use idp_group_sync::{MatchByName, Policy};
///
/// let policy: Policy = serde_json::from_str(r#"{ "matchByName": "groups-only" }"#).unwrap();
/// assert_eq!(policy, Policy { match_by_name: MatchByName::GroupsOnly, ..Policy::default() });
/// ```
impl Default for Policy {
    fn default() -> Self {
        Policy {
            match_by_name: MatchByName::default(),
            no_match: NoMatch::default(),
            missing_claim: MissingClaim::default(),
            unreadable_claim: UnreadableClaim::default(),
            role_without_role_group: RoleWithoutRoleGroup::default(),
            removal: Removal::default(),
            non_members: NonMembers::default(),
            protect_last_admin: true,
        }
    }
}

impl Policy {
    /// What the IdP group `name` grants by its name alone.
    pub(crate) fn granted_by_name(&self, catalog: &Catalog, name: &str) -> Option<Grantable> {
        match (self.match_by_name, catalog.named(name)?) {
            (MatchByName::Never, _) | (MatchByName::GroupsOnly, Grantable::Role(_)) => None,
            (_, granted) => Some(granted),
        }
    }
}
