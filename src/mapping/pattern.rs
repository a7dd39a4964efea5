//! Patterns: `*` is any run of characters, none included, and there are no other operators.

/// A compiled pattern. Matching looks at each byte of the name at most a constant number of times per piece.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    prefix: String,
    /// What stands between two stars, in order; empty pieces are dropped, since two stars are as good as one.
    middle: Vec<String>,
    suffix: String,
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
        let middle = pieces
            .into_iter()
            .filter(|piece| !piece.is_empty())
            .map(str::to_owned)
            .collect();
        Pattern {
            prefix: prefix.to_owned(),
            middle,
            suffix: suffix.to_owned(),
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
        }
    }
}
