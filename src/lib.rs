//! Decides, at every single-sign-on login, which role and which groups a user has in an application, from the groups that
//! the identity provider (IdP) put into the user's token, and says why.
//!
//! ```text
//!  mapping text ──parse──▶ Mapping ──────┐            ┌──▶ diagnostics        (check)
//!                                        ├─ compile ──┤
//!  roles, groups ────────▶ Catalog ──────┘            └──▶ GroupSync
//!                                                             │
//!  token claims ──read_groups──▶ ClaimGroups ──── resolve ────┴──▶ Resolution: role, groups, reasons
//! ```
//!
//! ```
//! use idp_group_sync::{AppGroup, Catalog, ClaimOptions, ClaimValue, GroupSync, GroupSyncConfig, Policy, ResolveOptions};
//!
//! let sync = GroupSync::new(GroupSyncConfig {
//!     mapping: "Marketing Team -> marketing, Sales Team -> sales".to_owned(),
//!     claim: ClaimOptions::named("groups"),
//!     catalog: Catalog::new(None, vec![AppGroup::new("marketing"), AppGroup::new("sales")])?,
//!     policy: Policy::default(),
//! })?;
//!
//! let claims = ClaimValue::from(serde_json::json!({ "sub": "ada", "groups": ["Sales Team"] }));
//! let resolution = sync.resolve(&claims, ResolveOptions::default())?;
//! assert_eq!(resolution.role.as_deref(), Some("end-user"));
//! assert_eq!(resolution.groups, ["sales"]);
//! # Ok::<(), idp_group_sync::GroupSyncError>(())
//! ```
//!
//! The core does no I/O, has no clock and no randomness, so it cannot fail for any reason but its input; and it does not
//! panic, whatever that is. A [`Span`] says where something stands in bytes, in UTF-16 code units, and by line and column.

#![forbid(unsafe_code)]

#[macro_use]
mod with;

mod access;
mod alike;
mod brake;
mod budget;
mod catalog;
mod check;
mod claims;
mod diagnostic;
mod diff;
mod error;
mod guarantee;
mod idp_group;
mod impact;
mod impact_totals;
mod import;
mod json_line;
mod login;
mod login_impact;
mod lookalike;
mod mapping;
mod merged_summary;
mod names;
mod plan;
mod policy;
mod reconciliation;
mod resolve;
mod same_access;
mod scenario;
#[cfg(feature = "schema")]
mod schema;
mod settings;
mod settings_file;
mod span;
mod unicode;
mod user_line;
mod user_lines;
mod value;
mod words;

pub use access::{Access, Effect};
pub use brake::{Brake, BrakeLimit, Braked};
pub use catalog::{AppGroup, Catalog, DEFAULT_ROLES};
pub use check::check;
pub use claims::{
    ClaimDecode, ClaimGroups, ClaimItem, ClaimOptions, ClaimSource, ClaimStatus, ClaimSuggestion,
    ClaimSuggestionReason, ClaimSuggestions, MAX_CLAIM_NAME_CHARACTERS, MAX_CLAIM_SOURCES, MAX_CLAIM_SUGGESTIONS,
    MAX_GROUPS, check_subject, merge_claims, read_groups, suggest_claims,
};
pub use diagnostic::{Diagnostic, DiagnosticCode, Fix, Params, Severity, TextEdit};
pub use diff::{
    ChangeKind, ChoiceChange, DefaultChange, MAX_COMPARING_EFFORT, MAX_CONDITION_STEPS, MappingChange, MappingDiff,
    ScopeDiff, SettingsDiff, diff_mappings, diff_settings,
};
pub use error::{ErrorCode, GroupSyncError};
pub use guarantee::{Counterexample, Guarantee, GuaranteeResult, MAX_PROVING_EFFORT, Reach, Verdict, prove_guarantees};
pub use idp_group::IdpGroup;
pub use impact::{Impact, ImpactChange, ImpactSummary};
pub use impact_totals::{ImpactTotals, RoleCount, RoleCounts};
pub use import::{ImportFormat, ImportedMapping, import_mapping};
pub use login::{
    Directory, Licence, LicenceFeatures, LicenceStatus, LoginOutcome, LoginRefusal, LoginRequest, LoginSync, LoginUser,
    LoginWorkspace, MemberStatus, NumberedOutcome, NumberedWorkspace, ReconcileOutcome, ReconcileReason,
    ReconcileRequest, UserChange, UserGuard, UserStatus, WorkspacePlan,
};
pub use login_impact::{
    LoginImpact, LoginImpactChange, LoginImpactSummary, LoginRefusals, WorkspaceChange, WorkspaceTotals,
};
pub use mapping::{
    AddedEntries, BothSides, Completion, CompletionKind, Entry, EntryChange, EntryDiff, FormatStyle, MAX_ENTRIES,
    MAX_NAME_CHARACTERS, MAX_STARS, MAX_TERMS, MAX_TEXT_BYTES, Mapping, MappingMerge, MergeConflict, NewEntry, Source,
    SourceKind, Target, TargetKind, Term, add_entries, complete, merge_mappings, parse_source,
};
pub use merged_summary::{MergedSummary, merge_summaries};
pub use plan::{
    Blocked, BlockedChange, GrantedBy, Guard, Guards, MemberGroup, Membership, NumberedMembership, NumberedPlan,
    PlanOptions, PlanReason, PlanStatus, RoleChange, Seat, Seats, SyncPlan,
};
pub use policy::{
    ChoiceValue, Compare, Demotion, MatchByName, MissingClaim, NoMatch, NonMembers, Policy, PolicyChoices, Removal,
    RoleWithoutRoleGroup, SyncOn, UnreadableClaim, WhenGone,
};
pub use reconciliation::{ReconcileChange, ReconcileSummary, Reconciliation};
pub use resolve::{
    EntryText, Explained, Grant, GrantKind, GroupSync, GroupSyncConfig, MAX_EXPLAINED_GRANTS, MAX_NEAR_MISSES,
    MAX_UNMET, Match, MatchedVia, NumberedGrant, NumberedMatch, NumberedReason, NumberedResolution, Outcome,
    Resolution, ResolveOptions, RoleReason, Unmet,
};
pub use scenario::{Expectation, Scenario, ScenarioResult, run_scenarios};
#[cfg(feature = "schema")]
pub use schema::schemas;
pub use settings::{
    Actor, EffectiveSettings, Inherited, InheritedField, InstanceSettings, Rejection, SETTINGS_VERSION, SettingsChange,
    SettingsCommand, WorkspaceEntries, WorkspaceSettings, apply_command,
};
pub use settings_file::{Expectations, SettingsFile};
pub use span::{Span, byte_of_utf16};
pub use user_lines::{LineFault, LineFaults, MAX_FAULTS, MAX_LINE_BYTES};
pub use value::{ClaimValue, from_json};

/// What the bindings use beyond the public surface.
#[doc(hidden)]
pub mod internal {
    pub use crate::diff::diff;
    pub use crate::guarantee::prove_all;
    pub use crate::scenario::run_all;
    pub use crate::settings::{change, id_fault};
    pub use crate::value::{json_text, mismatch, write_json};
}

/// The examples of the guides, compiled and run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
#[doc = include_str!("../docs/rust.md")]
struct Guides;
