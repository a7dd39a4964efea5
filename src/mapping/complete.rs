//! What could be written at a place in the text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::as_source;
use super::lexer::{Flaw, Lexer, Name, Token};
use super::name::as_target_of_any;
use crate::catalog::Catalog;
use crate::diagnostic::TextEdit;
use crate::idp_group::IdpGroup;
use crate::lookalike::{near_miss_key, push_near_miss_key};
use crate::names::excess_length;
use crate::span::{Position, Span};

/// What a completion names: a `role` or custom `group` of the application, or an `idp-group`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum CompletionKind {
    /// A role of the application.
    Role,
    /// A custom group of the application.
    Group,
    /// A group that the identity provider is known to send.
    IdpGroup,
}

/// One name that could stand at the cursor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Completion {
    /// The name, unquoted.
    pub label: String,
    /// What it names.
    pub kind: CompletionKind,
    /// What choosing it means, where that is not plain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Puts the name, quoted where it has to be, in the place of the one at the cursor.
    pub edit: TextEdit,
}

/// How a name fits what is typed.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Beginning,
    Holding,
    None,
}

impl Fit {
    fn of(key: &str, typed: &str, in_later_word: &str) -> Fit {
        if key.starts_with(typed) {
            Fit::Beginning
        } else if key.contains(in_later_word) {
            Fit::Holding
        } else {
            Fit::None
        }
    }
}

/// Where a name could be completed.
#[derive(Debug, PartialEq)]
struct Place {
    in_target: bool,
    /// What of the name stands before the cursor.
    typed: Range<usize>,
    replaces: Span,
}

/// The names that fit at byte `offset` of `text`, or just before it inside a character: IdP groups on the left of an arrow, roles and custom groups on the right.
/// Those that begin with what is typed come first, then those of which a later word does; case, hyphens and spacing do not
/// matter. An IdP group is found by its label as well.
///
/// ```
/// use idp_group_sync::{AppGroup, Catalog, complete};
///
/// let catalog = Catalog::new(None, vec![AppGroup::new("sales"), AppGroup::new("marketing")]).unwrap();
/// let completions = complete("Sales Team -> sa", 16, &catalog, &[]);
/// assert_eq!(completions[0].label, "sales");
/// ```
#[must_use]
pub fn complete(text: &str, offset: usize, catalog: &Catalog, idp_groups: &[IdpGroup]) -> Vec<Completion> {
    let on_boundary = |offset: &usize| text.is_char_boundary(*offset);
    let offset = (0..=offset.min(text.len())).rev().find(on_boundary).unwrap_or(0);
    let Some(place) = place_at(text, Position::of_line(text, offset), offset) else {
        return Vec::new();
    };
    let typed = near_miss_key(text.get(place.typed).unwrap_or(""));
    let in_later_word = format!(" {typed}");
    let mut key = String::new();
    let (mut beginning, mut holding) = (Vec::new(), Vec::new());
    let mut offer = |label: &str, known_as: Option<&str>, kind: CompletionKind, detail: Option<String>| {
        // What would be a mistake is not offered.
        if label.is_empty() || excess_length(label).is_some() {
            return;
        }
        key.clear();
        push_near_miss_key(&mut key, label);
        let mut fit = Fit::of(&key, &typed, &in_later_word);
        if let Some(known_as) = known_as {
            key.clear();
            push_near_miss_key(&mut key, known_as);
            fit = fit.min(Fit::of(&key, &typed, &in_later_word));
        }
        let fitting = match fit {
            Fit::Beginning => &mut beginning,
            Fit::Holding => &mut holding,
            Fit::None => return,
        };
        let write = if place.in_target { as_target_of_any } else { as_source };
        fitting.push(Completion {
            label: label.to_owned(),
            kind,
            detail,
            edit: TextEdit {
                span: place.replaces,
                text: write(label).into_owned(),
            },
        });
    };
    if place.in_target {
        for role in catalog.roles() {
            offer(role, None, CompletionKind::Role, None);
        }
        for group in catalog.groups().filter(|group| !catalog.is_role(&group.name)) {
            let requires = group.requires.as_ref();
            let detail = requires.map(|role| format!("its members are at least `{role}`"));
            offer(&group.name, None, CompletionKind::Group, detail);
        }
    } else {
        for idp_group in idp_groups {
            let IdpGroup { name, label, .. } = idp_group;
            offer(name, label.as_deref(), CompletionKind::IdpGroup, idp_group.detail());
        }
    }
    beginning.append(&mut holding);
    beginning
}

/// The place at byte `offset`, which is on the line that begins at `line` or on a later one.
fn place_at(text: &str, line: Position, offset: usize) -> Option<Place> {
    let up_to_cursor = |name: Span| name.part(text, name.start()..name.end().max(offset));
    let mut in_target = false;
    let mut last_name: Option<Name> = None;
    let mut last_token = line.to(line);
    for token in Lexer::from_line(text, line) {
        if token.span().start() <= offset {
            last_token = token.span();
        }
        match token {
            Token::Name(name) if is_open_at(text, &name, offset) => {
                return Some(Place {
                    in_target,
                    typed: name.span.start() + 1..offset,
                    replaces: up_to_cursor(name.span),
                });
            }
            Token::Name(name) if name.span.start() < offset => last_name = Some(name),
            Token::Arrow(arrow) if arrow.end() <= offset => (in_target, last_name) = (true, None),
            Token::And(sign) | Token::Or(sign) | Token::Not(sign) if sign.start() < offset => {
                if offset < sign.end() {
                    return None;
                }
                last_name = None;
            }
            Token::Comma(comma) if comma.end() <= offset => (in_target, last_name) = (false, None),
            Token::LineBreak(end) if end.end() <= offset => (in_target, last_name) = (false, None),
            Token::Comment(comment) if comment.start() < offset && offset <= comment.end() => return None,
            Token::Comment(comment) if comment.end() < offset => {}
            Token::Stray(stray) if stray.start() < offset => return None,
            Token::Name(name) if name.span.start() == offset && last_name.is_none() => {
                return Some(Place {
                    in_target,
                    typed: offset..offset,
                    replaces: name.span,
                });
            }
            _ => break,
        }
    }
    let Some(name) = last_name else {
        return Some(Place {
            in_target,
            typed: offset..offset,
            replaces: last_token.part(text, offset..offset),
        });
    };
    if offset > name.span.end() && name.quoted {
        return None;
    }
    Some(Place {
        in_target,
        typed: name.span.start() + usize::from(name.quoted)..offset,
        replaces: up_to_cursor(name.span),
    })
}

/// Whether the cursor stands in a quoted name that is still being typed, commas and all.
fn is_open_at(text: &str, name: &Name, offset: usize) -> bool {
    let typed = text.get(name.span.start()..offset).unwrap_or("");
    matches!(name.flaw, Some(Flaw::Unterminated))
        && !typed.is_empty()
        && !typed.contains(['\n', '\r', '→'])
        && !typed.contains("->")
}

#[cfg(test)]
mod tests {
    use super::{Position, place_at};

    #[test]
    fn what_stands_on_earlier_lines_means_nothing() {
        let text = "a -> b, \"c, d\" -> e\r\n# ü, \"\n\"x -> y, \n\r\rcn=a,dc=b\\,\n, ->\n\"cn=ä,dc=\n → \r🚀, f -> \"g\"\r\n\n-> i";
        for offset in (0..=text.len()).filter(|offset| text.is_char_boundary(*offset)) {
            let whole = place_at(text, Position::START, offset);
            let line = place_at(text, Position::of_line(text, offset), offset);
            assert_eq!(line, whole, "at {offset}");
        }
    }
}
