//! Writes the JSON Schemas of all that the engine reads and writes into a file.

fn main() -> std::io::Result<()> {
    let file = std::env::args().nth(1).unwrap_or_else(|| "schemas.json".to_owned());
    std::fs::write(file, idp_group_sync::schemas().to_string())
}
