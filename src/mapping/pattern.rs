//! Patterns: `*` is any run of characters, none included, and there are no other operators.

/// A compiled pattern. Matching looks at each byte of the name at most a constant number of times per piece.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    prefix: String,
    /// What stands between two stars, in order; empty pieces are dropped, since two stars are as good as one.
    middle: Vec<String>,
    suffix: String,
    /// A bit for each star that another star follows at once, the first star's the lowest.
    doubled: u16,
}

impl Pattern {
    /// Reads a pattern's text, which holds at least one `*`.
    pub(crate) fn new(text: &str) -> Pattern {
        let mut pieces: Vec<&str> = text.split('*').collect();
        let suffix = if pieces.len() == 1 {
            ""
        } else {
            pieces.pop().unwrap_or("")
        };
        let prefix = if pieces.is_empty() { "" } else { pieces.remove(0) };
        let doubled = (0..u16::BITS).zip(&pieces).filter(|(_, piece)| piece.is_empty());
        let doubled = doubled.fold(0, |bits, (star, _)| bits | 1 << star);
        let middle = pieces
            .into_iter()
            .filter(|piece| !piece.is_empty())
            .map(str::to_owned)
            .collect();
        Pattern {
            prefix: prefix.to_owned(),
            middle,
            suffix: suffix.to_owned(),
            doubled,
        }
    }

    /// The text before the first star: every name that matches begins with it.
    pub(crate) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The text after the last star: every name that matches ends with it.
    pub(crate) fn suffix(&self) -> &str {
        &self.suffix
    }

    /// What stands between two stars: every name that matches holds all of it, in this order.
    pub(crate) fn inner_pieces(&self) -> &[String] {
        &self.middle
    }

    /// Whether the whole of `name` matches.
    pub(crate) fn matches(&self, name: &str) -> bool {
        let Some(mut rest) = self.between(name) else {
            return false;
        };
        for piece in &self.middle {
            // The leftmost place is always good enough: it leaves the most for the pieces that follow.
            match rest.split_once(piece.as_str()) {
                Some((_, after)) => rest = after,
                None => return false,
            }
        }
        true
    }

    /// What each star stands for in `name`, if the whole of it matches: an earlier one as few characters as possible. Of a
    /// pattern of at most [`MAX_STARS`](super::MAX_STARS).
    pub(crate) fn captures<'n>(&self, name: &'n str) -> Option<Vec<&'n str>> {
        let mut rest = self.between(name)?;
        let mut captures = Vec::new();
        let mut pieces = self.middle.iter();
        // A bit is left for each star that is followed by another, up to the last of them.
        let mut doubled = self.doubled;
        loop {
            if doubled & 1 == 1 {
                captures.push("");
            } else if let Some(piece) = pieces.next() {
                let (captured, after) = rest.split_once(piece.as_str())?;
                captures.push(captured);
                rest = after;
            } else {
                captures.push(rest);
                return Some(captures);
            }
            doubled >>= 1;
        }
    }

    fn between<'n>(&self, name: &'n str) -> Option<&'n str> {
        name.strip_prefix(self.prefix.as_str())?
            .strip_suffix(self.suffix.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn a_pattern_matches_the_whole_name() {
        for (pattern, name, matches) in [
            ("a*", "a", true),
            ("a*", "ab", true),
            ("a*", "ba", false),
            ("*a*", "bab", true),
            ("a*a", "a", false),
            ("a*a", "aa", true),
            ("a*b*c", "abc", true),
            ("a*b*c", "acb", false),
            ("a*bc*c", "abc", false),
            ("**", "", true),
            ("*", "anything, even this", true),
        ] {
            assert_eq!(Pattern::new(pattern).matches(name), matches, "{pattern} against {name}");
            assert_eq!(Pattern::new(pattern).captures(name).is_some(), matches);
        }
    }

    #[test]
    fn an_earlier_star_takes_as_few_characters_as_possible() {
        for (pattern, name, captures) in [
            ("okta-*", "okta-", &[""][..]),
            ("okta-*", "okta-a-b", &["a-b"]),
            ("org-*-*", "org-a-b-c", &["a", "b-c"]),
            ("*-*", "-", &["", ""]),
            ("*aa*", "aaa", &["", "a"]),
            ("a*b*c", "abbc", &["", "b"]),
            ("**", "ab", &["", "ab"]),
            ("a**b*", "axb-b", &["", "x", "-b"]),
            ("*b**", "abc", &["a", "", "c"]),
            ("x***y", "xaby", &["", "", "ab"]),
            ("*é*", "aéü", &["a", "ü"]),
            ("*********", "abc", &["", "", "", "", "", "", "", "", "abc"]),
            ("*a*a*a*a*a*a*a*a*", "aaaaaaaab", &["", "", "", "", "", "", "", "", "b"]),
        ] {
            assert_eq!(
                Pattern::new(pattern).captures(name).as_deref(),
                Some(captures),
                "{pattern} of {name}"
            );
        }
    }

    /// What each star takes, by trying all there is, the shortest first.
    fn tried<'n>(pattern: &str, name: &'n str) -> Option<Vec<&'n str>> {
        let Some((before, after)) = pattern.split_once('*') else {
            return (pattern == name).then(Vec::new);
        };
        let rest = name.strip_prefix(before)?;
        (0..=rest.len()).find_map(|taken| {
            let (taken, rest) = rest.split_at(taken);
            Some([vec![taken], tried(after, rest)?].concat())
        })
    }

    #[test]
    fn captures_are_those_that_trying_finds_first() {
        let texts = |letters: &[char], longest: usize| {
            let mut texts = vec![String::new()];
            let mut done = 0;
            for _ in 0..longest {
                let end = texts.len();
                for place in done..end {
                    texts.extend(
                        letters
                            .iter()
                            .map(|letter| format!("{}{letter}", texts[place]))
                            .collect::<Vec<_>>(),
                    );
                }
                done = end;
            }
            texts
        };
        let names = texts(&['a', 'b'], 6);
        for text in texts(&['a', 'b', '*'], 6).iter().filter(|text| text.contains('*')) {
            let pattern = Pattern::new(text);
            for name in &names {
                assert_eq!(pattern.captures(name), tried(text, name), "{text} of {name}");
                assert_eq!(pattern.matches(name), tried(text, name).is_some());
            }
        }
    }
}
