//! IdP groups to role and groups, with the reasons.
//!
//! A mapping is compiled once against a catalog and a policy, and then resolves every login. The same input always gives
//! the same output: nothing here has state, a clock or randomness. `docs/resolving.md` has the rules.

mod decision;
mod near_miss;
mod resolution;
mod rules;

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::catalog::{Catalog, CatalogDocument, Grantable};
use crate::check::unknown_target;
use crate::claims::{ClaimGroups, ClaimOptions, ClaimStatus, ClaimValue, read_groups_with_valid_options};
use crate::diagnostic::Diagnostic;
use crate::error::GroupSyncError;
use crate::mapping::Mapping;
use crate::policy::{MissingClaim, NoMatch, Policy, UnreadableClaim};
pub(crate) use decision::{Decision, Standing};
use near_miss::NearMisses;
pub use resolution::{Grant, GrantKind, Match, MatchedVia, Outcome, Resolution, RoleReason};
pub(crate) use rules::{Granted, GrantedVia, Rules, granted_by_name};

/// Everything that decides: the mapping's text, the claim, what can be granted, and the policy.
///
/// Serde reads it from the JSON that the JavaScript package takes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupSyncConfig {
    /// The mapping text.
    pub mapping: String,
    /// The claim that carries the groups.
    pub claim: ClaimOptions,
    /// What can be granted.
    #[serde(deserialize_with = "catalog_of_document")]
    pub catalog: Catalog,
    /// The admin's choices.
    #[serde(default)]
    pub policy: Policy,
}

fn catalog_of_document<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Catalog, D::Error> {
    Catalog::try_from(CatalogDocument::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}

/// How much a resolution says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ResolveOptions {
    /// Whether matches, role reasons and near misses are filled in. The decision is the same without.
    pub explain: bool,
}

impl Default for ResolveOptions {
    fn default() -> Self {
        ResolveOptions { explain: true }
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
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn resolve_raw_groups(&self, groups: &[Option<String>], options: ResolveOptions) -> Resolution {
        self.resolve_claim(ClaimGroups::from_names(groups.iter().map(Option::as_deref)), options)
    }

    fn resolve_claim(&self, claim: ClaimGroups, options: ResolveOptions) -> Resolution {
        self.weigh(claim, options, |_| Standing::default()).0
    }

    /// Resolves for a user who has something already: `standing` says what, once it is known which groups are granted. Where
    /// the policy leaves everything as it is, the decision means nothing.
    pub(crate) fn weigh(
        &self,
        claim: ClaimGroups,
        options: ResolveOptions,
        standing: impl FnOnce(&Decision) -> Standing,
    ) -> (Resolution, Decision) {
        let granted: Vec<(GrantedVia, Vec<Granted<'_>>)> = claim
            .groups
            .iter()
            .map(|group| self.rules.granted(&self.catalog, &self.policy, group))
            .collect();
        let decision = Decision::new(granted.iter().flat_map(|(_, granted)| granted), standing);
        let outcome = self.outcome(claim.status, &decision);
        let has_result = matches!(outcome, Outcome::Resolved | Outcome::NoMatch);
        let (catalog, policy) = (&self.catalog, &self.policy);

        let mut diagnostics = claim.diagnostics.clone();
        diagnostics.extend(self.unknown_targets(&granted));
        let mut resolution = Resolution {
            outcome,
            role: None,
            role_reasons: Vec::new(),
            groups: Vec::new(),
            matches: if options.explain {
                self.matches(&claim, &granted)
            } else {
                Vec::new()
            },
            diagnostics,
            claim,
        };
        if has_result {
            let role = decision.role(catalog, policy);
            resolution.role = Some(catalog.role(role).to_owned());
            resolution.groups = decision
                .groups
                .iter()
                .map(|group| catalog.group(*group).to_owned())
                .collect();
            resolution.diagnostics.extend(decision.raised_by_group(catalog, policy));
            if options.explain {
                let is_granted = |granted: &Granted<'_>| granted.what == Some(Grantable::Role(role));
                let granting = resolution.claim.groups.iter().zip(&granted);
                let granting = granting.filter(|(_, (_, granted))| granted.iter().any(is_granted));
                let granting = granting.map(|(idp_group, _)| idp_group.clone());
                resolution.role_reasons = decision.role_reasons(catalog, policy, granting);
            }
        }
        (resolution, decision)
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

    /// Each unknown target once per entry, in the order of the token.
    fn unknown_targets(&self, granted: &[(GrantedVia, Vec<Granted<'_>>)]) -> Vec<Diagnostic> {
        let unknown = granted
            .iter()
            .flat_map(|(_, granted)| granted)
            .filter(|granted| granted.what.is_none());
        let mut seen = BTreeSet::new();
        let mut diagnostics = Vec::new();
        for Granted { target, entry, .. } in unknown {
            if seen.insert((*entry, target.as_ref())) {
                let diagnostic = unknown_target(target);
                let entry = entry.and_then(|index| self.mapping.entries().get(index));
                diagnostics.push(match entry {
                    Some(entry) => diagnostic.at(entry.target.span),
                    None => diagnostic,
                });
            }
        }
        diagnostics
    }

    fn matches(&self, claim: &ClaimGroups, granted: &[(GrantedVia, Vec<Granted<'_>>)]) -> Vec<Match> {
        let matched = |(idp_group, (via, granted)): (&String, &(GrantedVia, Vec<Granted<'_>>))| Match {
            idp_group: idp_group.clone(),
            via: match via {
                GrantedVia::Mapping => MatchedVia::Mapping,
                GrantedVia::Name => MatchedVia::Name,
                GrantedVia::Nothing => MatchedVia::None,
            },
            grants: granted.iter().map(|granted| self.grant(granted)).collect(),
            near_misses: match via {
                GrantedVia::Nothing => self.near_misses.of(idp_group),
                _ => Vec::new(),
            },
        };
        claim.groups.iter().zip(granted).map(matched).collect()
    }

    fn grant(&self, granted: &Granted<'_>) -> Grant {
        Grant {
            target: granted.target.to_string(),
            kind: match granted.what {
                Some(Grantable::Role(_)) => GrantKind::Role,
                Some(Grantable::Group(_)) => GrantKind::Group,
                None => GrantKind::Unknown,
            },
            entry: granted
                .entry
                .and_then(|index| self.mapping.entries().get(index))
                .map(|entry| entry.span),
        }
    }
}
