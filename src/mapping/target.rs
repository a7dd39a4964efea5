//! What a target is: a name, or a capture of what stars stand for.

use super::TargetKind;
use super::lexer::Name;
use super::mistake::capture_without_pattern;
use super::terms::Stars;
use crate::diagnostic::Diagnostic;

/// The kind of a target behind a source with these stars.
pub(super) fn kind_of(target: &Name, stars: Stars) -> Result<TargetKind, Box<Diagnostic>> {
    let has_star = target.marks.has_star();
    let mut numbers = target
        .marks
        .has_dollar()
        .then(|| numbers(&target.text))
        .into_iter()
        .flatten();
    let mut kind = TargetKind::Name;
    if has_star {
        if stars.captured != 1 || target.text.matches('*').count() != 1 {
            return Err(capture_without_pattern(target, "*").into());
        }
        kind = TargetKind::Capture;
    }
    if stars.any {
        for number in numbers.by_ref() {
            if number > stars.captured {
                return Err(capture_without_pattern(target, &format!("${number}")).into());
            }
            kind = TargetKind::Capture;
        }
    }
    Ok(kind)
}

/// The stars that `$1` to `$9` in a target number.
pub(super) fn numbers(target: &str) -> impl Iterator<Item = usize> {
    let digits = target.split('$').skip(1).filter_map(|part| part.bytes().next());
    digits.filter_map(|digit| match digit {
        b'1'..=b'9' => Some(usize::from(digit - b'0')),
        _ => None,
    })
}

/// A part of a target.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TargetPiece<'t> {
    Text(&'t str),
    /// What a star of the source stands for: which of them, counted from zero, and how the target says so.
    Star(usize, &'t str),
}

/// What a capture consists of: a text, perhaps an empty one, before each star that it speaks of, and behind the last.
pub(crate) fn pieces(target: &str) -> impl Iterator<Item = TargetPiece<'_>> {
    let (mut rest, mut next) = (Some(target), None);
    std::iter::from_fn(move || {
        if let Some(star) = next.take() {
            return Some(star);
        }
        let text = rest.take()?;
        let mut marks = text.match_indices(['*', '$']).map(|(place, _)| text.split_at(place));
        let Some((before, star, length)) = marks.find_map(|(before, mark)| match mark.as_bytes() {
            [b'*', ..] => Some((before, 0, 1)),
            [b'$', digit @ b'1'..=b'9', ..] => Some((before, usize::from(digit - b'1'), 2)),
            _ => None,
        }) else {
            return Some(TargetPiece::Text(text));
        };
        let (_, mark) = text.split_at(before.len());
        let (mark, after) = mark.split_at(length);
        (rest, next) = (Some(after), Some(TargetPiece::Star(star, mark)));
        Some(TargetPiece::Text(before))
    })
}
