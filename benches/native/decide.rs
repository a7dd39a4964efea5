//! One login: in words, as Rust programs take it, and in numbers, as WebAssembly does.

use divan::{Bencher, black_box};
use idp_group_sync::{
    ClaimValue, GroupSync, InstanceSettings, LoginRequest, LoginSync, MemberGroup, MemberStatus, Membership,
    NumberedMembership, NumberedWorkspace, PlanOptions, ResolveOptions,
};
use serde_json::json;

use crate::generated::{app_group, catalog, idp_group, mapping, sync};

/// Entries of the mapping, groups of the user, and whether reasons are given.
const SIZES: [(usize, usize, bool); 6] = [
    (10, 5, false),
    (10, 5, true),
    (100, 20, false),
    (100, 20, true),
    (1_000, 200, false),
    (1_000, 200, true),
];

/// A configuration, and somebody's groups: four in five are known, and their membership has half as many.
struct Login {
    sync: GroupSync,
    names: Vec<String>,
    present: Vec<usize>,
}

impl Login {
    fn of(entries: usize, groups: usize) -> Login {
        let name = |place: usize| match place % 5 {
            4 => format!("Unrelated {place}"),
            _ => idp_group((place * 3 + 1) % entries),
        };
        Login {
            sync: sync(mapping(entries), catalog(entries)),
            names: (0..groups).map(name).collect(),
            present: (0..groups / 2).map(|place| place * 5 % entries).collect(),
        }
    }

    fn names(&self) -> Vec<&str> {
        self.names.iter().map(String::as_str).collect()
    }

    fn claims(&self) -> ClaimValue {
        ClaimValue::from(json!({ "groups": self.names }))
    }

    fn membership(&self) -> Membership {
        let member = |place: &usize| MemberGroup::new(app_group(*place));
        Membership::new("end-user").with_groups(self.present.iter().map(member).collect::<Vec<_>>())
    }

    fn numbered(&self) -> Vec<(u32, bool)> {
        self.present
            .iter()
            .map(|place| (u32::try_from(*place).unwrap(), false))
            .collect()
    }
}

fn numbered(groups: &[(u32, bool)]) -> NumberedMembership<'_> {
    NumberedMembership {
        role: Some(0),
        role_by_sync: false,
        groups,
        last_admin: None,
    }
}

#[divan::bench(args = SIZES)]
fn resolve(bencher: Bencher<'_, '_>, (entries, groups, explain): (usize, usize, bool)) {
    let login = Login::of(entries, groups);
    let claims = login.claims();
    bencher.bench(|| {
        login
            .sync
            .resolve(black_box(&claims), ResolveOptions::default().with_explain(explain))
            .unwrap()
    });
}

#[divan::bench(args = SIZES)]
fn resolve_by_number(bencher: Bencher<'_, '_>, (entries, groups, explain): (usize, usize, bool)) {
    let login = Login::of(entries, groups);
    let names = login.names();
    bencher.bench(|| login.sync.resolve_by_number(black_box(&names), explain).unwrap());
}

#[divan::bench(args = SIZES)]
fn plan(bencher: Bencher<'_, '_>, (entries, groups, explain): (usize, usize, bool)) {
    let login = Login::of(entries, groups);
    let (claims, membership) = (login.claims(), login.membership());
    let options = PlanOptions::default().with_explain(explain);
    bencher.bench(|| login.sync.plan(black_box(&claims), &membership, &options).unwrap());
}

#[divan::bench(args = SIZES)]
fn plan_by_number(bencher: Bencher<'_, '_>, (entries, groups, explain): (usize, usize, bool)) {
    let login = Login::of(entries, groups);
    let (names, present) = (login.names(), login.numbered());
    bencher.bench(|| {
        login
            .sync
            .plan_by_number(black_box(&names), &numbered(&present), explain)
            .unwrap()
    });
}

/// Settings of so many workspaces, which inherit everything, and a login to all of them.
fn everywhere(login: &Login, entries: usize, explain: bool, workspaces: usize) -> (LoginSync, LoginRequest) {
    let ids: Vec<String> = (0..workspaces).map(|number| format!("workspace-{number}")).collect();
    let listed: Vec<_> = ids.iter().map(|id| json!({ "id": id, "enabled": true })).collect();
    let settings = json!({
        "version": 1, "enabled": true, "claim": "groups", "mapping": mapping(entries), "policy": {},
        "defaultWorkspace": ids.first(), "workspaces": listed,
    });
    let settings: InstanceSettings = serde_json::from_value(settings).unwrap();
    let sync = LoginSync::new(&settings, ids.iter().map(|id| (id.clone(), catalog(entries)))).unwrap();
    let members = ids
        .iter()
        .map(|id| json!({ "id": id, "member": "active", "membership": login.membership() }));
    let request = json!({
        "method": "oidc", "user": { "exists": true }, "explain": explain, "claims": { "groups": login.names },
        "licence": { "status": "active", "features": { "sso": true, "groupSync": true } },
        "workspaces": members.collect::<Vec<_>>(),
    });
    (sync, serde_json::from_value(request).unwrap())
}

#[divan::bench(args = SIZES, consts = [1, 10])]
fn decide<const WORKSPACES: usize>(bencher: Bencher<'_, '_>, (entries, groups, explain): (usize, usize, bool)) {
    let login = Login::of(entries, groups);
    let (sync, request) = everywhere(&login, entries, explain, WORKSPACES);
    bencher.bench(|| sync.decide(black_box(&request)).unwrap());
}

#[divan::bench(args = SIZES, consts = [1, 10])]
fn decide_by_number<const WORKSPACES: usize>(
    bencher: Bencher<'_, '_>,
    (entries, groups, explain): (usize, usize, bool),
) {
    let login = Login::of(entries, groups);
    let (sync, request) = everywhere(&login, entries, explain, WORKSPACES);
    let (names, present) = (login.names(), login.numbered());
    let numbers = sync.numbered_workspaces().map(|(_, workspace, _)| NumberedWorkspace {
        workspace,
        member: MemberStatus::Active,
        membership: numbered(&present),
    });
    let workspaces: Vec<NumberedWorkspace<'_>> = numbers.collect();
    bencher.bench(|| sync.decide_by_number(black_box(&request), &names, &workspaces).unwrap());
}
