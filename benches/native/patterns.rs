//! Many patterns against many IdP groups.

use divan::{Bencher, black_box};
use idp_group_sync::{ClaimValue, GroupSync, Mapping, Policy, ResolveOptions, check};

use crate::generated::{app_group, catalog, sync};

/// Each IdP group matches one pattern, somewhere inside.
fn inner(patterns: usize) -> String {
    let lines = (0..patterns).map(|place| format!("*p{place}q* -> {}\n", app_group(place % 100)));
    lines.collect()
}

/// Five letters that look random, so that few IdP groups match.
fn letters(place: usize) -> String {
    let mut state = place.wrapping_mul(2_654_435_761) % 4_294_967_291;
    let letter = |_| {
        state = state.wrapping_mul(69_069).wrapping_add(12_345) % 4_294_967_296;
        char::from(b'a' + u8::try_from((state >> 16) % 26).unwrap())
    };
    (0..5).map(letter).collect()
}

fn groups(count: usize) -> ClaimValue {
    let groups = (0..count).map(|place| format!("team {} p{place}q of {}", letters(place), letters(place + 7_919)));
    ClaimValue::from(serde_json::json!({ "groups": groups.collect::<Vec<_>>() }))
}

fn resolve(bencher: Bencher<'_, '_>, sync: &GroupSync, groups: usize, explain: bool) {
    let claims = self::groups(groups);
    bencher.bench(|| {
        sync.resolve(black_box(&claims), ResolveOptions::default().with_explain(explain))
            .unwrap()
    });
}

#[divan::bench(args = [false, true])]
fn inner_2_000_by_2_000_groups(bencher: Bencher<'_, '_>, explain: bool) {
    resolve(bencher, &sync(inner(2_000), catalog(100)), 2_000, explain);
}

#[divan::bench(args = [false, true])]
fn letters_5_000_by_10_000_groups(bencher: Bencher<'_, '_>, explain: bool) {
    let lines = (0..5_000).map(|place| format!("*{}* -> {}\n", letters(place + 1_000_003), app_group(place % 100)));
    resolve(bencher, &sync(lines.collect(), catalog(100)), 10_000, explain);
}

#[divan::bench(args = [false, true])]
fn prefixes_2_000_by_2_000_groups(bencher: Bencher<'_, '_>, explain: bool) {
    let lines = (0..2_000).map(|place| format!("team {}* -> {}\n", letters(place), app_group(place % 100)));
    resolve(bencher, &sync(lines.collect(), catalog(100)), 2_000, explain);
}

#[divan::bench(args = [100, 1_000, 10_000])]
fn check_inner(bencher: Bencher<'_, '_>, patterns: usize) {
    let (text, catalog, policy) = (inner(patterns), catalog(100), Policy::default());
    bencher.bench(|| check(&Mapping::parse(black_box(text.as_str())), &catalog, &policy, &[]));
}
