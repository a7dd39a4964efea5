//! Results of the core as they cross to JavaScript: the one place where bytes become UTF-16 code units.

mod decision;

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use super::wire;
use crate::claims::ClaimGroups;
use crate::diagnostic::{Diagnostic, Fix, TextEdit};
use crate::mapping::{Completion, Entry, Mapping};
use crate::resolve::{Grant, Match, Resolution};
use crate::span::{LineIndex, Span};
pub(super) use decision::{change, outcome, plan, scenarios};

/// `value` as plain objects, arrays and primitives.
pub(super) fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&Serializer::json_compatible())?)
}

pub(super) fn parsed_mapping(mapping: Mapping) -> wire::ParsedMapping {
    let Mapping {
        text,
        entries,
        diagnostics: found,
        ..
    } = mapping;
    let lines = LineIndex::new(&text);
    wire::ParsedMapping {
        entries: entries.into_iter().map(|entry| self::entry(entry, &lines)).collect(),
        diagnostics: diagnostics(found, &lines),
    }
}

pub(super) fn diagnostics(found: Vec<Diagnostic>, lines: &LineIndex<'_>) -> Vec<wire::Diagnostic> {
    let diagnostic = |found: Diagnostic| wire::Diagnostic {
        code: found.code,
        severity: found.severity,
        message: found.message,
        params: found.params,
        span: found.span.map(|span| self::span(span, lines)),
        help: found.help,
        fixes: found.fixes.into_iter().map(|fix| self::fix(fix, lines)).collect(),
    };
    found.into_iter().map(diagnostic).collect()
}

pub(super) fn completions(found: Vec<Completion>, lines: &LineIndex<'_>) -> Vec<wire::Completion> {
    let completion = |found: Completion| wire::Completion {
        label: found.label,
        kind: found.kind,
        detail: found.detail,
        edit: edit(found.edit, lines),
    };
    found.into_iter().map(completion).collect()
}

pub(super) fn claim_groups(read: ClaimGroups, lines: &LineIndex<'_>) -> wire::ClaimGroups {
    wire::ClaimGroups {
        status: read.status,
        groups: read.groups,
        path: read.path,
        diagnostics: diagnostics(read.diagnostics, lines),
    }
}

pub(super) fn resolution(resolved: Resolution, lines: &LineIndex<'_>) -> wire::Resolution {
    let grant = |grant: Grant| wire::Grant {
        target: grant.target,
        kind: grant.kind,
        entry: grant.entry.map(|entry| span(entry, lines)),
    };
    let matched = |matched: Match| wire::Match {
        idp_group: matched.idp_group,
        via: matched.via,
        grants: matched.grants.into_iter().map(grant).collect(),
        near_misses: matched.near_misses,
    };
    wire::Resolution {
        claim: claim_groups(resolved.claim, lines),
        outcome: resolved.outcome,
        role: resolved.role,
        role_reasons: resolved.role_reasons,
        groups: resolved.groups,
        matches: resolved.matches.into_iter().map(matched).collect(),
        diagnostics: diagnostics(resolved.diagnostics, lines),
    }
}

fn entry(entry: Entry, lines: &LineIndex<'_>) -> wire::Entry {
    wire::Entry {
        source: wire::Source {
            text: entry.source.text,
            kind: entry.source.kind,
            span: span(entry.source.span, lines),
        },
        target: wire::Target {
            text: entry.target.text,
            kind: entry.target.kind,
            span: span(entry.target.span, lines),
        },
        span: span(entry.span, lines),
    }
}

fn fix(fix: Fix, lines: &LineIndex<'_>) -> wire::Fix {
    wire::Fix {
        title: fix.title,
        edits: fix.edits.into_iter().map(|found| edit(found, lines)).collect(),
    }
}

fn edit(edit: TextEdit, lines: &LineIndex<'_>) -> wire::TextEdit {
    wire::TextEdit {
        start: lines.position(edit.span.start).utf16,
        end: lines.position(edit.span.end).utf16,
        text: edit.text,
    }
}

fn span(span: Span, lines: &LineIndex<'_>) -> wire::Span {
    let start = lines.position(span.start);
    wire::Span {
        start: start.utf16,
        end: lines.position(span.end).utf16,
        line: start.line,
        column: start.column,
    }
}
