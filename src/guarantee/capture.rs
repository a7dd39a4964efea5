//! Which IdP groups a capture turns into one app group.

use super::demand::Inventor;
use crate::budget::Budget;
use crate::mapping::{MAX_STARS, Pattern, TargetPiece, pieces};
use crate::resolve::filled;

/// A pattern, a target that says what its stars stand for, and the app group that the target is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Captured<'m> {
    pub(crate) pattern: &'m str,
    pub(crate) target: &'m str,
    pub(crate) group: &'m str,
}

impl Captured<'_> {
    /// Whether the capture turns this IdP group into the app group.
    pub(crate) fn takes(&self, idp_group: &str) -> bool {
        let stars = Pattern::new(self.pattern).captures(idp_group);
        stars.is_some_and(|stars| filled(self.target, &stars) == self.group)
    }

    /// An IdP group that `is_allowed`, which the capture turns into the app group. `None` if there is none, or if finding one
    /// would take too long.
    pub(crate) fn member(
        &self,
        inventor: &Inventor<'_>,
        is_allowed: &dyn Fn(&str) -> bool,
        budget: &mut Budget,
    ) -> Option<String> {
        let mut filling = Filling {
            between: self.pattern.split('*').collect(),
            stars: [None; MAX_STARS],
            inventor,
            is_allowed,
        };
        filling.fill(&pieces(self.target).collect::<Vec<_>>(), self.group, budget)
    }
}

/// The stars of a pattern, being filled in.
struct Filling<'f, 'm> {
    /// What stands between the stars, and at both ends.
    between: Vec<&'f str>,
    stars: [Option<&'f str>; MAX_STARS],
    inventor: &'f Inventor<'m>,
    is_allowed: &'f dyn Fn(&str) -> bool,
}

impl<'f> Filling<'f, '_> {
    /// Fills in the stars so that the `pieces` of a target come to `rest`.
    fn fill(&mut self, mut pieces: &[TargetPiece<'_>], mut rest: &'f str, budget: &mut Budget) -> Option<String> {
        budget.spend(pieces.len() + 1)?;
        while let Some((piece, after)) = pieces.split_first() {
            pieces = after;
            let star = match piece {
                TargetPiece::Text(text) => {
                    rest = rest.strip_prefix(text)?;
                    continue;
                }
                TargetPiece::Star(star, _) => *star,
            };
            if let Some(taken) = self.stars.get(star).copied().flatten() {
                rest = rest.strip_prefix(taken)?;
                continue;
            }
            // Where just a text follows, there is one way; else each is tried.
            let ends = match after {
                [TargetPiece::Text(last)] => {
                    let end = rest.strip_suffix(last)?.len();
                    end..=end
                }
                _ => 0..=rest.len(),
            };
            for end in ends {
                let Some((taken, after)) = rest.split_at_checked(end) else {
                    continue;
                };
                budget.spend(taken.len() + 1)?;
                if self.may_take(star, taken) {
                    *self.stars.get_mut(star)? = Some(taken);
                    if let Some(name) = self.fill(pieces, after, budget) {
                        return Some(name);
                    }
                    *self.stars.get_mut(star)? = None;
                }
            }
            return None;
        }
        rest.is_empty().then(|| self.filled(budget)).flatten()
    }

    /// Whether a star can stand for this text: each takes as few characters as possible, and the last one the rest.
    fn may_take(&self, star: usize, taken: &str) -> bool {
        match self.between.get(star + 1) {
            Some(_) if star + 2 == self.between.len() => true,
            Some(&"") => taken.is_empty(),
            Some(next) => [taken, next].concat().find(next) == Some(taken.len()),
            None => false,
        }
    }

    /// The IdP group, once all stars that the target speaks of are filled in. The others stand for a character that no pattern
    /// holds: whatever pattern matches that matches anything that they could stand for.
    fn filled(&self, budget: &mut Budget) -> Option<String> {
        let name = self.name("");
        budget.spend(name.len() + 1)?;
        let has_free = (0..self.between.len() - 1).any(|star| self.is_free(star));
        let name = match has_free {
            true => self.inventor.name(&|character| self.name(character), budget)?,
            false => name,
        };
        (self.is_allowed)(&name).then_some(name)
    }

    /// Whether the target does not speak of a star, which can stand for a character that no pattern holds.
    fn is_free(&self, star: usize) -> bool {
        let is_doubled = self.between.get(star + 1) == Some(&"") && star + 2 != self.between.len();
        !is_doubled && self.stars.get(star).copied().flatten().is_none()
    }

    fn name(&self, invented: &str) -> String {
        let mut name = String::new();
        for (place, text) in self.between.iter().enumerate() {
            name.push_str(text);
            if place + 1 < self.between.len() {
                let taken = self.stars.get(place).copied().flatten();
                let free = if self.is_free(place) { invented } else { "" };
                name.push_str(taken.unwrap_or(free));
            }
        }
        name
    }
}
