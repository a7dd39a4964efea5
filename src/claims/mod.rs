//! Token claims to IdP groups, in five states.
//!
//! A claim that is absent, empty, unreadable or known to be elsewhere means four different things, and taking one for
//! another grants or revokes access. So each is a state of its own, and a claim with one bad item is not read in part.
//! `docs/claims.md` has the rules.
//!
//! Each source goes through one pipeline: [`find`] its values, [`decode`] strings that hold lists, [`split`] a value into items,
//! take the name from each [`item`], and gather the names ([`reading`]).

mod absent;
mod decode;
mod fault;
mod find;
mod item;
mod ldap;
mod merge;
mod options;
mod reading;
mod split;
mod suggest;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, DiagnosticCode, shown};
use crate::error::GroupSyncError;
use crate::value::{ClaimValue, json_text};
use absent::{Located, locate};
pub(crate) use decode::looks_encoded;
use fault::Fault;
use find::Found;
pub use merge::{check_subject, merge_claims};
pub use options::{ClaimDecode, ClaimItem, ClaimOptions, ClaimSource, MAX_CLAIM_NAME_CHARACTERS, MAX_CLAIM_SOURCES};
use reading::Reading;
pub use suggest::{ClaimSuggestion, ClaimSuggestionReason, ClaimSuggestions, MAX_CLAIM_SUGGESTIONS, suggest_claims};

/// The most items that all sources may have together.
pub const MAX_GROUPS: usize = 10_000;

/// What a claim says about the user's IdP groups: it names some (`present`) or none (`empty`), is absent (`missing`), is no
/// list of names (`malformed`), or the token says that the groups are elsewhere (`incomplete`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
        let malformed = |fault: Fault| {
            let fault = fault.into_diagnostic("the claim");
            ClaimGroups::without_groups(ClaimStatus::Malformed, Vec::new(), vec![fault])
        };
        if names.len() > MAX_GROUPS {
            return malformed(Fault::too_many(names.len()));
        }
        let source = ClaimSource::default();
        let mut reading = Reading::default();
        for name in names {
            let read = match name {
                Some(name) => reading.add(name, &source),
                None => {
                    reading.begin_item();
                    Err(Fault::kind(&ClaimValue::IllFormedText, ""))
                }
            };
            if let Err(fault) = read {
                return malformed(fault.at(reading.item()));
            }
        }
        reading.end_source("the claim");
        ClaimGroups::of(reading, Vec::new())
    }

    fn of(reading: Reading, path: Vec<String>) -> Self {
        let status = if reading.is_empty() {
            ClaimStatus::Empty
        } else {
            ClaimStatus::Present
        };
        let (groups, diagnostics) = reading.finish();
        ClaimGroups {
            status,
            groups,
            path,
            diagnostics,
        }
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
    let mut reading = Reading::default();
    let (mut path, mut lacks_required) = (None, false);
    for (place, source) in claim.sources.iter().enumerate() {
        let found = match locate(properties, source) {
            Located::Found(found) => found,
            Located::Missing => {
                lacks_required |= source.required;
                continue;
            }
            Located::Elsewhere(name, told) => return Ok(absent::incomplete(name, &told)),
        };
        let called = match claim.sources.as_slice() {
            [_] => "the claim".to_owned(),
            _ => format!("the claim {}", shown(&source.name.join("`, `"))),
        };
        let read = match &found {
            Ok(found) => read_found(found, source, &mut reading),
            Err(find::TooMuch) => {
                let help = "name a path that leads to the groups alone";
                Err(Fault::new("found in more places than are read", help))
            }
        };
        let found = found.unwrap_or_default();
        let at = found
            .first()
            .map_or_else(Vec::new, |first| first.path.iter().map(ToString::to_string).collect());
        if let Err(fault) = read {
            let candidate = fault.looks_encoded().then(|| suggest::decoding(&found, claim, place));
            let mut fault = fault.into_diagnostic(&called);
            if let Some(candidate) = candidate.flatten() {
                let setting = json_text(&candidate);
                let help = format!("if it holds groups, say how they are written in it: set the claim to `{setting}`");
                fault = with_candidates(fault, &[candidate]).help(help);
            }
            return Ok(ClaimGroups::without_groups(ClaimStatus::Malformed, at, vec![fault]));
        }
        reading.end_source(&called);
        path.get_or_insert(at);
    }
    Ok(match path {
        Some(path) if !lacks_required => ClaimGroups::of(reading, path),
        _ => absent::missing(properties, claim),
    })
}

/// Reads what one source found.
fn read_found(found: &[Found<'_>], source: &ClaimSource, reading: &mut Reading) -> Result<(), Fault> {
    for one in found {
        split::read_value(one, source, reading)?;
    }
    // An LDAP name holds commas by nature.
    let is_name = source.delimiter.is_empty() && matches!(source.item, ClaimItem::Text | ClaimItem::LastPathSegment);
    if let [
        Found {
            value: ClaimValue::Text(text),
            ..
        },
    ] = found
        && is_name
        && source.decode.is_none()
        && text.contains([',', ';', ' '])
    {
        reading.diagnostics.push(looks_delimited(text));
    }
    Ok(())
}

/// Offers settings in the place of the configured one.
fn with_candidates(diagnostic: Diagnostic, candidates: &[ClaimOptions]) -> Diagnostic {
    // Settings are written without fail: they are strings and a fixed number of fields.
    let json = json_text(candidates);
    diagnostic.param("candidates", json)
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
