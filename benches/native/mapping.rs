//! What an editor asks for while a mapping is typed.

use divan::{Bencher, black_box};
use idp_group_sync::{FormatStyle, Mapping, NewEntry, Policy, add_entries, check, complete, merge_mappings};

use crate::generated::{ENTRIES, app_group, catalog, mapping, mistyped};

#[divan::bench(args = ENTRIES)]
fn parse(bencher: Bencher<'_, '_>, entries: usize) {
    let text = mapping(entries);
    bencher.bench(|| Mapping::parse(black_box(text.as_str())));
}

#[divan::bench(args = ENTRIES)]
fn parse_and_check(bencher: Bencher<'_, '_>, entries: usize) {
    let (text, catalog, policy) = (mapping(entries), catalog(entries), Policy::default());
    bencher.bench(|| check(&Mapping::parse(black_box(text.as_str())), &catalog, &policy, &[]));
}

#[divan::bench(args = ENTRIES)]
fn parse_and_check_mistyped(bencher: Bencher<'_, '_>, entries: usize) {
    let (text, catalog, policy) = (mistyped(entries), catalog(entries), Policy::default());
    bencher.bench(|| check(&Mapping::parse(black_box(text.as_str())), &catalog, &policy, &[]));
}

/// Ten targets of a large catalog that nobody finds, among those that are.
#[divan::bench]
fn check_10_slips_of_10_000(bencher: Bencher<'_, '_>) {
    let (text, catalog, policy) = (mapping(10_000) + &mistyped(10), catalog(10_000), Policy::default());
    bencher.bench(|| check(&Mapping::parse(black_box(text.as_str())), &catalog, &policy, &[]));
}

#[divan::bench(args = ENTRIES)]
fn format(bencher: Bencher<'_, '_>, entries: usize) {
    let mapping = Mapping::parse(mapping(entries));
    bencher.bench(|| black_box(&mapping).format(FormatStyle::Line));
}

#[divan::bench(args = ENTRIES)]
fn add_as_many(bencher: Bencher<'_, '_>, entries: usize) {
    let text = mapping(entries);
    let new = (0..entries).map(|place| NewEntry {
        source: format!("New Team {place}"),
        target: app_group(place),
    });
    let new: Vec<_> = new.collect();
    bencher.bench(|| add_entries(black_box(&text), &new));
}

#[divan::bench(args = ENTRIES)]
fn merge(bencher: Bencher<'_, '_>, entries: usize) {
    let base = mapping(entries);
    let (mine, theirs) = (base.replace("Team 1", "Team A"), base.replace("Team 2", "Team B"));
    let [base, mine, theirs] = [base, mine, theirs].map(Mapping::parse);
    bencher.bench(|| merge_mappings(black_box(&base), &mine, &theirs));
}

#[divan::bench(args = ENTRIES)]
fn complete_at_the_end(bencher: Bencher<'_, '_>, entries: usize) {
    let text = format!("{}new -> sales-region-1", mapping(entries));
    let catalog = catalog(1_000);
    bencher.bench(|| complete(black_box(&text), text.len(), &catalog, &[]));
}

#[divan::bench(args = [100, 1_000, 10_000])]
fn complete_from_groups(bencher: Bencher<'_, '_>, groups: usize) {
    let (text, catalog) = ("new -> region", catalog(groups));
    bencher.bench(|| complete(black_box(text), text.len(), &catalog, &[]));
}
