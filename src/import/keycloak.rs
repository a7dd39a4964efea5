//! Keycloak's identity provider mappers: a list of them, one, or the export of a realm that holds them.

use super::literal::Literal;
use super::scan::{holds_none, place_of};
use super::written::{ALL_USERS, FILTER, Import, NOT_A_GROUP, Reason};
use crate::mapping::as_source;

const PROVIDERS: Reason = (
    "providers",
    "it belongs to another identity provider, which has settings of its own",
);
const CLAIMS: Reason = (
    "claims",
    "it is read from another claim, which has to be configured as well",
);

const FIRST_LOGIN: Reason = (
    "first-login",
    "there, it is given at the first login alone; here the policy decides for all entries when they are synced",
);

#[inline(never)]
pub(super) fn import(import: &mut Import, documents: &[Literal]) {
    let mut provider = "";
    for document in documents {
        import_mappers(import, document, &mut provider);
    }
}

fn import_mappers<'d>(import: &mut Import, document: &'d Literal, provider: &mut &'d str) {
    for document in document.items() {
        for one in document.get("identityProviderMappers").unwrap_or(document).items() {
            let alias = one.text_of("identityProviderAlias");
            if provider.is_empty() {
                *provider = alias;
            }
            if alias != *provider {
                import.differs(one.at, PROVIDERS);
            }
            mapper(import, one);
        }
    }
}

fn mapper(import: &mut Import, mapper: &Literal) {
    let config = mapper.get("config").unwrap_or(mapper);
    let target = config.first_text_of(&["role", "group"]);
    let target = target.strip_prefix('/').unwrap_or(target);
    let flag = config
        .get("are.claim.values.regex")
        .or_else(|| config.get("are.attribute.values.regex"));
    let is_regex = flag.is_some_and(|flag| place_of(flag.at, "true").is_some());
    let claim = config.first_text_of(&["claim", "attribute.name", "attribute.friendly.name"]);
    let value = config.first_text_of(&["claim.value", "attribute.value", "external.role"]);
    let mut conditions = vec![(claim, value)];
    // A list in a text of its own.
    let list = Literal::read_first(config.first_text_of(&["claims", "attributes"]));
    for condition in list.as_ref().map_or(&[][..], Literal::items) {
        conditions.push((condition.text_of("key"), condition.text_of("value")));
    }
    let mut source = String::new();
    for (claim, value) in conditions {
        if target.is_empty() || value.is_empty() {
            continue;
        }
        import.claim(claim);
        if !claim.is_empty() && import.claims.first().is_some_and(|first| first != claim) {
            import.differs(mapper.at, CLAIMS);
        }
        let Some(term) = term(value, is_regex) else {
            import.not_sayable(mapper.at, FILTER);
            return;
        };
        if !source.is_empty() {
            source.push_str(" && ");
        }
        source.push_str(&term);
    }
    if config.text_of("syncMode") == "IMPORT" && !target.is_empty() {
        import.differs(mapper.at, FIRST_LOGIN);
    }
    if target.is_empty() {
        import.not_sayable(mapper.at, NOT_A_GROUP);
    } else if place_of(mapper.text_of("identityProviderMapper"), "hardcoded").is_some() {
        import.differs(mapper.at, ALL_USERS);
        import.entry(mapper.at, "*", target);
    } else if source.is_empty() {
        import.not_sayable(mapper.at, NOT_A_GROUP);
    } else {
        import.entry(mapper.at, &source, target);
    }
}

/// What a value is in a source: a regular expression, which has to match a whole value, if `.*` is all that is special in it.
fn term(value: &str, is_regex: bool) -> Option<String> {
    let mut name = value.to_owned();
    let mut is_pattern = false;
    if is_regex {
        name.clear();
        let regex = value.strip_prefix('^').unwrap_or(value);
        let mut characters = regex.strip_suffix('$').unwrap_or(regex).chars();
        while let Some(character) = characters.next() {
            let literal = match character {
                '.' if characters.next() == Some('*') => {
                    is_pattern = true;
                    '*'
                }
                '\\' => characters
                    .next()
                    .filter(|sign| sign.is_ascii_punctuation() && *sign != '*')?,
                _ if !holds_none(character.encode_utf8(&mut [0; 4]), ".*+?^$|()[]{}") => return None,
                _ => character,
            };
            name.push(literal);
        }
    }
    // In a pattern, these could not be quoted.
    if is_pattern && (!holds_none(&name, "&") || name.starts_with(['!', '#', '"'])) {
        return None;
    }
    Some(if is_pattern {
        name
    } else {
        as_source(&name).into_owned()
    })
}
