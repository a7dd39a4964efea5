//! Vault and OpenBao: groups and group aliases of the identity store, as `read -format=json` prints them.

use rustc_hash::FxHashMap;

use super::literal::Literal;
use super::written::{ID, Import, NOT_A_GROUP};

#[inline(never)]
pub(super) fn import(import: &mut Import, documents: &[Literal]) {
    let mut records: Vec<&Literal> = Vec::new();
    let mut groups: FxHashMap<&str, usize> = FxHashMap::default();
    for document in documents {
        for document in document.items() {
            let record = document.get("data").unwrap_or(document);
            if record.get("canonical_id").is_none() {
                groups.insert(record.text_of("id"), records.len());
            }
            records.push(record);
        }
    }
    for record in &records {
        let name = record.text_of("name");
        let id = record.text_of("canonical_id");
        let alias = record.get("alias").map_or("", |alias| alias.text_of("name"));
        if !id.is_empty() {
            let group = groups.get(id).and_then(|place| records.get(*place));
            if group.is_none() {
                import.differs(record.at, ID);
            }
            import.pair(record.at, name, group.map_or(id, |group| group.text_of("name")));
        } else if !alias.is_empty() {
            import.pair(record.at, alias, name);
        } else if record.text_of("type") != "external" {
            import.not_sayable(record.at, NOT_A_GROUP);
        }
    }
}
