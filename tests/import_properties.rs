//! What holds for every text that is imported, tried on random ones.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

use std::collections::BTreeSet;

use idp_group_sync::{ImportFormat, ImportedMapping, Mapping, SourceKind, TargetKind, import_mapping};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

const FORMATS: [ImportFormat; 14] = [
    ImportFormat::Mapping,
    ImportFormat::Arrows,
    ImportFormat::Grafana,
    ImportFormat::Gitea,
    ImportFormat::ArgoCd,
    ImportFormat::Coder,
    ImportFormat::Gitlab,
    ImportFormat::Keycloak,
    ImportFormat::FlaskAppbuilder,
    ImportFormat::Vault,
    ImportFormat::Json,
    ImportFormat::JsonReversed,
    ImportFormat::Csv,
    ImportFormat::CsvReversed,
];

/// What these texts are made of, and what means something in one of the languages.
const PIECES: &[&str] = &[
    "a",
    "b",
    "Admin",
    "é",
    "🚀",
    "\u{200B}",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\t",
    ",",
    ";",
    ":",
    "\\",
    "\\:",
    "\"",
    "'",
    "\"\"",
    "''",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "{}",
    "[]",
    "*",
    ".*",
    "$1",
    "$",
    "^",
    "#",
    "!",
    "&&",
    "||",
    "->",
    "→",
    "=>",
    "=",
    "-",
    "|",
    ">-",
    "contains(",
    "groups[*]",
    "groups[*], 'a'",
    "contains(groups[*], 'a') && 'Admin'",
    "role_attribute_path",
    "org_mapping",
    "org_mapping = ",
    "a:b:Viewer",
    "group-team-map '",
    "group-{org}-{team}",
    "g, ",
    "p, ",
    "role:admin",
    "policy:",
    "scopes: [a]",
    "{\"a\": ",
    "[\"x\"]",
    "{\"a\": {\"o\": [\"t\"]}}",
    "\"mapping\": {",
    "\"field\": \"groups\",",
    "\"name\": \"x\",",
    "\"access_level\": 10",
    "AUTH_ROLES_MAPPING = {",
    "\"identityProviderMapper\": \"x\", \"config\": {",
    "\"role\": \"r\"",
    "\"claims\": \"[{\\\"key\\\":\\\"k\\\",\\\"value\\\":\\\"v\\\"}]\"",
    "\"canonical_id\": \"c\"",
    "null",
    "12",
    "\\u0041",
    "\\ud83d",
    "sso_role_mapping=",
    "value:",
    "IdP group,Role\n",
    "cn=a,dc=b",
];

fn text() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(select(PIECES), 0..24).prop_map(|pieces| pieces.concat());
    prop_oneof![pieces, any::<String>()]
}

/// Names as they come, and such as mean something in a mapping.
fn name() -> impl Strategy<Value = String> {
    let odd = [
        "a",
        "",
        " a ",
        "a, b",
        "a*",
        "*",
        "$1",
        "!a",
        "a && b",
        "#a",
        "\"a\"",
        "a -> b",
        "a\nb",
        "é\u{200B}",
        "\\",
        "role:x",
        "a;b",
        "a\tb",
    ];
    prop_oneof![select(odd.map(str::to_owned).to_vec()), any::<String>()]
}

/// The mapping of a result has no errors and the entries that it says, and places are in the text.
fn assert_sound(text: &str, imported: &ImportedMapping) {
    let mapping = Mapping::parse(imported.mapping.as_str());
    assert!(!mapping.has_errors(), "{text:?} gave {:?}", imported.mapping);
    assert_eq!(
        mapping.entries().len(),
        imported.entries,
        "{text:?} gave {:?}",
        imported.mapping
    );
    for diagnostic in &imported.diagnostics {
        let span = diagnostic.span.expect("what is told of has a place");
        assert!(text.get(span.bytes()).is_some(), "{text:?} has no {:?}", span.bytes());
        assert!(span.line() <= 1 + text.matches(['\n', '\r']).count());
    }
}

/// The entries as they read: names alone.
fn pairs(imported: &ImportedMapping) -> BTreeSet<(String, String)> {
    let mapping = Mapping::parse(imported.mapping.as_str());
    let entries = mapping.entries().iter().map(|entry| {
        assert_eq!(
            (entry.source.kind, entry.target.kind),
            (SourceKind::Name, TargetKind::Name)
        );
        (entry.source.text.clone(), entry.target.text.clone())
    });
    entries.collect()
}

fn can_be_names((source, target): &(String, String)) -> bool {
    [source, target]
        .iter()
        .all(|name| !name.is_empty() && name.chars().count() <= 4096)
}

proptest! {
    #[test]
    fn whatever_is_imported_reads_without_an_error(text in text(), format in select(FORMATS.to_vec())) {
        let imported = import_mapping(&text, Some(format));
        if format != ImportFormat::Mapping {
            prop_assert_eq!(imported.from, Some(format));
        }
        assert_sound(&text, &imported);
    }

    #[test]
    fn what_is_recognised_is_read_as_if_it_had_been_said(text in text()) {
        let imported = import_mapping(&text, None);
        assert_sound(&text, &imported);
        match imported.from {
            Some(format) => prop_assert_eq!(&imported, &import_mapping(&text, Some(format))),
            None => prop_assert!(imported.mapping.is_empty() && imported.diagnostics.len() == 1),
        }
    }

    #[test]
    fn every_pair_of_json_is_an_entry_or_told_of(given in prop::collection::btree_map(name(), prop::collection::btree_set(name(), 0..4), 0..6)) {
        let expected: BTreeSet<_> = given.iter().flat_map(|(name, others)| others.iter().map(|other| (name.clone(), other.clone()))).collect();
        let document: Value = given.iter().map(|(name, others)| (name.clone(), json!(others))).collect::<serde_json::Map<_, _>>().into();
        for (format, document) in [
            (ImportFormat::Json, document.clone()),
            (ImportFormat::JsonReversed, document.clone()),
            (ImportFormat::FlaskAppbuilder, document.clone()),
            (ImportFormat::Coder, json!({ "field": "f", "mapping": document })),
        ] {
            let text = document.to_string();
            let imported = import_mapping(&text, Some(format));
            assert_sound(&text, &imported);
            let turned = |(name, other): &(String, String)| match format {
                ImportFormat::JsonReversed => (other.clone(), name.clone()),
                _ => (name.clone(), other.clone()),
            };
            let sayable: BTreeSet<_> = expected.iter().filter(|pair| can_be_names(pair)).map(turned).collect();
            prop_assert_eq!(pairs(&imported), sayable.clone());
            prop_assert_eq!(imported.diagnostics.len(), expected.len() - sayable.len());
        }
    }

    #[test]
    fn every_row_of_a_table_is_an_entry_or_told_of(
        given in prop::collection::btree_set((name(), name()), 2..6),
        delimiter in select(&[",", ";", "\t"][..]),
    ) {
        let cell = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
        let rows = given.iter().map(|(one, other)| [cell(one), delimiter.to_owned(), cell(other), "\r\n".to_owned()].concat());
        let text = format!("IdP group{delimiter}Role\n{}", rows.collect::<String>());
        let imported = import_mapping(&text, Some(ImportFormat::Csv));
        assert_sound(&text, &imported);
        let sayable: BTreeSet<_> = given.iter().filter(|pair| can_be_names(pair)).cloned().collect();
        prop_assert_eq!(pairs(&imported), sayable.clone());
        prop_assert_eq!(imported.diagnostics.len(), given.len() - sayable.len());
    }
}
