//! A login in numbers; see [`NumberedPlan`].

use std::convert::Infallible;

use super::compile::{Compiled, Listed};
use super::request::{LoginRequest, MemberStatus};
use super::{LoginSync, Made, Step, admits, syncs};
use crate::plan::{NumberedMembership, NumberedPlan, PlanReason, PlanStatus, Seats};
use crate::resolve::{Explained, Grants, GroupSync, Outcome, number, plain_status};

/// A workspace to decide about, by number.
#[derive(Clone, Copy, Debug)]
pub struct NumberedWorkspace<'m> {
    /// One of [`LoginSync::numbered_workspaces`].
    pub workspace: u32,
    /// What the user is there.
    pub member: MemberStatus,
    /// What the user has there.
    pub membership: NumberedMembership<'m>,
}

/// What [`LoginOutcome`](crate::LoginOutcome) says of somebody who may come in, by number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberedOutcome {
    /// One plan per workspace, in their order. Where a claim was looked at, with the place of what explains it, if that was asked
    /// for.
    pub plans: Vec<(NumberedPlan, Option<u32>)>,
    /// One for each configuration that decided: workspaces that share a configuration share what explains it.
    pub explained: Vec<Explained>,
}

impl LoginSync {
    /// The configurations that decide, each distinct one once.
    #[must_use]
    pub fn syncs(&self) -> &[GroupSync] {
        &self.syncs
    }

    /// The property of a token that carries the groups for every workspace, where it is one and the names in it are read as they
    /// are.
    #[must_use]
    pub fn plain_claim(&self) -> Option<&str> {
        self.plain_claim.as_deref()
    }

    /// The ids of the workspaces that can be decided about by number, with the number of each, and the place of its configuration
    /// among [`LoginSync::syncs`].
    pub fn numbered_workspaces(&self) -> impl Iterator<Item = (&str, u32, u32)> {
        let listed = self.listed.iter().enumerate();
        listed.filter_map(|(place, listed)| {
            let sync = self.numbered(listed)?;
            Some((listed.id.as_str(), number(place), number(sync)))
        })
    }

    /// The same as [`LoginSync::decide`] for a token in which [`LoginSync::plain_claim`] lists these IdP groups, in numbers. The
    /// claims and workspaces of the request are not looked at. `None` where only words tell all: see
    /// [`GroupSync::plan_by_number`]; or the login is refused, or limited by seats or a licence.
    #[must_use]
    pub fn decide_by_number(
        &self,
        request: &LoginRequest,
        idp_groups: &[&str],
        workspaces: &[NumberedWorkspace<'_>],
    ) -> Option<NumberedOutcome> {
        let is_limited = !request.licence.features.custom_groups || request.licence.seats != Seats::default();
        if !syncs(&request.method) || is_limited || self.refusal(request).is_some() || self.plain_claim.is_none() {
            return None;
        }
        let status = plain_status(idp_groups, request.explain)?;
        // What the configurations said that were asked, by their places.
        let mut grants = Made::default();
        let mut plans = Vec::with_capacity(workspaces.len());
        for NumberedWorkspace {
            workspace,
            member,
            membership,
        } in workspaces
        {
            let listed = self.listed.get(*workspace as usize)?;
            let place = self.numbered(listed)?;
            let sync = self.syncs.get(place)?;
            match self.step(request, true, &listed.id, Some(listed), *member) {
                Step::Skip { reason, joins } => {
                    let mut plan = skipped(sync, membership, reason)?;
                    if joins && plan.from.is_none() {
                        plan.status = PlanStatus::Change;
                    }
                    plans.push((plan, None));
                }
                Step::Plan { needs_match } => {
                    let ask = || Ok::<_, Infallible>(sync.grants(idp_groups, request.explain));
                    let Ok(known) = grants.place(place, ask);
                    let granted = grants.made.get(known)?;
                    let mut plan = sync.plan_numbered(status, idp_groups, granted, membership)?;
                    let outcome = plan.resolution.as_ref()?.outcome;
                    if needs_match && outcome != Outcome::Resolved {
                        plan = NumberedPlan {
                            resolution: plan.resolution,
                            ..skipped(sync, membership, PlanReason::NotAMember)?
                        };
                    }
                    plans.push((plan, request.explain.then(|| number(known))));
                }
            }
        }
        let mut members = plans.iter().zip(workspaces);
        let is_denied = plans.iter().any(|(plan, _)| plan.status == PlanStatus::Denied);
        if is_denied && !members.any(|((plan, _), workspace)| admits(plan.status, workspace.member)) {
            return None;
        }
        let explained = grants.made.into_iter().filter_map(Grants::into_explained).collect();
        Some(NumberedOutcome { plans, explained })
    }
}

impl LoginSync {
    /// The place of the configuration of a workspace that can be decided about by number.
    fn numbered(&self, listed: &Listed) -> Option<usize> {
        match listed.compiled {
            Compiled::Ready { sync, .. } => {
                Some(sync).filter(|sync| self.syncs.get(*sync).is_some_and(|sync| !sync.is_overlay()))
            }
            _ => None,
        }
    }
}

/// The plan that changes nothing.
fn skipped(sync: &GroupSync, membership: &NumberedMembership<'_>, reason: PlanReason) -> Option<NumberedPlan> {
    let present = sync.numbered_present(membership)?;
    Some(NumberedPlan {
        status: PlanStatus::Skipped,
        reason: Some(reason),
        from: membership.role,
        to: membership.role.unwrap_or(0),
        join: Vec::new(),
        leave: Vec::new(),
        keep: present.groups().map(|group| number(group.0)).collect(),
        resolution: None,
    })
}
