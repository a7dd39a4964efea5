//! Argo CD's `policy.csv`, alone or in its ConfigMap: `g, group, role:name`.

use super::scan::{Scan, trimmed};
use super::table::rows;
use super::written::{EVERYBODY_ELSE, Import, Reason, SYNTAX};

const PERMISSION: Reason = ("permission", "a mapping gives roles and groups, and no permissions");
const INHERITANCE: Reason = (
    "inheritance",
    "a mapping gives roles to IdP groups, and not to other roles",
);

#[inline(never)]
pub(super) fn import<'t>(import: &mut Import<'t>, text: &'t str) {
    let mut lines = Scan(text);
    while let Some(line) = lines.line() {
        if let Some(claims) = setting(line, "scopes") {
            let mut claims = Scan(claims);
            while !claims.0.is_empty() {
                import.claim(trimmed(claims.until(","), "[]"));
                claims.pass(1);
            }
        } else if let Some(role) = setting(line, "policy.default") {
            if !role.is_empty() {
                import.not_sayable(role, EVERYBODY_ELSE);
            }
        } else if let Some(rule) = rule(line) {
            for row in rows(rule, ",") {
                match row.cells.as_slice() {
                    [kind, group, _] if kind == "g" && group.starts_with("role:") => {
                        import.not_sayable(rule, INHERITANCE);
                    }
                    [kind, group, role] if kind == "g" => {
                        import.pair(rule, group, role.strip_prefix("role:").unwrap_or(role));
                    }
                    [kind, ..] if kind == "p" => import.not_sayable(rule, PERMISSION),
                    _ => import.unreadable(rule, SYNTAX),
                }
            }
        }
    }
}

/// The value of a setting that a line has.
fn setting<'t>(line: &'t str, name: &str) -> Option<&'t str> {
    let mut scan = Scan(line);
    (scan.take(name) && scan.take(":")).then(|| trimmed(scan.0, "\"'"))
}

/// The rule on a line.
fn rule(line: &str) -> Option<&str> {
    let line = setting(line, "policy")
        .or_else(|| setting(line, "policy.csv"))
        .unwrap_or(line)
        .trim();
    let mut scan = Scan(line);
    ((scan.take("g") || scan.take("p")) && scan.take(",")).then_some(line)
}

/// Whether a line is a rule.
pub(super) fn is_policy(text: &str) -> bool {
    let mut lines = Scan(text);
    while let Some(line) = lines.line() {
        if rule(line).is_some_and(|rule| rows(rule, ",").iter().any(|row| row.cells.len() > 2)) {
            return true;
        }
    }
    false
}
