//! IdP groups to role and groups, with the reasons.
//!
//! A mapping is compiled once against a catalog and a policy, and then resolves every login. The same input always gives
//! the same output: nothing here has state, a clock or randomness. `docs/resolving.md` has the rules.

mod by_condition;
mod capture;
mod conditions;
mod decision;
mod grants;
mod ignoring_case;
mod inner_pieces;
mod near_miss;
mod numbered;
mod patterns;
mod requirement;
mod resolution;
mod rules;
mod sources;
mod words;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::catalog::{Catalog, GroupIndex};
use crate::claims::{
    ClaimGroups, ClaimItem, ClaimOptions, ClaimStatus, MAX_GROUPS, looks_encoded, read_groups_with_valid_options,
};
use crate::error::GroupSyncError;
use crate::mapping::{Mapping, Overlay, Term};
use crate::names::{are_distinct, excess_length};
use crate::policy::{MissingClaim, NoMatch, Policy, UnreadableClaim, required_source};
use crate::span::Span;
use crate::value::ClaimValue;
pub(crate) use capture::{filled, reach};
pub(crate) use decision::{Decision, RoleStays, Standing};
pub(crate) use grants::Grants;
pub use grants::{MAX_EXPLAINED_GRANTS, MAX_UNMET};
pub(crate) use ignoring_case::fold_source;
pub use near_miss::MAX_NEAR_MISSES;
use near_miss::NearMisses;
pub(crate) use numbered::number;
pub use numbered::{Explained, NumberedGrant, NumberedMatch, NumberedReason, NumberedResolution};
use requirement::Requirement;
pub use resolution::{EntryText, Grant, GrantKind, Match, MatchedVia, Outcome, Resolution, RoleReason, Unmet};
pub(crate) use rules::Rules;

/// Everything that decides: the mapping's text, the claim, what can be granted, and the policy.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GroupSyncConfig {
    /// The mapping text.
    pub mapping: String,
    /// The claim that carries the groups.
    pub claim: ClaimOptions,
    /// What can be granted.
    pub catalog: Catalog,
    /// The admin's choices; each has a default.
    #[serde(default)]
    pub policy: Policy,
}

/// How much a resolution says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ResolveOptions {
    /// Whether matches, role reasons, near misses and the claim's groups are filled in. The decision is the same without.
    pub explain: bool,
}

impl Default for ResolveOptions {
    fn default() -> Self {
        ResolveOptions { explain: true }
    }
}

with! { ResolveOptions:
    with_explain(explain: bool),
}

/// What of the grants counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    RolesAndGroups,
    /// Custom groups are not licensed.
    RolesOnly,
}

/// What bears on a decision besides the IdP groups and what the user has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weighing {
    pub(crate) scope: Scope,
    /// Whether a token has ever carried the claim, as far as that is known.
    pub(crate) claim_seen: bool,
}

impl Default for Weighing {
    fn default() -> Self {
        Weighing {
            scope: Scope::RolesAndGroups,
            claim_seen: true,
        }
    }
}

/// What is granted, weighed for one user.
pub(crate) struct Weighed {
    pub(crate) resolution: NumberedResolution,
    pub(crate) decision: Decision,
    /// Whether there is something to say that numbers do not tell: a group needs a higher role than the one granted, or the user
    /// does not meet what the policy requires.
    needs_words: bool,
}

impl Weighed {
    /// Whether there is nothing to say that numbers do not tell.
    pub(crate) fn is_plain(&self) -> bool {
        !self.needs_words
    }
}

/// A mapping compiled for one application: resolves any number of logins.
///
/// ```
/// use idp_group_sync::{AppGroup, Catalog, ClaimOptions, ClaimValue, GroupSync, GroupSyncConfig, Policy, ResolveOptions};
///
/// let sync = GroupSync::new(GroupSyncConfig {
///     mapping: "engineers -> developers".to_owned(),
///     claim: ClaimOptions::named("groups"),
///     catalog: Catalog::new(None, vec![AppGroup::new("developers").requiring("builder")])?,
///     policy: Policy::default(),
/// })?;
/// let claims = ClaimValue::from(serde_json::json!({ "groups": ["engineers"] }));
/// let resolution = sync.resolve(&claims, ResolveOptions::default())?;
/// assert_eq!(resolution.role.as_deref(), Some("builder"));
/// assert_eq!(resolution.groups, ["developers"]);
/// # Ok::<(), idp_group_sync::GroupSyncError>(())
/// ```
#[derive(Clone, Debug)]
pub struct GroupSync {
    claim: ClaimOptions,
    catalog: Arc<Catalog>,
    policy: Policy,
    /// What a user has to meet to be admitted.
    requirement: Option<Requirement>,
    rules: Rules,
    near_misses: NearMisses,
}

impl GroupSync {
    /// Compiles a configuration.
    ///
    /// # Errors
    /// `invalid-mapping`, with the diagnostics, rather than run a mapping that has errors; `invalid-input` for claim options
    /// that can find nothing, and for a `require` that is no source.
    pub fn new(config: GroupSyncConfig) -> Result<GroupSync, GroupSyncError> {
        let GroupSyncConfig {
            mapping,
            claim,
            catalog,
            policy,
        } = config;
        GroupSync::compile(mapping, claim, Arc::new(catalog), policy)
    }

    /// The same with a catalog that is shared.
    pub(crate) fn compile(
        mapping: impl Into<String>,
        claim: ClaimOptions,
        catalog: Arc<Catalog>,
        policy: Policy,
    ) -> Result<GroupSync, GroupSyncError> {
        GroupSync::of(&Mapping::parse(mapping), claim, catalog, policy)
    }

    /// The same for a mapping that follows another one.
    pub(crate) fn compile_overlay(
        overlay: &Overlay,
        claim: ClaimOptions,
        catalog: Arc<Catalog>,
        policy: Policy,
    ) -> Result<GroupSync, GroupSyncError> {
        let mut sync = GroupSync::of(&overlay.mapping, claim, catalog, policy)?;
        sync.rules.place(&overlay.entries, overlay.followed);
        Ok(sync)
    }

    fn of(
        mapping: &Mapping,
        claim: ClaimOptions,
        catalog: Arc<Catalog>,
        policy: Policy,
    ) -> Result<GroupSync, GroupSyncError> {
        claim.validate().map_err(|error| error.within("claim"))?;
        mapping.require_valid().map_err(|error| error.within("mapping"))?;
        let requirement = required_source(&policy.require)?;
        let requirement = requirement.map(|source| Requirement::compile(&source, policy.compare));
        let rules = Rules::compile(mapping, &catalog, policy.compare);
        let near_misses = NearMisses::new(mapping, &rules, &catalog, &policy);
        Ok(GroupSync {
            claim,
            catalog,
            policy,
            requirement,
            rules,
            near_misses,
        })
    }

    /// The mapping that was compiled. It is parsed again, as what logins need of it takes far less memory.
    #[must_use]
    pub fn mapping(&self) -> Mapping {
        Mapping::parse(self.rules.mapping_text())
    }

    /// Whether its entries stand in two texts, which numbers do not tell.
    pub(crate) fn is_overlay(&self) -> bool {
        self.rules.is_overlay()
    }

    /// Which text an entry stands in, where there are two.
    pub(crate) fn text_of(&self, entry: u32) -> Option<EntryText> {
        self.rules.text_of(entry)
    }

    /// Where each entry stands in the mapping's text.
    #[must_use]
    pub fn entry_spans(&self) -> &[Span] {
        self.rules.spans()
    }

    /// What can be granted.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The claim that carries the groups.
    #[must_use]
    pub fn claim(&self) -> &ClaimOptions {
        &self.claim
    }

    /// The admin's choices.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The role and groups of a user with these claims.
    ///
    /// # Errors
    /// `invalid-input` if the claims are no object.
    pub fn resolve(&self, claims: &ClaimValue, options: ResolveOptions) -> Result<Resolution, GroupSyncError> {
        Ok(self.resolve_claim(&read_groups_with_valid_options(claims, &self.claim)?, options))
    }

    /// The role and groups of a user with these IdP groups, which were read elsewhere: for a token that says so itself
    /// ([`ClaimStatus::Incomplete`]). The claim options do not apply.
    #[must_use]
    pub fn resolve_groups(&self, groups: &[&str], options: ResolveOptions) -> Resolution {
        self.resolve_claim(
            &ClaimGroups::from_names(groups.iter().map(|group| Some(*group))),
            options,
        )
    }

    /// The same for groups of which some, `None`, are not well-formed Unicode.
    #[must_use]
    pub fn resolve_raw_groups(&self, groups: &[Option<String>], options: ResolveOptions) -> Resolution {
        self.resolve_claim(&ClaimGroups::from_names(groups.iter().map(Option::as_deref)), options)
    }

    pub(crate) fn resolve_claim(&self, claim: &ClaimGroups, options: ResolveOptions) -> Resolution {
        let idp_groups = claim.names();
        let grants = self.grants(&idp_groups, options.explain);
        let weighed = self.weigh(claim.status, &idp_groups, &grants, Weighing::default(), &|_| {
            Standing::default()
        });
        self.in_words(claim, &grants, &weighed)
    }

    /// The role and groups of a user with these IdP groups, which were read from a claim as they are, in numbers. `None` where
    /// only words tell all: where there is anything to report, a near miss, an unknown target, or a name that is repeated,
    /// empty or too long.
    #[must_use]
    pub fn resolve_by_number(
        &self,
        idp_groups: &[&str],
        explain: bool,
    ) -> Option<(NumberedResolution, Option<Explained>)> {
        let status = plain_status(idp_groups, explain)?;
        let grants = self.grants(idp_groups, explain);
        let weighed = self.weigh(status, idp_groups, &grants, Weighing::default(), &|_| {
            Standing::default()
        });
        let is_plain = grants.is_plain() && weighed.is_plain();
        is_plain.then(|| (weighed.resolution, grants.into_explained()))
    }

    /// The property of a token that carries the groups, where they are read as they are: a list of names under this property is
    /// read as these names, in this order.
    #[must_use]
    pub fn plain_claim(&self) -> Option<&str> {
        let (name, source) = self.claim.plain_source()?;
        (source.item == ClaimItem::Text).then_some(name)
    }

    /// Weighs what is granted for a user who has something already: `standing` says what, once it is known which groups are
    /// granted. Where the policy leaves everything as it is, the decision means nothing.
    pub(crate) fn weigh(
        &self,
        status: ClaimStatus,
        idp_groups: &[&str],
        grants: &Grants,
        Weighing { scope, claim_seen }: Weighing,
        standing: &dyn Fn(&Decision) -> Standing,
    ) -> Weighed {
        let catalog = &*self.catalog;
        let mut decision = grants.decision.clone();
        if scope == Scope::RolesOnly {
            decision.count_roles_only();
        }
        decision.stand(standing(&decision));
        let outcome = match status {
            ClaimStatus::Missing if !claim_seen => Outcome::Keep,
            status => self.outcome(status, idp_groups, &decision),
        };
        let mut resolution = NumberedResolution {
            outcome,
            role: None,
            groups: Vec::new(),
            role_reasons: Vec::new(),
        };
        let mut needs_words = outcome == Outcome::Deny && !self.unmet_requirement(status, idp_groups).is_empty();
        if matches!(outcome, Outcome::Resolved | Outcome::NoMatch) {
            let role = decision.role(catalog);
            resolution.role = Some(number(role.0));
            resolution.groups = decision.groups().map(|group| number(group.0)).collect();
            needs_words = decision.raised_from(catalog, role).is_some();
            if let Some(explained) = &grants.explained {
                let granting = self.granting_role(&grants.met, explained, idp_groups, role);
                resolution.role_reasons = decision.role_reasons(catalog, role, granting.into_iter());
            }
        }
        Weighed {
            resolution,
            decision,
            needs_words,
        }
    }

    /// What a new user with these IdP groups comes to, without a word about it: for comparing thousands of them. Where the
    /// outcome is that the policy keeps or denies, the decision means nothing.
    pub(crate) fn decide(&self, groups: &[&str]) -> (Outcome, Decision) {
        let mut decision = self.grants(groups, false).decision;
        decision.stand(Standing::default());
        let status = if groups.is_empty() {
            ClaimStatus::Empty
        } else {
            ClaimStatus::Present
        };
        (self.outcome(status, groups, &decision), decision)
    }

    /// About how many characters have to be looked at to decide about a user with only this IdP group.
    pub(crate) fn effort(&self, group: &str) -> usize {
        // A decision holds a bit for each group of the catalog, and looks at many at once.
        self.rules.effort(group) + self.catalog.groups().len() / 512
    }

    /// Whether an entry names this IdP group, or a pattern matches it.
    pub(crate) fn concerns(&self, group: &str) -> bool {
        self.rules.concern(group)
    }

    /// Whether an entry of the mapping can grant this group.
    pub(crate) fn can_grant(&self, group: GroupIndex) -> bool {
        self.rules.can_grant(&self.catalog, group)
    }

    /// The terms of what a user has to meet that these IdP groups do not, in text order; none where the claim decides before that.
    pub(crate) fn unmet_requirement(&self, claim: ClaimStatus, idp_groups: &[&str]) -> Vec<&Term> {
        let is_asked = match claim {
            ClaimStatus::Present | ClaimStatus::Empty => true,
            ClaimStatus::Missing => self.policy.missing_claim == MissingClaim::NoGroups,
            ClaimStatus::Malformed | ClaimStatus::Incomplete => false,
        };
        let requirement = self.requirement.as_ref().filter(|_| is_asked);
        requirement
            .map(|requirement| requirement.unmet(idp_groups))
            .unwrap_or_default()
    }

    fn outcome(&self, claim: ClaimStatus, idp_groups: &[&str], decision: &Decision) -> Outcome {
        let is_unreadable = matches!(claim, ClaimStatus::Malformed | ClaimStatus::Incomplete);
        match (claim, self.policy.missing_claim, self.policy.unreadable_claim) {
            (ClaimStatus::Missing, MissingClaim::Keep, _) => Outcome::Keep,
            (ClaimStatus::Missing, MissingClaim::Deny, _) => Outcome::Deny,
            (_, _, UnreadableClaim::Keep) if is_unreadable => Outcome::Keep,
            (_, _, UnreadableClaim::Deny) if is_unreadable => Outcome::Deny,
            _ if !self.unmet_requirement(claim, idp_groups).is_empty() => Outcome::Deny,
            _ if !decision.is_no_match() => Outcome::Resolved,
            _ => match self.policy.no_match {
                NoMatch::DefaultRole => Outcome::NoMatch,
                NoMatch::Keep => Outcome::Keep,
                NoMatch::Deny => Outcome::Deny,
            },
        }
    }
}

/// What a claim says that lists these names, if it is read as it is and there is nothing to report about it.
pub(crate) fn plain_status(names: &[&str], distinct: bool) -> Option<ClaimStatus> {
    let is_plain = names.len() <= MAX_GROUPS
        && names
            .iter()
            .all(|name| !name.is_empty() && excess_length(name).is_none() && !looks_encoded(name))
        && (!distinct || are_distinct(names.iter().copied()));
    is_plain.then_some(match names {
        [] => ClaimStatus::Empty,
        _ => ClaimStatus::Present,
    })
}
