//! GitLab's SAML and LDAP group links, as its API lists them.

use super::literal::Literal;
use super::written::{FILTER, Import, NOT_A_GROUP, Reason};

const CUSTOM_ROLE: Reason = (
    "custom-role",
    "it is the id of a custom role; the role that it is made of was written",
);

/// Roles by their number.
const ROLES: &[(&str, &str)] = &[
    ("5", "Minimal Access"),
    ("10", "Guest"),
    ("15", "Planner"),
    ("20", "Reporter"),
    ("25", "Security Manager"),
    ("30", "Developer"),
    ("40", "Maintainer"),
    ("50", "Owner"),
];

#[inline(never)]
pub(super) fn import(import: &mut Import, link: &Literal) {
    let group = link.first_text_of(&["saml_group_name", "name", "cn"]);
    let level = link.get("access_level").or_else(|| link.get("group_access"));
    let number = level.map_or("", |level| level.text().unwrap_or(level.at));
    let role = ROLES.iter().find(|(known, _)| *known == number);
    let role = role.map_or(level.and_then(Literal::text).unwrap_or(""), |(_, role)| role);
    if group.is_empty() {
        import.not_sayable(link.at, FILTER);
    } else if role.is_empty() {
        import.not_sayable(link.at, NOT_A_GROUP);
    } else {
        import.pair(link.at, group, role);
    }
    if let Some(custom) = link.get("member_role_id").filter(|custom| !custom.is_nothing()) {
        import.differs(custom.at, CUSTOM_ROLE);
    }
}
