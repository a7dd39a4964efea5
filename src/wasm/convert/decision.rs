//! Plans, changes of settings, logins and scenarios as they cross to JavaScript.

use super::{diagnostics, resolution};
use crate::login::LoginOutcome;
use crate::plan::SyncPlan;
use crate::scenario::ScenarioResult;
use crate::settings::SettingsChange;
use crate::span::LineIndex;
use crate::wasm::wire;

pub(crate) fn plan(plan: SyncPlan, lines: &LineIndex<'_>) -> wire::SyncPlan {
    wire::SyncPlan {
        status: plan.status,
        reason: plan.reason,
        role: plan.role,
        join: plan.join,
        leave: plan.leave,
        keep: plan.keep,
        blocked: plan.blocked,
        resolution: resolution(plan.resolution, lines),
    }
}

/// `lines` are those of the mapping that the command was to set.
pub(crate) fn change(change: SettingsChange, lines: &LineIndex<'_>) -> wire::SettingsChange {
    match change {
        SettingsChange::Applied {
            settings,
            diagnostics: found,
        } => wire::SettingsChange::Applied {
            settings,
            diagnostics: diagnostics(found, lines),
        },
        SettingsChange::Confirm {
            warning,
            diagnostics: found,
        } => wire::SettingsChange::Confirm {
            warning,
            diagnostics: diagnostics(found, lines),
        },
        SettingsChange::Rejected {
            code,
            message,
            diagnostics: found,
        } => wire::SettingsChange::Rejected {
            code,
            message,
            diagnostics: diagnostics(found, lines),
        },
    }
}

/// `lines` gives those of the mapping that holds for a workspace.
pub(crate) fn outcome<'l>(outcome: LoginOutcome, lines: impl Fn(&str) -> &'l LineIndex<'l>) -> wire::LoginOutcome {
    let workspaces = outcome.workspaces.into_iter().map(|planned| wire::WorkspacePlan {
        plan: plan(planned.plan, lines(&planned.id)),
        id: planned.id,
    });
    wire::LoginOutcome {
        allowed: outcome.allowed,
        reason: outcome.reason,
        message: outcome.message,
        workspaces: workspaces.collect(),
        diagnostics: diagnostics(outcome.diagnostics, &LineIndex::new("")),
    }
}

pub(crate) fn scenarios(results: Vec<ScenarioResult>, lines: &LineIndex<'_>) -> Vec<wire::ScenarioResult> {
    let result = |result: ScenarioResult| wire::ScenarioResult {
        name: result.name,
        passed: result.passed,
        differences: result.differences,
        resolution: resolution(result.resolution, lines),
    };
    results.into_iter().map(result).collect()
}
