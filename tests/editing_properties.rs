//! What holds for every text that is changed in place, tried on random ones.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says"
)]

use std::collections::{BTreeMap, BTreeSet};

use idp_group_sync::{
    DiagnosticCode, EntryChange, FormatStyle, InstanceSettings, Mapping, NewEntry, SourceKind, TargetKind, add_entries,
    diff_settings, merge_mappings,
};
use proptest::prelude::*;
use proptest::sample::select;

/// What an entry says: whether its source is a pattern or condition and its target a capture, and both texts.
type Said = ((bool, String), (bool, String));

fn said(mapping: &Mapping) -> Vec<Said> {
    let entries = mapping.entries().iter();
    entries
        .map(|entry| {
            let mut terms: Vec<_> = entry
                .source
                .terms
                .iter()
                .map(|term| format!("{}{:?}", term.text, term.excluded))
                .collect();
            // Their order means nothing.
            terms.sort();
            let text = if terms.is_empty() {
                entry.source.text.clone()
            } else {
                terms.concat()
            };
            let source = (entry.source.kind != SourceKind::Name, text);
            (
                source,
                (entry.target.kind == TargetKind::Capture, entry.target.text.clone()),
            )
        })
        .collect()
}

fn set(text: &str) -> BTreeSet<Said> {
    said(&Mapping::parse(text)).into_iter().collect()
}

/// One entry, and what stands behind it.
fn piece() -> impl Strategy<Value = (String, &'static str)> {
    let source = select(
        &[
            "a",
            "b",
            "c",
            "a*",
            "*",
            "\"a*\"",
            "\"#\"",
            "x=1",
            "CN=a",
            "\"b\"",
            "\"a,b\"",
            "a\u{a0}b",
            "a && !b",
            "!b&&a",
            "b && a*",
            "\"a && b\"",
        ][..],
    );
    let target = select(&["x", "y", "z", "\"x\"", "O=x", "CN=y", "\"x, y\"", "\"y\""][..]);
    let entry = (source, select(&[" -> ", "->", "→"][..]), target);
    let entry = entry.prop_map(|(source, arrow, target)| format!("{source}{arrow}{target}"));
    let separator = select(
        &[
            ", ",
            ",",
            "\n",
            "\n",
            "\r\n",
            "\r",
            "\n\n  ",
            " ,\n",
            ",,\n",
            ", # one\n",
            "\n# two -> x\n",
            "\n#\n",
        ][..],
    );
    (entry, separator)
}

fn laid_out<'p>(start: &str, pieces: impl Iterator<Item = &'p (String, &'static str)>, open: bool) -> String {
    let body: String = pieces.map(|(entry, separator)| format!("{entry}{separator}")).collect();
    let body = if open {
        body.trim_end_matches(['\n', '\r', ','])
    } else {
        &body
    };
    format!("{start}{body}")
}

/// Texts without errors whose entries often meet, laid out in every way.
fn valid_text() -> impl Strategy<Value = String> {
    let start = select(&["", "", "\n", "# head\n", ",", "  "][..]);
    let pieces = (start, prop::collection::vec(piece(), 0..7), any::<bool>());
    let text = pieces.prop_map(|(start, pieces, open)| laid_out(start, pieces.iter(), open));
    text.prop_filter("it has no errors", |text| !Mapping::parse(text.as_str()).has_errors())
}

/// Three texts without errors: each has most pieces of one text, as versions of it do, or each is any.
fn versions() -> impl Strategy<Value = [String; 3]> {
    let has = prop::array::uniform3(prop::bool::weighted(0.7));
    let pieces = prop::collection::vec((piece(), has), 0..8);
    let of_one_text = (pieces, any::<[bool; 3]>()).prop_map(|(pieces, open)| {
        [0, 1, 2].map(|version| {
            let has = pieces.iter().filter(|(_, has)| has[version]);
            laid_out("", has.map(|(piece, _)| piece), open[version])
        })
    });
    let is_valid = |texts: &[String; 3]| texts.iter().all(|text| !Mapping::parse(text.as_str()).has_errors());
    let of_one_text = of_one_text.prop_filter("they have no errors", is_valid);
    prop_oneof![of_one_text, [valid_text(), valid_text(), valid_text()]]
}

/// Any text, as one who types leaves it.
fn any_text() -> impl Strategy<Value = String> {
    let piece = select(
        &[
            "a",
            "b ",
            "->",
            " -> ",
            "→",
            ",",
            "\n",
            "\r\n",
            "\r",
            "\"",
            "\\",
            "#",
            "# c",
            "=>",
            "CN=x,OU=y",
            "&&",
            "||",
            "!",
            "*",
            "\u{feff}",
            "\u{200b}",
            "🚀",
            "\0",
        ][..],
    );
    prop_oneof![
        3 => prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
        1 => valid_text(),
    ]
}

fn any_name() -> impl Strategy<Value = String> {
    let awkward = "[ab#*&!|$1';^,\"\\\\\n\r\t ->→\u{200b}\u{a0}\u{2003}\u{feff}\u{0}🚀]{1,6}";
    prop_oneof![2 => awkward, 1 => ".{1,8}", 1 => select(&["a", "b", "a*"][..]).prop_map(str::to_owned)]
}

fn entries() -> impl Strategy<Value = Vec<NewEntry>> {
    let entry = (any_name(), any_name()).prop_map(|(source, target)| NewEntry { source, target });
    prop::collection::vec(entry, 0..4)
}

fn cases() -> u32 {
    let given = std::env::var("PROPTEST_CASES").ok();
    given.and_then(|count| count.parse().ok()).unwrap_or(2000)
}

fn merge(base: &str, mine: &str, theirs: &str) -> idp_group_sync::MappingMerge {
    merge_mappings(&Mapping::parse(base), &Mapping::parse(mine), &Mapping::parse(theirs)).unwrap()
}

/// Looks like nothing, or like a space, and is none.
fn is_unclear(character: char) -> bool {
    let ordinary = [' ', '\n'].contains(&character);
    !ordinary && (character.is_whitespace() || character.is_control() || "\u{200b}\u{feff}\u{2800}".contains(character))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, max_global_rejects: 1_000_000, ..ProptestConfig::default() })]

    #[test]
    fn two_versions_differ_in_the_entries_that_one_of_them_has([before, after, _] in versions()) {
        let settings = |mapping: &str| InstanceSettings::new("main").with_mapping(mapping);
        let diff = diff_settings(&settings(&before), &settings(&after)).unwrap();
        let entries = diff.scopes.into_iter().next().unwrap_or_default().entries;
        let told = |whole: &[String], targets: fn(&EntryChange) -> &[String]| {
            let of_change = |change| targets(change).iter().map(|target| format!("{} -> {target}", change.source));
            set(&[whole.to_vec(), entries.changed.iter().flat_map(of_change).collect()].concat().join("\n"))
        };
        let (gone, new) = (told(&entries.removed, |change| &change.before), told(&entries.added, |change| &change.after));
        prop_assert_eq!(gone, &set(&before) - &set(&after));
        prop_assert_eq!(new, &set(&after) - &set(&before));
        prop_assert_eq!(entries.rewritten, before != after && set(&before) == set(&after));
    }

    #[test]
    fn a_merge_is_what_either_added_without_what_either_removed([base, mine, theirs] in versions()) {
        let merge = merge(&base, &mine, &theirs);
        let merged = Mapping::parse(merge.mapping.as_str());
        prop_assert!(!merged.has_errors(), "{:?}: {:?}", merge.mapping, merged.diagnostics());
        let (base, mine, theirs) = (set(&base), set(&mine), set(&theirs));
        let by_source = |entries: &BTreeSet<Said>| {
            let mut sources: BTreeMap<(bool, String), BTreeSet<(bool, String)>> = BTreeMap::new();
            for (source, target) in entries.clone() {
                sources.entry(source).or_default().insert(target);
            }
            sources
        };
        let (b, m, t) = (by_source(&base), by_source(&mine), by_source(&theirs));
        let is_disputed = |source: &(bool, String)| {
            let (b, m, t) = (b.get(source), m.get(source), t.get(source));
            b != m && b != t && m != t
        };
        let sources: BTreeSet<_> = [&b, &m, &t].into_iter().flat_map(BTreeMap::keys).collect();
        prop_assert_eq!(merge.conflicts.len(), sources.into_iter().filter(|source| is_disputed(source)).count());
        let all: BTreeSet<Said> = base.iter().chain(&mine).chain(&theirs).cloned().collect();
        let expected: BTreeSet<Said> = all.into_iter().filter(|entry| {
            let (b, m, t) = (base.contains(entry), mine.contains(entry), theirs.contains(entry));
            if is_disputed(&entry.0) { m } else if b { m && t } else { m || t }
        }).collect();
        prop_assert_eq!(set(&merge.mapping), expected, "{:?}", merge.mapping);
    }

    #[test]
    fn merging_where_one_changed_nothing_gives_the_other(base in valid_text(), changed in valid_text()) {
        prop_assert_eq!(merge(&base, &base, &changed).mapping, changed.clone());
        prop_assert_eq!(merge(&base, &changed, &base).mapping, changed.clone());
        prop_assert_eq!(set(&merge(&base, &changed, &changed).mapping), set(&changed));
    }

    #[test]
    fn a_merge_keeps_every_comment_of_mine([base, mine, theirs] in versions()) {
        prop_assume!(mine != base);
        let merged = merge(&base, &mine, &theirs).mapping;
        for comment in ["# head", "# one", "# two -> x"] {
            prop_assert!(merged.matches(comment).count() >= mine.matches(comment).count(), "{:?}", merged);
        }
    }

    #[test]
    fn added_entries_are_read_and_nothing_else_changes(text in any_text(), entries in entries()) {
        let added = add_entries(&text, &entries).unwrap();
        prop_assert!(added.mapping.starts_with(&text));
        let (before, after) = (Mapping::parse(text.as_str()), Mapping::parse(added.mapping.as_str()));
        // With an entry in it, a text is no other format.
        prop_assume!(!before.diagnostics().iter().any(|diagnostic| diagnostic.code == DiagnosticCode::OtherFormat));
        let wanted = entries.iter().map(|entry| ((false, entry.source.clone()), (false, entry.target.clone())));
        let mut expected = said(&before);
        for entry in wanted {
            if !expected.contains(&entry) {
                expected.push(entry);
            }
        }
        prop_assert_eq!(said(&after), expected, "{:?}", added.mapping);
        // A fix may cut other characters where a line follows.
        let reported = |mapping: &Mapping| {
            let diagnostics = mapping.diagnostics().iter();
            diagnostics.map(|diagnostic| (diagnostic.code, diagnostic.span)).collect::<Vec<_>>()
        };
        prop_assert_eq!(reported(&before), reported(&after), "{:?}", added.mapping);
        let again = add_entries(&added.mapping, &entries).unwrap();
        prop_assert!(again.edits.is_empty() && again.mapping == added.mapping);
    }

    #[test]
    fn what_is_written_can_be_seen(entries in entries()) {
        let text = add_entries("", &entries).unwrap().mapping;
        let formatted = Mapping::parse(text.as_str()).format(FormatStyle::Line).unwrap();
        prop_assert_eq!(&formatted, &text);
        prop_assert!(!formatted.contains(is_unclear), "{:?}", formatted);
    }
}
