//! Token claims to IdP groups, in five states.
//!
//! A claim that is absent, empty, unreadable or known to be elsewhere means four different things, and taking one for
//! another grants or revokes access. So each is a state of its own, and a claim with one bad item is not read in part.
//! `docs/claims.md` has the rules.

mod ldap;
mod options;
mod path;
mod suggest;

use serde::Serialize;

use crate::alike::first_alike;
use crate::diagnostic::{Diagnostic, DiagnosticCode, shown};
use crate::error::GroupSyncError;
use crate::names::{MAX_NAME_CHARACTERS, are_distinct, excess_length};
use crate::value::ClaimValue;
pub use options::{ClaimItem, ClaimOptions, MAX_CLAIM_NAME_CHARACTERS};
use path::Properties;
pub use suggest::{ClaimSuggestion, ClaimSuggestionReason, ClaimSuggestions, MAX_CLAIM_SUGGESTIONS, suggest_claims};

/// The most items a claim may have.
pub const MAX_GROUPS: usize = 10_000;

/// What a claim says about the user's IdP groups: it names some (`present`) or none (`empty`), is absent (`missing`), is no
/// list of names (`malformed`), or the token says that the groups are elsewhere (`incomplete`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ClaimStatus {
    /// It names at least one group.
    Present,
    /// It is there and names none.
    Empty,
    /// It is absent or `null`.
    Missing,
    /// It is something else than group names.
    Malformed,
    /// It is absent, and the token says that the groups are to be fetched elsewhere.
    Incomplete,
}

/// The IdP groups of one token.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClaimGroups {
    /// What the claim says.
    pub status: ClaimStatus,
    /// The groups, distinct, in token order; empty unless the status is [`ClaimStatus::Present`], and where only the decision
    /// was asked for.
    pub groups: Vec<String>,
    /// The names of the properties that lead to the claim; empty where it was not found.
    pub path: Vec<String>,
    /// What is wrong or doubtful about the claim.
    pub diagnostics: Vec<Diagnostic>,
}

impl ClaimGroups {
    /// The groups.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.groups.iter().map(String::as_str).collect()
    }

    fn without_groups(status: ClaimStatus, path: Vec<String>, diagnostics: Vec<Diagnostic>) -> Self {
        ClaimGroups {
            status,
            groups: Vec::new(),
            path,
            diagnostics,
        }
    }

    /// What stands for a claim that was not looked at.
    pub(crate) fn unread() -> Self {
        ClaimGroups::without_groups(ClaimStatus::Missing, Vec::new(), Vec::new())
    }

    /// Groups that did not come from a claim, such as those fetched from the IdP's directory.
    #[must_use]
    pub(crate) fn from_names<'n>(names: impl ExactSizeIterator<Item = Option<&'n str>>) -> Self {
        let mut reading = Reading::default();
        if names.len() > MAX_GROUPS {
            return ClaimGroups::without_groups(ClaimStatus::Malformed, Vec::new(), vec![too_many(names.len())]);
        }
        for (index, name) in names.enumerate() {
            match name {
                Some(name) => match overlong(name) {
                    None => reading.add(index, name.to_owned()),
                    Some(fault) => {
                        let fault = malformed_item(index, &fault.what, fault.help);
                        return ClaimGroups::without_groups(ClaimStatus::Malformed, Vec::new(), vec![fault]);
                    }
                },
                None => {
                    let fault = malformed_item(index, ClaimValue::IllFormedText.kind(), "");
                    return ClaimGroups::without_groups(ClaimStatus::Malformed, Vec::new(), vec![fault]);
                }
            }
        }
        reading.finish(Vec::new())
    }
}

/// The IdP groups in the claims of a token.
///
/// # Errors
/// `invalid-input` if the claims are no object, or the options can find nothing (see [`ClaimOptions::validate`]).
///
/// ```
/// use idp_group_sync::{ClaimOptions, ClaimStatus, ClaimValue, read_groups};
///
/// let claims = ClaimValue::from(serde_json::json!({ "realm_access": { "roles": ["sales"] } }));
/// let groups = read_groups(&claims, &ClaimOptions::named("realm_access.roles")).unwrap();
/// assert_eq!(groups.status, ClaimStatus::Present);
/// assert_eq!(groups.groups, ["sales"]);
/// ```
pub fn read_groups(claims: &ClaimValue, claim: &ClaimOptions) -> Result<ClaimGroups, GroupSyncError> {
    claim.validate().map_err(|error| error.within("claim"))?;
    read_groups_with_valid_options(claims, claim)
}

/// The same for options that have been validated.
pub(crate) fn read_groups_with_valid_options(
    claims: &ClaimValue,
    claim: &ClaimOptions,
) -> Result<ClaimGroups, GroupSyncError> {
    let ClaimValue::Object(properties) = claims else {
        let message = format!("the claims are {}, not an object", claims.kind());
        return Err(GroupSyncError::invalid_input("claims", message));
    };
    let Some(found) = suggest::present(properties, &claim.name) else {
        return Ok(absent(properties, claim));
    };
    match read_value(found.value, claim) {
        Ok(reading) => Ok(reading.finish(found.path)),
        Err(fault) => Ok(ClaimGroups::without_groups(
            ClaimStatus::Malformed,
            found.path,
            vec![*fault],
        )),
    }
}

/// What it means that there is no such claim.
fn absent(claims: &Properties, claim: &ClaimOptions) -> ClaimGroups {
    let name = claim.name.as_str();
    if let Some(pointer) = elsewhere(claims, name) {
        let incomplete = Diagnostic::new(
            DiagnosticCode::ClaimIncomplete,
            format!("the token does not hold the user's groups: {pointer} says that they are to be fetched"),
        )
        .param("claim", name)
        .param("found", pointer)
        .help("fetch the user's groups from the identity provider (for Entra ID, from Microsoft Graph) and pass them on as a list");
        return ClaimGroups::without_groups(ClaimStatus::Incomplete, Vec::new(), vec![incomplete]);
    }
    let message = format!("the token has no claim {}", shown(name));
    let mut missing = Diagnostic::new(DiagnosticCode::ClaimMissing, message).param("claim", name);
    let candidates = suggest::suggestions(claims, claim);
    if !candidates.is_empty() {
        let settings: Vec<String> = candidates.iter().map(suggest::described).collect();
        let help = format!(
            "if the groups are in another claim, set that: the token has {}",
            settings.join(", ")
        );
        // Settings are written without fail: they are strings and a fixed number of fields.
        let json = serde_json::to_string(&candidates).unwrap_or_default();
        missing = missing.param("candidates", json).help(help);
    }
    let other_case = path::find_ignoring_case(claims, name).filter(|found| *found.value != ClaimValue::Null);
    let other_case = other_case.map(|found| {
        let written = found.path.join(".");
        Diagnostic::new(
            DiagnosticCode::ClaimCase,
            format!(
                "the token has a claim {}; claim names are case-sensitive",
                shown(&written)
            ),
        )
        .param("claim", name)
        .param("found", written.as_str())
        .help(format!("set the claim name to {}", shown(&written)))
    });
    ClaimGroups::without_groups(
        ClaimStatus::Missing,
        Vec::new(),
        [missing].into_iter().chain(other_case).collect(),
    )
}

/// Where the token says that the claim's value is to be fetched: `_claim_names` (OpenID Connect Core, section 5.6.2), or the
/// `hasgroups` of Entra ID's implicit flow.
fn elsewhere(claims: &Properties, name: &str) -> Option<&'static str> {
    if let Some(ClaimValue::Object(names)) = claims.get("_claim_names") {
        let top_level = match path::pointer_tokens(name) {
            Some(tokens) if name.starts_with('/') => tokens.into_iter().next(),
            _ => name.split('.').next().map(str::to_owned),
        };
        if names.contains_key(name) || top_level.is_some_and(|name| names.contains_key(&name)) {
            return Some("`_claim_names`");
        }
    }
    (claims.get("hasgroups") == Some(&ClaimValue::Bool(true))).then_some("`hasgroups`")
}

fn read_value(value: &ClaimValue, claim: &ClaimOptions) -> Result<Reading, Box<Diagnostic>> {
    let mut reading = Reading::default();
    match value {
        ClaimValue::List(items) => {
            if items.len() > MAX_GROUPS {
                return Err(Box::new(too_many(items.len())));
            }
            for (index, item) in items.iter().enumerate() {
                let name = group_name(item, &claim.item)
                    .map_err(|fault| Box::new(malformed_item(index, &fault.what, fault.help)))?;
                reading.add(index, name);
            }
        }
        ClaimValue::Text(text) => match claim.delimiter.as_deref() {
            Some(delimiter) => {
                let count = text.split(delimiter).count();
                if count > MAX_GROUPS {
                    return Err(Box::new(too_many(count)));
                }
                let parts = text.split(delimiter).map(str::trim).filter(|part| !part.is_empty());
                for (index, part) in parts.enumerate() {
                    let name = text_name(part, &claim.item)
                        .map_err(|fault| Box::new(malformed_item(index, &fault.what, fault.help)))?;
                    reading.add(index, name);
                }
            }
            None => {
                let name =
                    text_name(text, &claim.item).map_err(|fault| Box::new(malformed(&fault.what, fault.help)))?;
                // An LDAP name holds commas by nature.
                if claim.item != ClaimItem::LdapCn && text.contains([',', ';', ' ']) {
                    reading.diagnostics.push(looks_delimited(text));
                }
                reading.add(0, name);
            }
        },
        other => {
            return Err(Box::new(malformed(
                other.kind(),
                "it has to be an array of strings, or a string",
            )));
        }
    }
    Ok(reading)
}

/// Why an item names no group.
struct ItemFault {
    what: String,
    help: &'static str,
}

fn group_name(item: &ClaimValue, options: &ClaimItem) -> Result<String, ItemFault> {
    match (item, options) {
        (ClaimValue::Object(properties), ClaimItem::Field { field }) => match properties.get(field) {
            Some(ClaimValue::Text(name)) => bounded(name.clone()),
            Some(other) => {
                let what = format!("an object whose {} is {}", shown(field), other.kind());
                Err(ItemFault {
                    what,
                    help: "the field has to be a string",
                })
            }
            None => Err(ItemFault {
                what: format!("an object without {}", shown(field)),
                help: "name another field",
            }),
        },
        (ClaimValue::Text(text), options) => text_name(text, options),
        (ClaimValue::Object(_), _) => {
            let help = "say which property of each object is the group's name, with `item: { field: … }`";
            Err(ItemFault {
                what: "an object".to_owned(),
                help,
            })
        }
        (other, _) => Err(ItemFault {
            what: other.kind().to_owned(),
            help: "every item has to be a string",
        }),
    }
}

/// What keeps a name from being a group's: comparing costs time with its length.
fn overlong(name: &str) -> Option<ItemFault> {
    let characters = excess_length(name)?;
    Some(ItemFault {
        what: format!("a name of {characters} characters, where a group's name has at most {MAX_NAME_CHARACTERS}"),
        help: "let the identity provider send shorter names, such as ids",
    })
}

fn bounded(name: String) -> Result<String, ItemFault> {
    match overlong(&name) {
        None => Ok(name),
        Some(fault) => Err(fault),
    }
}

fn text_name(text: &str, options: &ClaimItem) -> Result<String, ItemFault> {
    match options {
        ClaimItem::Text => bounded(text.to_owned()),
        ClaimItem::LastPathSegment => bounded(text.rsplit('/').next().unwrap_or(text).to_owned()),
        // An empty item is dropped, not malformed, whatever it was to be read as.
        ClaimItem::LdapCn if text.is_empty() => Ok(String::new()),
        ClaimItem::LdapCn => {
            let name = ldap::first_common_name(text).ok_or_else(|| ItemFault {
                what: format!("{}, which is no LDAP name with a common name", shown(text)),
                help: "read the items as text, or let the identity provider send LDAP names (RFC 4514)",
            });
            name.and_then(bounded)
        }
        ClaimItem::Field { .. } => Err(ItemFault {
            what: "a string".to_owned(),
            help: "every item has to be an object, as the claim's `item` says",
        }),
    }
}

fn malformed(what: &str, help: &str) -> Diagnostic {
    let message = format!("the claim is {what}, so the user's groups can't be told");
    with_help(
        Diagnostic::new(DiagnosticCode::ClaimMalformed, message).param("found", what),
        help,
    )
}

fn malformed_item(index: usize, what: &str, help: &str) -> Diagnostic {
    let number = (index + 1).to_string();
    let message = format!("item {number} of the claim is {what}, so the user's groups can't be told");
    let diagnostic = Diagnostic::new(DiagnosticCode::ClaimMalformed, message)
        .param("found", what)
        .param("item", number);
    with_help(diagnostic, help)
}

fn with_help(diagnostic: Diagnostic, help: &str) -> Diagnostic {
    if help.is_empty() {
        diagnostic
    } else {
        diagnostic.help(help)
    }
}

fn too_many(count: usize) -> Diagnostic {
    let message = format!("the claim has {count} groups; at most {MAX_GROUPS} are read");
    Diagnostic::new(DiagnosticCode::ClaimTooManyGroups, message)
        .param("count", count.to_string())
        .param("limit", MAX_GROUPS.to_string())
        .help("let the identity provider send only the groups that this application needs")
}

fn looks_delimited(text: &str) -> Diagnostic {
    let message = format!(
        "the claim is the one string {}, which looks like a list; it was read as one group",
        shown(text)
    );
    Diagnostic::new(DiagnosticCode::ClaimLooksDelimited, message)
        .param("found", text)
        .help("if it is a list, set the claim's `delimiter`")
}

/// Groups read so far.
#[derive(Default)]
struct Reading {
    /// In token order, not yet distinct.
    groups: Vec<String>,
    /// 1-based places of items that name no group.
    empty: Vec<usize>,
    diagnostics: Vec<Diagnostic>,
}

impl Reading {
    fn add(&mut self, index: usize, name: String) {
        if name.is_empty() {
            self.empty.push(index + 1);
        } else {
            self.groups.push(name);
        }
    }

    /// The groups, each once.
    fn distinct(self) -> Vec<String> {
        let Reading { mut groups, .. } = self;
        if !are_distinct(groups.iter().map(String::as_str)) {
            let names: Vec<&str> = groups.iter().map(String::as_str).collect();
            let mut first = first_alike(&names).into_iter().enumerate();
            groups.retain(|_| first.next().is_none_or(|(place, first)| place == first));
        }
        groups
    }

    fn finish(mut self, path: Vec<String>) -> ClaimGroups {
        if let Some(first) = self.empty.first() {
            let message = match self.empty.len() {
                1 => format!("item {first} of the claim is an empty name, which was left out"),
                count => format!(
                    "{count} items of the claim, the first being item {first}, are empty names, which were left out"
                ),
            };
            self.diagnostics.push(
                Diagnostic::new(DiagnosticCode::ClaimEmptyItem, message)
                    .param("count", self.empty.len().to_string())
                    .param("item", first.to_string()),
            );
        }
        let diagnostics = std::mem::take(&mut self.diagnostics);
        let groups = self.distinct();
        let status = if groups.is_empty() {
            ClaimStatus::Empty
        } else {
            ClaimStatus::Present
        };
        ClaimGroups {
            status,
            groups,
            path,
            diagnostics,
        }
    }
}
