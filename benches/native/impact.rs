//! Many users, line by line.

use std::fmt::Write;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use idp_group_sync::{ClaimOptions, GroupSyncConfig, Impact, Policy};

use crate::generated::{catalog, idp_group, mapping};

const ENTRIES: usize = 1_000;

fn config(mapping: String) -> GroupSyncConfig {
    GroupSyncConfig {
        mapping,
        claim: ClaimOptions::named("groups"),
        catalog: catalog(ENTRIES),
        policy: Policy::default(),
    }
}

fn users(count: usize) -> String {
    let mut lines = String::new();
    for user in 0..count {
        let groups: Vec<String> = (0..10)
            .map(|group| idp_group((user * 31 + group * 7) % 2_000))
            .collect();
        let claims = serde_json::json!({ "sub": format!("user-{user}"), "groups": groups });
        writeln!(
            lines,
            "{}",
            serde_json::json!({ "id": user.to_string(), "claims": claims })
        )
        .unwrap();
    }
    lines
}

#[divan::bench]
fn users_10_000(bencher: Bencher<'_, '_>) {
    let lines = users(10_000);
    let (before, after) = (mapping(ENTRIES), mapping(ENTRIES - 100));
    let new = || Impact::new(config(before.clone()), config(after.clone())).unwrap();
    let bencher = bencher.counter(BytesCount::new(lines.len())).with_inputs(new);
    bencher.bench_values(|mut impact| {
        let changes = impact.push(black_box(lines.as_bytes()));
        (changes, impact.finish())
    });
}
