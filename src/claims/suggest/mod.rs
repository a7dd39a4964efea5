//! Claims that may be meant where the configured one is not there: they are offered, never read in its stead.

mod sought;
mod ways;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::absent::is_there;
use super::find::{Found, Path, Properties, find, pointer_of};
use super::options::MAX_CLAIM_SOURCES;
use super::{ClaimItem, ClaimOptions, ClaimSource};
use crate::diagnostic::shown;
use crate::error::GroupSyncError;
use crate::lookalike::lower_case;
use crate::value::ClaimValue;
use sought::Sought;
use ways::{reads_something, setting, ways};

/// How many claims are suggested at most.
pub const MAX_CLAIM_SUGGESTIONS: usize = 5;

/// How many group names of a suggested claim are shown.
const MAX_EXAMPLES: usize = 3;

/// How much of a token is looked at: properties, objects in objects, and the bytes of a property's name.
const MAX_PROPERTIES: usize = 1_000;
const MAX_DEPTH: usize = 5;
const MAX_NAME_BYTES: usize = 256;

/// Claims that hold lists or words, and never groups: those of OpenID Connect, OAuth 2.0, and the great providers' own.
const NO_GROUPS: &[&str] = &[
    "_claim_names",
    "_claim_sources",
    "acr",
    "acrs",
    "act",
    "address",
    "allowed-origins",
    "amr",
    "aud",
    "auth_methods",
    "azp",
    "cnf",
    "crit",
    "email",
    "emails",
    "events",
    "gty",
    "identities",
    "idtyp",
    "iss",
    "jti",
    "locale",
    "name",
    "nonce",
    "oid",
    "origins",
    "phone_number",
    "redirect_uris",
    "scope",
    "scopes",
    "scp",
    "sid",
    "sub",
    "tid",
    "upn",
    "ver",
    "wids",
    "x5c",
    "zoneinfo",
];

/// What the names of claims with groups have in common.
const GROUP_WORDS: &[&str] = &[
    "group",
    "role",
    "team",
    "member",
    "entitlement",
    "affiliation",
    "authorit",
];

/// What names of objects have in common whose keys are groups, or whose members hold some.
const KEYED_WORDS: &[&str] = &["organi", "tenant", "workspace"];

/// Why a claim is suggested: its path is written in another way (`other-spelling`), its name is nearly the configured one
/// (`near-miss`), or its value looks like a list of groups (`looks-like-groups`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ClaimSuggestionReason {
    /// The configured name means it, written as this product writes paths.
    OtherSpelling,
    /// The names differ in case, spacing or a few letters.
    NearMiss,
    /// It holds what looks like group names.
    LooksLikeGroups,
}

/// A claim that may be meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClaimSuggestion {
    /// The setting that reads it.
    pub claim: ClaimOptions,
    /// How many of the tokens carry it.
    pub tokens: usize,
    /// Up to three of the group names that it holds.
    pub examples: Vec<String>,
    /// Why it is suggested.
    pub reason: ClaimSuggestionReason,
}

/// What tokens hold where groups are looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClaimSuggestions {
    /// How many tokens there were.
    pub tokens: usize,
    /// In how many of them the given claim is there, or said to be kept elsewhere; 0 where none was given.
    pub with_claim: usize,
    /// Other claims that may be meant, the likeliest first; at most five.
    pub suggestions: Vec<ClaimSuggestion>,
}

/// Claims of these tokens that may hold the users' groups, besides `claim`, where one is given.
///
/// # Errors
/// `invalid-input` if a token's claims are no object, or the options can find nothing.
///
/// ```
/// use idp_group_sync::{ClaimOptions, ClaimValue, suggest_claims};
///
/// let tokens = [ClaimValue::from(serde_json::json!({ "sub": "ada", "Groups": ["sales"] }))];
/// let found = suggest_claims(&tokens, Some(&ClaimOptions::named("groups"))).unwrap();
/// assert_eq!((found.tokens, found.with_claim), (1, 0));
/// assert_eq!(found.suggestions[0].claim, ClaimOptions::named("Groups"));
/// ```
pub fn suggest_claims(tokens: &[ClaimValue], claim: Option<&ClaimOptions>) -> Result<ClaimSuggestions, GroupSyncError> {
    if let Some(claim) = claim {
        claim
            .validate()
            .map_err(|error| error.within("claim").within("options"))?;
    }
    let mut with_claim = 0;
    let mut found: Vec<Candidate> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (index, token) in tokens.iter().enumerate() {
        let ClaimValue::Object(claims) = token else {
            let message = format!("the claims are {}, not an object", token.kind());
            return Err(GroupSyncError::invalid_input(format!("tokens[{index}]"), message));
        };
        with_claim += usize::from(claim.is_some_and(|claim| is_there(claims, claim)));
        for candidate in candidates(claims, claim) {
            let name = candidate.source.name.concat();
            let place = *places.entry(name).or_insert(found.len());
            match found.get_mut(place) {
                Some(known) => known.merge(candidate),
                None => found.push(candidate),
            }
        }
    }
    Ok(ClaimSuggestions {
        tokens: tokens.len(),
        with_claim,
        suggestions: best(found).map(|candidate| candidate.suggestion).collect(),
    })
}

/// What one token holds in the place of `claim`, the likeliest first, each with its source in words.
pub(super) fn suggestions(claims: &Properties, claim: &ClaimOptions) -> Vec<(ClaimOptions, String)> {
    let best = best(candidates(claims, Some(claim)));
    best.map(|candidate| (candidate.suggestion.claim, described(&candidate.source)))
        .collect()
}

/// The setting that reads what its source at `place` found, which looks encoded, if there is one.
pub(super) fn decoding(found: &[Found<'_>], claim: &ClaimOptions, place: usize) -> Option<ClaimOptions> {
    let source = claim.sources.get(place)?;
    let value = found.first()?.value;
    let ways = ways(value, source, Some(source)).into_iter();
    let source = ways
        .filter(|way| way.decode.is_some())
        .find(|way| reads_something(found, way).is_some())?;
    Some(instead(claim, Some(place), source))
}

/// The setting in which a source stands in the place of another, or after all others.
fn instead(claim: &ClaimOptions, place: Option<usize>, source: ClaimSource) -> ClaimOptions {
    let mut sources = claim.sources.clone();
    let end = place.map_or(sources.len(), |place| place + 1);
    let rest = sources.split_off(end.min(sources.len()));
    if place.is_some() {
        sources.pop();
    }
    sources.push(source);
    sources.extend(rest);
    sources.truncate(MAX_CLAIM_SOURCES);
    ClaimOptions { sources }
}

/// A source in words.
fn described(source: &ClaimSource) -> String {
    let mut text = shown(&source.name.concat());
    for delimiter in &source.delimiter {
        text += &format!(" with the delimiter `{delimiter}`");
    }
    if let Some(decode) = source.decode {
        text += &format!(" with decode `{}`", decode.word());
    }
    match &source.item {
        ClaimItem::Text => {}
        ClaimItem::Field { field } => text += &format!(" with the field {}", shown(field)),
        item => text += &format!(" with the item `{}`", item.word()),
    }
    text
}

struct Candidate {
    suggestion: ClaimSuggestion,
    /// What of the suggested setting reads this claim.
    source: ClaimSource,
    /// The less, the likelier.
    rank: usize,
}

impl Candidate {
    /// Counts the same claim in another token. Where the tokens differ in kind, the setting that says more reads both.
    fn merge(&mut self, other: Candidate) {
        let ClaimSuggestion { claim, examples, .. } = other.suggestion;
        let merged = &mut self.suggestion;
        merged.tokens += 1;
        self.rank = self.rank.min(other.rank);
        if self.source.is_plain() && other.rank == self.rank {
            merged.claim = claim;
            self.source = other.source;
        }
        for example in examples {
            if merged.examples.len() < MAX_EXAMPLES && !merged.examples.contains(&example) {
                merged.examples.push(example);
            }
        }
    }
}

fn best(mut candidates: Vec<Candidate>) -> impl Iterator<Item = Candidate> {
    candidates.sort_by_cached_key(|one| {
        (one.rank as u64) << u32::BITS | (u64::from(u32::MAX) - one.suggestion.tokens as u64)
    });
    candidates.into_iter().take(MAX_CLAIM_SUGGESTIONS)
}

/// What one token holds, each claim once.
fn candidates(claims: &Properties, claim: Option<&ClaimOptions>) -> Vec<Candidate> {
    let sought = claim.map(|claim| Sought::new(claims, claim));
    let mut found: Vec<Candidate> = Vec::new();
    for leaf in leaves(claims) {
        if let Some(candidate) = candidate(claims, &leaf, sought.as_ref())
            && found.iter().all(|known| known.source.name != candidate.source.name)
        {
            found.push(candidate);
        }
    }
    found
}

fn candidate<'c>(claims: &'c Properties, leaf: &Found<'c>, sought: Option<&Sought<'c>>) -> Option<Candidate> {
    let last = lower_case(leaf.path.last()?);
    let is_ruled_out = NO_GROUPS.contains(&last.as_str());
    let has_group_word = has_word(&last, GROUP_WORDS);
    let is_list = !matches!(
        leaf.value,
        ClaimValue::Text(_) | ClaimValue::Number(_) | ClaimValue::Bool(_)
    );
    let spelled = sought.and_then(|sought| sought.spelled(&leaf.path));
    if spelled.is_none() && (is_ruled_out || !has_group_word && !is_list) {
        return None;
    }
    let name = setting_name(claims, &leaf.path)?;
    let found = find(claims, &name).ok()?;
    if found
        .iter()
        .any(|found| sought.is_some_and(|sought| sought.paths.contains(&found.path)))
    {
        return None;
    }
    let slip = sought.and_then(|sought| sought.slip(&leaf.path));
    let (reason, rank, place) = match (spelled, slip) {
        (Some((reason, place)), _) => (reason, 0, Some(place)),
        (None, Some(place)) => (ClaimSuggestionReason::NearMiss, 1, Some(place)),
        (None, None) => (
            ClaimSuggestionReason::LooksLikeGroups,
            if has_group_word { 2 } else { 3 },
            None,
        ),
    };
    let configured = sought.map(|sought| (sought.claim, sought.configured(place)));
    let of_configured = configured.and_then(|(_, source)| source);
    let (source, reading) = setting(leaf.value, &found, &name, of_configured)?;
    // Addresses are no groups, and neither are bare numbers, and nothing.
    let is_no_group = |name: &String| name.contains(['@', ':']) || name.bytes().all(|byte| byte.is_ascii_digit());
    if rank == 3 && (reading.is_empty() || reading.groups().iter().any(is_no_group)) {
        return None;
    }
    let (groups, _) = reading.finish();
    let claim = match configured {
        Some((claim, _)) if claim.sources.len() > 1 => instead(claim, place, source.clone()),
        _ => source.clone().into(),
    };
    let suggestion = ClaimSuggestion {
        claim,
        tokens: 1,
        examples: groups.into_iter().take(MAX_EXAMPLES).collect(),
        reason,
    };
    Some(Candidate {
        suggestion,
        source,
        rank,
    })
}

fn has_word(name: &str, words: &[&str]) -> bool {
    words.iter().any(|word| name.contains(word))
}

/// Everything in a token that may hold groups, what stands further up first. A `*` in its path stands for each member.
fn leaves(claims: &Properties) -> Vec<Found<'_>> {
    let mut leaves = Vec::new();
    let mut left = MAX_PROPERTIES;
    let mut level = vec![(Vec::new(), claims)];
    for _ in 0..MAX_DEPTH {
        let mut next = Vec::new();
        for (above, properties) in level {
            let has_keys = |path: &Path<'_>| path.last().is_some_and(|name| has_word(&lower_case(name), KEYED_WORDS));
            let are_keys = has_keys(&above);
            for (name, value) in properties.iter().take(left) {
                left -= 1;
                if name.len() > MAX_NAME_BYTES || name.starts_with("_claim_") {
                    continue;
                }
                let mut path = above.clone();
                path.push(if are_keys { "*".into() } else { name.into() });
                match value {
                    ClaimValue::Object(inner) => {
                        // The keys of an object that holds only objects may be names.
                        let is_flat =
                            |value: &ClaimValue| !matches!(value, ClaimValue::Object(_) | ClaimValue::Bool(true));
                        let last = lower_case(name);
                        let may_have_keys = has_word(&last, GROUP_WORDS) || has_keys(&path);
                        if may_have_keys && !inner.is_empty() && !inner.values().any(is_flat) {
                            leaves.push(Found {
                                value,
                                path: path.clone(),
                            });
                        }
                        next.push((path, inner));
                    }
                    value => {
                        if let ClaimValue::List(items) = value
                            && let Some(ClaimValue::Object(first)) = items.first()
                        {
                            let mut path = path.clone();
                            path.push("*".into());
                            next.push((path, first));
                        }
                        leaves.push(Found { value, path });
                    }
                }
            }
        }
        level = next;
    }
    leaves
}

/// The claim name that finds this path: dotted, or a JSON Pointer where dots would lead elsewhere.
fn setting_name(claims: &Properties, path: &Path<'_>) -> Option<String> {
    let is_there = |found: &Found<'_>| {
        let mut both = found.path.iter().zip(path);
        found.path.len() == path.len() && both.all(|(found, sought)| sought == "*" || found == sought)
    };
    let names = [path.join("."), pointer_of(path)];
    names.into_iter().find(|name| {
        let found = find(claims, name).unwrap_or_default();
        found.first().is_some_and(is_there) && ClaimOptions::named(name).validate().is_ok()
    })
}
