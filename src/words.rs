//! Every enum that is a word is written and read as that word: the one that serde has for it.

use std::fmt;
use std::str::FromStr;

use serde::de::IntoDeserializer;
use serde::{Deserialize, Serialize};

use crate::error::GroupSyncError;

macro_rules! words {
    ($($enum:path),* $(,)?) => {
        $(
            /// The word, as it is in JSON.
            impl fmt::Display for $enum {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.serialize(f)
                }
            }

            /// Reads the word; any other is `invalid-input`.
            impl FromStr for $enum {
                type Err = GroupSyncError;

                fn from_str(word: &str) -> Result<Self, GroupSyncError> {
                    Self::deserialize(word.into_deserializer())
                }
            }
        )*
    };
}

words![
    crate::BlockedChange,
    crate::BrakeLimit,
    crate::ChangeKind,
    crate::ClaimDecode,
    crate::ClaimStatus,
    crate::ClaimSuggestionReason,
    crate::Compare,
    crate::CompletionKind,
    crate::Demotion,
    crate::DiagnosticCode,
    crate::Directory,
    crate::Effect,
    crate::EntryText,
    crate::FormatStyle,
    crate::GrantKind,
    crate::GrantedBy,
    crate::Guard,
    crate::ImportFormat,
    crate::InheritedField,
    crate::LicenceStatus,
    crate::LoginRefusal,
    crate::MatchedVia,
    crate::MemberStatus,
    crate::MissingClaim,
    crate::NoMatch,
    crate::NonMembers,
    crate::Outcome,
    crate::PlanReason,
    crate::PlanStatus,
    crate::ReconcileReason,
    crate::Rejection,
    crate::Removal,
    crate::RoleWithoutRoleGroup,
    crate::Severity,
    crate::SourceKind,
    crate::SyncOn,
    crate::TargetKind,
    crate::UnreadableClaim,
    crate::UserChange,
    crate::UserGuard,
    crate::UserStatus,
    crate::Verdict,
    crate::WhenGone,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DiagnosticCode, Outcome, PlanStatus, Removal};

    /// The same word in `Display`, in `FromStr` and in JSON.
    fn is_one_word<T>(value: T, word: &str)
    where
        T: fmt::Display + FromStr<Err = GroupSyncError> + fmt::Debug + PartialEq + Serialize,
    {
        assert_eq!(value.to_string(), word);
        assert_eq!(serde_json::to_value(&value).unwrap(), word);
        assert_eq!(word.parse(), Ok(value));
    }

    #[test]
    fn words_are_those_of_json() {
        is_one_word(Outcome::NoMatch, "no-match");
        is_one_word(PlanStatus::Unchanged, "unchanged");
        is_one_word(Removal::Synced, "synced");
        for code in DiagnosticCode::ALL {
            is_one_word(*code, code.as_str());
        }
    }

    #[test]
    fn another_word_is_told_with_those_that_there_are() {
        let error = "Synced".parse::<Removal>().unwrap_err();
        assert_eq!(error.code(), crate::ErrorCode::InvalidInput);
        assert_eq!(
            error.message(),
            "expected `all`, `synced`, `mapped` or `none`, found `Synced`"
        );
    }
}
