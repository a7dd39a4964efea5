//! Mapping texts of every kind, made by chance.

#![allow(
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::unreachable,
    clippy::unwrap_used,
    reason = "a test may stop the moment something is not as it says, and tells its seed"
)]

#[path = "support/chance.rs"]
mod chance;

use chance::{Chance, run};
use idp_group_sync::{
    AppGroup, Catalog, Diagnostic, DiagnosticCode, Entry, FormatStyle, IdpGroup, MAX_TERMS, Mapping, Policy,
    SourceKind, TargetKind, check, complete, parse_source,
};

const PIECES: &[&str] = &[
    "a",
    "b",
    "sales",
    "Sales Team",
    "okta-*",
    "*",
    "**",
    "org-*-*",
    "$1",
    "$2",
    "$9",
    "&&",
    "&&",
    "&&",
    "||",
    "!",
    "!",
    "&",
    "|",
    " ",
    " ",
    "\t",
    ",",
    ",",
    ";",
    "\n",
    "\r\n",
    "\r",
    "->",
    "->",
    " -> ",
    " -> ",
    "→",
    "-->",
    "=>",
    "- >",
    "–>",
    "⇒",
    "-&gt;",
    ":",
    "=",
    "-",
    ">",
    "\"",
    "\"",
    "\\",
    "\\\"",
    "\\u{61}",
    "\\u{a0}",
    "\\q",
    "#",
    "# c",
    "#ops",
    "'",
    "“",
    "”",
    "„",
    "«",
    "、",
    "，",
    "/^",
    ".*",
    "^",
    "$/",
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    "CN=x",
    "OU=y",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "\u{2028}",
    "é",
    "e\u{301}",
    "日本",
    "🚀",
    "\0",
    "a -> b",
    "a && !b -> c",
    "staff && okta-* -> *",
];

fn pieces(chance: &mut Chance) -> String {
    (0..chance.below(24)).map(|_| chance.one_of(PIECES)).collect()
}

/// A well-formed text of which something is cut, doubled or replaced.
fn damaged(chance: &mut Chance) -> String {
    let count = chance.below(6);
    let wanted = entries(count, chance);
    let mut text = written(chance, &wanted);
    for _ in 0..chance.below(4) {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (one, other) = (places[chance.below(places.len())], places[chance.below(places.len())]);
        let (from, to) = (one.min(other), one.max(other).min(one.min(other) + 12));
        let to = (to..=text.len()).find(|to| text.is_char_boundary(*to)).unwrap();
        let new = match chance.below(3) {
            0 => String::new(),
            1 => text[from..to].repeat(2),
            _ => chance.one_of(PIECES).to_owned(),
        };
        text.replace_range(from..to, &new);
    }
    text
}

/// An entry to be written: its terms, each a text, whether it is a pattern, and whether it is excluded; and its target.
struct Wanted {
    terms: Vec<(String, bool, bool)>,
    target: (String, bool),
}

fn any_name(chance: &mut Chance) -> String {
    const AWKWARD: &[&str] = &[
        "&&", "!", "||", "$1", "*", "\"", "\\", "#", ",", "->", "→", " ", "'", "“", "”", ";", "、", "^", ".*", "\n",
        "\t", "\u{a0}", "\u{200b}", "-", "=", "a", "b", "é", "🚀", " & ", "$", "/", "CN=",
    ];
    match chance.below(4) {
        0 => (0..=chance.below(5)).map(|_| chance.one_of(AWKWARD)).collect(),
        _ => chance
            .one_of(&[
                "a",
                "b",
                "c d",
                "Sales Team",
                "R&D",
                "x=1",
                "Yahoo!",
                "ü",
                "日本",
                "$1",
                "a-b",
            ])
            .to_owned(),
    }
}

fn entries(count: usize, chance: &mut Chance) -> Vec<Wanted> {
    let entry = |chance: &mut Chance| {
        let count = if chance.once_in(20) {
            MAX_TERMS
        } else {
            1 + chance.below(4)
        };
        let count = if chance.once_in(2) { 1 } else { count };
        let mut terms: Vec<_> = (0..count)
            .map(|_| {
                let is_pattern = chance.once_in(3);
                let pattern = ["okta-*", "*", "a*b", "org-*-*", "*******-**", "é*!", "x && *"];
                let pattern = &pattern[..pattern.len() - 1];
                let text = if is_pattern {
                    chance.one_of(pattern).to_owned()
                } else {
                    any_name(chance)
                };
                (text, is_pattern, chance.once_in(3))
            })
            .collect();
        let place = chance.below(terms.len());
        terms[place].2 = false;
        let mut patterns = terms
            .iter()
            .filter(|(_, is_pattern, excluded)| *is_pattern && !excluded);
        let stars = match (patterns.next(), patterns.next()) {
            (Some((text, ..)), None) => text.matches('*').count(),
            _ => 0,
        };
        let target = match stars {
            1 if chance.once_in(2) => ("team-*".to_owned(), true),
            1.. if chance.once_in(2) => (
                format!(
                    "${}-{}",
                    1 + chance.below(stars),
                    chance.one_of(&["a", "é", "$1", "x y"])
                ),
                true,
            ),
            _ => (any_name(chance), false),
        };
        Wanted { terms, target }
    };
    (0..count).map(|_| entry(chance)).collect()
}

/// In quotes, always with escapes for what needs them, and sometimes for what does not.
fn in_quotes(name: &str, chance: &mut Chance) -> String {
    let mut text = String::from("\"");
    for character in name.chars() {
        match character {
            '"' | '\\' => text.extend(['\\', character]),
            '\n' | '\r' => text.push_str(&format!("\\u{{{:x}}}", u32::from(character))),
            _ if chance.once_in(10) => text.push_str(&format!("\\u{{{:X}}}", u32::from(character))),
            _ => text.push(character),
        }
    }
    text + "\""
}

fn name_written(name: &str, chance: &mut Chance) -> String {
    let is_plain = name
        .chars()
        .all(|character| character.is_alphanumeric() || " -".contains(character));
    if is_plain && name.trim_matches(['-', ' ']) == name && !name.is_empty() && chance.once_in(2) {
        name.to_owned()
    } else {
        in_quotes(name, chance)
    }
}

fn written(chance: &mut Chance, entries: &[Wanted]) -> String {
    let mut text = chance.one_of(&["", "", "\n", "# head\n", " "]).to_owned();
    for Wanted { terms, target } in entries {
        let terms = terms.iter().map(|(name, is_pattern, excluded)| {
            let sign = if *excluded {
                chance.one_of(&["!", "! ", "!\t"])
            } else {
                ""
            };
            let name = if *is_pattern {
                name.clone()
            } else {
                name_written(name, chance)
            };
            format!("{sign}{name}")
        });
        let terms: Vec<String> = terms.collect();
        let target = if target.1 {
            target.0.clone()
        } else {
            name_written(&target.0, chance)
        };
        let and = chance.one_of(&["&&", " && ", "&& ", "  &&\t"]);
        let arrow = chance.one_of(&[" -> ", "->", "→", " →\t"]);
        let separator = chance.one_of(&[", ", "\n", "\r\n", ",\n", "\n\n# note\n", ", # note\n"]);
        text += &format!("{}{arrow}{target}{separator}", terms.join(and));
    }
    text
}

/// The terms, as those of [`Wanted`], and the target.
type Said = (Vec<(String, bool, bool)>, (String, bool));

fn said(entry: &Entry) -> Said {
    let terms = entry.source.all_terms();
    let terms = terms
        .iter()
        .map(|term| (term.text.clone(), term.kind == SourceKind::Pattern, term.excluded));
    (
        terms.collect(),
        (entry.target.text.clone(), entry.target.kind == TargetKind::Capture),
    )
}

fn all_said(mapping: &Mapping) -> Vec<Said> {
    mapping.entries().iter().map(said).collect()
}

#[test]
fn what_is_written_is_read() {
    run("what_is_written_is_read", |chance| {
        let count = chance.below(5);
        let wanted = entries(count, chance);
        let text = written(chance, &wanted);
        let mapping = Mapping::parse(text.as_str());
        let wanted: Vec<_> = wanted.into_iter().map(|entry| (entry.terms, entry.target)).collect();
        assert_eq!(all_said(&mapping), wanted, "{text:?}: {:?}", mapping.diagnostics());
        is_formatted_well(&text, &mapping);
    });
}

fn is_formatted_well(text: &str, mapping: &Mapping) {
    for style in [FormatStyle::Line, FormatStyle::File, FormatStyle::Inline] {
        let formatted = mapping.format(style).unwrap();
        let again = Mapping::parse(formatted.as_str());
        assert_eq!(all_said(&again), all_said(mapping), "{text:?} to {formatted:?}");
        assert_eq!(again.format(style).unwrap(), formatted, "{text:?}");
        for diagnostic in again.diagnostics() {
            let code = diagnostic.code;
            let known = mapping.diagnostics().iter().any(|before| before.code == code);
            assert!(known, "{text:?} to {formatted:?}: {diagnostic:?}");
        }
    }
}

/// Makes one fix of this code after another: each mends a mistake, and perhaps shows one that it hid, so they end.
fn mends(text: &str, code: DiagnosticCode, catalog: &Catalog, chance: &mut Chance) {
    let mut fixed = text.to_owned();
    for _ in 0..100 {
        let diagnostics = check(&Mapping::parse(fixed.as_str()), catalog, &Policy::default(), &[]);
        let mut same = diagnostics
            .iter()
            .filter(|other| other.code == code && !other.fixes.is_empty());
        let Some(Diagnostic { fixes, .. }) = same.next() else {
            return;
        };
        let after = fixes[chance.below(fixes.len())].apply(&fixed);
        assert_ne!(after, fixed, "{text:?}: {code}");
        fixed = after;
    }
    unreachable!("{text:?}: {code} to {fixed:?}");
}

#[test]
fn any_text_is_read() {
    let groups = ["sales", "a", "$1", "!b", "c && d", "e, f", "„g“"];
    let catalog = Catalog::new(None, groups.map(AppGroup::new).to_vec()).unwrap();
    let idp_groups = groups.map(str::to_owned);
    run("any_text_is_read", |chance| {
        let text = if chance.once_in(3) {
            pieces(chance)
        } else {
            damaged(chance)
        };
        let mapping = Mapping::parse(text.as_str());
        let mut end = 0;
        for entry in mapping.entries() {
            let (source, target) = (&entry.source, &entry.target);
            assert!(end <= entry.span.start() && entry.span.end() <= text.len(), "{text:?}");
            assert_eq!(
                (source.span.start(), target.span.end()),
                (entry.span.start(), entry.span.end()),
                "{text:?}"
            );
            end = entry.span.end();
            assert_eq!(
                source.terms.is_empty(),
                source.kind != SourceKind::Condition,
                "{text:?}"
            );
            assert!(source.terms.len() <= MAX_TERMS);
            assert!(
                source.terms.is_empty() || source.terms.iter().any(|term| !term.excluded),
                "{text:?}"
            );
            for term in &source.terms {
                assert!(
                    source.span.start() <= term.span.start() && term.span.end() <= source.span.end(),
                    "{text:?}"
                );
            }
            let alone = parse_source(source.span.of(&text)).unwrap();
            assert_eq!((&alone.text, alone.kind), (&source.text, source.kind), "{text:?}");
            let canonical = parse_source(&alone.text);
            if alone.kind == SourceKind::Condition {
                assert_eq!(canonical.unwrap().text, alone.text, "{text:?}");
            }
        }
        if mapping.has_errors() {
            assert!(mapping.format(FormatStyle::Line).is_err());
        } else {
            is_formatted_well(&text, &mapping);
        }
        for diagnostic in check(&mapping, &catalog, &Policy::default(), &[]) {
            let span = diagnostic.span.map_or(0..0, |span| span.bytes());
            assert!(text.get(span).is_some(), "{text:?}: {diagnostic:?}");
            if !diagnostic.fixes.is_empty() {
                mends(&text, diagnostic.code, &catalog, chance);
            }
        }
        let completions = complete(
            &text,
            chance.below(text.len() + 1),
            &catalog,
            &idp_groups.each_ref().map(IdpGroup::named),
        );
        for completion in completions {
            let bytes = completion.edit.span.bytes();
            assert!(text.get(bytes).is_some(), "{text:?}");
            let read = parse_source(&completion.edit.text);
            let reads_as_target = Mapping::parse(format!("x* -> {}", completion.edit.text));
            let is_target = reads_as_target
                .entries()
                .first()
                .is_some_and(|entry| entry.target.text == completion.label);
            assert!(
                is_target || read.is_ok_and(|source| source.text == completion.label),
                "{completion:?}"
            );
        }
    });
}

#[test]
fn a_source_by_itself_is_that_of_an_entry() {
    run("a_source_by_itself_is_that_of_an_entry", |chance| {
        let text = pieces(chance);
        if let Ok(source) = parse_source(&text) {
            let mapping = Mapping::parse(format!("{} -> x", text.trim_end()));
            assert_eq!(mapping.entries().len(), 1, "{text:?}");
            assert_eq!(mapping.entries()[0].source, source, "{text:?}");
            assert!(
                !mapping
                    .diagnostics()
                    .iter()
                    .any(|diagnostic| diagnostic.code == DiagnosticCode::EmptyEntry)
            );
        }
    });
}
