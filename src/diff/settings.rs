//! Two versions of an instance's settings, compared by what stands in them.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{ChoiceChange, choices};
use crate::error::GroupSyncError;
use crate::mapping::EntryDiff;
use crate::policy::Policy;
use crate::settings::{EffectiveSettings, InheritedField, InstanceSettings, WorkspaceSettings};

/// What stands otherwise in a later version of the settings: everything that an admin can change, each thing once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SettingsDiff {
    /// Whether logins sync at all since, where that differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// The workspace that new users join, where that differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_workspace: Option<DefaultChange>,
    /// The instance's own settings and those of each workspace, of those in which something differs: the instance first, then the
    /// workspaces in the order of the later list, then those that are gone.
    pub scopes: Vec<ScopeDiff>,
}

/// Another workspace that new users join.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DefaultChange {
    /// The workspace before.
    pub before: String,
    /// The workspace since.
    pub after: String,
}

/// What differs in the settings of the instance, or in what one workspace has of its own. Where a workspace only now has
/// something of its own, or inherits it only now, its own is compared with what the later version would have it inherit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScopeDiff {
    /// The workspace; the instance if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workspace: Option<String>,
    /// Whether the workspace is in the list since, where that differs. Of one that is gone, nothing else is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listed: Option<bool>,
    /// Whether logins sync the workspace since, where that differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// What the workspace has of its own only since.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub overridden: Vec<InheritedField>,
    /// What the workspace inherits only since.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inherited: Vec<InheritedField>,
    /// The claim and the choices of the policy that differ.
    pub choices: Vec<ChoiceChange>,
    /// The entries of the mapping that differ.
    pub entries: EntryDiff,
}

/// What stands otherwise in `after` than in `before`. What logins do otherwise, [`diff_mappings`](crate::diff_mappings) says.
///
/// # Errors
/// `invalid-input` with a path that begins with `before` or `after` if those settings mean nothing.
///
/// ```
/// use idp_group_sync::{InstanceSettings, diff_settings};
///
/// let before = InstanceSettings::new("main").with_mapping("Sales Team -> sales");
/// let after = before.clone().with_mapping("Sales Team -> marketing");
/// let diff = diff_settings(&before, &after)?;
/// let change = &diff.scopes[0].entries.changed[0];
/// assert_eq!((&*change.source, &*change.before[0], &*change.after[0]), ("Sales Team", "sales", "marketing"));
/// # Ok::<(), idp_group_sync::GroupSyncError>(())
/// ```
pub fn diff_settings(before: &InstanceSettings, after: &InstanceSettings) -> Result<SettingsDiff, GroupSyncError> {
    before.validate().map_err(|error| error.within("before"))?;
    after.validate().map_err(|error| error.within("after"))?;
    let all_inherited = WorkspaceSettings::new("");
    let instance = [before, after].map(|settings| settings.effective_of(&all_inherited));
    let ids = after
        .workspaces
        .iter()
        .chain(&before.workspaces)
        .map(|listed| &*listed.id);
    let mut seen = BTreeSet::new();
    let workspaces = ids.filter(|id| seen.insert(*id)).map(|id| workspace(id, before, after));
    let scopes = [own(&instance)]
        .into_iter()
        .chain(workspaces)
        .filter(|scope| *scope != nothing(scope));
    Ok(SettingsDiff {
        enabled: (before.enabled != after.enabled).then_some(after.enabled),
        default_workspace: (before.default_workspace != after.default_workspace).then(|| DefaultChange {
            before: before.default_workspace.clone(),
            after: after.default_workspace.clone(),
        }),
        scopes: scopes.collect(),
    })
}

/// That nothing differs in this scope.
fn nothing(ScopeDiff { workspace, .. }: &ScopeDiff) -> ScopeDiff {
    ScopeDiff {
        workspace: workspace.clone(),
        ..ScopeDiff::default()
    }
}

fn workspace(id: &str, before: &InstanceSettings, after: &InstanceSettings) -> ScopeDiff {
    let scope = ScopeDiff {
        workspace: Some(id.to_owned()),
        ..ScopeDiff::default()
    };
    let new = WorkspaceSettings::new(id);
    let listed = before.workspace(id);
    let (then, Some(now)) = (listed.unwrap_or(&new), after.workspace(id)) else {
        return ScopeDiff {
            listed: Some(false),
            ..scope
        };
    };
    if then == now && listed.is_some() {
        return scope;
    }
    ScopeDiff {
        workspace: scope.workspace,
        listed: listed.is_none().then_some(true),
        enabled: (then.enabled != now.enabled).then_some(now.enabled),
        ..own(&[then, now].map(|listed| after.effective_of(listed)))
    }
}

/// What differs in what a scope has, which inherits the rest of the same.
fn own([before, after]: &[EffectiveSettings; 2]) -> ScopeDiff {
    let fields = [
        (InheritedField::Claim, before.inherited.claim, after.inherited.claim),
        (
            InheritedField::Mapping,
            before.inherited.mapping,
            after.inherited.mapping,
        ),
        (InheritedField::Policy, before.inherited.policy, after.inherited.policy),
    ];
    let fields_of = |then: bool, now: bool| {
        let fields = fields
            .iter()
            .filter(|(_, before, after)| (*before, *after) == (then, now));
        fields.map(|(field, ..)| *field).collect()
    };
    ScopeDiff {
        overridden: fields_of(true, false),
        inherited: fields_of(false, true),
        choices: choices(
            (&before.claim, &Policy::from(&before.policy)),
            (&after.claim, &Policy::from(&after.policy)),
        ),
        entries: EntryDiff::new(&before.mapping, &after.mapping),
        ..ScopeDiff::default()
    }
}
