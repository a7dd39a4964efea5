//! What holds for conditions, tried on random ones, and held against an evaluator that looks at everything.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

use std::collections::BTreeSet;

use idp_group_sync::{
    AppGroup, Catalog, ClaimOptions, Compare, GroupSync, GroupSyncConfig, MatchByName, Policy, Resolution,
    ResolveOptions,
};
use proptest::prelude::*;
use proptest::sample::select;

const GROUPS: [&str; 6] = ["x", "y", "a", "b", "a-b", "B"];
const TERMS: [&str; 9] = ["a", "b", "ab", "a*", "*b", "*", "*-*", "A", "z"];
const TARGETS: [&str; 5] = ["x", "y", "a", "B", "builder"];

/// Each entry: its terms, with whether they are excluded, and its target. The first is not excluded.
type Entries = Vec<(Vec<(bool, &'static str)>, &'static str)>;

fn entries(excludes: bool) -> impl Strategy<Value = Entries> {
    let term = (
        any::<bool>().prop_map(move |excluded| excluded && excludes),
        select(&TERMS[..]),
    );
    let entry = (prop::collection::vec(term, 1..5), select(&TARGETS[..])).prop_map(|(mut terms, target)| {
        terms.iter_mut().take(1).for_each(|(excluded, _)| *excluded = false);
        (terms, target)
    });
    prop::collection::vec(entry, 0..6)
}

fn idp_groups() -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::btree_set(select(&["a", "b", "ab", "A", "AB", "a-b", "x", "B", "q"][..]), 0..6)
        .prop_map(|groups| groups.into_iter().collect())
}

fn sync(entries: &Entries, policy: Policy) -> GroupSync {
    let lines = entries.iter().map(|(terms, target)| {
        let terms = terms
            .iter()
            .map(|(excluded, text)| format!("{}{text}", if *excluded { "!" } else { "" }));
        format!("{} -> {target}\n", terms.collect::<Vec<_>>().join(" && "))
    });
    GroupSync::new(GroupSyncConfig {
        mapping: lines.collect(),
        claim: ClaimOptions::default(),
        catalog: Catalog::new(None, GROUPS.map(AppGroup::new).to_vec()).unwrap(),
        policy,
    })
    .unwrap()
}

fn resolve(sync: &GroupSync, groups: &[&str]) -> Resolution {
    sync.resolve_groups(groups, ResolveOptions::default())
}

/// What is granted: the custom groups, and `builder`.
fn granted(resolution: &Resolution) -> BTreeSet<String> {
    let role = resolution.role.clone().filter(|role| role != "end-user");
    resolution.groups.iter().cloned().chain(role).collect()
}

fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((before, after)) => name.strip_prefix(before).is_some_and(|rest| {
            let mut starts = rest.char_indices().map(|(start, _)| start).chain([rest.len()]);
            starts.any(|start| rest.get(start..).is_some_and(|rest| matches(after, rest)))
        }),
    }
}

/// By the rules as they are written, one after the other.
fn naive(entries: &Entries, groups: &[&str]) -> BTreeSet<String> {
    let is_met = |(excluded, text): &(bool, &str)| groups.iter().any(|name| matches(text, name)) != *excluded;
    let by_entries = entries.iter().filter(|(terms, _)| terms.iter().all(is_met));
    let mut all: BTreeSet<String> = by_entries.map(|(_, target)| (*target).to_owned()).collect();
    let is_named = |name: &str| entries.iter().any(|(terms, _)| *terms == [(false, name)]);
    let by_name = groups.iter().filter(|name| GROUPS.contains(name) && !is_named(name));
    all.extend(by_name.map(|name| (*name).to_owned()));
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn conditions_are_decided_as_a_naive_evaluator_does(entries in entries(true), groups in idp_groups()) {
        let resolution = resolve(&sync(&entries, Policy::default()), &groups);
        prop_assert_eq!(granted(&resolution), naive(&entries, &groups));
        // What is explained is what is decided.
        let listed = resolution.matches.iter().flat_map(|one| &one.grants).map(|grant| grant.target.clone());
        prop_assert_eq!(listed.collect::<BTreeSet<_>>(), naive(&entries, &groups));
        for unmet in &resolution.unmet {
            prop_assert!(!unmet.failed.is_empty());
            for term in &unmet.failed {
                prop_assert_eq!(groups.iter().any(|name| matches(&term.text, name)), term.excluded);
            }
        }
    }

    #[test]
    fn without_exclusion_another_group_takes_nothing_away(
        entries in entries(false), groups in idp_groups(), more in idp_groups()
    ) {
        let sync = sync(&entries, Policy::default());
        let all: Vec<&str> = groups.iter().copied().chain(more).collect();
        prop_assert!(granted(&resolve(&sync, &groups)).is_subset(&granted(&resolve(&sync, &all))));
    }

    #[test]
    fn another_group_takes_away_only_what_excludes_it(entries in entries(true), groups in idp_groups(), more in select(&TERMS[..3])) {
        let sync = sync(&entries, Policy::default());
        let (fewer, all) = (resolve(&sync, &groups), resolve(&sync, &[groups.as_slice(), &[more]].concat()));
        let excludes = |terms: &[(bool, &str)]| terms.iter().any(|(excluded, text)| *excluded && matches(text, more));
        for lost in granted(&fewer).difference(&granted(&all)) {
            prop_assert!(entries.iter().any(|(terms, target)| target == lost && excludes(terms)), "{}", lost);
        }
    }

    #[test]
    fn ignoring_case_grants_no_less(entries in entries(false), groups in idp_groups()) {
        // An entry takes over every spelling of the name that it names, so here only the mapping counts.
        let by = |compare| Policy::default().with_compare(compare).with_match_by_name(MatchByName::Never);
        let exact = granted(&resolve(&sync(&entries, by(Compare::Exact)), &groups));
        let ignoring = granted(&resolve(&sync(&entries, by(Compare::IgnoreCase)), &groups));
        prop_assert!(exact.is_subset(&ignoring), "{:?} {:?}", exact, ignoring);
        // By name too, where no entry takes a name over.
        let none = Vec::new();
        let exact = granted(&resolve(&sync(&none, Policy::default()), &groups));
        let policy = Policy::default().with_compare(Compare::IgnoreCase);
        prop_assert!(exact.is_subset(&granted(&resolve(&sync(&none, policy), &groups))));
    }
}
