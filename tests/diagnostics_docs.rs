//! `docs/diagnostics.md` against the code: every code has its section, with its severity and an example that is reported.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

#[path = "support/expand.rs"]
mod expand;

use std::collections::BTreeMap;

use idp_group_sync::{
    AppGroup, Catalog, ClaimOptions, ClaimValue, Diagnostic, DiagnosticCode, GroupSync, GroupSyncConfig, IdpGroup,
    InstanceSettings, LoginRequest, LoginSync, Mapping, Membership, PlanOptions, Policy, ResolveOptions, check,
    import_mapping,
};
use serde_json::{Value, json};

const PAGE: &str = include_str!("../docs/diagnostics.md");

struct Section {
    text: String,
    example: Value,
}

/// The sections of the page whose headings are codes.
fn sections() -> BTreeMap<String, Section> {
    let page = PAGE.split("\n## Errors").next().unwrap();
    let sections = page.split("\n## ").skip(1).map(|section| {
        let (code, text) = section.split_once('\n').unwrap();
        let mut example = match block(text, "json") {
            Some(json) => serde_json::from_str(&json).unwrap_or_else(|error| panic!("{code}: {error}")),
            None => json!({}),
        };
        if let Some(mapping) = block(text, "mapping") {
            example["mapping"] = mapping.into();
        }
        (
            code.to_owned(),
            Section {
                text: text.to_owned(),
                example: expand::expand(&example),
            },
        )
    });
    sections.collect()
}

/// The first fenced block of this language.
fn block(text: &str, language: &str) -> Option<String> {
    let (_, from) = text.split_once(&format!("```{language}\n"))?;
    let (block, _) = from.split_once("\n```")?;
    Some(block.to_owned())
}

fn catalog(document: &Value) -> Catalog {
    let roles: Option<Vec<String>> = serde_json::from_value(document["roles"].clone()).unwrap();
    let groups: Option<Vec<AppGroup>> = serde_json::from_value(document["groups"].clone()).unwrap();
    Catalog::new(roles, groups.unwrap_or_default()).unwrap()
}

fn reported(example: &Value) -> Vec<Diagnostic> {
    let get = |name: &str, default: Value| example.get(name).cloned().unwrap_or(default);
    if let Some(request) = example.get("request") {
        let settings: InstanceSettings = serde_json::from_value(get("settings", json!(null))).unwrap();
        let catalogs = example["catalogs"].as_object().unwrap().iter();
        let catalogs = catalogs.map(|(workspace, document)| (workspace.clone(), catalog(document)));
        let request: LoginRequest = serde_json::from_value(request.clone()).unwrap();
        return LoginSync::new(&settings, catalogs)
            .unwrap()
            .decide(&request)
            .unwrap()
            .diagnostics;
    }
    if let Some(text) = example.get("import") {
        return import_mapping(text.as_str().unwrap(), None).diagnostics;
    }
    if let Some(workspace) = example.get("workspace") {
        let settings: InstanceSettings = serde_json::from_value(get("settings", json!(null))).unwrap();
        return settings.effective(workspace.as_str().unwrap()).unwrap().diagnostics;
    }
    let catalog = catalog(&get("catalog", json!({})));
    let policy: Policy = serde_json::from_value(get("policy", json!({}))).unwrap();
    let mapping = get("mapping", json!("")).as_str().unwrap().to_owned();
    let idp_groups: Vec<IdpGroup> = serde_json::from_value(get("idpGroups", json!([]))).unwrap();
    let mut diagnostics = check(&Mapping::parse(mapping.clone()), &catalog, &policy, &idp_groups);
    if let Some(claims) = example.get("claims") {
        let claim: ClaimOptions = serde_json::from_value(get("claim", json!("groups"))).unwrap();
        let sync = GroupSync::new(GroupSyncConfig {
            mapping,
            claim,
            catalog,
            policy,
        })
        .unwrap();
        let claims = ClaimValue::from(claims.clone());
        let resolution = match example.get("membership") {
            Some(membership) => {
                let membership: Membership = serde_json::from_value(membership.clone()).unwrap();
                sync.plan(&claims, &membership, &PlanOptions::default())
                    .unwrap()
                    .resolution
            }
            None => sync.resolve(&claims, ResolveOptions::default()).unwrap(),
        };
        diagnostics.extend(resolution.diagnostics);
    }
    diagnostics
}

#[test]
fn every_code_has_a_section_and_every_section_a_code() {
    let documented: Vec<String> = sections().into_keys().collect();
    let mut codes: Vec<String> = DiagnosticCode::ALL
        .iter()
        .map(|code| code.as_str().to_owned())
        .collect();
    codes.sort();
    assert_eq!(documented, codes);
}

#[test]
fn every_section_says_the_severity_and_its_example_is_reported() {
    let sections = sections();
    for code in DiagnosticCode::ALL {
        let section = &sections[code.as_str()];
        let severity = format!("Severity: {:?}.", code.severity()).to_ascii_lowercase();
        assert!(
            section.text.to_ascii_lowercase().contains(&severity),
            "{code} has no `{severity}`"
        );
        let reported = reported(&section.example);
        let mut of_this_code = reported.iter().filter(|diagnostic| diagnostic.code == *code);
        let example = of_this_code
            .next()
            .unwrap_or_else(|| panic!("{code} is not reported: {reported:?}"));
        for (param, _) in example.params.iter() {
            assert!(
                section.text.contains(&format!("`{param}`")),
                "{code} does not tell of its param `{param}`"
            );
        }
    }
}
