//! How fast the engine is natively: `cargo bench`, or `cargo bench -- patterns` for one subject.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub,
    reason = "a benchmark may stop the moment something is not as it says"
)]

mod decide;
mod generated;
mod impact;
mod mapping;
mod patterns;

fn main() {
    divan::main();
}
