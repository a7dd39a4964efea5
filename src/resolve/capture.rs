//! Targets that speak of what the stars of a pattern stand for.

use crate::mapping::{Pattern, Source, SourceKind, Target, TargetKind};
use crate::names::MAX_NAME_CHARACTERS;

/// The longest text that is made of a target, in bytes: one that says `$1` many times over would multiply a long name.
const MAX_FILLED_BYTES: usize = 8 * MAX_NAME_CHARACTERS;

/// The pattern that a capture takes from; `None` where the target is none.
pub(super) fn captured(source: &Source, target: &Target) -> Option<Pattern> {
    if target.kind != TargetKind::Capture {
        return None;
    }
    let text = match source.kind {
        SourceKind::Condition => {
            let mut terms = source.terms.iter();
            &terms
                .find(|term| term.kind == SourceKind::Pattern && !term.excluded)?
                .text
        }
        _ => &source.text,
    };
    Some(Pattern::new(text))
}

/// Every text that a capture could come to, whatever its stars stand for.
pub(super) fn reach(target: &str) -> Pattern {
    Pattern::new(&filled(target, &["*"; 9]))
}

/// A capture, once its `*`, or its `$1` to `$9`, are filled in. What gets too long is cut, and reaches nothing.
pub(super) fn filled(target: &str, stars: &[&str]) -> String {
    let mut text = String::new();
    let mut rest = target;
    while let Some(place) = rest.find(['*', '$'])
        && text.len() <= MAX_FILLED_BYTES
    {
        let (before, mark) = rest.split_at(place);
        let (star, length) = match mark.as_bytes() {
            [b'*', ..] => (0, 1),
            [b'$', digit @ b'1'..=b'9', ..] => (usize::from(digit - b'1'), 2),
            _ => (usize::MAX, 1),
        };
        let (mark, after) = mark.split_at(length);
        text.push_str(before);
        text.push_str(stars.get(star).unwrap_or(&mark));
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::{MAX_FILLED_BYTES, filled};

    #[test]
    fn what_is_filled_in_does_not_multiply() {
        let name = "n".repeat(4096);
        assert_eq!(filled("$1-$2", &[&name, &name]).len(), 8193);
        assert!(filled(&"$1".repeat(2048), &[&name]).len() <= MAX_FILLED_BYTES + 2 * 4096);
    }

    #[test]
    fn other_dollars_are_ordinary() {
        assert_eq!(filled("$0 $$1 $a $2$ *", &["x", "*"]), "$0 $x $a *$ x");
    }
}
