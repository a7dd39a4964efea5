//! What happens where the mapping has no say: names that match by themselves, nobody matching, claims that can't be read.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::catalog::{Catalog, Grantable};
use crate::claims::ClaimOptions;
use crate::error::GroupSyncError;
use crate::mapping::{Source, parse_source};
use crate::names::{Hashed, folded};
use crate::value::{ClaimValue, not_a_word, read_any};

/// Whether an IdP group that no entry names grants the role or custom group of the same name: `true` by default, `false`, or
/// `groups-only` for custom groups and never a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(with = "serde_json::Value", extend("enum" = [true, false, GROUPS_ONLY]))
)]
pub enum MatchByName {
    /// It does (`true`).
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
        read_any(deserializer, |value| match value {
            ClaimValue::Bool(true) => Ok(MatchByName::RolesAndGroups),
            ClaimValue::Bool(false) => Ok(MatchByName::Never),
            ClaimValue::Text(text) if text == GROUPS_ONLY => Ok(MatchByName::GroupsOnly),
            other => Err(not_a_word(&other, "true, false or `groups-only`")),
        })
    }
}

/// What becomes of a user whose IdP groups grant nothing known: `default-role` gives the lowest role and no groups,
/// `keep` changes nothing, `deny` refuses the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum NoMatch {
    /// The lowest role and no groups.
    DefaultRole,
    /// Nothing changes.
    Keep,
    /// The workspace refuses the user.
    Deny,
}

/// What a token without the claim means: `no-groups` is the same as an empty claim, `keep` changes nothing, `deny`
/// refuses the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum MissingClaim {
    /// The user has no IdP groups: many IdPs leave out an empty claim.
    NoGroups,
    /// Nothing changes.
    Keep,
    /// The workspace refuses the user.
    Deny,
}

/// What happens where the claim is malformed or incomplete: `keep` changes nothing, `deny` refuses the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum UnreadableClaim {
    /// Nothing changes.
    Keep,
    /// The workspace refuses the user.
    Deny,
}

/// The role of a user whose IdP groups grant none: `infer` takes what the joined groups need, else the lowest;
/// `keep-manual` does so unless the present role was given by hand; `keep` changes it only where a group needs more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum RoleWithoutRoleGroup {
    /// What the joined groups need, else the lowest.
    Infer,
    /// The present role if no sync gave it, unless a group needs more; else the same as `infer`.
    KeepManual,
    /// The present role, unless a group needs more.
    Keep,
}

/// How IdP groups meet sources, and names of the application: `exact`, or `ignore-case`, after Unicode case folding and in one
/// normal form (NFC).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Compare {
    /// As they are.
    Exact,
    /// But for case and normal form.
    IgnoreCase,
}

/// A name as it is compared.
pub(crate) fn compared(name: &str, compare: Compare) -> Cow<'_, str> {
    match compare {
        Compare::Exact => Cow::Borrowed(name),
        Compare::IgnoreCase => Cow::Owned(folded(name)),
    }
}

/// Whether a sync lowers a role: `allow`, or `never`, whatever grants a lower one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Demotion {
    /// It does.
    Allow,
    /// It never does.
    Never,
}

/// Whom a sync concerns: everyone at `every-login`, or at the `first-login` only, so nobody who is a member already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum SyncOn {
    /// Everyone.
    EveryLogin,
    /// Nobody who is a member already.
    FirstLogin,
}

/// Which present groups a user leaves when the IdP groups no longer grant them: `all`, those that were `synced`, those
/// `mapped` by this mapping, or `none`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Removal {
    /// All of them.
    All,
    /// Only those that a sync granted.
    Synced,
    /// Only those that this mapping can grant.
    Mapped,
    /// None.
    None,
}

/// Who joins a workspace by signing in: whoever is `matched` by an IdP group, `all`, or `none`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum NonMembers {
    /// Whoever has an IdP group that matches.
    Matched,
    /// Everyone.
    All,
    /// Nobody.
    None,
}

/// What becomes of a user whom the directory no longer has, or has switched off: `archive`, or `keep`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum WhenGone {
    /// The user is archived.
    Archive,
    /// Nothing changes.
    Keep,
}

/// Declares the choices: each once, for a [`Policy`], for what is stored of one, and for what differs between two.
macro_rules! choices {
    ($($(#[doc = $doc:literal])* $field:ident / $with:ident: $type:ty = $default:expr, $choice:ident = $name:literal;)*) => {
        /// The choices of an admin, each with a default.
        ///
        /// ```
        /// use idp_group_sync::{MatchByName, Policy, from_json};
        ///
        /// let policy: Policy = from_json(r#"{ "matchByName": "groups-only" }"#)?;
        /// assert_eq!(policy, Policy::default().with_match_by_name(MatchByName::GroupsOnly));
        /// # Ok::<(), idp_group_sync::GroupSyncError>(())
        /// ```
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields, rename_all = "camelCase")]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[non_exhaustive]
        pub struct Policy {
            $($(#[doc = $doc])* pub $field: $type,)*
        }

        impl Default for Policy {
            fn default() -> Self {
                Policy { $($field: $default),* }
            }
        }

        /// A [`Policy`] of which only what an admin has chosen is stored, so that the rest follows the defaults.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "camelCase")]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Policy"))]
        #[non_exhaustive]
        pub struct PolicyChoices {
            $(
                $(#[doc = $doc])*
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $field: Option<$type>,
            )*
        }

        with! { Policy: $($with($field: $type),)* }
        with! { PolicyChoices: $($with($field: Option<$type>),)* }

        impl From<&PolicyChoices> for Policy {
            fn from(choices: &PolicyChoices) -> Policy {
                Policy { $($field: choices.$field.clone().unwrap_or_else(|| $default)),* }
            }
        }

        /// What an admin has chosen, as it is written in a configuration.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum ChoiceValue {
            /// Which claim carries the groups.
            Claim(ClaimOptions),
            $($(#[doc = $doc])* $choice($type),)*
        }

        impl Policy {
            /// The choices in which `other` differs: the name of each, what this one has, and what the other one.
            pub(crate) fn differences(&self, other: &Policy) -> Vec<(&'static str, ChoiceValue, ChoiceValue)> {
                let mut differences = Vec::new();
                $(
                    if self.$field != other.$field {
                        let value = |policy: &Policy| ChoiceValue::$choice(policy.$field.clone());
                        differences.push(($name, value(self), value(other)));
                    }
                )*
                differences
            }
        }
    };
}

choices! {
    /// Whether IdP groups match roles and groups of the same name; `true` by default.
    match_by_name / with_match_by_name: MatchByName = MatchByName::RolesAndGroups, MatchByName = "matchByName";
    /// How IdP groups meet sources, and names of the application; `exact` by default.
    compare / with_compare: Compare = Compare::Exact, Compare = "compare";
    /// A source that the user has to meet to be admitted, such as `staff && !contractors`; nobody has to by default.
    require / with_require: String = String::new(), Require = "require";
    /// What becomes of a user whose IdP groups grant nothing; `default-role` by default.
    no_match / with_no_match: NoMatch = NoMatch::DefaultRole, NoMatch = "noMatch";
    /// What a token without the claim means; `no-groups` by default.
    missing_claim / with_missing_claim: MissingClaim = MissingClaim::NoGroups, MissingClaim = "missingClaim";
    /// What happens where the claim can't be read; `keep` by default.
    unreadable_claim / with_unreadable_claim: UnreadableClaim = UnreadableClaim::Keep, UnreadableClaim = "unreadableClaim";
    /// The role of a user whose IdP groups grant none; `infer` by default.
    role_without_role_group / with_role_without_role_group: RoleWithoutRoleGroup = RoleWithoutRoleGroup::Infer,
        RoleWithoutRoleGroup = "roleWithoutRoleGroup";
    /// Whether a sync lowers a role; `allow` by default.
    demotion / with_demotion: Demotion = Demotion::Allow, Demotion = "demotion";
    /// Which groups a sync takes away; `all` by default.
    removal / with_removal: Removal = Removal::All, Removal = "removal";
    /// Who joins a workspace by signing in; `matched` by default.
    non_members / with_non_members: NonMembers = NonMembers::Matched, NonMembers = "nonMembers";
    /// Whether a sync concerns whoever is a member already; `every-login` by default.
    sync_on / with_sync_on: SyncOn = SyncOn::EveryLogin, SyncOn = "syncOn";
    /// What becomes of a user whom the directory no longer has; `archive` by default.
    when_gone / with_when_gone: WhenGone = WhenGone::Archive, WhenGone = "whenGone";
    /// Whether the last admin keeps the highest role; `true` by default.
    protect_last_admin / with_protect_last_admin: bool = true, ProtectLastAdmin = "protectLastAdmin";
}

/// What a user has to meet by this text, if there is any.
pub(crate) fn required_source(require: &str) -> Result<Option<Source>, GroupSyncError> {
    let source = (!require.trim().is_empty()).then(|| parse_source(require));
    source.transpose().map_err(|error| error.within("policy.require"))
}

impl PolicyChoices {
    /// Whether the choices mean something.
    ///
    /// # Errors
    /// `invalid-input` with the path `policy.require` if that is no source.
    pub(crate) fn validate(&self) -> Result<(), GroupSyncError> {
        required_source(self.require.as_deref().unwrap_or_default()).map(|_| ())
    }
}

impl Policy {
    /// What the IdP group `name` grants by its name alone.
    pub(crate) fn granted_by_name<'n>(&self, catalog: &Catalog, name: impl Into<Hashed<'n>>) -> Option<Grantable> {
        catalog.named(name).filter(|what| self.grants_by_name(*what))
    }

    /// Whether an IdP group of its name grants this.
    pub(crate) fn grants_by_name(&self, what: Grantable) -> bool {
        match (self.match_by_name, what) {
            (MatchByName::Never, _) | (MatchByName::GroupsOnly, Grantable::Role(_)) => false,
            (MatchByName::RolesAndGroups | MatchByName::GroupsOnly, _) => true,
        }
    }
}
