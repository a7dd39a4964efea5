//! A decision in words.

use super::grants::{Grants, MAX_EXPLAINED_GRANTS, MAX_UNMET};
use super::numbered::{Explained, NumberedGrant, NumberedMatch, NumberedReason, NumberedResolution};
use super::resolution::{EntryText, Grant, GrantKind, Match, MatchedVia, Outcome, Resolution, RoleReason, Unmet};
use super::{GroupSync, Weighed};
use crate::catalog::{Grantable, GroupIndex, RoleRank};
use crate::check::{uncaptured_target, unknown_target};
use crate::claims::ClaimGroups;
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::mapping::{TargetKind, Term};

impl GroupSync {
    /// What `weighed` comes to. The groups of the claim belong to the reasons.
    pub(crate) fn in_words(&self, claim: &ClaimGroups, grants: &Grants, weighed: &Weighed) -> Resolution {
        let NumberedResolution {
            outcome,
            role,
            groups,
            role_reasons,
        } = &weighed.resolution;
        let mut diagnostics = claim.diagnostics.clone();
        let unknown = grants.unknown.iter();
        diagnostics.extend(
            unknown.filter_map(|(entry, place)| self.unknown_target(*entry, claim.groups.get(*place as usize)?)),
        );
        let explained = grants.explained.as_ref();
        let cut = |limit: usize, listed: &str| {
            let message = format!("the explanation stops after {limit} {listed}; the decision counts them all");
            Diagnostic::new(DiagnosticCode::ExplanationCut, message).param("limit", limit.to_string())
        };
        if explained.is_some_and(|explained| explained.is_cut) {
            diagnostics.push(cut(MAX_EXPLAINED_GRANTS, "grants"));
        }
        if explained.is_some_and(|explained| explained.is_unmet_cut) {
            diagnostics.push(cut(MAX_UNMET, "conditions that are not met"));
        }
        let role = role.map(|role| RoleRank(role as usize));
        diagnostics.extend(role.and_then(|role| weighed.decision.raised_by_group(&self.catalog, role)));
        Resolution {
            outcome: *outcome,
            role: role.map(|role| self.catalog.role(role).to_owned()),
            role_reasons: role_reasons
                .iter()
                .map(|reason| self.role_reason(claim, *reason))
                .collect(),
            groups: groups.iter().map(|group| self.group_name(*group)).collect(),
            matches: explained
                .map(|explained| self.matches(claim, explained))
                .unwrap_or_default(),
            unmet_requirement: match outcome {
                Outcome::Deny => self
                    .unmet_requirement(claim.status, &claim.names())
                    .into_iter()
                    .map(Term::canonical)
                    .collect(),
                _ => Vec::new(),
            },
            unmet: explained
                .map(|explained| self.unmet(claim, grants, explained))
                .unwrap_or_default(),
            diagnostics,
            claim: match explained {
                Some(_) => claim.clone(),
                None => ClaimGroups {
                    status: claim.status,
                    groups: Vec::new(),
                    path: claim.path.clone(),
                    diagnostics: claim.diagnostics.clone(),
                },
            },
        }
    }

    /// The name of a group by its number.
    pub(crate) fn group_name(&self, group: u32) -> String {
        self.catalog.group(GroupIndex(group as usize)).to_owned()
    }

    /// The near misses of a name that matches nothing.
    pub(super) fn near_misses_of(&self, name: &str) -> impl Iterator<Item = &str> {
        let near_misses = self.near_misses.of(self.rules.sources(), &self.catalog, name);
        // A condition that is not met may hold the name itself.
        near_misses.filter(move |other| self.rules.spelled(other) != self.rules.spelled(name))
    }

    fn unmet(&self, claim: &ClaimGroups, grants: &Grants, explained: &Explained) -> Vec<Unmet> {
        let unmet = explained.unmet.iter().filter_map(|(place, entry)| {
            Some(Unmet {
                idp_group: claim.groups.get(*place as usize)?.clone(),
                entry: *self.entry_spans().get(*entry as usize)?,
                text: self.text_of(*entry),
                failed: self.rules.failed(&grants.met, *entry),
            })
        });
        unmet.collect()
    }

    fn matches(&self, claim: &ClaimGroups, explained: &Explained) -> Vec<Match> {
        let mut rest = explained.grants.as_slice();
        let matches = claim.groups.iter().zip(&explained.matches);
        matches
            .map(|(idp_group, NumberedMatch { via, grants })| {
                let (grants, after) = rest.split_at_checked(*grants as usize).unwrap_or_default();
                rest = after;
                let near_misses = match via {
                    MatchedVia::None => self.near_misses_of(idp_group).map(str::to_owned).collect(),
                    _ => Vec::new(),
                };
                Match {
                    idp_group: idp_group.clone(),
                    via: *via,
                    grants: grants.iter().map(|grant| self.grant(*grant, idp_group)).collect(),
                    near_misses,
                }
            })
            .collect()
    }

    fn grant(&self, NumberedGrant { target, entry }: NumberedGrant, idp_group: &str) -> Grant {
        let unknown = || self.rules.unknown(entry?, idp_group);
        Grant {
            target: match target {
                Some(target) => self.catalog.target_name(target as usize).to_owned(),
                None => unknown().map(|unknown| unknown.text.into_owned()).unwrap_or_default(),
            },
            kind: match target.map(|target| self.catalog.target_of(target as usize)) {
                Some(Grantable::Role(_)) => GrantKind::Role,
                Some(Grantable::Group(_)) => GrantKind::Group,
                None => GrantKind::Unknown,
            },
            entry: entry.and_then(|entry| self.entry_spans().get(entry as usize)).copied(),
            text: entry.and_then(|entry| self.text_of(entry)),
            with: entry
                .map(|entry| self.rules.others(entry, &self.rules.spelled(idp_group)))
                .unwrap_or_default(),
        }
    }

    fn role_reason(&self, claim: &ClaimGroups, reason: NumberedReason) -> RoleReason {
        match reason {
            NumberedReason::Default => RoleReason::Default,
            NumberedReason::RoleGroup(place) => RoleReason::RoleGroup {
                idp_group: claim.groups.get(place as usize).cloned().unwrap_or_default(),
            },
            NumberedReason::RequiredBy(group) => RoleReason::RequiredBy {
                group: self.group_name(group),
            },
            NumberedReason::Kept => RoleReason::Kept,
        }
    }

    /// A target that grants nothing, with the entry that names it.
    fn unknown_target(&self, entry: u32, idp_group: &str) -> Option<Diagnostic> {
        let unknown = self.rules.unknown(entry, idp_group)?;
        let diagnostic = match unknown.kind {
            TargetKind::Name => unknown_target(&unknown.text),
            TargetKind::Capture => uncaptured_target(&unknown.text, self.catalog.is_role(&unknown.text)),
        };
        let diagnostic = diagnostic.at(unknown.span);
        Some(match self.text_of(entry) {
            None => diagnostic,
            Some(EntryText::Instance) => diagnostic.param("text", "instance"),
            Some(EntryText::Workspace) => diagnostic.param("text", "workspace"),
        })
    }
}
