//! What could be written at a place in the text.

use std::borrow::Cow;
use std::ops::Range;

use serde::Serialize;

use super::lexer::{Flaw, Lexer, Name, Token};
use super::{as_source, as_target};
use crate::catalog::Catalog;
use crate::diagnostic::TextEdit;
use crate::lookalike::near_miss_key;
use crate::names::excess_length;
use crate::span::Span;

/// What a completion names: a `role` or custom `group` of the application, or an `idp-group`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
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
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
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

/// Where a name could be completed.
struct Place {
    in_target: bool,
    /// What of the name stands before the cursor.
    typed: Range<usize>,
    replaces: Span,
}

/// The names that fit at byte `offset` of `text`, or just before it inside a character: IdP groups on the left of an arrow, roles and custom groups on the right.
/// Those that begin with what is typed come first, then those of which a later word does; case, hyphens and spacing do not
/// matter.
///
/// ```
/// use idp_group_sync::{AppGroup, Catalog, complete};
///
/// let catalog = Catalog::new(None, vec![AppGroup::new("sales"), AppGroup::new("marketing")]).unwrap();
/// let completions = complete("Sales Team -> sa", 16, &catalog, &[]);
/// assert_eq!(completions[0].label, "sales");
/// ```
#[must_use]
pub fn complete(text: &str, offset: usize, catalog: &Catalog, idp_groups: &[String]) -> Vec<Completion> {
    let on_boundary = |offset: &usize| text.is_char_boundary(*offset);
    let offset = (0..=offset.min(text.len())).rev().find(on_boundary).unwrap_or(0);
    let Some(place) = place_at(text, offset) else {
        return Vec::new();
    };
    let typed = near_miss_key(text.get(place.typed).unwrap_or(""));
    let (mut beginning, mut holding) = (Vec::new(), Vec::new());
    let mut offer = |label: &str, kind: CompletionKind, detail: Option<String>, text: Cow<str>| {
        // What would be a mistake is not offered.
        if label.is_empty() || excess_length(label).is_some() {
            return;
        }
        let key = near_miss_key(label);
        let begins = key.starts_with(&typed);
        if begins || key.contains(&format!(" {typed}")) {
            let edit = TextEdit {
                span: place.replaces,
                text: text.into_owned(),
            };
            let completion = Completion {
                label: label.to_owned(),
                kind,
                detail,
                edit,
            };
            if begins {
                beginning.push(completion)
            } else {
                holding.push(completion)
            }
        }
    };
    if place.in_target {
        for role in catalog.roles() {
            offer(role, CompletionKind::Role, None, as_target(role));
        }
        for group in catalog.groups().filter(|group| !catalog.is_role(&group.name)) {
            let detail = group
                .requires
                .as_ref()
                .map(|role| format!("its members are at least `{role}`"));
            offer(&group.name, CompletionKind::Group, detail, as_target(&group.name));
        }
    } else {
        for idp_group in idp_groups {
            offer(idp_group, CompletionKind::IdpGroup, None, as_source(idp_group));
        }
    }
    beginning.append(&mut holding);
    beginning
}

fn place_at(text: &str, offset: usize) -> Option<Place> {
    let up_to_cursor = |name: Span| name.part(text, name.start()..name.end().max(offset));
    let mut in_target = false;
    let mut last_name: Option<Name> = None;
    let mut last_token = Span::at_start();
    for token in Lexer::new(text) {
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
