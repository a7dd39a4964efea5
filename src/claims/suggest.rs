//! Claims that may be meant where the configured one is not there: they are offered, never read in its stead.

use std::collections::BTreeMap;

use serde::Serialize;
use strsim::osa_distance;

use super::path::{Found, Properties, find, pointer_of, pointer_tokens};
use super::{ClaimItem, ClaimOptions, Reading, read_value};
use crate::diagnostic::shown;
use crate::error::GroupSyncError;
use crate::lookalike::{lower_case, near_miss_key};
use crate::value::ClaimValue;

/// How many claims are suggested at most.
pub const MAX_CLAIM_SUGGESTIONS: usize = 5;

/// How many group names of a suggested claim are shown.
const MAX_EXAMPLES: usize = 3;

/// How much of a token is looked at: properties, objects in objects, and the bytes of a property's name.
const MAX_PROPERTIES: usize = 1_000;
const MAX_DEPTH: usize = 5;
const MAX_NAME_BYTES: usize = 256;

/// How long names are that are compared letter by letter, and how many slips may be between them.
const MAX_COMPARED: usize = 64;
const MAX_DISTANCE: usize = 3;

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

/// The properties that most often name a group that is an object.
const NAME_FIELDS: &[&str] = &["name", "displayName", "display", "value", "id"];

/// Why a claim is suggested: its path is written in another way (`other-spelling`), its name is nearly the configured one
/// (`near-miss`), or its value looks like a list of groups (`looks-like-groups`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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
        with_claim += usize::from(claim.is_some_and(|claim| is_there(claims, &claim.name)));
        for candidate in candidates(claims, claim) {
            let place = *places
                .entry(candidate.suggestion.claim.name.clone())
                .or_insert(found.len());
            match found.get_mut(place) {
                Some(known) => known.merge(candidate),
                None => found.push(candidate),
            }
        }
    }
    Ok(ClaimSuggestions {
        tokens: tokens.len(),
        with_claim,
        suggestions: best(found).collect(),
    })
}

fn is_there(claims: &Properties, name: &str) -> bool {
    present(claims, name).is_some() || super::elsewhere(claims, name).is_some()
}

/// The claim, unless it is `null`.
pub(super) fn present<'c>(claims: &'c Properties, name: &str) -> Option<Found<'c>> {
    find(claims, name).filter(|found| *found.value != ClaimValue::Null)
}

/// What one token holds in the place of `claim`, the likeliest first.
pub(super) fn suggestions(claims: &Properties, claim: &ClaimOptions) -> Vec<ClaimOptions> {
    best(candidates(claims, Some(claim)))
        .map(|suggestion| suggestion.claim)
        .collect()
}

/// A setting in words.
pub(super) fn described(claim: &ClaimOptions) -> String {
    let mut text = shown(&claim.name);
    if let Some(delimiter) = &claim.delimiter {
        text += &format!(" with the delimiter `{delimiter}`");
    }
    match &claim.item {
        ClaimItem::Text => {}
        ClaimItem::LastPathSegment => text += " with the item `last-path-segment`",
        ClaimItem::LdapCn => text += " with the item `ldap-cn`",
        ClaimItem::Field { field } => text += &format!(" with the field {}", shown(field)),
    }
    text
}

struct Candidate {
    suggestion: ClaimSuggestion,
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
        if merged.claim == ClaimOptions::named(&claim.name) && other.rank == self.rank {
            merged.claim = claim;
        }
        for example in examples {
            if merged.examples.len() < MAX_EXAMPLES && !merged.examples.contains(&example) {
                merged.examples.push(example);
            }
        }
    }
}

fn best(mut candidates: Vec<Candidate>) -> impl Iterator<Item = ClaimSuggestion> {
    candidates.sort_by_cached_key(|one| {
        (one.rank as u64) << u32::BITS | (u64::from(u32::MAX) - one.suggestion.tokens as u64)
    });
    candidates
        .into_iter()
        .take(MAX_CLAIM_SUGGESTIONS)
        .map(|candidate| candidate.suggestion)
}

fn candidates(claims: &Properties, claim: Option<&ClaimOptions>) -> Vec<Candidate> {
    let sought = claim.map(|claim| Sought::new(claims, claim));
    let leaves = leaves(claims).into_iter();
    leaves
        .filter_map(|leaf| candidate(claims, &leaf, sought.as_ref()))
        .collect()
}

fn candidate(claims: &Properties, leaf: &Found<'_>, sought: Option<&Sought<'_>>) -> Option<Candidate> {
    let last = lower_case(leaf.path.last()?);
    let is_ruled_out = NO_GROUPS.contains(&last.as_str());
    let has_group_word = GROUP_WORDS.iter().any(|word| last.contains(word));
    let is_list = matches!(leaf.value, ClaimValue::List(_));
    let spelled = sought.and_then(|sought| sought.spelled(&leaf.path));
    if sought.is_some_and(|sought| sought.path == leaf.path)
        || spelled.is_none() && (is_ruled_out || !has_group_word && !is_list)
    {
        return None;
    }
    let name = setting_name(claims, &leaf.path)?;
    let (claim, reading) = setting(leaf.value, &name, sought.map(|sought| sought.claim))?;
    let (reason, rank) = match spelled {
        Some(reason) => (reason, 0),
        None if sought.is_some_and(|sought| sought.is_slip(&leaf.path)) => (ClaimSuggestionReason::NearMiss, 1),
        None if has_group_word => (ClaimSuggestionReason::LooksLikeGroups, 2),
        // Addresses are no groups, and neither is nothing.
        None if reading.groups.is_empty() || reading.groups.iter().any(|name| name.contains(['@', ':'])) => {
            return None;
        }
        None => (ClaimSuggestionReason::LooksLikeGroups, 3),
    };
    let examples = reading.distinct().into_iter().take(MAX_EXAMPLES).collect();
    let suggestion = ClaimSuggestion {
        claim,
        tokens: 1,
        examples,
        reason,
    };
    Some(Candidate { suggestion, rank })
}

/// Everything in a token that is no object, what stands further up first.
fn leaves(claims: &Properties) -> Vec<Found<'_>> {
    let mut leaves = Vec::new();
    let mut left = MAX_PROPERTIES;
    let mut level = vec![(Vec::new(), claims)];
    for _ in 0..MAX_DEPTH {
        let mut next = Vec::new();
        for (above, properties) in level {
            for (name, value) in properties.iter().take(left) {
                left -= 1;
                if name.len() > MAX_NAME_BYTES || name.starts_with("_claim_") {
                    continue;
                }
                let mut path: Vec<String> = above.clone();
                path.push(name.clone());
                match value {
                    ClaimValue::Object(inner) => next.push((path, inner)),
                    value => leaves.push(Found { value, path }),
                }
            }
        }
        level = next;
    }
    leaves
}

/// The claim name that finds this path: dotted, or a JSON Pointer where dots would lead elsewhere.
fn setting_name(claims: &Properties, path: &[String]) -> Option<String> {
    let names = [path.join("."), pointer_of(path)];
    names.into_iter().find(|name| {
        find(claims, name).is_some_and(|found| found.path == path) && ClaimOptions::named(name).validate().is_ok()
    })
}

/// How the value is read as groups: as the configured claim would be, or as it looks.
fn setting(value: &ClaimValue, name: &str, claim: Option<&ClaimOptions>) -> Option<(ClaimOptions, Reading)> {
    let mut ways: Vec<(Option<&str>, ClaimItem)> = Vec::new();
    let configured = claim.map(|claim| (claim.delimiter.as_deref(), claim.item.clone()));
    ways.extend(configured.filter(|way| *way != (None, ClaimItem::Text)));
    match value {
        ClaimValue::List(items) => {
            ways.extend([(None, ClaimItem::LdapCn), (None, ClaimItem::Text)]);
            if let Some(ClaimValue::Object(first)) = items.first() {
                let fields = NAME_FIELDS.iter().filter(|field| first.contains_key(**field));
                ways.extend(fields.map(|field| {
                    let field = (*field).to_owned();
                    (None, ClaimItem::Field { field })
                }));
            }
        }
        // What looks encoded would be read as one strange name.
        ClaimValue::Text(text) if !text.trim_start().starts_with(['[', '{']) => {
            if text.contains(';') {
                ways.extend([(Some(";"), ClaimItem::LdapCn), (Some(";"), ClaimItem::Text)]);
            }
            ways.push((None, ClaimItem::LdapCn));
            if text.contains(',') {
                ways.push((Some(","), ClaimItem::Text));
            }
            ways.push((None, ClaimItem::Text));
        }
        _ => return None,
    }
    ways.into_iter().find_map(|(delimiter, item)| {
        let claim = ClaimOptions {
            name: name.to_owned(),
            delimiter: delimiter.map(str::to_owned),
            item,
        };
        let reading = read_value(value, &claim).ok()?;
        let says_nothing = reading.groups.is_empty() && claim.item == ClaimItem::LdapCn;
        (!says_nothing).then_some((claim, reading))
    })
}

/// The configured claim, as others are held against it.
struct Sought<'c> {
    claim: &'c ClaimOptions,
    /// Where it is found, if it is.
    path: Vec<String>,
    /// Where parts of its name lead: `groups, roles` are two claims, and ` groups` is one with a space too many.
    parts: Vec<Vec<String>>,
    key: String,
    letters: String,
}

impl<'c> Sought<'c> {
    fn new(claims: &Properties, claim: &'c ClaimOptions) -> Self {
        const SEPARATORS: &[char] = &[',', ';', '|', ' ', '\t', '\n', '\u{a0}'];
        let path_of = |name: &str| present(claims, name).map(|found| found.path);
        let parts = claim.name.split(SEPARATORS).filter(|part| !part.is_empty());
        let written = pointer_tokens(&claim.name).filter(|_| claim.name.starts_with('/'));
        let written = written.map_or_else(|| claim.name.clone(), |tokens| tokens.join("."));
        Sought {
            claim,
            path: path_of(&claim.name).unwrap_or_default(),
            parts: parts.take(MAX_CLAIM_SUGGESTIONS).filter_map(path_of).collect(),
            key: near_miss_key(&written),
            letters: letters(&written),
        }
    }

    /// Whether the configured name says this path, in other words.
    fn spelled(&self, path: &[String]) -> Option<ClaimSuggestionReason> {
        let name = path.join(".");
        if self.parts.iter().any(|part| part == path) {
            Some(ClaimSuggestionReason::OtherSpelling)
        } else if near_miss_key(&name) == self.key {
            Some(ClaimSuggestionReason::NearMiss)
        } else if !self.letters.is_empty() && letters(&name) == self.letters {
            Some(ClaimSuggestionReason::OtherSpelling)
        } else {
            None
        }
    }

    /// Whether a slip or two lie between the configured name and this path.
    fn is_slip(&self, path: &[String]) -> bool {
        let name = near_miss_key(&path.join("."));
        let (length, other) = (self.key.chars().count(), name.chars().count());
        let limit = (length / 4).clamp(1, MAX_DISTANCE);
        (3..=MAX_COMPARED).contains(&length)
            && length.abs_diff(other) <= limit
            && osa_distance(&self.key, &name) <= limit
    }
}

/// The letters and digits of a name in lower case, without what people separate them by.
fn letters(name: &str) -> String {
    lower_case(name)
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}
