//! The shared cases on the Rust surface: one test per case.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

mod aspects;
#[path = "../support/mod.rs"]
mod support;

use std::process::ExitCode;

use aspects::compute;
use libtest_mimic::{Arguments, Failed, Trial};
use support::cases::Case;
use support::compare::differences;
use support::readable::readable;

fn main() -> ExitCode {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases");
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let mut trials = Vec::new();
    for file in files {
        let topic = file.file_stem().unwrap().to_string_lossy().into_owned();
        for case in support::cases::read(&topic, &std::fs::read_to_string(&file).unwrap()) {
            trials.push(Trial::test(format!("{topic}: {}", case.name), move || run(&case)));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn run(case: &Case) -> Result<(), Failed> {
    let mut wrong = Vec::new();
    for (aspect, expected) in &case.expect {
        let actual = match (compute(case, aspect), aspect.as_str()) {
            (Err(error), "error") => error,
            (Ok(actual), "error") => return Err(format!("expected an error, got {actual}").into()),
            (Err(error), _) => return Err(format!("{aspect}: unexpected error {error}").into()),
            (Ok(actual), _) => actual,
        };
        let actual = readable(case, aspect, actual);
        wrong.extend(differences(aspect, expected, &actual));
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n").into())
    }
}
