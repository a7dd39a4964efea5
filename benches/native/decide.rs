//! One login.

use divan::{Bencher, black_box};
use idp_group_sync::{ClaimValue, ResolveOptions};

use crate::generated::{catalog, idp_group, mapping, sync};

/// Entries of the mapping, and groups of the user.
const SIZES: [(usize, usize); 3] = [(10, 5), (100, 20), (1_000, 200)];

fn resolve(bencher: Bencher<'_, '_>, (entries, groups): (usize, usize), explain: bool) {
    let sync = sync(mapping(entries), catalog(entries));
    let groups: Vec<String> = (0..groups).map(|place| idp_group(place * 3)).collect();
    let claims = ClaimValue::from(serde_json::json!({ "groups": groups }));
    bencher.bench(|| sync.resolve(black_box(&claims), ResolveOptions { explain }).unwrap());
}

#[divan::bench(args = SIZES)]
fn resolve_decision(bencher: Bencher<'_, '_>, sizes: &(usize, usize)) {
    resolve(bencher, *sizes, false);
}

#[divan::bench(args = SIZES)]
fn resolve_explained(bencher: Bencher<'_, '_>, sizes: &(usize, usize)) {
    resolve(bencher, *sizes, true);
}
