//! Who would gain or lose what if one configuration replaced another: all users, one line each, in memory that does not grow
//! with their number.

use serde::{Serialize, Serializer};

use crate::access::{Access, Effect, effect, is_false, loses_top_role};
use crate::document::{Document, document};
use crate::error::GroupSyncError;
use crate::json_line;
use crate::names::ByName;
use crate::plan::{Blocked, Bounds, Guards, Membership, SyncPlan};
use crate::resolve::{GroupSync, GroupSyncConfig, Scope};
use crate::scenario::claim_of;
use crate::value::ClaimValue;

/// The longest line that is read, in bytes. One user's claims are far shorter.
pub const MAX_LINE_BYTES: usize = 4 * 1024 * 1024;

/// How many unreadable lines are described; all are counted.
pub const MAX_FAULTS: usize = 100;

/// A user, as a line of the input has it.
struct User {
    id: String,
    claims: Option<ClaimValue>,
    groups: Option<Vec<String>>,
    membership: Membership,
    guards: Guards,
}

document! {
    User {
        id: "id",
        claims: "claims",
        groups: "groups",
        membership: "membership" or Membership::default(),
        guards: "guards" or Guards::default(),
    }
}

/// A user whose access would differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ImpactChange {
    /// The user's id.
    pub id: String,
    /// What the change does to the user.
    pub effect: Effect,
    /// What the user has after a login at present.
    pub before: Access,
    /// What the user would have.
    pub after: Access,
    /// Whether the highest role of the catalog in force is lost; it is left out where it is not.
    #[serde(skip_serializing_if = "is_false")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional, type = "true"))]
    pub top_role_lost: bool,
    /// What a guard would refuse; it is left out where that is nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(target_arch = "wasm32", tsify(optional))]
    pub blocked: Vec<Blocked>,
}

/// Totals of an impact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ImpactSummary {
    /// Users that were read.
    pub users: u64,
    /// Users whose access stays the same.
    pub unchanged: u64,
    /// Users who are let in at present, and would be refused.
    pub denied: u64,
    /// Users who are refused at present, and would be let in.
    pub admitted: u64,
    /// Users who only gain.
    pub gains: u64,
    /// Users who only lose.
    pub loses: u64,
    /// Users who gain something and lose something.
    pub changes: u64,
    /// Users who would have the highest role of the catalog in force no longer, those who are refused among them.
    pub top_role_lost: u64,
    /// How many users have each role.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Record<string, RoleCount>"))]
    pub roles: RoleCounts,
    /// The first [`MAX_FAULTS`] lines that could not be read.
    pub faults: Vec<LineFault>,
    /// How many lines could not be read.
    pub fault_count: u64,
}

/// How many users have each role, for every role of either catalog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleCounts(ByName<RoleCount>);

impl RoleCounts {
    /// How many users have this role.
    #[must_use]
    pub fn get(&self, role: &str) -> Option<RoleCount> {
        self.0.get(role).copied()
    }

    /// The roles, by name, and how many users have each.
    pub fn iter(&self) -> impl Iterator<Item = (&str, RoleCount)> {
        self.0.iter().map(|(role, count)| (role, *count))
    }
}

impl Serialize for RoleCounts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter())
    }
}

/// How many users have a role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct RoleCount {
    /// At present.
    pub before: u64,
    /// If the change is made.
    pub after: u64,
}

/// A line that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct LineFault {
    /// Its number, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub message: String,
}

/// Compares two configurations for known users: JSON Lines, one user a line, in chunks of any size that are split anywhere.
///
/// ```
/// use idp_group_sync::{AppGroup, Catalog, ClaimOptions, Effect, GroupSyncConfig, Impact, Policy};
///
/// let config = |mapping: &str| GroupSyncConfig {
///     mapping: mapping.to_owned(),
///     claim: ClaimOptions::default(),
///     catalog: Catalog::new(None, vec![AppGroup::new("sales")]).unwrap(),
///     policy: Policy::default(),
/// };
/// let mut impact = Impact::new(config(""), config("crm -> sales"))?;
/// let mut changes = impact.push(br#"{ "id": "ada", "groups": ["cr"#);
/// changes.extend(impact.push(b"m\"] }\n"));
/// let (rest, summary) = impact.finish();
/// assert_eq!((changes[0].effect, rest.len(), summary.users), (Effect::Gains, 0, 1));
/// # Ok::<(), idp_group_sync::GroupSyncError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Impact {
    before: GroupSync,
    after: GroupSync,
    /// The line that has begun and not ended.
    pending: Vec<u8>,
    /// Whether the pending line is over the limit; the rest of it is passed over.
    is_overlong: bool,
    lines: u64,
    summary: ImpactSummary,
}

impl Impact {
    /// Compiles both configurations.
    ///
    /// # Errors
    /// As [`GroupSync::new`], with a path that begins with `before` or `after`.
    pub fn new(before: GroupSyncConfig, after: GroupSyncConfig) -> Result<Impact, GroupSyncError> {
        let before = GroupSync::new(before).map_err(|error| error.within("before"))?;
        let after = GroupSync::new(after).map_err(|error| error.within("after"))?;
        Ok(Impact::of(before, after))
    }

    /// The same for configurations that are compiled.
    pub(crate) fn of(before: GroupSync, after: GroupSync) -> Impact {
        let mut counts = ByName::default();
        for role in before.catalog().roles().iter().chain(after.catalog().roles()) {
            counts.set(role, RoleCount::default());
        }
        let summary = ImpactSummary {
            roles: RoleCounts(counts),
            ..ImpactSummary::default()
        };
        Impact {
            before,
            after,
            pending: Vec::new(),
            is_overlong: false,
            lines: 0,
            summary,
        }
    }

    /// Reads on. Returns the users on the lines that ended whose access would differ.
    pub fn push(&mut self, chunk: &[u8]) -> Vec<ImpactChange> {
        let mut changes = Vec::new();
        let mut rest = chunk;
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let (line, after) = rest.split_at(end);
            self.take(line);
            changes.extend(self.end_line());
            rest = after.get(1..).unwrap_or_default();
        }
        self.take(rest);
        changes
    }

    /// Ends the input: what the last line, if it had no line break, comes to, and the totals.
    #[must_use]
    pub fn finish(mut self) -> (Vec<ImpactChange>, ImpactSummary) {
        let last = if self.pending.is_empty() && !self.is_overlong {
            None
        } else {
            self.end_line()
        };
        (last.into_iter().collect(), self.summary)
    }

    fn take(&mut self, bytes: &[u8]) {
        if self.is_overlong || self.pending.len() + bytes.len() > MAX_LINE_BYTES {
            self.is_overlong = true;
            self.pending = Vec::new();
        } else {
            self.pending.extend_from_slice(bytes);
        }
    }

    fn end_line(&mut self) -> Option<ImpactChange> {
        self.lines += 1;
        let line = std::mem::take(&mut self.pending);
        if std::mem::take(&mut self.is_overlong) {
            self.fault(format!("the line is longer than {MAX_LINE_BYTES} bytes"));
            return None;
        }
        let line = if self.lines == 1 {
            line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line)
        } else {
            &line
        };
        let line = line.trim_ascii();
        if line.is_empty() {
            return None;
        }
        match self.user(line) {
            Ok(change) => change,
            Err(message) => {
                self.fault(message);
                None
            }
        }
    }

    fn fault(&mut self, message: String) {
        self.summary.fault_count += 1;
        if self.summary.faults.len() < MAX_FAULTS {
            self.summary.faults.push(LineFault {
                line: self.lines,
                message,
            });
        }
    }

    fn user(&mut self, line: &[u8]) -> Result<Option<ImpactChange>, String> {
        let user = User::read(json_line::read(line)?).map_err(|error| error.to_string())?;
        let bounds = Bounds {
            guards: &user.guards,
            licence: None,
            scope: Scope::RolesAndGroups,
        };
        let plan = |sync: &GroupSync| -> Result<SyncPlan, String> {
            claim_of(sync, user.claims.as_ref(), user.groups.as_deref())
                .and_then(|claim| sync.plan_within(claim, &user.membership, false, bounds))
                .map_err(|error| error.to_string())
        };
        let before = plan(&self.before)?.access(self.before.catalog());
        let planned = plan(&self.after)?;
        let after = planned.access(self.after.catalog());
        self.summary.users += 1;
        for (access, is_before) in [(&before, true), (&after, false)] {
            if let Some(count) = access.role.as_ref().and_then(|role| self.summary.roles.0.get_mut(role)) {
                let count = if is_before { &mut count.before } else { &mut count.after };
                *count += 1;
            }
        }
        let effect = effect(&before, self.before.catalog(), &after, self.after.catalog());
        let top_role_lost = loses_top_role(&before, self.before.catalog(), &after);
        self.summary.top_role_lost += u64::from(top_role_lost);
        let total = match effect {
            None => &mut self.summary.unchanged,
            Some(Effect::Denied) => &mut self.summary.denied,
            Some(Effect::Admitted) => &mut self.summary.admitted,
            Some(Effect::Gains) => &mut self.summary.gains,
            Some(Effect::Loses) => &mut self.summary.loses,
            Some(Effect::Changes) => &mut self.summary.changes,
        };
        *total += 1;
        Ok(effect.map(|effect| ImpactChange {
            id: user.id,
            effect,
            before,
            after,
            top_role_lost,
            blocked: planned.blocked,
        }))
    }
}
