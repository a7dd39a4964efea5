//! Many users, line by line.

use std::fmt::Write;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use idp_group_sync::{ClaimOptions, GroupSyncConfig, Impact, Policy};

use crate::generated::{app_group, catalog, idp_group, mapping};

const ENTRIES: usize = 1_000;

fn config(mapping: String) -> GroupSyncConfig {
    GroupSyncConfig {
        mapping,
        claim: ClaimOptions::named("groups"),
        catalog: catalog(ENTRIES),
        policy: Policy::default(),
    }
}

/// Lines of about 640 bytes, as an export of a realm has them.
fn users(count: usize) -> String {
    let mut lines = String::new();
    for user in 0..count {
        let groups: Vec<String> = (0..10)
            .map(|group| idp_group((user * 31 + group * 7) % 2_000))
            .collect();
        let groups_in = [app_group(user * 31 % 900), app_group((user * 31 + 7) % 900)];
        let line = serde_json::json!({
            "id": format!("00u{user:017}"),
            "claims": {
                "iss": "https://idp.example.com/realms/main",
                "sub": format!("f:{user:08x}:user-{user}"),
                "aud": "app",
                "exp": 1_790_000_000 + user,
                "email": format!("user-{user}@example.com"),
                "email_verified": true,
                "groups": groups,
            },
            "membership": {
                "role": "end-user",
                "groups": groups_in.map(|name| serde_json::json!({ "name": name, "grantedBy": "sync" })),
            },
        });
        writeln!(lines, "{line}").unwrap();
    }
    lines
}

#[divan::bench]
fn users_10_000(bencher: Bencher<'_, '_>) {
    let lines = users(10_000);
    let (before, after) = (mapping(ENTRIES), mapping(ENTRIES - 10));
    let new = || Impact::new(config(before.clone()), config(after.clone())).unwrap();
    let bencher = bencher.counter(ItemsCount::new(10_000_usize)).with_inputs(new);
    bencher.bench_values(|mut impact| {
        let changes = impact.push(black_box(lines.as_bytes()));
        (changes, impact.finish())
    });
}
