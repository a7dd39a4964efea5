//! What is measured, made the same in every run.

use idp_group_sync::{AppGroup, Catalog, ClaimOptions, GroupSync, GroupSyncConfig, Policy};

/// How many entries a mapping has, up to the limit.
pub const ENTRIES: [usize; 4] = [100, 1_000, 10_000, 50_000];

pub fn idp_group(place: usize) -> String {
    format!("Sales Team {place} of Region {}", place % 7)
}

/// There are as many app groups as entries, but no more than this.
const MOST_GROUPS: usize = 10_000;

pub fn app_group(place: usize) -> String {
    format!("sales-region-{}", place % MOST_GROUPS)
}

/// One entry a line, as in an export; every tenth name has to be quoted.
pub fn mapping(entries: usize) -> String {
    let lines = (0..entries).map(|place| {
        let source = idp_group(place);
        if place % 10 == 0 {
            format!("\"{source}, EU\" -> {}\n", app_group(place))
        } else {
            format!("{source} -> {}\n", app_group(place))
        }
    });
    lines.collect()
}

/// The same with a slip in every target.
pub fn mistyped(entries: usize) -> String {
    mapping(entries).replace("sales-region", "sales-regoin")
}

pub fn catalog(groups: usize) -> Catalog {
    let groups = (0..groups.min(MOST_GROUPS)).map(|place| AppGroup::new(app_group(place)));
    Catalog::new(None, groups.collect()).unwrap()
}

pub fn sync(mapping: String, catalog: Catalog) -> GroupSync {
    GroupSync::new(GroupSyncConfig {
        mapping,
        claim: ClaimOptions::named("groups"),
        catalog,
        policy: Policy::default(),
    })
    .unwrap()
}
