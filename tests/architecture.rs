//! Imports point one way along the pipeline; see `docs/architecture.md`.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

use std::path::{Path, PathBuf};

/// The rooms of `src/`: each may use those before it, and none after it.
const ORDER: &[&str] = &[
    "with",
    "unicode",
    "span",
    "alike",
    "budget",
    "diagnostic",
    "error",
    "value",
    "names",
    "user_lines",
    "json_line",
    "lookalike",
    "idp_group",
    "catalog",
    "mapping",
    "import",
    "claims",
    "policy",
    "check",
    "resolve",
    "access",
    "impact_totals",
    "brake",
    "merged_summary",
    "plan",
    "settings",
    "login",
    "guarantee",
    "diff",
    "user_line",
    "same_access",
    "scenario",
    "settings_file",
    "impact",
    "login_impact",
    "reconciliation",
    "words",
    "schema",
];

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] });
    files.collect()
}

fn code_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = files_below(folder);
    files.retain(|file| file.extension().is_some_and(|extension| extension == "rs"));
    files
}

fn place(room: &str) -> usize {
    ORDER
        .iter()
        .position(|known| *known == room)
        .unwrap_or_else(|| panic!("the room `{room}` has no place in the order"))
}

#[test]
fn imports_point_up_the_pipeline() {
    let src = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    let mut imports = 0;
    for file in code_below(src).iter().filter(|file| !file.ends_with("src/lib.rs")) {
        let inside = file.strip_prefix(src).unwrap();
        let room = inside
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_string_lossy()
            .replace(".rs", "");
        let text = std::fs::read_to_string(file).unwrap();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            for used in line.split("crate::").skip(1) {
                let used: String = used
                    .chars()
                    .take_while(|character| character.is_ascii_lowercase() || *character == '_')
                    .collect();
                if used.is_empty() {
                    continue;
                }
                assert!(
                    place(&used) <= place(&room),
                    "{} uses `{used}`, which comes after it",
                    inside.display()
                );
                imports += 1;
            }
        }
    }
    assert!(imports > 50, "only {imports} imports were found");
}

#[test]
fn every_file_of_cases_is_run_as_webassembly_too() {
    // There no folder can be listed, so each file is named.
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let runner = std::fs::read_to_string(root.join("wasm/src/tests/mod.rs")).unwrap();
    let files = files_below(&root.join("tests/cases"));
    let names = files
        .iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "json"));
    let mut seen = 0;
    for name in names.map(|file| file.file_stem().unwrap().to_string_lossy()) {
        assert!(runner.contains(&format!(": \"{name}\",")), "{name}.json is not named");
        seen += 1;
    }
    assert!(seen > 40, "only {seen} files were found");
}

#[test]
fn the_core_knows_nothing_of_where_it_runs() {
    let words = [
        "javascript",
        "typescript",
        "wasm",
        "webassembly",
        "js-sys",
        "js_sys",
        "tsify",
        "target_arch",
    ];
    let src = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    for file in code_below(src) {
        let text = std::fs::read_to_string(&file).unwrap().to_ascii_lowercase();
        for word in words {
            assert!(!text.contains(word), "{} speaks of {word}", file.display());
        }
    }
}
