//! What is known when somebody signs in.

use serde::{Deserialize, Serialize};

use crate::plan::{GrantedBy, Guards, Membership, Seats};
use crate::value::ClaimValue;

fn yes() -> bool {
    true
}

/// One login.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LoginRequest {
    /// How: `oidc`, `saml`, `ldap` or `scim`, which sync; `password`, or another way, which syncs nothing.
    pub method: String,
    /// The provider that the user comes from, where there are several: what the sync of another one gave is not taken away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// The verified token's claims; a method that syncs needs them, or else the groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "schema",
        schemars(with = "Option<serde_json::Map<String, serde_json::Value>>")
    )]
    pub claims: Option<ClaimValue>,
    /// The user's IdP groups; or else the claims.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<String>>,
    /// Whether a token of this instance has ever carried the claim; one has if absent. If none has, a missing claim changes
    /// nothing.
    #[serde(default = "yes")]
    pub claim_seen: bool,
    /// Who.
    pub user: LoginUser,
    /// What the licence allows; everything if absent.
    #[serde(default)]
    pub licence: Licence,
    /// Whether passwords are accepted; they are if absent.
    #[serde(default = "yes")]
    pub password_login: bool,
    /// Whether new users may come by themselves; they may if absent.
    #[serde(default = "yes")]
    pub signup: bool,
    /// As in [`ResolveOptions`](crate::ResolveOptions).
    #[serde(default = "yes")]
    pub explain: bool,
    /// The workspaces to decide about, in the order of the answer.
    pub workspaces: Vec<LoginWorkspace>,
}

impl LoginRequest {
    /// A login by `method`, without a licence to mind; one that syncs needs claims or groups besides.
    #[must_use]
    pub fn new(method: impl Into<String>, user: LoginUser, workspaces: Vec<LoginWorkspace>) -> Self {
        LoginRequest {
            method: method.into(),
            provider: None,
            claims: None,
            groups: None,
            claim_seen: true,
            user,
            licence: Licence::default(),
            password_login: true,
            signup: true,
            explain: true,
            workspaces,
        }
    }
}

with! { LoginRequest:
    with_provider(provider: Option<String>),
    with_claims(claims: Option<ClaimValue>),
    with_groups(groups: Option<Vec<String>>),
    with_claim_seen(claim_seen: bool),
    with_licence(licence: Licence),
    with_password_login(password_login: bool),
    with_signup(signup: bool),
    with_explain(explain: bool),
}

/// Who signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LoginUser {
    /// Whether the application knows the user.
    pub exists: bool,
    /// The user's status on the instance; active if absent.
    #[serde(default)]
    pub status: UserStatus,
    /// Whether this is a super admin, which no sync changes. Where nobody can use single sign-on, they may always use a password.
    #[serde(default)]
    pub super_admin: bool,
    /// Whether this is an account that no sync touches, for emergencies.
    #[serde(default)]
    pub exempt: bool,
    /// Who archived the user; only [`LoginSync::reconcile`](crate::LoginSync::reconcile) asks.
    pub archived_by: Option<GrantedBy>,
    /// Whether this is the only super admin who is not archived; only [`LoginSync::reconcile`](crate::LoginSync::reconcile) asks,
    /// and where it is not known, takes it that they are.
    pub last_super_admin: Option<bool>,
}

impl LoginUser {
    /// Somebody active, whom the application knows or not.
    #[must_use]
    pub fn new(exists: bool) -> Self {
        LoginUser {
            exists,
            status: UserStatus::Active,
            super_admin: false,
            exempt: false,
            archived_by: None,
            last_super_admin: None,
        }
    }
}

with! { LoginUser:
    with_status(status: UserStatus),
    with_super_admin(super_admin: bool),
    with_exempt(exempt: bool),
    with_archived_by(archived_by: Option<GrantedBy>),
    with_last_super_admin(last_super_admin: Option<bool>),
}

/// A user's status on the instance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum UserStatus {
    /// May sign in.
    #[default]
    Active,
    /// Has been asked to come.
    Invited,
    /// Is refused by every method.
    Archived,
}

/// What the licence allows.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Licence {
    /// Whether it is in force.
    pub status: LicenceStatus,
    /// What it includes.
    pub features: LicenceFeatures,
    /// How many users it covers.
    #[serde(default)]
    pub seats: Seats,
}

impl Default for Licence {
    /// One without restrictions.
    fn default() -> Self {
        Licence {
            status: LicenceStatus::Active,
            features: LicenceFeatures::default(),
            seats: Seats::default(),
        }
    }
}

with! { Licence:
    with_status(status: LicenceStatus),
    with_features(features: LicenceFeatures),
    with_seats(seats: Seats),
}

/// Whether a licence is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum LicenceStatus {
    /// It is.
    Active,
    /// It no longer is.
    Expired,
}

/// What a licence includes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LicenceFeatures {
    /// Single sign-on.
    pub sso: bool,
    /// Group sync.
    pub group_sync: bool,
    /// Custom groups; included if absent. Without them only roles are synced.
    #[serde(default = "yes")]
    pub custom_groups: bool,
}

impl Default for LicenceFeatures {
    /// All of them.
    fn default() -> Self {
        LicenceFeatures {
            sso: true,
            group_sync: true,
            custom_groups: true,
        }
    }
}

with! { LicenceFeatures:
    with_sso(sso: bool),
    with_group_sync(group_sync: bool),
    with_custom_groups(custom_groups: bool),
}

/// A workspace to decide about.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LoginWorkspace {
    /// The workspace's id.
    pub id: String,
    /// What the user is there.
    pub member: MemberStatus,
    /// What the user has there; nothing if absent.
    #[serde(default)]
    pub membership: Membership,
    /// Facts that keep a change from being made.
    #[serde(default)]
    pub guards: Guards,
}

impl LoginWorkspace {
    /// A workspace in which the user has nothing yet.
    #[must_use]
    pub fn new(id: impl Into<String>, member: MemberStatus) -> Self {
        LoginWorkspace {
            id: id.into(),
            member,
            membership: Membership::default(),
            guards: Guards::default(),
        }
    }
}

with! { LoginWorkspace:
    with_membership(membership: Membership),
    with_guards(guards: Guards),
}

/// What a user is in a workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum MemberStatus {
    /// Nothing.
    None,
    /// A member.
    Active,
    /// Asked to be a member; the plan is to be carried out on acceptance.
    Invited,
    /// A member no more.
    Archived,
}
