//! The decision in words, one IdP group at a time.

use super::GroupSync;
use super::resolution::{Grant, GrantKind, Match, MatchedVia};
use super::rules::{Granted, GrantedVia};
use crate::catalog::{Grantable, RoleRank};
use crate::diagnostic::{Diagnostic, DiagnosticCode};

/// How many grants an explanation lists: with many patterns, each of which many IdP groups match, their number is a product.
pub const MAX_EXPLAINED_GRANTS: usize = 100_000;

/// One match per IdP group, and a diagnostic if there are too many grants to list.
pub(super) fn matches(sync: &GroupSync, idp_groups: &[String]) -> (Vec<Match>, Option<Diagnostic>) {
    let mut left = MAX_EXPLAINED_GRANTS;
    let mut is_cut = false;
    let mut matches = Vec::with_capacity(idp_groups.len());
    for idp_group in idp_groups {
        let (via, mut granted) = if left > 0 {
            sync.rules.granted(&sync.catalog, &sync.policy, idp_group)
        } else {
            let via = sync.rules.via(&sync.catalog, &sync.policy, idp_group);
            is_cut |= via != GrantedVia::Nothing;
            (via, Vec::new())
        };
        is_cut |= granted.len() > left;
        granted.truncate(left);
        left -= granted.len();
        let (via, near_misses) = match via {
            GrantedVia::Mapping => (MatchedVia::Mapping, Vec::new()),
            GrantedVia::Name => (MatchedVia::Name, Vec::new()),
            GrantedVia::Nothing => (MatchedVia::None, sync.near_misses.of(idp_group)),
        };
        let grants = granted.iter().map(|granted| grant(sync, granted)).collect();
        matches.push(Match {
            idp_group: idp_group.clone(),
            via,
            grants,
            near_misses,
        });
    }
    let cut = is_cut.then(|| {
        let message =
            format!("the explanation stops after {MAX_EXPLAINED_GRANTS} grants; the decision counts them all");
        Diagnostic::new(DiagnosticCode::ExplanationCut, message).param("limit", MAX_EXPLAINED_GRANTS.to_string())
    });
    (matches, cut)
}

/// The IdP groups that grant `role`, in token order: told by the rules, as the matches may be cut.
pub(super) fn granting_role<'s>(
    sync: &'s GroupSync,
    idp_groups: &'s [String],
    role: RoleRank,
) -> impl Iterator<Item = String> + use<'s> {
    let grants = move |group: &&String| sync.rules.grants_role(&sync.catalog, &sync.policy, group, role);
    idp_groups.iter().filter(grants).cloned()
}

fn grant(sync: &GroupSync, granted: &Granted<'_>) -> Grant {
    Grant {
        target: granted.target.to_string(),
        kind: match granted.what {
            Some(Grantable::Role(_)) => GrantKind::Role,
            Some(Grantable::Group(_)) => GrantKind::Group,
            None => GrantKind::Unknown,
        },
        entry: granted
            .entry
            .and_then(|index| sync.mapping.entries().get(index))
            .map(|entry| entry.span),
    }
}
