//! Claims that are not there: where each would be, and what it means that it is not.

use super::find::{self, Found, Properties, TooMuch, find};
use super::options::MAX_CLAIM_SOURCES;
use super::{ClaimGroups, ClaimOptions, ClaimSource, ClaimStatus, suggest, with_candidates};
use crate::diagnostic::{Diagnostic, DiagnosticCode, shown};
use crate::value::ClaimValue;

/// Where the token says that the values of claims are to be fetched (OpenID Connect Core, section 5.6.2).
const CLAIM_NAMES: &str = "_claim_names";

/// In Entra ID's implicit flow, that the claim `groups` is left out.
const HAS_GROUPS: &str = "hasgroups";

/// In Entra ID's SAML, what the claim's name ends with that stands for one which is left out.
const LINK: &str = ".link";

/// What a token says of a source.
pub(super) enum Located<'c, 's> {
    /// There are values of the first name that is there.
    Found(Result<Vec<Found<'c>>, TooMuch>),
    /// The token says, by the property that is given second, that the claim of this name is elsewhere.
    Elsewhere(&'s str, String),
    Missing,
}

/// Looks for the names of a source, one after the other.
pub(super) fn locate<'c, 's>(claims: &'c Properties, source: &'s ClaimSource) -> Located<'c, 's> {
    for name in &source.name {
        match find(claims, name) {
            Ok(found) if found.is_empty() => {}
            found => return Located::Found(found),
        }
        if let Some(told) = elsewhere(claims, name) {
            return Located::Elsewhere(name, told);
        }
    }
    Located::Missing
}

fn is_missing(claims: &Properties, source: &ClaimSource) -> bool {
    matches!(locate(claims, source), Located::Missing)
}

/// Whether a source is missing without which all is.
pub(super) fn lacks_required(claims: &Properties, claim: &ClaimOptions) -> bool {
    let mut required = claim.sources.iter().filter(|source| source.required);
    required.any(|source| is_missing(claims, source))
}

/// Whether a token is not `missing` the claim.
pub(super) fn is_there(claims: &Properties, claim: &ClaimOptions) -> bool {
    !lacks_required(claims, claim) && claim.sources.iter().any(|source| !is_missing(claims, source))
}

/// Which property of the token says that the claim's value is to be fetched.
fn elsewhere(claims: &Properties, name: &str) -> Option<String> {
    let top_level = match find::pointer_tokens(name) {
        Some(tokens) if name.starts_with('/') => tokens.into_iter().next().unwrap_or_default(),
        _ => name.split('.').next().unwrap_or_default().to_owned(),
    };
    let is_it = |other: &str| other == name || other == top_level;
    if let Some(ClaimValue::Object(names)) = claims.get(CLAIM_NAMES)
        && names.keys().any(|other| is_it(other))
    {
        return Some(CLAIM_NAMES.to_owned());
    }
    let says_yes = match claims.get(HAS_GROUPS) {
        Some(ClaimValue::Bool(flag)) => *flag,
        Some(ClaimValue::Text(text)) => text == "true",
        _ => false,
    };
    if says_yes && is_it("groups") {
        return Some(HAS_GROUPS.to_owned());
    }
    // `http://schemas.microsoft.com/claims/groups.link` stands for a claim whose name is a longer address.
    let own = if name.starts_with('/') { &top_level } else { name };
    let last = |name: &str| name.rsplit('/').next() == own.rsplit('/').next();
    let link = claims
        .iter()
        .find(|(other, value)| **value != ClaimValue::Null && other.strip_suffix(LINK).is_some_and(last));
    link.map(|(other, _)| other.clone())
}

/// What it means that a claim is elsewhere, as `told` says.
pub(super) fn incomplete(name: &str, told: &str) -> ClaimGroups {
    let told = shown(told);
    let incomplete = Diagnostic::new(
        DiagnosticCode::ClaimIncomplete,
        format!("the token does not hold the user's groups: {told} says that they are to be fetched"),
    )
    .param("claim", name)
    .param("found", told)
    .help("fetch the user's groups from the identity provider (for Entra ID, from Microsoft Graph) and pass them on as a list");
    ClaimGroups::without_groups(ClaimStatus::Incomplete, Vec::new(), vec![incomplete])
}

/// What it means that there is no such claim: not one of the sources, or one that is required.
pub(super) fn missing(claims: &Properties, claim: &ClaimOptions) -> ClaimGroups {
    let all_are_sought = !lacks_required(claims, claim);
    let sought = claim.sources.iter().filter(|source| all_are_sought || source.required);
    let sought = sought.filter(|source| is_missing(claims, source));
    let names: Vec<&str> = sought
        .flat_map(|source| source.name.iter().map(String::as_str))
        .collect();
    let message = match names.as_slice() {
        [name] => format!("the token has no claim {}", shown(name)),
        names => format!("the token has none of the claims {}", shown(&names.join("`, `"))),
    };
    let mut missing = Diagnostic::new(DiagnosticCode::ClaimMissing, message).param("claim", names.join(", "));
    let candidates = suggest::suggestions(claims, claim);
    if !candidates.is_empty() {
        let settings: Vec<String> = candidates.iter().map(|(_, words)| words.clone()).collect();
        let help = format!(
            "if the groups are in another claim, set that: the token has {}",
            settings.join(", ")
        );
        let candidates: Vec<ClaimOptions> = candidates.into_iter().map(|(claim, _)| claim).collect();
        missing = with_candidates(missing, &candidates).help(help);
    }
    let other_case = names
        .iter()
        .take(MAX_CLAIM_SOURCES)
        .find_map(|name| find::find_ignoring_case(claims, name).map(|found| (name, found)));
    let other_case = other_case.map(|(name, found)| {
        let written = found.path.join(".");
        Diagnostic::new(
            DiagnosticCode::ClaimCase,
            format!(
                "the token has a claim {}; claim names are case-sensitive",
                shown(&written)
            ),
        )
        .param("claim", *name)
        .param("found", written.as_str())
        .help(format!("set the claim name to {}", shown(&written)))
    });
    let diagnostics = [missing].into_iter().chain(other_case).collect();
    ClaimGroups::without_groups(ClaimStatus::Missing, Vec::new(), diagnostics)
}
