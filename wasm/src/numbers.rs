//! Decisions in numbers: IdP groups come as one text, memberships and what they come to as numbers, through a buffer each. The
//! package's `numbers.ts` is the other side.

use std::cell::RefCell;

use idp_group_sync::{
    Explained, GroupSync, Licence, LicenceStatus, LoginRequest, LoginSync, LoginUser, MemberStatus, NumberedMembership,
    NumberedOutcome, NumberedPlan, NumberedReason, NumberedResolution, NumberedWorkspace, Span, UserStatus,
};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::buffers::input;

thread_local! {
    static INPUT: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
    static OUTPUT: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

/// Makes room for this many numbers that go in, and says where.
#[wasm_bindgen(js_name = reserveNumbers)]
#[must_use]
pub fn reserve_numbers(count: usize) -> *const u32 {
    INPUT.with_borrow_mut(|numbers| {
        numbers.resize(count, 0);
        numbers.as_ptr()
    })
}

/// Gives the IdP groups that went in to `decide`, with the numbers that did, and says where the numbers are that it writes:
/// nowhere where it has none, or where the names are not as many as they should be.
pub(crate) fn told(
    length: usize,
    names: usize,
    numbers: usize,
    decide: impl FnOnce(&[&str], &mut Numbers<'_>, &mut Vec<u32>) -> Option<()>,
) -> *const u32 {
    OUTPUT.with_borrow_mut(|output| {
        output.clear();
        let told = INPUT.with_borrow(|given| {
            let numbers = given.get(..numbers).unwrap_or_default();
            input(length, |text| {
                let text = std::str::from_utf8(text).ok()?;
                let mut idp_groups = Vec::with_capacity(names);
                if names > 0 {
                    idp_groups.extend(text.split('\0'));
                }
                let is_complete = idp_groups.len() == names;
                is_complete.then(|| decide(&idp_groups, &mut Numbers(numbers.iter()), output))?
            })
        });
        told.map_or(std::ptr::null(), |()| output.as_ptr())
    })
}

/// Numbers that went in, to be read one after the other.
pub(crate) struct Numbers<'n>(std::slice::Iter<'n, u32>);

impl Numbers<'_> {
    fn next(&mut self) -> Option<u32> {
        self.0.next().copied()
    }

    /// A membership, of which `groups` holds the groups.
    pub(crate) fn membership<'m>(&mut self, groups: &'m mut Vec<(u32, bool)>) -> Option<NumberedMembership<'m>> {
        let role = self.next()?;
        let (role, role_by_sync) = ((role >> 1).checked_sub(1), role & 1 == 1);
        let last_admin = match self.next()? {
            0 => None,
            flag => Some(flag == 2),
        };
        for _ in 0..self.next()? {
            let group = self.next()?;
            groups.push((group >> 1, group & 1 == 1));
        }
        Some(NumberedMembership {
            role,
            role_by_sync,
            groups,
            last_admin,
        })
    }

    /// A login, but for its claims and workspaces.
    pub(crate) fn login(&mut self) -> Option<LoginRequest> {
        let flags = self.next()?;
        let flag = |bit: u32| flags >> bit & 1 == 1;
        let status = match flags >> 10 {
            0 => UserStatus::Active,
            1 => UserStatus::Invited,
            _ => UserStatus::Archived,
        };
        let user = LoginUser::new(flag(0));
        let user = user.with_super_admin(flag(1)).with_exempt(flag(9)).with_status(status);
        let mut licence = Licence::default();
        licence.features.sso = flag(2);
        licence.features.group_sync = flag(3);
        licence.features.custom_groups = flag(4);
        if flag(8) {
            licence.status = LicenceStatus::Expired;
        }
        let mut login = LoginRequest::new("oidc", user, Vec::new());
        login.licence = licence;
        login.password_login = flag(5);
        login.signup = flag(6);
        login.explain = flag(7);
        Some(login)
    }

    /// The workspaces of a login: all that is left, of which `groups` holds the groups.
    pub(crate) fn workspaces<'m>(
        &mut self,
        groups: &'m mut Vec<Vec<(u32, bool)>>,
    ) -> Option<Vec<NumberedWorkspace<'m>>> {
        let mut read = Vec::new();
        while let Some(workspace) = self.next() {
            let member = match self.next()? {
                0 => MemberStatus::None,
                1 => MemberStatus::Active,
                2 => MemberStatus::Invited,
                _ => MemberStatus::Archived,
            };
            let mut own = Vec::new();
            let membership = NumberedMembership {
                groups: &[],
                ..self.membership(&mut own)?
            };
            groups.push(own);
            read.push((workspace, member, membership));
        }
        let workspaces = read.into_iter().zip(&*groups);
        Some(
            workspaces
                .map(|((workspace, member, membership), groups)| NumberedWorkspace {
                    workspace,
                    member,
                    membership: NumberedMembership { groups, ..membership },
                })
                .collect(),
        )
    }
}

/// What is numbered in a configuration, by its numbers.
#[derive(Serialize)]
pub(crate) struct Names<'s> {
    claim: Option<&'s str>,
    roles: &'s [String],
    groups: Vec<&'s str>,
    /// Start, end, line and column of each entry.
    entries: Vec<usize>,
}

impl<'s> Names<'s> {
    pub(crate) fn of(sync: &'s GroupSync) -> Self {
        let place = |span: &Span| [span.utf16().start, span.utf16().end, span.line(), span.column()];
        Names {
            claim: sync.plain_claim(),
            roles: sync.catalog().roles(),
            groups: sync.catalog().groups().map(|group| group.name.as_str()).collect(),
            entries: sync.entry_spans().iter().flat_map(place).collect(),
        }
    }
}

/// What is numbered in settings.
#[derive(Serialize)]
pub(crate) struct LoginNames<'s> {
    claim: Option<&'s str>,
    syncs: Vec<Names<'s>>,
    /// The id of each workspace, its number, and the place of its configuration.
    workspaces: Vec<(&'s str, u32, u32)>,
}

impl<'s> LoginNames<'s> {
    pub(crate) fn of(sync: &'s LoginSync) -> Self {
        LoginNames {
            claim: sync.plain_claim(),
            syncs: sync.syncs().iter().map(Names::of).collect(),
            workspaces: sync.numbered_workspaces().collect(),
        }
    }
}

/// Writes what a resolution says, and what each IdP group did where that is explained.
pub(crate) fn write_resolution(output: &mut Vec<u32>, resolution: &NumberedResolution, explained: Option<&Explained>) {
    output.extend([resolution.outcome as u32, resolution.role.map_or(0, |role| role + 1)]);
    write_list(output, &resolution.groups);
    output.push(count(resolution.role_reasons.len()));
    output.extend(resolution.role_reasons.iter().map(|reason| match reason {
        NumberedReason::Default => 0,
        NumberedReason::RoleGroup(idp_group) => idp_group << 2 | 1,
        NumberedReason::RequiredBy(group) => group << 2 | 2,
        NumberedReason::Kept => 3,
    }));
    let Some(Explained { matches, grants, .. }) = explained else {
        return;
    };
    let mut grants = grants.iter();
    for matched in matches {
        output.push(matched.grants << 2 | matched.via as u32);
        for grant in grants.by_ref().take(matched.grants as usize) {
            output.extend([grant.target, grant.entry].map(|number| number.map_or(0, |number| number + 1)));
        }
    }
}

/// Writes what a plan says.
pub(crate) fn write_plan(output: &mut Vec<u32>, plan: &NumberedPlan, explained: Option<&Explained>) {
    let reason = plan.reason.map_or(0, |reason| reason as u32 + 1);
    output.extend([
        plan.status as u32,
        reason,
        plan.from.map_or(0, |role| role + 1),
        plan.to,
    ]);
    for groups in [&plan.join, &plan.leave, &plan.keep] {
        write_list(output, groups);
    }
    output.push(u32::from(plan.resolution.is_some()));
    if let Some(resolution) = &plan.resolution {
        write_resolution(output, resolution, explained);
    }
}

/// Writes what a login comes to: its plans.
pub(crate) fn write_outcome(output: &mut Vec<u32>, NumberedOutcome { plans, explained }: &NumberedOutcome) {
    for (plan, place) in plans {
        let explained = place.and_then(|place| explained.get(place as usize));
        write_plan(output, plan, explained);
    }
}

fn write_list(output: &mut Vec<u32>, places: &[u32]) {
    output.push(count(places.len()));
    output.extend(places);
}

/// No list is so long: a text, a claim and a catalog are limited.
fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
