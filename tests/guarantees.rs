//! Guarantees and differences against brute force: every small set of the IdP groups of a small universe is resolved, and nothing
//! else is believed.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

use idp_group_sync::{
    AppGroup, Catalog, ClaimOptions, Compare, GroupSync, GroupSyncConfig, Guarantee, GuaranteeResult, Mapping, Outcome,
    Policy, Resolution, ResolveOptions, Verdict, diff_mappings, prove_guarantees,
};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

/// Random inputs: more with `PROPTEST_CASES`.
fn cases() -> u32 {
    let cases = std::env::var("PROPTEST_CASES").ok();
    cases.and_then(|cases| cases.parse().ok()).unwrap_or(300)
}

const NAMES: &[&str] = &[
    "a", "b", "ab", "aab", "builder", "admin", "crew", "dev", "other", "B", "Crew",
];
const PATTERNS: &[&str] = &["*", "a*", "*b", "a*b", "*a*", "**", "x*", "*x", "a*b*", "*-*"];

fn catalog() -> Catalog {
    catalog_of(4)
}

/// The first groups of the application.
fn catalog_of(count: usize) -> Catalog {
    let mut groups = vec![
        AppGroup::new("crew"),
        AppGroup::new("dev").requiring("builder"),
        AppGroup::new("a-b").requiring("admin"),
        AppGroup::new("b"),
    ];
    groups.truncate(count);
    Catalog::new(None, groups).unwrap()
}

fn term() -> impl Strategy<Value = String> {
    let text = prop_oneof![select(NAMES), select(PATTERNS)];
    (text, prop::bool::weighted(0.3))
        .prop_map(|(text, excluded)| if excluded { format!("!{text}") } else { text.to_owned() })
}

fn entry() -> impl Strategy<Value = String> {
    let targets = &["builder", "admin", "crew", "dev", "a-b", "end-user", "nothing"][..];
    let plain = prop_oneof![select(NAMES), select(PATTERNS)].prop_map(str::to_owned);
    let condition = prop::collection::vec(term(), 1..4).prop_map(|terms| terms.join(" && "));
    let captures = &[
        ("a*", "*"),
        ("*b", "*-b"),
        ("*", "*"),
        ("*-*", "$2-$1"),
        ("*-*", "$1"),
        ("x*-*", "$2"),
        ("a*b*", "$1-$2"),
        ("a*b*", "$2$1"),
        ("**", "$2"),
        ("**b", "$1a-b"),
        ("a* && !ab", "*"),
        ("*-* && a", "$1"),
        ("*b && !a* && crew", "*"),
    ][..];
    prop_oneof![
        3 => (plain, select(targets)).prop_map(|(source, target)| format!("{source} -> {target}")),
        3 => (condition, select(targets)).prop_map(|(source, target)| format!("{source} -> {target}")),
        2 => select(captures).prop_map(|(source, target)| format!("{source} -> {target}")),
    ]
}

fn policy() -> impl Strategy<Value = Value> {
    let by_name = select(vec![json!(true), json!(false), json!("groups-only")]);
    let no_match = select(vec!["default-role", "keep", "deny"]);
    let compare = select(vec!["exact", "ignore-case"]);
    (by_name, no_match, require(), compare).prop_map(|(by_name, no_match, require, compare)| {
        json!({ "matchByName": by_name, "noMatch": no_match, "require": require, "compare": compare })
    })
}

fn require() -> impl Strategy<Value = &'static str> {
    prop_oneof![3 => Just(""), 2 => select(&["b", "a*", "crew && !ab", "!dev && *", "*a* && *b"][..])]
}

fn guarantee() -> impl Strategy<Value = Value> {
    let goal = select(vec![
        ("role", "end-user"),
        ("role", "builder"),
        ("role", "admin"),
        ("group", "crew"),
        ("group", "dev"),
        ("group", "a-b"),
        ("group", "b"),
    ]);
    (any::<bool>(), goal, subsequence(universe(), 1..4)).prop_map(|(is_never, (kind, name), groups)| {
        let kind_of = if is_never { "never" } else { "only" };
        json!({ "name": "g", kind_of: { kind: name, "groups": groups } })
    })
}

/// Names, and what patterns match of them.
fn universe() -> Vec<&'static str> {
    let others = [
        "x",
        "y",
        "z",
        "ay",
        "xb",
        "ax",
        "axb",
        "a-",
        "b-a",
        "xcrew-dev",
        "adevb",
        "zz",
        "dev-b",
        "acrew",
        "ab-dev",
    ];
    NAMES.iter().copied().chain(others).collect()
}

struct Tried {
    sync: GroupSync,
    guarantee: Value,
}

impl Tried {
    fn breaks(&self, idp_groups: &[&str]) -> bool {
        let (kind, reach) = self
            .guarantee
            .as_object()
            .unwrap()
            .iter()
            .find(|(key, _)| *key != "name")
            .unwrap();
        let named = reach["groups"].as_array().unwrap();
        let ignores_case = self.sync.policy().compare == Compare::IgnoreCase;
        let is_named = |group: &str| {
            let mut named = named.iter().map(|name| name.as_str().unwrap());
            named.any(|name| name == group || ignores_case && name.eq_ignore_ascii_case(group))
        };
        let has_one = idp_groups.iter().any(|group| is_named(group));
        let resolution = self
            .sync
            .resolve_groups(idp_groups, ResolveOptions::default().with_explain(false));
        if has_one != (kind == "never") || !matches!(resolution.outcome, Outcome::Resolved | Outcome::NoMatch) {
            return false;
        }
        let rank = |role: &str| {
            self.sync
                .catalog()
                .roles()
                .iter()
                .position(|name| name == role)
                .unwrap()
        };
        match (reach["role"].as_str(), reach["group"].as_str()) {
            (Some(role), _) => rank(resolution.role.as_deref().unwrap()) >= rank(role),
            (_, Some(group)) => resolution.groups.iter().any(|name| name == group),
            _ => panic!("no goal"),
        }
    }
}

/// The fewest IdP groups of the universe that break it.
fn fewest(tried: &Tried) -> Option<usize> {
    let breaking = sets(4).find(|set| tried.breaks(set));
    breaking.map(|set| set.len())
}

/// All sets of the universe, the smallest first, of less than so many.
fn sets(size: usize) -> impl Iterator<Item = Vec<&'static str>> {
    let universe = universe();
    let mut all: Vec<Vec<&str>> = vec![Vec::new()];
    let mut from = 0;
    for _ in 1..size {
        let until = all.len();
        for set in from..until {
            let last = all[set].last();
            let last = last.map(|last| universe.iter().position(|name| name == last).unwrap() + 1);
            for name in &universe[last.unwrap_or(0)..] {
                let longer = all[set].iter().copied().chain([*name]).collect();
                all.push(longer);
            }
        }
        from = until;
    }
    all.into_iter()
}

/// The entries that are no mistake by themselves.
fn mapping(mut entries: Vec<String>) -> String {
    entries.retain(|entry| !Mapping::parse(entry.as_str()).has_errors());
    entries.join("\n")
}

fn proved(mapping: &str, policy: &Value, guarantee: &Value) -> (GuaranteeResult, Tried) {
    let config = GroupSyncConfig {
        mapping: mapping.to_owned(),
        claim: ClaimOptions::default(),
        catalog: catalog(),
        policy: serde_json::from_value::<Policy>(policy.clone()).unwrap(),
    };
    let sync = GroupSync::new(config.clone()).unwrap();
    let parsed: Guarantee = serde_json::from_value(guarantee.clone()).unwrap();
    let result = prove_guarantees(config, &[parsed]).unwrap().remove(0);
    let guarantee = guarantee.clone();
    (result, Tried { sync, guarantee })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_verdict_is_what_trying_everything_comes_to(
        entries in prop::collection::vec(entry(), 0..5),
        policy in policy(),
        guarantee in guarantee(),
    ) {
        let (result, tried) = proved(&mapping(entries), &policy, &guarantee);
        let fewest = fewest(&tried);
        match (&result.verdict, &result.counterexample) {
            (Verdict::Holds, None) => prop_assert_eq!(fewest, None),
            (Verdict::Fails, Some(counterexample)) => {
                let groups: Vec<&str> = counterexample.idp_groups.iter().map(String::as_str).collect();
                prop_assert!(tried.breaks(&groups), "{groups:?} does not break it");
                // With what is required of everybody, a capture may take a name more than there have to be.
                let is_fewest = policy["require"] != "" || fewest.is_none_or(|fewest| groups.len() <= fewest);
                prop_assert!(is_fewest, "{groups:?}, but {fewest:?} do");
                for left_out in 0..groups.len() {
                    let mut fewer = groups.clone();
                    fewer.remove(left_out);
                    prop_assert!(!tried.breaks(&fewer), "{fewer:?} would do");
                }
            }
            other => prop_assert!(false, "{other:?}"),
        }
    }

    #[test]
    fn a_difference_is_what_trying_everything_comes_to(
        entries in prop::collection::vec(entry(), 0..4),
        others in prop::collection::vec(entry(), 0..3),
        dropped in 0_usize..4,
        policies in (policy(), policy(), any::<bool>()),
        catalogs in (select(vec![0_usize, 3, 4]), select(vec![0_usize, 3, 4]), any::<bool>()),
    ) {
        let config = |mapping: String, policy: &Value, groups: usize| GroupSyncConfig {
            mapping,
            claim: ClaimOptions::default(),
            catalog: catalog_of(groups),
            policy: serde_json::from_value::<Policy>(policy.clone()).unwrap(),
        };
        let (policy, mut other_policy, has_same_policy) = policies;
        if has_same_policy {
            other_policy = policy.clone();
        }
        let (groups, other_groups, has_same_catalog) = catalogs;
        let other_groups = if has_same_catalog { groups } else { other_groups };
        let mut changed = entries.clone();
        changed.truncate(dropped);
        let before = config(mapping(entries), &policy, groups);
        let after = config(mapping([changed, others].concat()), &other_policy, other_groups);
        let diff = diff_mappings(before.clone(), after.clone()).unwrap();
        let (before, after) = (GroupSync::new(before).unwrap(), GroupSync::new(after).unwrap());
        let has = |sync: &GroupSync, groups: &[&str]| {
            let Resolution { outcome, role, groups, .. } = sync.resolve_groups(groups, ResolveOptions::default().with_explain(false));
            (outcome == Outcome::Deny, role, groups)
        };
        // What is reported is so.
        let mut told = Vec::new();
        for change in &diff.changes {
            let groups: Vec<&str> = change.idp_groups.iter().map(String::as_str).collect();
            let reported = [&change.before, &change.after];
            told.push(reported.map(|access| (access.denied, access.role.clone(), access.groups.clone())));
            let is_as_written = reported.iter().any(|access| access.groups.iter().any(|name| name.contains(['*', '$'])));
            prop_assert_ne!(&told.last().unwrap()[0], &told.last().unwrap()[1]);
            if !is_as_written {
                prop_assert_eq!(has(&before, &groups), told.last().unwrap()[0].clone(), "{:?}", &change);
                prop_assert_eq!(has(&after, &groups), told.last().unwrap()[1].clone(), "{:?}", &change);
            }
        }
        // Whatever differs is reported: for each role and group that a set gains or loses, somebody who does.
        let captures = told.iter().flatten().any(|(.., groups)| groups.iter().any(|name| name.contains(['*', '$'])));
        for set in sets(4).filter(|_| !diff.incomplete) {
            let (had, gets) = (has(&before, &set), has(&after, &set));
            if had == gets {
                continue;
            }
            prop_assert!(!told.is_empty(), "{set:?}: {had:?}, {gets:?}");
            prop_assert!(had.0 == gets.0 || told.iter().any(|[had, gets]| had.0 != gets.0), "{set:?}: {:?}", diff.changes);
            prop_assert!(captures || had.1 == gets.1 || told.iter().any(|[had, gets]| had.1 != gets.1), "{set:?}: {:?}", diff.changes);
            for group in had.2.iter().chain(&gets.2).filter(|_| !captures) {
                let differs = |[had, gets]: &[(bool, Option<String>, Vec<String>); 2]| had.2.contains(group) != gets.2.contains(group);
                let both = [had.clone(), gets.clone()];
                prop_assert!(!differs(&both) || told.iter().any(differs), "{set:?} {group}: {:?}", diff.changes);
            }
        }
    }
}
