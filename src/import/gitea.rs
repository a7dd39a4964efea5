//! Gitea and Forgejo: `{ "group": { "organization": ["team"] } }`, and Forgejo's patterns, `["group-{org}-{team}"]`.

use super::literal::{Literal, Value};
use super::scan::{holds_none, place_of};
use super::written::{Import, SYNTAX};

#[inline(never)]
pub(super) fn import(import: &mut Import, document: &Literal) {
    for pattern in document.items() {
        if let Some(text) = pattern.text() {
            dynamic(import, pattern.at, text);
        }
    }
    for entry in document.properties().chunks_exact(2) {
        let [group, organizations] = entry else { continue };
        if organizations.properties().is_empty() && !organizations.is_nothing() {
            import.unreadable(organizations.at, SYNTAX);
        }
        for entry in organizations.properties().chunks_exact(2) {
            let [organization, teams] = entry else { continue };
            for team in teams.items() {
                match (group.text(), organization.text(), team.text()) {
                    (Some(group), Some(organization), Some(name)) => {
                        import.pair(team.at, group, &[organization, "/", name].concat());
                    }
                    _ if team.is_nothing() => {}
                    _ => import.unreadable(team.at, SYNTAX),
                }
            }
        }
    }
}

/// A pattern in which `{org}` and `{team}` stand for what the team is found by.
fn dynamic(import: &mut Import, at: &str, text: &str) {
    let is_plain = holds_none(text, "*&!#\"");
    let places = (place_of(text, "{org}"), place_of(text, "{team}"));
    let (Some(organization), Some(team), true) = (places.0, places.1, is_plain) else {
        import.unreadable(at, SYNTAX);
        return;
    };
    let target = if organization < team { " -> $1/$2" } else { " -> $2/$1" };
    let source = text.replace("{org}", "*").replace("{team}", "*");
    import.line(at, source + target, None);
}

/// Whether it is a map of groups to teams, or Forgejo's patterns.
pub(super) fn is_team_map(document: &Literal) -> bool {
    let is_pattern = |item: &Literal| {
        item.text()
            .is_some_and(|text| place_of(text, "{org}").and(place_of(text, "{team}")).is_some())
    };
    match &document.value {
        Value::List(items) => !items.is_empty() && items.iter().all(is_pattern),
        Value::Object(groups) => {
            !groups.is_empty()
                && groups.chunks_exact(2).all(|entry| match entry {
                    [
                        _,
                        Literal {
                            value: Value::Object(teams),
                            ..
                        },
                    ] => teams.chunks_exact(2).all(|entry| {
                        matches!(
                            entry,
                            [
                                _,
                                Literal {
                                    value: Value::List(_),
                                    ..
                                }
                            ]
                        )
                    }),
                    _ => false,
                })
        }
        _ => false,
    }
}
