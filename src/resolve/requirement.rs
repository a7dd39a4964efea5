//! A source that a user has to meet, whatever it grants.

use crate::mapping::{Pattern, Source, SourceKind, Term};

/// The terms of a source, to be met by all IdP groups of a user together.
#[derive(Clone, Debug)]
pub(crate) struct Requirement(Vec<(Term, Option<Pattern>)>);

impl Requirement {
    pub(crate) fn compile(source: &Source) -> Requirement {
        let terms = source.all_terms().into_owned().into_iter();
        let terms = terms.map(|term| {
            let pattern = (term.kind == SourceKind::Pattern).then(|| Pattern::new(&term.text));
            (term, pattern)
        });
        Requirement(terms.collect())
    }

    /// The terms that these IdP groups do not meet, in text order.
    pub(crate) fn unmet(&self, idp_groups: &[&str]) -> Vec<&Term> {
        let terms = self.0.iter();
        let unmet = terms.filter(|(term, pattern)| {
            let meets = |name: &&str| match pattern {
                Some(pattern) => pattern.matches(name),
                None => **name == term.text,
            };
            idp_groups.iter().any(meets) == term.excluded
        });
        unmet.map(|(term, _)| term).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Requirement;
    use crate::mapping::parse_source;

    #[test]
    fn what_is_not_met_is_told_in_text_order() {
        for (source, groups, unmet) in [
            ("staff", &["staff"][..], &[][..]),
            ("staff", &["Staff"], &["staff"]),
            ("staff", &[], &["staff"]),
            ("okta-*", &["a", "okta-b"], &[]),
            ("\"okta-*\"", &["okta-b"], &["okta-*"]),
            ("a && b* && !c && !d*", &["a", "b"], &[]),
            ("a && b* && !c && !d*", &["c", "d1", "d2"], &["a", "b*", "c", "d*"]),
            ("a && b* && !c && !d*", &["b1", "c"], &["a", "c"]),
        ] {
            let requirement = Requirement::compile(&parse_source(source).expect(source));
            let texts: Vec<&str> = requirement
                .unmet(groups)
                .iter()
                .map(|term| term.text.as_str())
                .collect();
            assert_eq!(texts, unmet, "{source} of {groups:?}");
        }
    }
}
