//! Who would gain or lose what if one configuration replaced another: all users, one line each, in memory that does not grow
//! with their number.

use serde::{Deserialize, Serialize};

use crate::access::{Access, Effect, effect, is_false, loses_top_role};
use crate::brake::{Brake, Braked};
use crate::error::GroupSyncError;
use crate::impact_totals::ImpactTotals;
use crate::json_line;
use crate::plan::{Blocked, Bounds, Guards, Membership, SyncPlan};
use crate::resolve::{GroupSync, GroupSyncConfig};
use crate::same_access::{Compared, SameAccess};
use crate::scenario::claim_of;
use crate::user_line;
use crate::user_lines::{Fault, LineFaults, UserLines};
use crate::value::ClaimValue;

/// A user, as a line of the input has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct User {
    id: String,
    claims: Option<ClaimValue>,
    groups: Option<Vec<String>>,
    #[serde(default)]
    membership: Membership,
    #[serde(default)]
    guards: Guards,
    provider: Option<String>,
    /// Whether syncs leave the user alone.
    #[serde(default)]
    exempt: bool,
}

/// A user whose access would differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    #[cfg_attr(feature = "schema", schemars(extend("const" = true)))]
    pub top_role_lost: bool,
    /// What a guard would refuse; it is left out where that is nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocked: Vec<Blocked>,
}

/// Totals of an impact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImpactSummary {
    /// Users that were read.
    pub users: u64,
    /// What becomes of them.
    #[serde(flatten)]
    pub totals: ImpactTotals,
    /// How many of them lose, and whether that holds the change.
    #[serde(flatten)]
    pub brake: Braked,
    /// Lines that could not be read.
    #[serde(flatten)]
    pub unread: LineFaults,
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
    lines: UserLines,
    sides: Sides,
    brake: Brake,
}

/// Both configurations, and what comes of them.
#[derive(Clone, Debug)]
struct Sides {
    before: GroupSync,
    after: GroupSync,
    same_access: SameAccess,
    users: u64,
    totals: ImpactTotals,
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
    #[must_use]
    pub fn of(before: GroupSync, after: GroupSync) -> Impact {
        let totals = ImpactTotals::of([before.catalog(), after.catalog()]);
        let same_access = SameAccess::of(&before, &after);
        let sides = Sides {
            before,
            after,
            same_access,
            users: 0,
            totals,
        };
        Impact {
            lines: UserLines::default(),
            sides,
            brake: Brake::default(),
        }
    }

    /// The same, with a limit to how many may lose something.
    ///
    /// # Errors
    /// `invalid-input` with the path `maxShare` if that is no share.
    pub fn with_brake(self, brake: Brake) -> Result<Impact, GroupSyncError> {
        brake.validate()?;
        Ok(Impact { brake, ..self })
    }

    /// Reads on. Returns the users on the lines that ended whose access would differ.
    pub fn push(&mut self, chunk: &[u8]) -> Vec<ImpactChange> {
        self.lines.push(chunk, |line| self.sides.line(line))
    }

    /// Ends the input: what the last line, if it had no line break, comes to, and the totals.
    #[must_use]
    pub fn finish(self) -> (Vec<ImpactChange>, ImpactSummary) {
        let Impact {
            lines,
            mut sides,
            brake,
        } = self;
        let (changes, unread) = lines.finish(|line| sides.line(line));
        let Sides { users, totals, .. } = sides;
        let brake = brake.of(totals.losers(), users);
        let summary = ImpactSummary {
            users,
            totals,
            brake,
            unread,
        };
        (changes, summary)
    }
}

impl Sides {
    fn line(&mut self, line: &[u8]) -> Result<Option<ImpactChange>, Fault> {
        if self.before.claim() == self.after.claim()
            && let Some(user) = user_line::read(line, self.before.claim())
        {
            match self.same_access.compare(&user, &self.before, &self.after) {
                Some(Compared::Same(role)) => {
                    self.users += 1;
                    self.totals.count_unchanged(role);
                    return Ok(None);
                }
                Some(Compared::Each { before, after }) => {
                    return Ok(self.count(user.id.into(), before, after, Vec::new()));
                }
                None => {}
            }
        }
        let line = json_line::read(line)?;
        let id = json_line::id_of(&line);
        User::deserialize(line)
            .and_then(|user| self.user(user))
            .map_err(|error| json_line::refused(id, &error))
    }

    fn user(&mut self, user: User) -> Result<Option<ImpactChange>, GroupSyncError> {
        let bounds = Bounds {
            provider: user.provider.as_deref(),
            ..Bounds::of(&user.guards)
        };
        if user.exempt {
            return Ok(self.exempt(user));
        }
        let plan = |sync: &GroupSync| -> Result<SyncPlan, GroupSyncError> {
            claim_of(sync, user.claims.as_ref(), user.groups.as_deref())
                .and_then(|claim| sync.plan_within(&claim, &user.membership, false, bounds))
        };
        let before = plan(&self.before)?.access(self.before.catalog());
        let planned = plan(&self.after)?;
        let after = planned.access(self.after.catalog());
        Ok(self.count(user.id, before, after, planned.blocked))
    }

    /// A user whom syncs leave alone, on both sides.
    fn exempt(&mut self, User { id, membership, .. }: User) -> Option<ImpactChange> {
        let access = Access {
            role: membership.role,
            groups: membership.groups.into_iter().map(|group| group.name).collect(),
            denied: false,
        };
        self.count(id, access.clone(), access, Vec::new())
    }

    fn count(&mut self, id: String, before: Access, after: Access, blocked: Vec<Blocked>) -> Option<ImpactChange> {
        let effect = effect(&before, self.before.catalog(), &after, self.after.catalog());
        let top_role_lost = loses_top_role(&before, self.before.catalog(), &after);
        self.users += 1;
        self.totals.count(&before, &after, effect, top_role_lost);
        effect.map(|effect| ImpactChange {
            id,
            effect,
            before,
            after,
            top_role_lost,
            blocked,
        })
    }
}
