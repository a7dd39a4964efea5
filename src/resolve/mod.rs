//! IdP groups to role and groups, with the reasons.
//!
//! A mapping is compiled once against a catalog and a policy, and then resolves every login. The same input always gives
//! the same output: nothing here has state, a clock or randomness. `docs/resolving.md` has the rules.

mod decision;
mod explain;
mod inner_pieces;
mod near_miss;
mod resolution;
mod rules;

use fixedbitset::FixedBitSet;
use serde::Deserialize;

use crate::catalog::{Catalog, GroupIndex};
use crate::check::{uncaptured_target, unknown_target};
use crate::claims::{ClaimGroups, ClaimOptions, ClaimStatus, read_groups_with_valid_options};
use crate::diagnostic::Diagnostic;
use crate::error::GroupSyncError;
use crate::mapping::{Mapping, TargetKind};
use crate::policy::{MissingClaim, NoMatch, Policy, UnreadableClaim};
use crate::value::ClaimValue;
pub(crate) use decision::{Decision, Standing};
pub use explain::MAX_EXPLAINED_GRANTS;
pub use near_miss::MAX_NEAR_MISSES;
use near_miss::NearMisses;
pub use resolution::{Grant, GrantKind, Match, MatchedVia, Outcome, Resolution, RoleReason};
pub(crate) use rules::Rules;
use rules::{Fired, Granted};

/// Everything that decides: the mapping's text, the claim, what can be granted, and the policy.
///
/// Serde reads it, and [`from_json`](crate::from_json).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct GroupSyncConfig {
    /// The mapping text.
    pub mapping: String,
    /// The claim that carries the groups.
    pub claim: ClaimOptions,
    /// What can be granted.
    pub catalog: Catalog,
    /// The admin's choices; each has a default.
    #[serde(default)]
    #[cfg_attr(feature = "tsify", tsify(optional))]
    pub policy: Policy,
}

/// How much a resolution says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct ResolveOptions {
    /// Whether matches, role reasons and near misses are filled in. The decision is the same without.
    #[cfg_attr(feature = "tsify", tsify(optional))]
    pub explain: bool,
}

impl Default for ResolveOptions {
    fn default() -> Self {
        ResolveOptions { explain: true }
    }
}

/// What of the grants counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    RolesAndGroups,
    /// Custom groups are not licensed.
    RolesOnly,
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
    mapping: Mapping,
    claim: ClaimOptions,
    catalog: Catalog,
    policy: Policy,
    rules: Rules,
    near_misses: NearMisses,
}

impl GroupSync {
    /// Compiles a configuration.
    ///
    /// # Errors
    /// `invalid-mapping`, with the diagnostics, rather than run a mapping that has errors; `invalid-input` for claim options
    /// that can find nothing.
    pub fn new(config: GroupSyncConfig) -> Result<GroupSync, GroupSyncError> {
        let GroupSyncConfig {
            mapping,
            claim,
            catalog,
            policy,
        } = config;
        claim.validate().map_err(|error| error.within("claim"))?;
        let mapping = Mapping::parse(mapping);
        mapping.require_valid().map_err(|error| error.within("mapping"))?;
        let rules = Rules::compile(&mapping, &catalog);
        let near_misses = NearMisses::new(&mapping, &catalog, &policy);
        Ok(GroupSync {
            mapping,
            claim,
            catalog,
            policy,
            rules,
            near_misses,
        })
    }

    /// The mapping that was compiled.
    #[must_use]
    pub fn mapping(&self) -> &Mapping {
        &self.mapping
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
        Ok(self.resolve_claim(read_groups_with_valid_options(claims, &self.claim)?, options))
    }

    /// The role and groups of a user with these IdP groups, which were read elsewhere: for a token that says so itself
    /// ([`ClaimStatus::Incomplete`]). The claim options do not apply.
    #[must_use]
    pub fn resolve_groups(&self, groups: &[&str], options: ResolveOptions) -> Resolution {
        self.resolve_claim(
            ClaimGroups::from_names(groups.iter().map(|group| Some(*group))),
            options,
        )
    }

    /// The same for groups of which some, `None`, are not well-formed Unicode.
    #[must_use]
    pub fn resolve_raw_groups(&self, groups: &[Option<String>], options: ResolveOptions) -> Resolution {
        self.resolve_claim(ClaimGroups::from_names(groups.iter().map(Option::as_deref)), options)
    }

    pub(crate) fn resolve_claim(&self, claim: ClaimGroups, options: ResolveOptions) -> Resolution {
        self.weigh(claim, options, Scope::RolesAndGroups, &|_| Standing::default())
            .0
    }

    /// Resolves for a user who has something already: `standing` says what, once it is known which groups are granted. Where
    /// the policy leaves everything as it is, the decision means nothing.
    pub(crate) fn weigh(
        &self,
        claim: ClaimGroups,
        options: ResolveOptions,
        scope: Scope,
        standing: &dyn Fn(&Decision) -> Standing,
    ) -> (Resolution, Decision) {
        let (catalog, policy) = (&self.catalog, &self.policy);
        let mut decision = Decision::default();
        let mut unknown = Vec::new();
        let mut reported = FixedBitSet::with_capacity(self.mapping.entries().len());
        let mut fired = Fired::default();
        for group in &claim.groups {
            self.rules.grant(
                catalog,
                policy,
                group,
                &mut fired,
                &mut |Granted { what, target, entry }| match what {
                    Some(what) => decision.grant(what),
                    None => unknown.extend(entry.filter(|entry| !reported.put(*entry)).map(|entry| (entry, target))),
                },
            );
        }
        if scope == Scope::RolesOnly {
            decision.count_roles_only();
        }
        decision.stand(standing(&decision));
        let outcome = self.outcome(claim.status, &decision);

        let mut diagnostics = claim.diagnostics.clone();
        let unknown = unknown.into_iter();
        diagnostics.extend(unknown.filter_map(|(entry, target)| self.unknown_target(entry, &target)));
        let mut resolution = Resolution {
            outcome,
            role: None,
            role_reasons: Vec::new(),
            groups: Vec::new(),
            matches: Vec::new(),
            diagnostics,
            claim,
        };
        if options.explain {
            let (matches, cut) = explain::matches(self, &resolution.claim.groups);
            resolution.matches = matches;
            resolution.diagnostics.extend(cut);
        }
        if matches!(outcome, Outcome::Resolved | Outcome::NoMatch) {
            let role = decision.role(catalog, policy);
            resolution.role = Some(catalog.role(role).to_owned());
            let groups = decision.groups();
            resolution.groups = groups.map(|group| catalog.group(group).to_owned()).collect();
            resolution.diagnostics.extend(decision.raised_by_group(catalog, policy));
            if options.explain {
                let granting = explain::granting_role(self, &resolution.claim.groups, role);
                resolution.role_reasons = decision.role_reasons(catalog, policy, granting);
            }
        }
        (resolution, decision)
    }

    /// What a new user with these IdP groups comes to, without a word about it: for comparing thousands of them. Where the
    /// outcome is that the policy keeps or denies, the decision means nothing.
    pub(crate) fn decide(&self, groups: &[&str]) -> (Outcome, Decision) {
        let mut decision = Decision::default();
        let mut fired = Fired::default();
        for group in groups {
            let grant = &mut |granted: Granted<'_>| granted.what.into_iter().for_each(|what| decision.grant(what));
            self.rules.grant(&self.catalog, &self.policy, group, &mut fired, grant);
        }
        decision.stand(Standing::default());
        let status = if groups.is_empty() {
            ClaimStatus::Empty
        } else {
            ClaimStatus::Present
        };
        (self.outcome(status, &decision), decision)
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

    fn outcome(&self, claim: ClaimStatus, decision: &Decision) -> Outcome {
        let is_unreadable = matches!(claim, ClaimStatus::Malformed | ClaimStatus::Incomplete);
        match (claim, self.policy.missing_claim, self.policy.unreadable_claim) {
            (ClaimStatus::Missing, MissingClaim::Keep, _) => Outcome::Keep,
            (ClaimStatus::Missing, MissingClaim::Deny, _) => Outcome::Deny,
            (_, _, UnreadableClaim::Keep) if is_unreadable => Outcome::Keep,
            (_, _, UnreadableClaim::Deny) if is_unreadable => Outcome::Deny,
            _ if !decision.is_no_match() => Outcome::Resolved,
            _ => match self.policy.no_match {
                NoMatch::DefaultRole => Outcome::NoMatch,
                NoMatch::Keep => Outcome::Keep,
                NoMatch::Deny => Outcome::Deny,
            },
        }
    }

    /// A target that grants nothing, with the entry that names it.
    fn unknown_target(&self, entry: usize, target: &str) -> Option<Diagnostic> {
        let entry = self.mapping.entries().get(entry)?;
        let diagnostic = match entry.target.kind {
            TargetKind::Name => unknown_target(target),
            TargetKind::Capture => uncaptured_target(target, self.catalog.is_role(target)),
        };
        Some(diagnostic.at(entry.target.span))
    }
}
