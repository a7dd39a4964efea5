//! What crosses to JavaScript where the core's own type does not fit, because it holds spans. The TypeScript declarations are
//! made from these, doc comments included.

mod decision;

use std::collections::BTreeMap;

use serde::Serialize;
use tsify::Tsify;

use crate::claims::ClaimStatus;
use crate::diagnostic::{DiagnosticCode, Severity};
use crate::mapping::{CompletionKind, SourceKind, TargetKind};
use crate::resolve::{GrantKind, MatchedVia, Outcome, RoleReason};
pub(super) use decision::{LoginOutcome, ScenarioResult, SettingsChange, SyncPlan, WorkspacePlan};

/// A range of the mapping text. Offsets count UTF-16 code units, as JavaScript strings and editors do.
#[derive(Clone, Copy, Serialize, Tsify)]
pub(crate) struct Span {
    /// Offset of the first code unit.
    pub start: usize,
    /// Offset just past the last code unit.
    pub end: usize,
    /// Line of the start, counted from 1.
    pub line: usize,
    /// Column of the start, counted from 1, in UTF-16 code units.
    pub column: usize,
}

/// A replacement of one range of the mapping text.
#[derive(Serialize, Tsify)]
pub(crate) struct TextEdit {
    /// Offset of the first code unit to replace.
    pub start: usize,
    /// Offset just past the last code unit to replace; the same as `start` for an insertion.
    pub end: usize,
    /// What to put there.
    pub text: String,
}

/// One way to mend what a diagnostic is about.
#[derive(Serialize, Tsify)]
pub(crate) struct Fix {
    /// What it does, for a button.
    pub title: String,
    /// Edits of the same text, ordered, not overlapping; to be applied together.
    pub edits: Vec<TextEdit>,
}

/// One thing that is wrong or doubtful.
#[derive(Serialize, Tsify)]
pub(crate) struct Diagnostic {
    /// Its stable name.
    pub code: DiagnosticCode,
    /// How much it weighs; decided by the code.
    pub severity: Severity,
    /// One English sentence.
    pub message: String,
    /// What the message names, for translation.
    #[tsify(type = "Record<string, string>")]
    pub params: BTreeMap<&'static str, String>,
    /// The text at fault; absent where no text is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// What to do about it, where a sentence helps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Ways to mend it; often none.
    pub fixes: Vec<Fix>,
}

/// One `source -> target` of a mapping.
#[derive(Serialize, Tsify)]
pub(crate) struct Entry {
    /// The IdP group, or a pattern of them.
    pub source: Source,
    /// The role or custom group that it grants.
    pub target: Target,
    /// From the first character of the source to the last of the target.
    pub span: Span,
}

/// The left side of an entry.
#[derive(Serialize, Tsify)]
pub(crate) struct Source {
    /// The name, unquoted and with its escapes read; or the pattern as written.
    pub text: String,
    /// Whether `*` in the text is a wildcard.
    pub kind: SourceKind,
    /// The name as it stands in the text, quotes included.
    pub span: Span,
}

/// The right side of an entry.
#[derive(Serialize, Tsify)]
pub(crate) struct Target {
    /// The name, unquoted and with its escapes read; or the capture as written.
    pub text: String,
    /// Whether `*` in the text stands for what the source's `*` matched.
    pub kind: TargetKind,
    /// The name as it stands in the text, quotes included.
    pub span: Span,
}

/// A mapping text that has been read.
#[derive(Serialize, Tsify)]
pub(crate) struct ParsedMapping {
    /// The entries that could be read, in text order.
    pub entries: Vec<Entry>,
    /// What is wrong or doubtful about the text by itself, in text order.
    pub diagnostics: Vec<Diagnostic>,
}

/// One name that could stand at the cursor.
#[derive(Serialize, Tsify)]
pub(crate) struct Completion {
    /// The name, unquoted.
    pub label: String,
    /// What it names.
    pub kind: CompletionKind,
    /// What choosing it means, where that is not plain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Puts the name, quoted where it has to be, in the place of the one at the cursor.
    pub edit: TextEdit,
}

/// The IdP groups of one token.
#[derive(Serialize, Tsify)]
pub(crate) struct ClaimGroups {
    /// What the claim says.
    pub status: ClaimStatus,
    /// The groups, distinct, in token order; empty unless the status is `present`.
    pub groups: Vec<String>,
    /// The names of the properties that lead to the claim; empty where it was not found.
    pub path: Vec<String>,
    /// What is wrong or doubtful about the claim.
    pub diagnostics: Vec<Diagnostic>,
}

/// The role and groups that a user's IdP groups resolve to, and why.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Resolution {
    /// The IdP groups that were read.
    pub claim: ClaimGroups,
    /// Whether there is a result, and if not, what the policy says.
    pub outcome: Outcome,
    /// The role; `null` where the outcome is `keep` or `deny`.
    #[tsify(type = "string | null")]
    pub role: Option<String>,
    /// Why this role: the IdP groups that grant it, then the joined groups that need it; or that it is the default.
    pub role_reasons: Vec<RoleReason>,
    /// The custom groups to be in, in catalog order.
    pub groups: Vec<String>,
    /// One per IdP group, in token order.
    pub matches: Vec<Match>,
    /// What is wrong or doubtful: about the claim first, then about what was granted.
    pub diagnostics: Vec<Diagnostic>,
}

/// What one IdP group did.
#[derive(Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Match {
    /// The group's name in the token.
    pub idp_group: String,
    /// How it matched.
    pub via: MatchedVia,
    /// What it grants, each target once.
    pub grants: Vec<Grant>,
    /// For a group that matches nothing: names that it would match but for case, spacing, hyphens or invisible characters.
    pub near_misses: Vec<String>,
}

/// One thing that an IdP group grants.
#[derive(Serialize, Tsify)]
pub(crate) struct Grant {
    /// The role or custom group as the catalog writes it, or the unknown target as the entry gives it.
    pub target: String,
    /// What the target is.
    pub kind: GrantKind,
    /// The place in the text of the entry behind it; absent for a match by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<Span>,
}
