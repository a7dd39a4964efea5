//! How many users may lose something before a change is held.

use serde::{Deserialize, Serialize};

use crate::access::is_false;
use crate::error::GroupSyncError;

/// How many known users may lose something by a change, or be refused. What is left out is no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Brake {
    /// So many may.
    pub max_losers: Option<u64>,
    /// Such a share of those that were read may: from 0, nobody, to 1, everybody.
    pub max_share: Option<f64>,
}

with! { Brake:
    with_max_losers(max_losers: Option<u64>),
    with_max_share(max_share: Option<f64>),
}

/// Whether a change is held.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Braked {
    /// Users who would lose something, those who are refused among them.
    pub losers: u64,
    /// Whether they are more than the brake lets pass: then nothing of the change is to be applied. It is left out where they are
    /// not.
    #[serde(skip_serializing_if = "is_false")]
    #[cfg_attr(feature = "schema", schemars(extend("const" = true)))]
    pub held: bool,
    /// The limits that they are over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub held_by: Vec<BrakeLimit>,
}

/// A limit of a [`Brake`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum BrakeLimit {
    /// The number of users.
    MaxLosers,
    /// Their share.
    MaxShare,
}

impl Brake {
    /// Whether the share is one.
    #[inline(never)]
    pub(crate) fn validate(&self) -> Result<(), GroupSyncError> {
        match self.max_share {
            Some(share) if !(0.0..=1.0).contains(&share) => {
                let message = "expected a share from 0 to 1, such as 0.05 for 5 in 100";
                Err(GroupSyncError::invalid_input("maxShare", message))
            }
            _ => Ok(()),
        }
    }

    /// Whether so many of so many users are too many.
    #[inline(never)]
    pub(crate) fn of(&self, losers: u64, users: u64) -> Braked {
        let mut held_by = Vec::new();
        if self.max_losers.is_some_and(|most| losers > most) {
            held_by.push(BrakeLimit::MaxLosers);
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "nobody has as many users as a float can't count"
        )]
        if self.max_share.is_some_and(|share| losers as f64 > share * users as f64) {
            held_by.push(BrakeLimit::MaxShare);
        }
        Braked {
            losers,
            held: !held_by.is_empty(),
            held_by,
        }
    }
}
