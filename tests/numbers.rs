//! Decisions in numbers say the same as those in words, on random configurations and logins; and they are given wherever there
//! is nothing that only words tell.

#![allow(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

use idp_group_sync::{
    AppGroup, Catalog, ClaimGroups, ClaimOptions, ClaimStatus, ClaimValue, Explained, Grant, GrantKind, GrantedBy,
    GroupSync, GroupSyncConfig, Guards, InstanceSettings, LoginRequest, LoginSync, Match, MatchedVia, MemberGroup,
    Membership, NumberedMembership, NumberedPlan, NumberedReason, NumberedResolution, NumberedWorkspace, Outcome,
    PlanOptions, Policy, Resolution, ResolveOptions, RoleChange, RoleReason, SyncPlan,
};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::json;

const GROUPS: [&str; 5] = ["a", "b", "c", "d", "e"];
const ROLES: [&str; 3] = ["end-user", "builder", "admin"];

fn group_name(sync: &GroupSync, place: u32) -> String {
    sync.catalog().groups().nth(place as usize).unwrap().name.clone()
}

fn role_name(sync: &GroupSync, rank: u32) -> String {
    sync.catalog().roles()[rank as usize].clone()
}

/// What a reader of the numbers makes of them.
fn resolution_of(
    sync: &GroupSync,
    names: &[&str],
    path: &[String],
    numbered: Option<NumberedResolution>,
    explained: Option<&Explained>,
) -> Resolution {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let Some(numbered) = numbered else {
        return Resolution {
            claim: ClaimGroups {
                status: ClaimStatus::Missing,
                groups: Vec::new(),
                path: Vec::new(),
                diagnostics: Vec::new(),
            },
            outcome: Outcome::Keep,
            role: None,
            role_reasons: Vec::new(),
            groups: Vec::new(),
            matches: Vec::new(),
            unmet_requirement: Vec::new(),
            unmet: Vec::new(),
            diagnostics: Vec::new(),
        };
    };
    let roles = sync.catalog().roles().len() as u32;
    let mut grants = explained.map(|explained| explained.grants.iter()).unwrap_or_default();
    let mut grant = || {
        let grant = grants.next().unwrap();
        let target = grant.target.unwrap();
        let (kind, target) = match target.checked_sub(roles) {
            None => (GrantKind::Role, role_name(sync, target)),
            Some(place) => (GrantKind::Group, group_name(sync, place)),
        };
        Grant {
            target,
            kind,
            entry: grant.entry.map(|entry| sync.entry_spans()[entry as usize]),
            text: None,
            with: Vec::new(),
        }
    };
    let matches = explained
        .map(|explained| explained.matches.as_slice())
        .unwrap_or_default();
    let matches = matches.iter().zip(names).map(|(matched, name)| Match {
        idp_group: (*name).to_owned(),
        via: matched.via,
        grants: (0..matched.grants).map(|_| grant()).collect(),
        near_misses: Vec::new(),
    });
    Resolution {
        matches: matches.collect(),
        claim: ClaimGroups {
            status: if names.is_empty() {
                ClaimStatus::Empty
            } else {
                ClaimStatus::Present
            },
            groups: explained.map(|_| owned(names)).unwrap_or_default(),
            path: path.to_vec(),
            diagnostics: Vec::new(),
        },
        outcome: numbered.outcome,
        role: numbered.role.map(|rank| role_name(sync, rank)),
        role_reasons: numbered
            .role_reasons
            .into_iter()
            .map(|reason| match reason {
                NumberedReason::Default => RoleReason::Default,
                NumberedReason::Kept => RoleReason::Kept,
                NumberedReason::RoleGroup(place) => RoleReason::RoleGroup {
                    idp_group: names[place as usize].to_owned(),
                },
                NumberedReason::RequiredBy(group) => RoleReason::RequiredBy {
                    group: group_name(sync, group),
                },
            })
            .collect(),
        groups: numbered
            .groups
            .into_iter()
            .map(|group| group_name(sync, group))
            .collect(),
        unmet_requirement: Vec::new(),
        unmet: Vec::new(),
        diagnostics: Vec::new(),
    }
}

fn plan_of(
    sync: &GroupSync,
    names: &[&str],
    path: &[String],
    plan: NumberedPlan,
    explained: Option<&Explained>,
) -> SyncPlan {
    let groups = |groups: Vec<u32>| groups.into_iter().map(|group| group_name(sync, group)).collect();
    SyncPlan {
        status: plan.status,
        reason: plan.reason,
        role: RoleChange {
            from: plan.from.map(|rank| role_name(sync, rank)),
            to: role_name(sync, plan.to),
        },
        join: groups(plan.join),
        leave: groups(plan.leave),
        keep: groups(plan.keep),
        provider: None,
        blocked: Vec::new(),
        resolution: resolution_of(sync, names, path, plan.resolution, explained),
    }
}

/// The groups of a membership by number; `None` if the catalog does not have one.
fn numbered_groups(sync: &GroupSync, membership: &Membership) -> Option<Vec<(u32, bool)>> {
    let place = |name: &str| sync.catalog().groups().position(|group| group.name == name);
    let numbered = |group: &MemberGroup| Some((place(&group.name)? as u32, group.granted_by == Some(GrantedBy::Sync)));
    membership.groups.iter().map(numbered).collect()
}

fn rank(role: &str) -> u32 {
    ROLES.iter().position(|known| *known == role).unwrap() as u32
}

fn config() -> impl Strategy<Value = GroupSyncConfig> {
    let entry = (
        select(&["x", "y", "z", "a", "team-*", "*-lead", "t*m-*d"][..]),
        select(&["a", "b", "c", "d", "builder", "admin", "end-user", "unknown"][..]),
    );
    let entry = entry.prop_map(|(source, target)| format!("{source} -> {target}\n"));
    let mapping = (prop::collection::vec(entry, 0..7), any::<bool>())
        .prop_map(|(entries, captures)| entries.concat() + if captures { "g-* -> *" } else { "" });
    let required = select(&[None, None, None, Some("builder"), Some("admin")][..]);
    let catalog = (subsequence(GROUPS.to_vec(), 2..=5), prop::collection::vec(required, 5));
    let policy = (
        select(vec![json!(true), json!(false), json!("groups-only")]),
        select(&["default-role", "default-role", "keep", "deny"][..]),
        select(&["infer", "keep-manual", "keep"][..]),
        select(&["all", "synced", "mapped", "none"][..]),
        select(&["matched", "all", "none"][..]),
        select(&["", "", "x", "team-* && !y"][..]),
        select(&["allow", "allow", "never"][..]),
        select(&["every-login", "every-login", "first-login"][..]),
    );
    (mapping, catalog, policy).prop_map(|(mapping, (names, required), policy)| {
        let groups = names.into_iter().zip(required);
        let groups = groups.map(|(name, role)| AppGroup {
            name: name.to_owned(),
            requires: role.map(str::to_owned),
        });
        let (by_name, no_match, role, removal, non_members, require, demotion, sync_on) = policy;
        let policy = json!({
            "matchByName": by_name, "noMatch": no_match, "roleWithoutRoleGroup": role, "removal": removal,
            "nonMembers": non_members, "require": require, "demotion": demotion, "syncOn": sync_on,
        });
        GroupSyncConfig {
            mapping,
            claim: ClaimOptions::default(),
            catalog: Catalog::new(None, groups.collect()).unwrap(),
            policy: serde_json::from_value(policy).unwrap(),
        }
    })
}

fn names() -> impl Strategy<Value = Vec<&'static str>> {
    const KNOWN: [&str; 13] = [
        "x",
        "y",
        "z",
        "a",
        "b",
        "admin",
        "team-1",
        "team-lead",
        "g-c",
        "nobody",
        "Zürich",
        "X",
        "",
    ];
    prop_oneof![
        9 => subsequence(KNOWN[..11].to_vec(), 0..8),
        1 => prop::collection::vec(select(&KNOWN[..]), 0..8),
    ]
}

fn membership() -> impl Strategy<Value = Membership> {
    let role = prop::option::weighted(0.8, select(&ROLES[..]));
    let granted_by = prop::option::of(select(&[GrantedBy::Sync, GrantedBy::Manual][..]));
    let groups = prop::collection::vec((select(&GROUPS[..]), granted_by.clone()), 0..4);
    (role, granted_by, groups).prop_map(|(role, role_granted_by, groups)| {
        let groups = groups.into_iter();
        let groups = groups.map(|(name, granted_by)| MemberGroup::new(name).with_granted_by(granted_by));
        Membership::default()
            .with_role(role.map(str::to_owned))
            .with_role_granted_by(role_granted_by)
            .with_groups(groups.collect::<Vec<_>>())
    })
}

fn numbered<'m>(
    membership: &Membership,
    groups: &'m [(u32, bool)],
    last_admin: Option<bool>,
) -> NumberedMembership<'m> {
    NumberedMembership {
        role: membership.role.as_deref().map(rank),
        role_by_sync: membership.role_granted_by == Some(GrantedBy::Sync),
        groups,
        last_admin,
    }
}

/// Whether words say something of a resolution that numbers do not.
fn has_more(resolution: &Resolution) -> bool {
    let is_unknown = |grant: &Grant| grant.kind == GrantKind::Unknown;
    !resolution.diagnostics.is_empty()
        || !resolution.unmet_requirement.is_empty()
        || resolution
            .matches
            .iter()
            .any(|matched| !matched.near_misses.is_empty() || matched.grants.iter().any(is_unknown))
}

/// Whether a name is there twice, or is none.
fn is_odd(names: &[&str], explain: bool) -> bool {
    let distinct: std::collections::BTreeSet<_> = names.iter().collect();
    names.contains(&"") || explain && distinct.len() < names.len()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_resolution_by_number_is_the_same(config in config(), names in names(), explain in any::<bool>()) {
        let sync = GroupSync::new(config).unwrap();
        let words = sync.resolve_groups(&names, ResolveOptions::default().with_explain(explain));
        match sync.resolve_by_number(&names, explain) {
            None => prop_assert!(has_more(&words) || is_odd(&names, explain)),
            Some((numbered, explained)) => {
                prop_assert_eq!(resolution_of(&sync, &names, &[], Some(numbered), explained.as_ref()), words);
            }
        }
    }

    #[test]
    fn a_plan_by_number_is_the_same(
        config in config(),
        names in names(),
        membership in membership(),
        last_admin in any::<Option<bool>>(),
        explain in any::<bool>(),
    ) {
        let sync = GroupSync::new(config).unwrap();
        let Some(groups) = numbered_groups(&sync, &membership) else { return Ok(()) };
        let options = PlanOptions::default().with_explain(explain).with_guards(Guards::default().with_last_admin(last_admin));
        let words = sync.plan_groups(&names, &membership, &options).unwrap();
        match sync.plan_by_number(&names, &numbered(&membership, &groups, last_admin), explain) {
            None => prop_assert!(has_more(&words.resolution) || !words.blocked.is_empty() || is_odd(&names, explain)),
            Some((plan, explained)) => prop_assert_eq!(plan_of(&sync, &names, &[], plan, explained.as_ref()), words),
        }
    }

    #[test]
    fn a_login_by_number_is_the_same(
        configs in prop::collection::vec(config(), 3),
        names in names(),
        members in prop::collection::vec((membership(), select(&["none", "active", "invited", "archived"][..]), any::<bool>()), 3),
        exists in any::<bool>(),
        is_on in prop::bool::weighted(0.9),
        explain in any::<bool>(),
    ) {
        let ids = ["main", "two", "three"];
        let workspaces = ids.iter().zip(&configs).zip(&members).map(|((id, config), (_, _, own))| {
            let policy = serde_json::to_value(&config.policy).unwrap();
            match own {
                true => json!({ "id": id, "enabled": true, "mapping": config.mapping, "policy": policy }),
                false => json!({ "id": id, "enabled": *id != "three" }),
            }
        });
        let settings: InstanceSettings = serde_json::from_value(json!({
            "version": 1, "enabled": is_on, "claim": "groups", "mapping": configs[0].mapping, "policy": {},
            "defaultWorkspace": "main", "workspaces": workspaces.collect::<Vec<_>>(),
        })).unwrap();
        let catalogs = ids.iter().zip(&configs).map(|(id, config)| ((*id).to_owned(), config.catalog.clone()));
        let sync = LoginSync::new(&settings, catalogs).unwrap();
        let mut request: LoginRequest = serde_json::from_value(json!({
            "method": "oidc", "user": { "exists": exists }, "explain": explain, "claims": { "groups": &names },
            "licence": { "status": "active", "features": { "sso": true, "groupSync": true } },
            "workspaces": ids.iter().zip(&members).map(|(id, (membership, member, _))| json!({
                "id": id, "member": member, "membership": membership,
            })).collect::<Vec<_>>(),
        })).unwrap();
        let words = sync.decide(&request).unwrap();

        prop_assert_eq!(sync.plain_claim(), Some("groups"));
        let numbers: Vec<(u32, u32)> = sync.numbered_workspaces().map(|(_, workspace, place)| (workspace, place)).collect();
        let syncs: Vec<&GroupSync> = numbers.iter().map(|(_, place)| &sync.syncs()[*place as usize]).collect();
        let groups: Option<Vec<_>> = syncs.iter().zip(&members).map(|(sync, (membership, ..))| numbered_groups(sync, membership)).collect();
        let Some(groups) = groups else { return Ok(()) };
        let workspaces: Vec<NumberedWorkspace<'_>> = members.iter().zip(&groups).zip(&numbers).zip(&request.workspaces).map(
            |((((membership, ..), groups), (workspace, _)), asked)| NumberedWorkspace {
                workspace: *workspace,
                member: asked.member,
                membership: numbered(membership, groups, None),
            },
        ).collect();
        request.claims = Some(ClaimValue::Null);
        request.workspaces.clear();
        match sync.decide_by_number(&request, &names, &workspaces) {
            None => prop_assert!(
                !words.allowed || !words.diagnostics.is_empty() || is_odd(&names, explain)
                    || words.workspaces.iter().any(|planned| has_more(&planned.plan.resolution) || !planned.plan.blocked.is_empty())
            ),
            Some(outcome) => {
                prop_assert!(words.allowed && words.diagnostics.is_empty());
                for (((plan, explained), planned), sync) in outcome.plans.into_iter().zip(words.workspaces).zip(syncs) {
                    let explained = explained.map(|place| &outcome.explained[place as usize]);
                    prop_assert_eq!(plan_of(sync, &names, &["groups".to_owned()], plan, explained), planned.plan);
                }
            }
        }
    }
}

#[test]
fn an_ordinary_login_is_decided_by_number() {
    let catalog = Catalog::new(
        None,
        vec![AppGroup::new("sales").requiring("builder"), AppGroup::new("crm")],
    )
    .unwrap();
    let sync = GroupSync::new(GroupSyncConfig {
        mapping: "Sales Team -> sales\nAdmins -> admin".to_owned(),
        claim: ClaimOptions::named("groups"),
        catalog,
        policy: Policy::default(),
    })
    .unwrap();
    let present = NumberedMembership {
        role: Some(0),
        role_by_sync: false,
        groups: &[(1, true)],
        last_admin: None,
    };
    let (plan, explained) = sync
        .plan_by_number(&["Sales Team", "crm", "others"], &present, true)
        .unwrap();
    assert_eq!(
        (plan.from, plan.to, plan.join, plan.keep, plan.leave),
        (Some(0), 1, vec![0], vec![1], vec![])
    );
    let explained = explained.unwrap();
    let via = [MatchedVia::Mapping, MatchedVia::Name, MatchedVia::None];
    assert_eq!(
        explained.matches.iter().map(|matched| matched.via).collect::<Vec<_>>(),
        via
    );
    assert_eq!(
        explained
            .grants
            .iter()
            .map(|grant| (grant.target, grant.entry))
            .collect::<Vec<_>>(),
        [(Some(3), Some(0)), (Some(4), None)]
    );
    assert_eq!(
        sync.plan_by_number(&["sales team"], &present, true),
        None,
        "a near miss is told in words"
    );
    assert!(
        sync.plan_by_number(&["sales team"], &present, false).is_some(),
        "without reasons there is none"
    );
    assert_eq!(
        sync.plan_by_number(
            &["crm"],
            &NumberedMembership {
                role: Some(9),
                ..present
            },
            false
        ),
        None
    );
}

#[test]
fn workspaces_that_inherit_share_what_is_compiled() {
    let ids: Vec<String> = (0..200).map(|number| format!("workspace-{number}")).collect();
    let settings: InstanceSettings = serde_json::from_value(json!({
        "version": 1, "enabled": true, "claim": "groups", "mapping": "x -> a", "policy": {}, "defaultWorkspace": ids[0],
        "workspaces": ids.iter().map(|id| match id.as_str() {
            "workspace-7" => json!({ "id": id, "enabled": true, "mapping": "y -> a" }),
            "workspace-8" => json!({ "id": id, "enabled": true, "claim": "roles" }),
            _ => json!({ "id": id, "enabled": true }),
        }).collect::<Vec<_>>(),
    }))
    .unwrap();
    let catalog = |id: &String| Catalog::new(None, vec![AppGroup::new(if id == "workspace-9" { "b" } else { "a" })]);
    let sync = LoginSync::new(&settings, ids.iter().map(|id| (id.clone(), catalog(id).unwrap()))).unwrap();
    assert_eq!(sync.syncs().len(), 4);
    assert_eq!(sync.plain_claim(), None, "they read different claims");
    assert_eq!(sync.numbered_workspaces().count(), 200);
}
