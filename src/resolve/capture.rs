//! Targets that speak of what the stars of a pattern stand for.

use crate::mapping::{Pattern, Source, SourceKind, Target, TargetKind, TargetPiece, pieces};
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
pub(crate) fn reach(target: &str) -> Pattern {
    Pattern::new(&filled(target, &["*"; 9]))
}

/// A capture, once its `*`, or its `$1` to `$9`, are filled in. What gets too long is filled in no more, and reaches nothing.
pub(crate) fn filled(target: &str, stars: &[&str]) -> String {
    let mut text = String::new();
    for piece in pieces(target) {
        text.push_str(match piece {
            TargetPiece::Star(star, mark) if text.len() <= MAX_FILLED_BYTES => stars.get(star).unwrap_or(&mark),
            TargetPiece::Star(_, text) | TargetPiece::Text(text) => text,
        });
    }
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
