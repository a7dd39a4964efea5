//! What is known when somebody signs in.

use crate::document::{document, words};
use crate::plan::{Guards, Membership, Seats};
use crate::value::ClaimValue;

/// One login.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify), serde(rename_all = "camelCase"))]
pub struct LoginRequest {
    /// How: `oidc`, `password`, or another way, which syncs nothing.
    pub method: String,
    /// The verified token's claims; needed for `oidc`.
    #[cfg_attr(feature = "tsify", tsify(optional, type = "object"))]
    pub claims: Option<ClaimValue>,
    /// Who.
    pub user: LoginUser,
    /// What the licence allows.
    pub licence: Licence,
    /// Whether passwords are accepted; they are if absent.
    #[cfg_attr(feature = "tsify", tsify(optional))]
    pub password_login: bool,
    /// Whether new users may come by themselves; they may if absent.
    #[cfg_attr(feature = "tsify", tsify(optional))]
    pub signup: bool,
    /// As in [`ResolveOptions`](crate::ResolveOptions).
    #[cfg_attr(feature = "tsify", tsify(optional))]
    pub explain: bool,
    /// The workspaces to decide about, in the order of the answer.
    pub workspaces: Vec<LoginWorkspace>,
}

document! {
    LoginRequest {
        method: "method",
        claims: "claims",
        user: "user",
        licence: "licence",
        password_login: "passwordLogin" or true,
        signup: "signup" or true,
        explain: "explain" or true,
        workspaces: "workspaces",
    }
}

/// Who signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify), serde(rename_all = "camelCase"))]
pub struct LoginUser {
    /// Whether the application knows the user.
    pub exists: bool,
    /// The user's status on the instance; active if absent.
    #[cfg_attr(feature = "tsify", tsify(optional))]
    pub status: UserStatus,
    /// Whether this is a super admin, which no sync changes. Where nobody can use single sign-on, they may always use a password.
    #[cfg_attr(feature = "tsify", tsify(optional))]
    pub super_admin: bool,
}

document! {
    LoginUser { exists: "exists", status: "status" or UserStatus::default(), super_admin: "superAdmin" or false }
}

words! {
    /// A user's status on the instance.
    #[derive(Default)]
    UserStatus {
        /// May sign in.
        #[default]
        Active = "active",
        /// Has been asked to come.
        Invited = "invited",
        /// Is refused by every method.
        Archived = "archived",
    }
}

/// What the licence allows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct Licence {
    /// Whether it is in force.
    pub status: LicenceStatus,
    /// What it includes.
    pub features: LicenceFeatures,
    /// How many users it covers.
    #[cfg_attr(feature = "tsify", tsify(optional))]
    pub seats: Seats,
}

document! { Licence { status: "status", features: "features", seats: "seats" or Seats::default() } }

words! {
    /// Whether a licence is in force.
    LicenceStatus {
        /// It is.
        Active = "active",
        /// It no longer is.
        Expired = "expired",
    }
}

/// What a licence includes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify), serde(rename_all = "camelCase"))]
pub struct LicenceFeatures {
    /// Single sign-on.
    pub sso: bool,
    /// Group sync.
    pub group_sync: bool,
    /// Custom groups; included if absent. Without them only roles are synced.
    #[cfg_attr(feature = "tsify", tsify(optional))]
    pub custom_groups: bool,
}

document! {
    LicenceFeatures { sso: "sso", group_sync: "groupSync", custom_groups: "customGroups" or true }
}

/// A workspace to decide about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct LoginWorkspace {
    /// The workspace's id.
    pub id: String,
    /// What the user is there.
    pub member: MemberStatus,
    /// What the user has there; nothing if absent.
    #[cfg_attr(feature = "tsify", tsify(optional))]
    pub membership: Membership,
    /// Facts that keep a change from being made.
    #[cfg_attr(feature = "tsify", tsify(optional))]
    pub guards: Guards,
}

document! {
    LoginWorkspace {
        id: "id",
        member: "member",
        membership: "membership" or Membership::default(),
        guards: "guards" or Guards::default(),
    }
}

words! {
    /// What a user is in a workspace.
    MemberStatus {
        /// Nothing.
        None = "none",
        /// A member.
        Active = "active",
        /// Asked to be a member; the plan is to be carried out on acceptance.
        Invited = "invited",
        /// A member no more.
        Archived = "archived",
    }
}
