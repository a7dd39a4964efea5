//! What holds for every plan, every sequence of commands and every login, tried on random ones.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

use std::collections::{BTreeMap, BTreeSet};

use idp_group_sync::{
    Actor, AppGroup, Catalog, ClaimOptions, ClaimValue, Demotion, GrantedBy, GroupSync, GroupSyncConfig, Guards,
    InstanceSettings, LoginRequest, LoginSync, MemberGroup, Membership, PlanOptions, PlanReason, PlanStatus, Policy,
    Seats, SettingsChange, SettingsCommand, SyncPlan, apply_command,
};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

const GROUPS: [&str; 5] = ["a", "b", "c", "d", "e"];
const ROLES: [&str; 3] = ["end-user", "builder", "admin"];

fn catalog() -> impl Strategy<Value = Catalog> {
    let required = select(&[None, None, Some("builder"), Some("admin")][..]);
    (subsequence(GROUPS.to_vec(), 0..=5), prop::collection::vec(required, 5)).prop_map(|(names, required)| {
        let groups = names.into_iter().zip(required);
        let groups = groups.map(|(name, role)| AppGroup {
            name: name.to_owned(),
            requires: role.map(str::to_owned),
        });
        Catalog::new(None, groups.collect()).unwrap()
    })
}

fn policy() -> impl Strategy<Value = Policy> {
    let choices = (
        select(&["default-role", "default-role", "keep", "deny"][..]),
        select(&["no-groups", "keep", "deny"][..]),
        select(&["keep", "keep", "deny"][..]),
        select(&["infer", "keep-manual", "keep"][..]),
        select(&["all", "synced", "mapped", "none"][..]),
        any::<bool>(),
        select(&["", "", "x", "team-* && !y"][..]),
        select(&["allow", "allow", "never"][..]),
    );
    choices.prop_map(|(no_match, missing, unreadable, role, removal, protect, require, demotion)| {
        let policy = json!({
            "noMatch": no_match, "missingClaim": missing, "unreadableClaim": unreadable, "roleWithoutRoleGroup": role,
            "removal": removal, "protectLastAdmin": protect, "require": require, "demotion": demotion,
        });
        serde_json::from_value(policy).unwrap()
    })
}

fn mapping() -> impl Strategy<Value = String> {
    let entry = (
        select(&["x", "y", "team-*", "a"][..]),
        select(&["a", "b", "c", "admin", "builder", "end-user"][..]),
    );
    let entry = entry.prop_map(|(source, target)| format!("{source} -> {target}\n"));
    (prop::collection::vec(entry, 0..5), any::<bool>())
        .prop_map(|(entries, captures)| entries.concat() + if captures { "g-* -> *" } else { "" })
}

fn claims() -> impl Strategy<Value = Value> {
    let groups = prop::collection::vec(
        select(&["x", "y", "a", "b", "team-1", "g-c", "admin", "nobody"][..]),
        0..5,
    );
    prop_oneof![8 => groups.prop_map(|groups| json!({ "groups": groups })), 1 => Just(json!({})), 1 => Just(json!({ "groups": [7] }))]
}

fn membership() -> impl Strategy<Value = Membership> {
    let role = prop::option::weighted(0.8, select(&ROLES[..]));
    let granted_by = prop::option::of(select(&[GrantedBy::Sync, GrantedBy::Manual][..]));
    let provider = prop::option::of(select(&["okta", "entra"][..]));
    let giver = || (granted_by.clone(), provider.clone());
    let names = subsequence(vec!["a", "b", "c", "d", "e", "gone"], 0..=4);
    (role, giver(), names, prop::collection::vec(giver(), 6)).prop_map(|(role, role_giver, names, givers)| {
        let groups = names.into_iter().zip(givers);
        let groups = groups.map(|(name, (granted_by, provider))| given(name, granted_by, provider.map(str::to_owned)));
        Membership::default()
            .with_role(role.map(str::to_owned))
            .with_role_granted_by(role_giver.0)
            .with_role_provider(role_giver.1.map(str::to_owned))
            .with_groups(groups.collect::<Vec<_>>())
    })
}

fn given(name: &str, granted_by: Option<GrantedBy>, provider: Option<String>) -> MemberGroup {
    MemberGroup::new(name)
        .with_granted_by(granted_by)
        .with_provider(provider)
}

fn options() -> impl Strategy<Value = PlanOptions> {
    let seat = prop::option::weighted(0.3, (0..3_u64, 0..3_u64));
    let provider = prop::option::of(select(&["okta", "entra"][..]));
    (any::<bool>(), seat.clone(), seat, provider).prop_map(|(last_admin, builders, admins, provider)| {
        let seats = [("builder", builders), ("admin", admins)].into_iter();
        let seats = seats.filter_map(|(role, seat)| Some((role, json!({ "used": seat?.0, "limit": seat?.1 }))));
        let roles: BTreeMap<&str, Value> = seats.collect();
        serde_json::from_value(
            json!({ "provider": provider, "guards": { "lastAdmin": last_admin, "seats": { "roles": roles } } }),
        )
        .unwrap()
    })
}

fn config() -> impl Strategy<Value = GroupSyncConfig> {
    (mapping(), catalog(), policy()).prop_map(|(mapping, catalog, policy)| GroupSyncConfig {
        mapping,
        claim: ClaimOptions::default(),
        catalog,
        policy,
    })
}

fn rank(role: &str) -> usize {
    ROLES
        .iter()
        .position(|known| *known == role)
        .expect("a planned role is one of the catalog")
}

fn carried_out(membership: &Membership, plan: &SyncPlan) -> Membership {
    let kept = membership
        .groups
        .iter()
        .filter(|group| plan.keep.contains(&group.name))
        .cloned();
    let joined = plan.join.iter();
    let joined = joined.map(|name| given(name, Some(GrantedBy::Sync), plan.provider.clone()));
    let is_new = plan.role.from.as_deref() != Some(&plan.role.to);
    let (role_granted_by, role_provider) = match is_new {
        true => (Some(GrantedBy::Sync), plan.provider.clone()),
        false => (membership.role_granted_by, membership.role_provider.clone()),
    };
    Membership::new(&plan.role.to)
        .with_role_granted_by(role_granted_by)
        .with_role_provider(role_provider)
        .with_groups(kept.chain(joined).collect::<Vec<_>>())
}

fn command() -> impl Strategy<Value = SettingsCommand> {
    let workspace = || select(&["main", "two", "three", ""][..]);
    let command = prop_oneof![
        Just(json!({ "type": "enable" })),
        Just(json!({ "type": "disable" })),
        (workspace(), select(&["enable", "disable", "add"][..]))
            .prop_map(|(workspace, verb)| json!({ "type": format!("{verb}-workspace"), "workspace": workspace })),
        (workspace(), any::<bool>(), prop::option::of(workspace())).prop_map(|(workspace, confirmed, new_default)| {
            json!({ "type": "remove-workspace", "workspace": workspace, "confirmed": confirmed, "newDefault": new_default })
        }),
        workspace().prop_map(|workspace| json!({ "type": "set-default-workspace", "workspace": workspace })),
        (prop::option::of(workspace()), select(&["a -> b", "a => b", ""][..]))
            .prop_map(|(workspace, mapping)| json!({ "type": "set-mapping", "mapping": mapping, "workspace": workspace })),
        (prop::option::of(workspace()), select(&["groups", "roles", ""][..]))
            .prop_map(|(workspace, claim)| json!({ "type": "set-claim", "claim": claim, "workspace": workspace })),
        (workspace(), select(&["claim", "mapping", "policy"][..]))
            .prop_map(|(workspace, field)| json!({ "type": "inherit", "workspace": workspace, "field": field })),
    ];
    command.prop_map(|command| serde_json::from_value(command).unwrap())
}

/// Random inputs per property: more with `PROPTEST_CASES`. What one finds becomes a shared case.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(2000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, max_global_rejects: 1_000_000, ..ProptestConfig::default() })]

    #[test]
    fn carrying_out_a_plan_leaves_nothing_to_do(config in config(), claims in claims(), membership in membership(), options in options()) {
        let sync = GroupSync::new(config).unwrap();
        let claims = ClaimValue::from(claims);
        let plan = sync.plan(&claims, &membership, &options).unwrap();
        prop_assume!(plan.status != PlanStatus::Denied);
        let again = sync.plan(&claims, &carried_out(&membership, &plan), &options).unwrap();
        prop_assert!(matches!(again.status, PlanStatus::Unchanged | PlanStatus::Skipped), "{again:?}");
        prop_assert_eq!(Some(again.role.to), again.role.from);
        prop_assert!(again.join.is_empty() && again.leave.is_empty());
    }

    #[test]
    fn the_final_role_covers_the_final_groups(config in config(), claims in claims(), membership in membership(), options in options()) {
        let catalog = config.catalog.clone();
        let plan = GroupSync::new(config).unwrap().plan(&ClaimValue::from(claims), &membership, &options).unwrap();
        // Where nothing may change, what is there stays as it is, covered or not.
        prop_assume!(matches!(plan.status, PlanStatus::Change | PlanStatus::Unchanged));
        for group in catalog.groups().filter(|group| plan.keep.contains(&group.name) || plan.join.contains(&group.name)) {
            prop_assert!(group.requires.as_ref().is_none_or(|role| rank(&plan.role.to) >= rank(role)), "{plan:?}");
        }
    }

    #[test]
    fn a_plan_accounts_for_every_group_once(config in config(), claims in claims(), membership in membership(), options in options()) {
        let plan = GroupSync::new(config).unwrap().plan(&ClaimValue::from(claims), &membership, &options).unwrap();
        let present: BTreeSet<&String> = membership.groups.iter().map(|group| &group.name).collect();
        let accounted: Vec<&String> = plan.keep.iter().chain(&plan.leave).collect();
        prop_assert_eq!(accounted.len(), present.len());
        prop_assert_eq!(accounted.into_iter().collect::<BTreeSet<_>>(), present.clone());
        prop_assert!(plan.join.iter().all(|group| !present.contains(group)));
    }

    #[test]
    fn guards_never_widen_access(config in config(), claims in claims(), membership in membership(), options in options()) {
        let sync = GroupSync::new(config).unwrap();
        let claims = ClaimValue::from(claims);
        let free = options.clone().with_guards(Guards::default());
        let free = sync.plan(&claims, &membership, &free).unwrap();
        let guarded = sync.plan(&claims, &membership, &options).unwrap();
        prop_assert!(guarded.join.iter().all(|group| free.join.contains(group)));
        prop_assert!(guarded.keep.iter().all(|group| free.keep.contains(group)));
        let present = membership.role.as_deref().map_or(0, rank);
        prop_assert!(rank(&guarded.role.to) <= rank(&free.role.to).max(present), "{guarded:?}");
        prop_assert_eq!(guarded.blocked.is_empty(), (&guarded.role, &guarded.join, &guarded.leave) == (&free.role, &free.join, &free.leave));
    }

    #[test]
    fn one_provider_takes_nothing_that_another_gave(config in config(), claims in claims(), membership in membership(), options in options()) {
        let own = options.provider.as_ref();
        // A role without a seat takes the groups that need it.
        let options = options.clone().with_guards(options.guards.clone().with_seats(Seats::default()));
        let plan = GroupSync::new(config).unwrap().plan(&ClaimValue::from(claims), &membership, &options).unwrap();
        let is_other = |granted_by, provider: &Option<String>| granted_by == Some(GrantedBy::Sync) && provider.is_some() && provider.as_ref() != own;
        let mut groups = membership.groups.iter().filter(|group| is_other(group.granted_by, &group.provider));
        prop_assert!(groups.all(|group| plan.keep.contains(&group.name)), "{plan:?}");
        if is_other(membership.role_granted_by, &membership.role_provider) && let Some(role) = &membership.role {
            prop_assert!(rank(&plan.role.to) >= rank(role), "{plan:?}");
        }
    }

    #[test]
    fn a_role_that_must_not_sink_does_not(config in config(), claims in claims(), membership in membership(), options in options()) {
        let policy = config.policy.clone().with_demotion(Demotion::Never);
        let plan = GroupSync::new(GroupSyncConfig { policy, ..config }).unwrap();
        let plan = plan.plan(&ClaimValue::from(claims), &membership, &options).unwrap();
        prop_assert!(membership.role.as_deref().is_none_or(|role| rank(&plan.role.to) >= rank(role)), "{plan:?}");
    }

    #[test]
    fn what_is_required_only_refuses(config in config(), claims in claims(), membership in membership(), options in options()) {
        let open = GroupSyncConfig { policy: config.policy.clone().with_require(""), ..config.clone() };
        let plan = |config| GroupSync::new(config).unwrap().plan(&ClaimValue::from(claims.clone()), &membership, &options).unwrap();
        let (required, open) = (plan(config), plan(open));
        let is_refused = required.reason == Some(PlanReason::RequiredGroup);
        prop_assert_eq!(is_refused, !required.resolution.unmet_requirement.is_empty());
        match is_refused {
            true => prop_assert_eq!(required.status, PlanStatus::Denied),
            false => prop_assert_eq!(required, open),
        }
    }

    #[test]
    fn what_can_not_be_read_changes_no_membership(config in config(), membership in membership(), options in options()) {
        let sync = GroupSync::new(config).unwrap();
        for claims in [json!({ "groups": true }), json!({ "hasgroups": true })] {
            let plan = sync.plan(&ClaimValue::from(claims), &membership, &options).unwrap();
            prop_assert!(plan.join.is_empty() && plan.leave.is_empty());
            prop_assert!(membership.role.is_none() || plan.role.from.as_ref() == Some(&plan.role.to));
        }
    }

    #[test]
    fn commands_keep_the_settings_valid(commands in prop::collection::vec(command(), 0..20)) {
        let mut settings = InstanceSettings::new("main");
        for command in &commands {
            let change = apply_command(&settings, command, Actor { super_admin: true }).unwrap();
            let refused = apply_command(&settings, command, Actor { super_admin: false }).unwrap();
            let is_rejected = matches!(refused, SettingsChange::Rejected { .. });
            prop_assert!(is_rejected);
            if let SettingsChange::Applied { settings: applied, .. } = change {
                settings = *applied;
                prop_assert!(settings.validate().is_ok(), "after {command:?}: {settings:?}");
            }
        }
        let toggled = [SettingsCommand::Disable {}, SettingsCommand::Enable {}].iter().fold(settings.clone(), |settings, toggle| {
            match apply_command(&settings, toggle, Actor { super_admin: true }).unwrap() {
                SettingsChange::Applied { settings, .. } => *settings,
                other => panic!("{other:?}"),
            }
        });
        prop_assert_eq!(toggled, settings.with_enabled(true));
    }

    #[test]
    fn a_workspace_is_decided_by_itself(catalogs in prop::collection::vec(catalog(), 2), mapping in mapping(), claims in claims(),
                                        memberships in prop::collection::vec(membership(), 2), members in prop::collection::vec(select(&["none", "active", "invited", "archived"][..]), 2)) {
        let settings = json!({
            "version": 1, "enabled": true, "claim": "groups", "mapping": mapping, "policy": {}, "defaultWorkspace": "one",
            "workspaces": [{ "id": "one", "enabled": true }, { "id": "two", "enabled": true }],
        });
        let settings: InstanceSettings = serde_json::from_value(settings).unwrap();
        let ids = ["one", "two"];
        let catalogs = ids.iter().map(|id| (*id).to_owned()).zip(catalogs);
        let sync = LoginSync::new(&settings, catalogs).unwrap();
        let workspaces: Vec<Value> = ids.iter().zip(&members).zip(&memberships)
            .map(|((id, member), membership)| json!({ "id": id, "member": member, "membership": membership })).collect();
        let decide = |workspaces: &[Value]| {
            let request = json!({
                "method": "oidc", "claims": claims, "user": { "exists": true },
                "licence": { "status": "active", "features": { "sso": true, "groupSync": true } }, "workspaces": workspaces,
            });
            let request: LoginRequest = serde_json::from_value(request).unwrap();
            sync.decide(&request).unwrap().workspaces
        };
        let together = decide(&workspaces);
        let apart: Vec<_> = workspaces.iter().flat_map(|workspace| decide(std::slice::from_ref(workspace))).collect();
        prop_assert_eq!(together, apart);
    }
}
