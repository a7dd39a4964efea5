//! The recipes of `docs/claims.md` are what the cases try.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

use std::collections::BTreeMap;

use serde_json::Value;

/// The settings of each recipe, by its heading, in order.
fn recipes() -> BTreeMap<String, Vec<Value>> {
    let page = include_str!("../docs/claims.md");
    let (_, recipes) = page.split_once("\n## Recipes\n").expect("the page has recipes");
    let sections = recipes.split("\n### ").skip(1).map(|section| {
        let (heading, text) = section.split_once('\n').unwrap();
        let blocks = text.split("```json\n").skip(1);
        let settings = blocks.map(|block| {
            let (json, _) = block.split_once("\n```").expect("a block ends");
            serde_json::from_str(json).expect("a setting is JSON")
        });
        (heading.to_owned(), settings.collect())
    });
    sections.collect()
}

/// The settings that are tried for each provider, in order, each once.
fn tried() -> BTreeMap<String, Vec<Value>> {
    let file: Value = serde_json::from_str(include_str!("cases/claim-vendors.json")).unwrap();
    let mut tried: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for case in file["cases"].as_array().unwrap() {
        let (vendor, _) = case["name"].as_str().unwrap().split_once(": ").unwrap();
        let settings = tried.entry(vendor.to_owned()).or_default();
        if !settings.contains(&case["given"]["claim"]) {
            settings.push(case["given"]["claim"].clone());
        }
    }
    tried
}

#[test]
fn each_recipe_is_a_case() {
    let recipes = recipes();
    assert!(recipes.len() >= 15, "only {} recipes", recipes.len());
    assert_eq!(recipes, tried());
}
