//! A mapping against the application: what is doubtful although it can be read.
//!
//! Nothing here stops a save. Each check is a function that reports one or two codes; `docs/diagnostics.md` describes them.

mod collisions;
mod names;
mod numbers;
mod sources;
mod suggest;

use fixedbitset::FixedBitSet;

use crate::catalog::{Catalog, Grantable, RoleRank};
use crate::diagnostic::{Diagnostic, DiagnosticCode, Fix, in_text_order, shown};
use crate::idp_group::IdpGroup;
use crate::mapping::{Mapping, SourceKind, Target, TargetKind, as_target};
use crate::names::folded;
use crate::policy::{Compare, Policy};
use crate::span::Span;
use numbers::Numbers;
use suggest::Suggestions;

/// Everything that is wrong or doubtful about `mapping` for this application: what [`Mapping::diagnostics`] says, and the
/// checks against the catalog, and against the IdP groups that are known, if any are. In text order; what has no place comes first.
///
/// ```
/// use idp_group_sync::{AppGroup, Catalog, Mapping, Policy, check};
///
/// let catalog = Catalog::new(None, vec![AppGroup::new("marketing")]).unwrap();
/// let diagnostics = check(&Mapping::parse("Marketing Team -> marketin"), &catalog, &Policy::default(), &[]);
/// assert_eq!(diagnostics[0].code.as_str(), "unknown-target");
/// assert_eq!(diagnostics[0].fixes[0].apply("Marketing Team -> marketin"), "Marketing Team -> marketing");
/// ```
#[must_use]
pub fn check(mapping: &Mapping, catalog: &Catalog, policy: &Policy, idp_groups: &[IdpGroup]) -> Vec<Diagnostic> {
    let meant: Vec<Option<Grantable>> = targets_of(mapping).map(|target| catalog.target(&target.text)).collect();
    let numbers = Numbers::new(mapping, catalog);
    let mut diagnostics = mapping.diagnostics().to_vec();
    let misspelled = misspelled(mapping);
    diagnostics.extend(sources::unknown(mapping, policy.compare, idp_groups, &misspelled));
    diagnostics.extend(targets(mapping, catalog, &meant, &misspelled));
    diagnostics.extend(roles(mapping, catalog, &meant));
    diagnostics.extend(name_matches(mapping, catalog, policy, &meant, &numbers));
    diagnostics.extend(names::lookalikes(mapping, catalog, &meant, &numbers));
    diagnostics.extend(names::borne_twice(catalog, &numbers));
    if policy.compare == Compare::IgnoreCase {
        // Those that become one collide.
        diagnostics.retain(|diagnostic| diagnostic.code != DiagnosticCode::LookalikeNames || !is_one_name(diagnostic));
        diagnostics.extend(collisions::collisions(mapping, catalog));
    }
    diagnostics.extend(names::invisible_characters(mapping));
    in_text_order(diagnostics)
}

/// Whether both names that it is about are one where case is ignored.
fn is_one_name(diagnostic: &Diagnostic) -> bool {
    let name = |param: &str| Some(folded(diagnostic.params.get(param)?));
    name("name") == name("other")
}

fn targets_of(mapping: &Mapping) -> impl Iterator<Item = &Target> {
    mapping.entries().iter().map(|entry| &entry.target)
}

/// Where the names end that have a mistake in their spelling: what is wrong with a name is reported once.
fn misspelled(mapping: &Mapping) -> FixedBitSet {
    let of_spelling = |diagnostic: &Diagnostic| match diagnostic.code {
        DiagnosticCode::OtherQuotes | DiagnosticCode::OtherSeparator | DiagnosticCode::UnusualSpace => diagnostic.span,
        _ => None,
    };
    let spans = mapping.diagnostics().iter().filter_map(of_spelling);
    spans.map(Span::end).collect()
}

/// `unknown-target` and `role-spelling`.
fn targets(
    mapping: &Mapping,
    catalog: &Catalog,
    meant: &[Option<Grantable>],
    misspelled: &FixedBitSet,
) -> Vec<Diagnostic> {
    let mut suggestions = None;
    let mut diagnostics = Vec::new();
    for (target, meant) in targets_of(mapping).zip(meant) {
        let diagnostic = match meant {
            _ if target.kind != TargetKind::Name => continue,
            Some(Grantable::Group(_)) => continue,
            Some(Grantable::Role(rank)) => {
                let role = catalog.role(*rank);
                if role == target.text {
                    continue;
                }
                Diagnostic::new(
                    DiagnosticCode::RoleSpelling,
                    format!("{} grants the role {}", shown(&target.text), shown(role)),
                )
                .param("target", target.text.as_str())
                .param("role", role)
                .fix(Fix::replace(
                    format!("write {}", shown(role)),
                    target.span,
                    as_target(role),
                ))
            }
            None if misspelled.contains(target.span.end()) => continue,
            None => {
                let suggestions = suggestions.get_or_insert_with(|| Suggestions::of(catalog));
                let fixes = suggestions.nearest(&target.text).into_iter();
                let fixes =
                    fixes.map(|name| Fix::replace(format!("write {}", shown(name)), target.span, as_target(name)));
                Diagnostic {
                    fixes: fixes.collect(),
                    ..unknown_target(&target.text)
                }
            }
        };
        diagnostics.push(diagnostic.at(target.span));
    }
    diagnostics
}

/// A target that is neither a role nor a group, wherever it is met.
pub(crate) fn unknown_target(target: &str) -> Diagnostic {
    Diagnostic::new(
        DiagnosticCode::UnknownTarget,
        format!(
            "{} is neither a role nor a group of the application, so it grants nothing",
            shown(target)
        ),
    )
    .param("target", target)
    .help("create the group in the application, or name one that exists")
}

/// What a capture stands for where that is no group.
pub(crate) fn uncaptured_target(target: &str, is_role: bool) -> Diagnostic {
    let unknown = Diagnostic::new(DiagnosticCode::UnknownTarget, "").param("target", target);
    let (message, help) = if is_role {
        let message = format!("{} is a role, and a `*` in a target reaches groups only", shown(target));
        (message, "name the IdP group in an entry of its own to grant the role")
    } else if target.is_empty() {
        (
            "the `*` of the source matched nothing, so its target names nothing".to_owned(),
            "",
        )
    } else {
        let message = format!(
            "{}, which the `*` stands for, is not a group of the application",
            shown(target)
        );
        (
            message,
            "create the group in the application, or make the pattern narrower",
        )
    };
    let unknown = Diagnostic { message, ..unknown };
    if help.is_empty() { unknown } else { unknown.help(help) }
}

/// `pattern-grants-role` and `grants-top-role`.
fn roles(mapping: &Mapping, catalog: &Catalog, meant: &[Option<Grantable>]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (entry, meant) in mapping.entries().iter().zip(meant) {
        let (TargetKind::Name, Some(Grantable::Role(rank))) = (entry.target.kind, *meant) else {
            continue;
        };
        // A group that has to be there is named all the same.
        let is_pattern = match entry.source.kind {
            SourceKind::Condition => entry
                .source
                .terms
                .iter()
                .all(|term| term.excluded || term.kind != SourceKind::Name),
            kind => kind == SourceKind::Pattern,
        };
        if rank == RoleRank(0) || (!is_pattern && rank != catalog.top_role()) {
            continue;
        }
        let (source, role) = (shown(&entry.source.text), shown(catalog.role(rank)));
        let diagnostic = if is_pattern {
            let message = if entry.source.kind == SourceKind::Condition {
                format!("everybody who meets {source}, by IdP groups that are there now or later, gets the role {role}")
            } else {
                format!("every IdP group that matches {source}, now or later, grants the role {role}")
            };
            Diagnostic::new(DiagnosticCode::PatternGrantsRole, message).help("name the IdP groups that grant a role")
        } else {
            let message = format!("the members of {source} get the highest role, {role}");
            Diagnostic::new(DiagnosticCode::GrantsTopRole, message)
        };
        let diagnostic = diagnostic.at(entry.span);
        diagnostics.push(
            diagnostic
                .param("source", entry.source.text.as_str())
                .param("role", catalog.role(rank)),
        );
    }
    diagnostics
}

/// `replaces-name-match` and `redundant-entry`.
fn name_matches(
    mapping: &Mapping,
    catalog: &Catalog,
    policy: &Policy,
    meant: &[Option<Grantable>],
    numbers: &Numbers<'_>,
) -> Vec<Diagnostic> {
    let mut by_source: Vec<_> = mapping
        .entries()
        .iter()
        .zip(meant)
        .enumerate()
        .filter(|(_, (entry, _))| entry.source.kind == SourceKind::Name)
        .filter_map(|(place, entry)| {
            let by_name = policy.granted_by_name(catalog, &entry.0.source.text)?;
            Some((numbers.source(place), by_name, entry))
        })
        .collect();
    by_source.sort_by_cached_key(|(source, ..)| *source as u64);
    let mut diagnostics = Vec::new();
    for entries in by_source.chunk_by(|(one, ..), (other, ..)| one == other) {
        let [(_, by_name, (first, _)), others @ ..] = entries else {
            continue;
        };
        let source = first.source.text.as_str();
        if !entries.iter().any(|(.., (_, meant))| **meant == Some(*by_name)) {
            let kind = if catalog.is_role(source) { "role" } else { "group" };
            let message = format!("{} no longer matches the {kind} of the same name", shown(source));
            diagnostics.push(
                Diagnostic::new(DiagnosticCode::ReplacesNameMatch, message)
                    .at(first.source.span)
                    .param("source", source)
                    .param("kind", kind)
                    .help(format!(
                        "to keep that as well, add `{0} -> {0}`",
                        first.source.canonical()
                    )),
            );
        } else if others.is_empty() {
            let fix = Fix::replace("remove the entry", first.with_separator(mapping.text()), "");
            let message = format!("{} matches by name without this entry", shown(source));
            diagnostics.push(
                Diagnostic::new(DiagnosticCode::RedundantEntry, message)
                    .at(first.span)
                    .param("source", source)
                    .fix(fix),
            );
        }
    }
    diagnostics
}
