//! `docs/importing.md` against the code: each product's example gives what stands under it, and tells what the page says.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

use std::collections::BTreeSet;

use idp_group_sync::import_mapping;

const PAGE: &str = include_str!("../docs/importing.md");

/// The words in backticks.
fn quoted(text: &str) -> BTreeSet<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_example_gives_what_the_page_says() {
    let sections: Vec<&str> = PAGE.split("\n## ").skip(1).collect();
    assert!(sections.len() > 10, "only {} products were found", sections.len());
    for section in sections {
        let (product, text) = section.split_once('\n').unwrap();
        let blocks: Vec<&str> = text.split("```").skip(1).step_by(2).collect();
        let blocks: Vec<(&str, &str)> = blocks.iter().map(|block| block.split_once('\n').unwrap()).collect();
        let [(_, given), ("mapping", expected)] = blocks[..] else {
            panic!("{product} has other blocks: {blocks:?}");
        };
        let said = text.trim_start().lines().next().unwrap();
        let (from, told) = said
            .split_once(" Told: ")
            .unwrap_or_else(|| panic!("{product} does not say what is told"));
        let imported = import_mapping(given, None);
        let format = serde_json::to_value(imported.from).unwrap();
        assert_eq!(imported.mapping, expected.trim_end(), "{product}");
        assert!(
            from.ends_with(&format!("`{}`.", format.as_str().unwrap_or("nothing"))),
            "{product}: {format}"
        );
        let reasons = imported
            .diagnostics
            .iter()
            .filter_map(|diagnostic| diagnostic.params.get("reason"));
        assert_eq!(
            reasons.collect::<BTreeSet<_>>(),
            quoted(told),
            "{product}: {:?}",
            imported.diagnostics
        );
    }
}
