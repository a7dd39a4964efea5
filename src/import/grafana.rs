//! Grafana: `role_attribute_path`, and `org_mapping`, a list of `external group:organization:role`.

use super::literal::Literal;
use super::role_path;
use super::scan::{Scan, place_of, trimmed};
use super::settings::values;
use super::written::{ALL_USERS, Import, Reason, SYNTAX};

const ORGANIZATION: Reason = (
    "organization",
    "a mapping has no organizations, so each stands before its role; give every workspace a mapping of its own",
);

#[inline(never)]
pub(super) fn import<'t>(import: &mut Import<'t>, text: &'t str) {
    let mut is_alone = true;
    for claim in values(text, "org_attribute_path") {
        import.claim(trimmed(claim, "[*]"));
    }
    for path in values(text, "role_attribute_path") {
        role_path::import(import, path);
        is_alone = false;
    }
    for mapping in values(text, "org_mapping") {
        organizations(import, mapping);
        is_alone = false;
    }
    if is_alone && place_of(text, "contains(").is_some() {
        role_path::import(import, text.trim());
    } else if is_alone {
        organizations(import, text.trim());
    }
}

/// An item of `org_mapping`: what it stands for, and its two or three parts.
struct Item<'t> {
    at: &'t str,
    parts: Vec<String>,
}

fn organizations<'t>(import: &mut Import<'t>, text: &'t str) {
    let items = items(text);
    let organization = |item: &Item| item.parts.get(1).cloned().unwrap_or_default();
    let first = items.first().map(organization);
    let is_one = items.iter().all(|item| first.as_deref() == Some(&organization(item)));
    for (place, Item { at, parts }) in items.iter().enumerate() {
        let [group, organization, role @ ..] = parts.as_slice() else {
            import.unreadable(at, SYNTAX);
            continue;
        };
        if role.len() > 1 {
            import.unreadable(at, SYNTAX);
            continue;
        }
        let role = role.first().map_or("Viewer", String::as_str);
        let target = if is_one {
            role.to_owned()
        } else {
            [organization, "/", role].concat()
        };
        if !is_one && place == 0 {
            import.differs(at, ORGANIZATION);
        }
        if group == "*" {
            import.differs(at, ALL_USERS);
            import.entry(at, "*", &target);
        } else {
            import.pair(at, group, &target);
        }
    }
}

/// Whether every word of a text is an item, and one has a role.
pub(super) fn is_org_mapping(text: &str) -> bool {
    let items = items(text.trim());
    let has_role = |item: &Item| {
        item.parts
            .get(2)
            .is_some_and(|role| role_path::ROLES.contains(&role.as_str()))
    };
    items.iter().all(|item| matches!(item.parts.len(), 2 | 3)) && items.iter().any(has_role)
}

/// Items in a JSON list, or with commas or white space between them; one in double quotes may hold both.
fn items(text: &str) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    if text.starts_with('[')
        && let Ok(list) = Literal::read_first(text)
    {
        for item in list.items() {
            let parts = split(item.text().unwrap_or(""));
            items.push(Item { at: item.at, parts });
        }
        return items;
    }
    let mut scan = Scan(text);
    while !scan.0.is_empty() {
        let is_quoted = scan.take("\"");
        let at = scan.until(if is_quoted { "\"" } else { ", \t\r\n" });
        scan.pass(1);
        if !at.is_empty() {
            items.push(Item { at, parts: split(at) });
        }
    }
    items
}

/// The parts between colons. `\:` is a colon in a part.
fn split(item: &str) -> Vec<String> {
    let mut scan = Scan(item);
    let mut parts = Vec::new();
    let mut part = String::new();
    loop {
        part.push_str(scan.until(":\\"));
        match scan.pass(1) {
            ":" => parts.push(std::mem::take(&mut part)),
            "\\" if scan.next() == b':' => part.push_str(scan.pass(1)),
            "\\" => part.push('\\'),
            _ => {
                parts.push(part);
                return parts;
            }
        }
    }
}
