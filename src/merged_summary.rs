//! Summaries of parts as the summary of the whole, for users who were read in several places.
//!
//! It does not know which summaries there are: counts are added, and everything else has to be the same in all of them.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::brake::{Brake, Braked};
use crate::error::GroupSyncError;
use crate::user_lines::MAX_FAULTS;
use crate::value::{ClaimValue, mismatch, take};

/// Below this every count is exact.
const MAX_COUNT: f64 = 9_007_199_254_740_992.0;

/// The summary of a whole; as JSON, it has the shape of its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct MergedSummary {
    /// How many users lose something, and whether that holds the whole.
    pub brake: Braked,
    /// The lines that could not be read, the first [`MAX_FAULTS`] of them by the users' ids. Their numbers are those within their parts.
    faults: Vec<ClaimValue>,
    counts: BTreeMap<String, ClaimValue>,
}

impl MergedSummary {
    /// A count of the summary by its name, such as `users`.
    #[must_use]
    pub fn count(&self, name: &str) -> Option<u64> {
        count(&self.counts, name)
    }
}

/// The summary of the whole, from those of its parts: several [`ImpactSummary`](crate::ImpactSummary)s,
/// [`LoginImpactSummary`](crate::LoginImpactSummary)s or [`ReconcileSummary`](crate::ReconcileSummary)s as JSON has them. It is the
/// same in whatever order, and in however many steps, they are merged. Whether the whole is held, the `brake` says of the sums: a
/// part can't know it.
///
/// # Errors
/// `invalid-input` with a path such as `[3].roles` if there is no summary, one has not the shape of the others, or a count is none;
/// with the path `maxShare` if that is no share.
pub fn merge_summaries(summaries: Vec<ClaimValue>, brake: Brake) -> Result<MergedSummary, GroupSyncError> {
    brake.validate()?;
    let (mut counts, mut faults) = (BTreeMap::new(), Vec::new());
    for (index, summary) in summaries.into_iter().enumerate() {
        let at = |error: GroupSyncError| error.within(&format!("[{index}]"));
        let ClaimValue::Object(mut fields) = summary else {
            return Err(at(mismatch("a summary", &summary)));
        };
        let misfit = match take(&mut fields, "faults") {
            Some(ClaimValue::List(list)) if list.iter().all(|fault| fault_key(fault).is_some()) => {
                list.into_iter().for_each(|fault| insert(&mut faults, fault));
                add_counts(&mut counts, fields, index == 0)
            }
            _ => Some("faults".to_owned()),
        };
        if let Some(name) = misfit {
            let message = "expected what the summaries before have here, those of parts by the same settings";
            return Err(at(GroupSyncError::invalid_input("", message).within_property(&name)));
        }
    }
    match (count(&counts, "losers"), count(&counts, "users")) {
        (Some(losers), Some(users)) => Ok(MergedSummary {
            brake: brake.of(losers, users),
            faults,
            counts,
        }),
        _ => Err(GroupSyncError::invalid_input("", "there is no summary to merge")),
    }
}

/// Adds a summary to the sums; the first one they begin with. Gives the field that does not fit.
fn add_counts(
    sums: &mut BTreeMap<String, ClaimValue>,
    fields: BTreeMap<String, ClaimValue>,
    is_first: bool,
) -> Option<String> {
    for name in ["users", "losers", "faultCount"] {
        if count(&fields, name).is_none() {
            return Some(name.to_owned());
        }
    }
    if is_first {
        let misfit = fields.iter().find(|(name, value)| is_added(name) && !is_counts(value));
        if let Some((name, _)) = misfit {
            return Some(name.clone());
        }
        *sums = fields;
        return None;
    }
    for (name, part) in &fields {
        if is_added(name) && !sums.get_mut(name).is_some_and(|sum| add(sum, part)) {
            return Some(name.clone());
        }
    }
    let missing = sums.keys().find(|name| is_added(name) && !fields.contains_key(*name));
    missing.cloned()
}

/// Whether a field is added up. What the brake of a part said, is not said of the whole.
fn is_added(name: &str) -> bool {
    !matches!(name, "faults" | "held" | "heldBy")
}

/// Puts a line in its place among those that are told, if it has one.
fn insert(faults: &mut Vec<ClaimValue>, fault: ClaimValue) {
    let key = fault_key(&fault);
    let place = faults.iter().position(|other| fault_key(other) > key);
    let place = place.unwrap_or(faults.len());
    if place < MAX_FAULTS {
        faults.truncate(MAX_FAULTS - 1);
        faults.insert(place, fault);
    }
}

fn count(fields: &BTreeMap<String, ClaimValue>, name: &str) -> Option<u64> {
    match fields.get(name) {
        Some(ClaimValue::Number(count)) if is_count(*count) => Some(whole(*count)),
        _ => None,
    }
}

fn is_count(number: f64) -> bool {
    number.fract() == 0.0 && (0.0..MAX_COUNT).contains(&number)
}

/// Whether this has counts, and what they are called by.
fn is_counts(value: &ClaimValue) -> bool {
    match value {
        ClaimValue::Number(number) => is_count(*number),
        ClaimValue::Text(_) => true,
        ClaimValue::List(items) => items.iter().all(is_counts),
        ClaimValue::Object(fields) => fields.values().all(is_counts),
        ClaimValue::Null | ClaimValue::Bool(_) | ClaimValue::IllFormedText => false,
    }
}

/// Whether it is of the same shape.
fn add(sum: &mut ClaimValue, part: &ClaimValue) -> bool {
    match (sum, part) {
        (ClaimValue::Number(sum), ClaimValue::Number(count)) => {
            *sum += count;
            is_count(*count) && is_count(*sum)
        }
        (ClaimValue::List(sum), ClaimValue::List(items)) => {
            sum.len() == items.len() && sum.iter_mut().zip(items).all(|(sum, part)| add(sum, part))
        }
        // Both are in the order of their names.
        (ClaimValue::Object(sum), ClaimValue::Object(fields)) => {
            let mut pairs = sum.iter_mut().zip(fields);
            let is_same = pairs.all(|((one, sum), (other, part))| one == other && add(sum, part));
            is_same && sum.len() == fields.len()
        }
        (ClaimValue::Text(sum), ClaimValue::Text(part)) => sum == part,
        _ => false,
    }
}

/// What unread lines are sorted by: the user's id, what is wrong, and the line; `None` if it is no such line.
fn fault_key(fault: &ClaimValue) -> Option<(Option<&str>, &str, f64)> {
    let ClaimValue::Object(fields) = fault else { return None };
    let text = |name: &str| match fields.get(name) {
        Some(ClaimValue::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    match (text("id"), text("message"), fields.get("line")) {
        (id, Some(message), Some(ClaimValue::Number(line))) if fields.len() == 2 + usize::from(id.is_some()) => {
            Some((id, message, *line))
        }
        _ => None,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count is whole, not negative, and not large"
)]
fn whole(count: f64) -> u64 {
    count as u64
}

impl Serialize for MergedSummary {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_map(None)?;
        for (name, value) in self.counts.iter().filter(|(name, _)| is_added(name)) {
            fields.serialize_entry(name, &Written(value))?;
        }
        if self.brake.held {
            fields.serialize_entry("held", &true)?;
            fields.serialize_entry("heldBy", &self.brake.held_by)?;
        }
        let faults: Vec<Written<'_>> = self.faults.iter().map(Written).collect();
        fields.serialize_entry("faults", &faults)?;
        fields.end()
    }
}

/// A summary has no other numbers than counts.
struct Written<'v>(&'v ClaimValue);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            ClaimValue::Number(count) => serializer.serialize_u64(whole(*count)),
            ClaimValue::Text(text) => serializer.serialize_str(text),
            ClaimValue::List(items) => serializer.collect_seq(items.iter().map(Written)),
            ClaimValue::Object(fields) => {
                serializer.collect_map(fields.iter().map(|(name, value)| (name, Written(value))))
            }
            ClaimValue::Null | ClaimValue::Bool(_) | ClaimValue::IllFormedText => serializer.serialize_unit(),
        }
    }
}
