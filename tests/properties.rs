//! What holds for every input, tried on random ones.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

use idp_group_sync::{
    Access, AppGroup, Catalog, ChangeKind, ClaimGroups, ClaimOptions, Diagnostic, FormatStyle, GroupSync,
    GroupSyncConfig, IdpGroup, Mapping, MatchByName, NewEntry, NoMatch, Outcome, Policy, Resolution, ResolveOptions,
    SourceKind, Span, add_entries, byte_of_utf16, check, complete, diff_mappings,
};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

/// Pieces of mapping text, so that random texts are full of names, mistakes and awkward characters.
fn mapping_text() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "a",
        "b",
        "sales",
        "Sales",
        "admin",
        "Admin",
        "builder",
        "crew",
        "team-*",
        "*",
        "**",
        " ",
        "  ",
        "\t",
        ",",
        ",",
        "\n",
        "\r\n",
        "\r",
        "->",
        "->",
        "->",
        "→",
        "-->",
        "=>",
        ":",
        "=",
        "-",
        ">",
        "\"",
        "\"",
        "\\",
        "\\\"",
        "\\n",
        "\\u{61}",
        "\\u{D800}",
        "\\q",
        "#",
        "# c",
        "CN=x",
        "OU=y",
        "DC=z",
        "\\,",
        "\u{200B}",
        "\u{FEFF}",
        "é",
        "日本",
        "🚀",
        "👩‍🚀",
        "\u{202E}",
        "ß",
        "İ",
        "\u{2028}",
        "\0",
    ];
    let pieces = prop::collection::vec(select(PIECES), 0..24).prop_map(|pieces| pieces.concat());
    prop_oneof![4 => pieces, 1 => any::<String>(), 1 => well_formed_text()]
}

fn name() -> impl Strategy<Value = &'static str> {
    const NAMES: &[&str] = &[
        "a",
        "b",
        "c",
        "sales",
        "Sales",
        "sa les",
        "crew",
        "team-a",
        "team-b",
        "admin",
        "Admin",
        "builder",
        "end-user",
        "nobody",
        "\"x, y\"",
        "\"#\"",
        "\"*\"",
        "__proto__",
    ];
    select(NAMES)
}

fn well_formed_text() -> impl Strategy<Value = String> {
    let named = (name(), name()).prop_map(|(source, target)| format!("{source} -> {target}"));
    let patterns = (select(&["team-*", "*", "s*s", "*e*"][..]), name());
    let patterns = patterns.prop_map(|(source, target)| format!("{source} -> {target}"));
    let captures = select(&["team-* -> *", "x-* -> team-*", "*x -> *"][..]).prop_map(str::to_owned);
    let entry = prop_oneof![5 => named, 2 => patterns, 1 => captures];
    let separator = select(&[", ", "\n", ",\n", ", # why, and how\n", "\n# a comment\n"][..]);
    prop::collection::vec((entry, separator), 0..8).prop_map(|entries| {
        entries
            .into_iter()
            .map(|(entry, separator)| entry + separator)
            .collect()
    })
}

fn catalog() -> impl Strategy<Value = Catalog> {
    let names = [
        "a", "b", "c", "sales", "Sales", "crew", "team-a", "team-b", "a-team", "builder", "x, y",
    ];
    let required = prop::collection::vec(
        select(&[None, Some("end-user"), Some("builder"), Some("admin")][..]),
        11,
    );
    (subsequence(names.to_vec(), 0..=11), required).prop_map(|(names, required)| {
        let groups = names.into_iter().zip(required);
        let groups = groups.map(|(name, requires)| AppGroup {
            name: name.to_owned(),
            requires: requires.map(str::to_owned),
        });
        Catalog::new(None, groups.collect()).expect("the names are distinct and the roles exist")
    })
}

fn policy() -> impl Strategy<Value = Policy> {
    let by_name = select(&[MatchByName::RolesAndGroups, MatchByName::GroupsOnly, MatchByName::Never][..]);
    let no_match = select(&[NoMatch::DefaultRole, NoMatch::DefaultRole, NoMatch::Keep, NoMatch::Deny][..]);
    (by_name, no_match).prop_map(|(match_by_name, no_match)| {
        Policy::default()
            .with_match_by_name(match_by_name)
            .with_no_match(no_match)
    })
}

fn idp_groups() -> impl Strategy<Value = Vec<String>> {
    let listed = name().prop_map(|name| name.trim_matches('"').to_owned());
    prop::collection::vec(prop_oneof![6 => listed, 1 => "[a-c]{1,2}|team-[a-c]|x-[a-c]"], 0..8)
}

fn config() -> impl Strategy<Value = GroupSyncConfig> {
    (well_formed_text(), catalog(), policy()).prop_map(|(mapping, catalog, policy)| GroupSyncConfig {
        mapping,
        claim: ClaimOptions::default(),
        catalog,
        policy,
    })
}

fn resolve(sync: &GroupSync, groups: &[String]) -> Resolution {
    let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
    sync.resolve_groups(&groups, ResolveOptions::default())
}

fn access(sync: &GroupSync, groups: &[String]) -> Access {
    let resolution = resolve(sync, groups);
    Access {
        denied: resolution.outcome == Outcome::Deny,
        role: resolution.role,
        groups: resolution.groups,
    }
}

/// Whether two are the same but for the order of the groups, which is that of the catalog.
fn is_same(one: &Access, other: &Access) -> bool {
    let sorted = |access: &Access| access.groups.iter().cloned().collect::<std::collections::BTreeSet<_>>();
    (&one.role, one.denied, sorted(one)) == (&other.role, other.denied, sorted(other))
}

/// The patterns of these mappings that match `name`.
fn patterns_matching(syncs: &[&GroupSync], name: &str) -> Vec<String> {
    let entries = syncs.iter().flat_map(|sync| sync.mapping().entries().to_vec());
    let patterns = entries.filter(|entry| entry.source.kind == SourceKind::Pattern);
    let matches = |pattern: &String| {
        let sync = GroupSync::new(GroupSyncConfig {
            mapping: format!("{pattern} -> admin"),
            claim: ClaimOptions::default(),
            catalog: Catalog::new(None, Vec::new()).unwrap(),
            policy: Policy::default().with_match_by_name(MatchByName::Never),
        });
        sync.unwrap().resolve_groups(&[name], ResolveOptions::default()).outcome == Outcome::Resolved
    };
    patterns
        .map(|entry| entry.source.text.clone())
        .filter(matches)
        .collect()
}

fn rank(catalog: &Catalog, role: &Option<String>) -> Option<usize> {
    let role = role.as_ref()?;
    Some(
        catalog
            .roles()
            .iter()
            .position(|known| known == role)
            .expect("a resolved role is one of the catalog"),
    )
}

fn meanings(mapping: &Mapping) -> Vec<(SourceKind, &str, &str)> {
    let entries = mapping.entries().iter();
    entries
        .map(|entry| {
            (
                entry.source.kind,
                entry.source.text.as_str(),
                entry.target.text.as_str(),
            )
        })
        .collect()
}

fn of_the_same_kind(diagnostics: &[Diagnostic], one: &Diagnostic) -> usize {
    diagnostics
        .iter()
        .filter(|other| other.code == one.code && other.params == one.params)
        .count()
}

/// Where a byte offset is.
struct Position {
    utf16: usize,
    line: usize,
    column: usize,
}

/// Counted character by character, from the start of the text.
fn position(text: &str, byte: usize) -> Position {
    let (mut utf16, mut line, mut column) = (0, 1, 1);
    for (at, character) in text[..byte].char_indices() {
        utf16 += character.len_utf16();
        column += character.len_utf16();
        let is_line_break = character == '\n' || (character == '\r' && !text[at + 1..].starts_with('\n'));
        if is_line_break {
            (line, column) = (line + 1, 1);
        }
    }
    Position { utf16, line, column }
}

/// Random inputs per property: more with `PROPTEST_CASES`. What one finds becomes a shared case.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|count| count.parse().ok())
        .unwrap_or(2000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn formatting_keeps_the_entries(text in mapping_text()) {
        let mapping = Mapping::parse(text);
        for style in [FormatStyle::Line, FormatStyle::File, FormatStyle::Inline] {
            match mapping.format(style) {
                Ok(formatted) => {
                    let again = Mapping::parse(formatted.clone());
                    prop_assert_eq!(meanings(&again), meanings(&mapping), "{}", &formatted);
                    prop_assert_eq!(again.format(style).unwrap(), formatted, "formatting is stable");
                }
                Err(error) => prop_assert!(mapping.has_errors(), "{error}"),
            }
        }
    }

    #[test]
    fn every_place_knows_where_it_is(text in mapping_text(), catalog in catalog(), at in any::<Index>()) {
        let mapping = Mapping::parse(text.clone());
        let entries = mapping.entries().iter().flat_map(|entry| [entry.span, entry.source.span, entry.target.span]);
        let mut spans: Vec<Span> = entries.collect();
        for diagnostic in check(&mapping, &catalog, &Policy::default(), &[]) {
            spans.extend(diagnostic.span);
            spans.extend(diagnostic.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span));
        }
        let offsets: Vec<usize> = text.char_indices().map(|(offset, _)| offset).chain([text.len()]).collect();
        let completions = complete(&text, *at.get(&offsets), &catalog, &[IdpGroup::named("a")]);
        spans.extend(completions.iter().map(|completion| completion.edit.span));
        let new = NewEntry { source: "new".to_owned(), target: "new".to_owned() };
        spans.extend(add_entries(&text, &[new]).unwrap().edits.iter().map(|edit| edit.span));
        for span in spans {
            prop_assert!(text.get(span.bytes()).is_some(), "{span:?} is on character boundaries");
            let (start, end) = (position(&text, span.bytes().start), position(&text, span.bytes().end));
            prop_assert_eq!((span.utf16(), span.line(), span.column()), (start.utf16..end.utf16, start.line, start.column));
            prop_assert_eq!(byte_of_utf16(&text, span.utf16().start), span.bytes().start);
        }
    }

    #[test]
    fn every_fix_removes_its_diagnostic(text in mapping_text(), catalog in catalog(), policy in policy()) {
        let diagnostics = check(&Mapping::parse(text.clone()), &catalog, &policy, &[]);
        for diagnostic in &diagnostics {
            for fix in &diagnostic.fixes {
                let fixed = fix.apply(&text);
                let left = check(&Mapping::parse(fixed.clone()), &catalog, &policy, &[]);
                prop_assert!(
                    of_the_same_kind(&left, diagnostic) < of_the_same_kind(&diagnostics, diagnostic),
                    "{:?} is still there in {:?}", diagnostic, fixed,
                );
            }
        }
    }

    #[test]
    fn completing_yields_a_text_that_reads_the_name(text in mapping_text(), at in any::<Index>(), catalog in catalog()) {
        let offsets: Vec<usize> = text.char_indices().map(|(offset, _)| offset).chain([text.len()]).collect();
        let idp_groups = ["a".to_owned(), "x, y".to_owned(), "# not a comment".to_owned()];
        for completion in complete(&text, *at.get(&offsets), &catalog, &idp_groups.each_ref().map(IdpGroup::named)) {
            let span = completion.edit.span;
            prop_assert!(text.get(span.bytes()).is_some());
            let standing_alone = Mapping::parse(format!("{} -> x", completion.edit.text));
            prop_assert_eq!(&standing_alone.entries()[0].source.text, &completion.label);
        }
    }

    #[test]
    fn the_role_covers_every_group(config in config(), groups in idp_groups()) {
        let catalog = config.catalog.clone();
        let resolution = resolve(&GroupSync::new(config).unwrap(), &groups);
        for group in catalog.groups().filter(|group| resolution.groups.contains(&group.name)) {
            prop_assert!(rank(&catalog, &resolution.role) >= rank(&catalog, &group.requires), "{resolution:?}");
        }
    }

    #[test]
    fn the_order_of_the_token_changes_nothing(config in config(), groups in idp_groups(), seed in any::<u64>()) {
        let sync = GroupSync::new(config).unwrap();
        let mut shuffled = groups.clone();
        shuffled.sort_by_key(|group| group.bytes().fold(seed, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into())));
        let (one, other) = (resolve(&sync, &groups), resolve(&sync, &shuffled));
        prop_assert_eq!((one.outcome, one.role, one.groups), (other.outcome, other.role, other.groups));
    }

    #[test]
    fn another_idp_group_takes_nothing_away(config in config(), groups in idp_groups(), more in name()) {
        let catalog = config.catalog.clone();
        let sync = GroupSync::new(config).unwrap();
        let fewer = resolve(&sync, &groups);
        let more = resolve(&sync, &[groups, vec![more.to_owned()]].concat());
        prop_assert!(rank(&catalog, &more.role) >= rank(&catalog, &fewer.role));
        prop_assert!(fewer.groups.iter().all(|group| more.groups.contains(group)));
    }

    #[test]
    fn explaining_changes_no_decision(config in config(), groups in idp_groups()) {
        let sync = GroupSync::new(config).unwrap();
        let explained = resolve(&sync, &groups);
        let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
        let bare = sync.resolve_groups(&groups, ResolveOptions::default().with_explain(false));
        prop_assert!(bare.matches.is_empty() && bare.role_reasons.is_empty());
        let claim = ClaimGroups { groups: Vec::new(), ..explained.claim };
        let decided = Resolution { claim, matches: Vec::new(), role_reasons: Vec::new(), ..explained };
        prop_assert_eq!(bare, decided);
    }

    #[test]
    fn what_is_granted_is_explained(config in config(), groups in idp_groups()) {
        let resolution = resolve(&GroupSync::new(config).unwrap(), &groups);
        let granted: Vec<&str> = resolution.matches.iter().flat_map(|matched| &matched.grants).map(|grant| grant.target.as_str()).collect();
        prop_assert!(resolution.groups.iter().all(|group| granted.contains(&group.as_str())));
        prop_assert_eq!(resolution.matches.len(), resolution.claim.groups.len());
        let has_result = matches!(resolution.outcome, Outcome::Resolved | Outcome::NoMatch);
        prop_assert_eq!(has_result, resolution.role.is_some());
        prop_assert_eq!(has_result, !resolution.role_reasons.is_empty());
    }

    #[test]
    fn the_difference_is_exact(before in config(), after in config(), alike in any::<bool>(), more in idp_groups()) {
        // Where the mapping alone was edited, only those whom the edit concerns are compared.
        let after = if alike { GroupSyncConfig { mapping: after.mapping, ..before.clone() } } else { after };
        let diff = diff_mappings(before.clone(), after.clone()).unwrap();
        let (before, after) = (GroupSync::new(before).unwrap(), GroupSync::new(after).unwrap());
        let accesses = |groups: &[String]| (access(&before, groups), access(&after, groups));
        for change in &diff.changes {
            // Captures are listed as they are written, which no user has.
            if change.idp_groups != [change.idp_group.as_str()] || change.kind == ChangeKind::Name {
                prop_assert_eq!(accesses(&change.idp_groups), (change.before.clone(), change.after.clone()), "{:?}", change);
            }
        }
        let named = [&before, &after].into_iter().flat_map(|sync| {
            let mapping = sync.mapping();
            let sources = mapping.entries().iter().filter(|entry| entry.source.kind == SourceKind::Name);
            let names = sync.catalog().groups().map(|group| &group.name).chain(sync.catalog().roles());
            sources.map(|entry| &entry.source.text).chain(names).cloned().collect::<Vec<_>>()
        });
        let named: std::collections::BTreeSet<String> = named.collect();
        let invented = ["nobody knows".to_owned(), "team-of nobody".to_owned(), "sales-things".to_owned()];
        for group in named.iter().cloned().chain(more).chain(invented) {
            let (had, gets) = accesses(std::slice::from_ref(&group));
            let of_kind = |kind| diff.changes.iter().filter(move |change| change.kind == kind);
            let patterns: Vec<_> = patterns_matching(&[&before, &after], &group);
            let is_reported = of_kind(ChangeKind::Name).any(|change| change.idp_group == group);
            if named.contains(&group) {
                prop_assert_eq!(is_reported, !is_same(&had, &gets), "{}", group);
            } else if !is_same(&had, &gets) && patterns.is_empty() {
                prop_assert!(of_kind(ChangeKind::AnyOther).count() == 1, "{}", group);
            } else if !is_same(&had, &gets) {
                let by_pattern = of_kind(ChangeKind::Pattern).any(|change| patterns.contains(&change.idp_group));
                prop_assert!(is_reported || by_pattern, "{}", group);
            }
        }
        let (had, gets) = accesses(&[]);
        let of_nobody = diff.changes.iter().filter(|change| change.kind == ChangeKind::NoGroups).count();
        prop_assert_eq!(of_nobody, usize::from(!is_same(&had, &gets)));
        let same_policy = before.policy() == after.policy();
        prop_assert_eq!(diff.choices.is_empty(), same_policy);
        prop_assert_eq!(diff.summary == "nothing changes", diff.changes.is_empty() && same_policy);
        prop_assert!(!diff.incomplete);
    }
}
