//! What resolving yields: a role, groups, and why.

use serde::{Deserialize, Serialize};

use crate::claims::ClaimGroups;
use crate::diagnostic::Diagnostic;
use crate::mapping::Term;
use crate::span::Span;

/// The role and groups that a user's IdP groups resolve to, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Resolution {
    /// The IdP groups that were read.
    pub claim: ClaimGroups,
    /// Whether there is a result, and if not, what the policy says.
    pub outcome: Outcome,
    /// The role; `None` where the outcome is [`Outcome::Keep`] or [`Outcome::Deny`].
    pub role: Option<String>,
    /// Why this role: the IdP groups that grant it, then the joined groups that need it; or that it is the default.
    pub role_reasons: Vec<RoleReason>,
    /// The custom groups to be in, in catalog order.
    pub groups: Vec<String>,
    /// One per IdP group, in token order.
    pub matches: Vec<Match>,
    /// The terms of the policy's `require` that the user does not meet, in text order and canonical form; it is left out where that
    /// refuses nobody.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unmet_requirement: Vec<String>,
    /// The conditions that are not met: one for each IdP group that is in a term of it, in token order, and then in that of the
    /// entries.
    pub unmet: Vec<Unmet>,
    /// What is wrong or doubtful: about the claim first, then about what was granted.
    pub diagnostics: Vec<Diagnostic>,
}

impl Resolution {
    /// The resolution where no claim was looked at.
    pub(crate) fn nothing() -> Resolution {
        Resolution {
            claim: ClaimGroups::unread(),
            outcome: Outcome::Keep,
            role: None,
            role_reasons: Vec::new(),
            groups: Vec::new(),
            matches: Vec::new(),
            unmet_requirement: Vec::new(),
            unmet: Vec::new(),
            diagnostics: Vec::new(),
        }
    }
}

/// Whether resolving gave a result: `resolved` if an IdP group granted something, `no-match` if none did and the default role
/// is given; `keep` and `deny` are what the policy says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Outcome {
    /// At least one IdP group granted something known.
    Resolved,
    /// None did, and the policy gives the default role.
    NoMatch,
    /// The policy says that nothing changes.
    Keep,
    /// The policy refuses the user.
    Deny,
}

/// Why a user has a role: an IdP group grants it, a joined custom group requires it, it is the default one, or it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum RoleReason {
    /// Nothing grants or needs a role, so it is the lowest.
    Default,
    /// An IdP group grants it.
    #[serde(rename_all = "camelCase")]
    RoleGroup {
        /// The IdP group.
        idp_group: String,
    },
    /// A joined custom group needs it.
    RequiredBy {
        /// The custom group.
        group: String,
    },
    /// The user has it already, and the policy keeps it.
    Kept,
}

/// What one IdP group did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Match {
    /// The group's name in the token.
    pub idp_group: String,
    /// How it matched.
    pub via: MatchedVia,
    /// What it grants, each target once.
    pub grants: Vec<Grant>,
    /// For a group that matches nothing: names that it would match but for case, spacing, hyphens or invisible characters.
    pub near_misses: Vec<String>,
}

/// How an IdP group matched: by entries of the `mapping`, by its `name`, or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum MatchedVia {
    /// By entries of the mapping.
    Mapping,
    /// By its name; patterns may have added to that.
    Name,
    /// Not at all.
    None,
}

/// One thing that an IdP group grants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Grant {
    /// The role or custom group as the catalog writes it, or the unknown target as the entry gives it.
    pub target: String,
    /// What the target is.
    pub kind: GrantKind,
    /// The entry behind it; `None` for a match by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<Span>,
    /// Which text the entry stands in, where the workspace has entries besides the instance's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<EntryText>,
    /// Of a condition: the terms besides those that this IdP group meets, which others meet, or which exclude what is not there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<Term>,
}

/// Which text an entry stands in: the `instance`'s mapping, or the `workspace`'s own entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum EntryText {
    /// The instance's mapping.
    Instance,
    /// What the workspace adds to it.
    Workspace,
}

/// A condition of which an IdP group is in a term, and which is not met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unmet {
    /// The IdP group's name in the token.
    pub idp_group: String,
    /// The entry that the condition stands in.
    pub entry: Span,
    /// Which text that is, where the workspace has entries besides the instance's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<EntryText>,
    /// The terms that are not met, in text order: no IdP group is or matches them, or with `excluded`, one does.
    pub failed: Vec<Term>,
}

/// What a grant's target is: a `role`, a custom `group`, or `unknown` and so granting nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum GrantKind {
    /// A role.
    Role,
    /// A custom group.
    Group,
    /// Neither; it grants nothing.
    Unknown,
}
