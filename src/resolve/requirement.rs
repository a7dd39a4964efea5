//! A source that a user has to meet, whatever it grants.

use std::borrow::Cow;

use crate::mapping::{Pattern, Source, SourceKind, Term};
use crate::policy::{Compare, compared};

/// The terms of a source, to be met by all IdP groups of a user together.
#[derive(Clone, Debug)]
pub(crate) struct Requirement {
    terms: Vec<(Term, Tested)>,
    compare: Compare,
}

/// What a term is held against an IdP group by, as it is compared.
#[derive(Clone, Debug)]
enum Tested {
    Name(String),
    Pattern(Pattern),
}

impl Requirement {
    pub(crate) fn compile(source: &Source, compare: Compare) -> Requirement {
        let terms = source.all_terms().into_owned().into_iter();
        let terms = terms.map(|term| {
            let text = compared(&term.text, compare);
            let tested = match term.kind {
                SourceKind::Pattern => Tested::Pattern(Pattern::new(&text)),
                _ => Tested::Name(text.into_owned()),
            };
            (term, tested)
        });
        Requirement {
            terms: terms.collect(),
            compare,
        }
    }

    /// The terms that these IdP groups do not meet, in text order.
    pub(crate) fn unmet(&self, idp_groups: &[&str]) -> Vec<&Term> {
        let names: Vec<Cow<'_, str>> = idp_groups.iter().map(|name| compared(name, self.compare)).collect();
        let unmet = self.terms.iter().filter(|(term, tested)| {
            let meets = |name: &Cow<'_, str>| match tested {
                Tested::Pattern(pattern) => pattern.matches(name),
                Tested::Name(text) => text == name,
            };
            names.iter().any(meets) == term.excluded
        });
        unmet.map(|(term, _)| term).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Compare, Requirement};
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
            let requirement = Requirement::compile(&parse_source(source).expect(source), Compare::Exact);
            let texts: Vec<&str> = requirement
                .unmet(groups)
                .iter()
                .map(|term| term.text.as_str())
                .collect();
            assert_eq!(texts, unmet, "{source} of {groups:?}");
        }
    }
}
