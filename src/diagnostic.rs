//! What is wrong or doubtful, said once and for all readers: a code, a place, a sentence, and a fix where there is one.

use std::ops::Range;

use serde::{Deserialize, Serialize, Serializer};

use crate::span::{Span, WrittenSpan};

/// How much a diagnostic weighs. An error keeps a mapping from running; a warning or an information never stops anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Severity {
    /// The mapping may not run, or the claim could not be read.
    Error,
    /// Probably not what was meant.
    Warning,
    /// Worth knowing.
    Info,
}

/// Declares the codes with the text that identifies each and its severity, so that the three cannot part.
macro_rules! diagnostic_codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal, $severity:ident;)*) => {
        /// The stable name of a kind of diagnostic; `docs/diagnostics.md` has a section for each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[non_exhaustive]
        pub enum DiagnosticCode {
            $($(#[$doc])* #[serde(rename = $text)] $variant,)*
        }

        impl DiagnosticCode {
            /// Every code, in the order of the pipeline.
            pub const ALL: &'static [DiagnosticCode] = &[$(DiagnosticCode::$variant),*];

            /// The code as it is written, in kebab-case.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(DiagnosticCode::$variant => $text),* }
            }

            /// The severity that every diagnostic of this code has.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(DiagnosticCode::$variant => Severity::$severity),* }
            }
        }
    };
}

diagnostic_codes! {
    /// The text is over 4 MiB.
    TextTooLong = "text-too-long", Error;
    /// The text has over 50,000 entries.
    TooManyEntries = "too-many-entries", Error;
    /// A name has over 4,096 characters.
    NameTooLong = "name-too-long", Error;
    /// An entry has no arrow.
    MissingArrow = "missing-arrow", Error;
    /// Nothing stands before the arrow.
    MissingSource = "missing-source", Error;
    /// Nothing stands after the arrow.
    MissingTarget = "missing-target", Error;
    /// An entry has a second arrow.
    ExtraArrow = "extra-arrow", Error;
    /// A quoted name does not end on its line.
    UnterminatedQuote = "unterminated-quote", Error;
    /// Something other than an arrow or a separator follows a quoted name.
    TextAfterQuote = "text-after-quote", Error;
    /// A quoted name holds an escape that does not exist.
    UnknownEscape = "unknown-escape", Error;
    /// A `*` in a target has no single `*` in the source to stand for.
    CaptureWithoutPattern = "capture-without-pattern", Error;
    /// A condition has over 16 terms.
    TooManyTerms = "too-many-terms", Error;
    /// A pattern has over 9 stars.
    TooManyStars = "too-many-stars", Error;
    /// All terms of a condition are excluded.
    ConditionWithoutGroup = "condition-without-group", Error;
    /// `||` stands in a source.
    AlternativeSources = "alternative-sources", Error;
    /// A target begins with `!` or holds `&&`.
    ConditionInTarget = "condition-in-target", Error;
    /// The text is no mapping, but JSON or CSV.
    OtherFormat = "other-format", Error;
    /// A condition excludes what it demands.
    Contradiction = "contradiction", Warning;
    /// A name stands in quotes other than `"`.
    OtherQuotes = "other-quotes", Warning;
    /// A target ends with a sign that separates elsewhere.
    OtherSeparator = "other-separator", Warning;
    /// A source looks like a regular expression.
    RegularExpression = "regular-expression", Warning;
    /// A name holds a space that is not the plain one.
    UnusualSpace = "unusual-space", Warning;
    /// A source holds a single `&` or `|` between spaces.
    SingleOperator = "single-operator", Info;
    /// A comment looks like an entry.
    CommentedEntry = "commented-entry", Info;
    /// Nothing stands between two commas.
    EmptyEntry = "empty-entry", Warning;
    /// The same source and target stand in an earlier entry.
    DuplicateEntry = "duplicate-entry", Warning;
    /// An entry to be without is none of the mapping's.
    WithoutNothing = "without-nothing", Warning;
    /// A source is none of the IdP groups that are known.
    UnknownSource = "unknown-source", Warning;
    /// A target is neither a role nor a group of the application.
    UnknownTarget = "unknown-target", Warning;
    /// A target names a role but for upper and lower case.
    RoleSpelling = "role-spelling", Info;
    /// A named source is also a role or group of the application, which it no longer matches by name.
    ReplacesNameMatch = "replaces-name-match", Info;
    /// An entry does what the match by name would do anyway.
    RedundantEntry = "redundant-entry", Info;
    /// A pattern grants a role above the default one.
    PatternGrantsRole = "pattern-grants-role", Warning;
    /// A named source grants the highest role.
    GrantsTopRole = "grants-top-role", Info;
    /// Two names differ only in case, hyphens, spacing or invisible characters.
    LookalikeNames = "lookalike-names", Warning;
    /// Two names of one kind are one name, as case is ignored.
    NamesCollide = "names-collide", Warning;
    /// A role and a custom group bear the same name.
    RoleAndGroup = "role-and-group", Warning;
    /// A name holds a character that cannot be seen.
    InvisibleCharacter = "invisible-character", Warning;
    /// It is not known how a text is written that is to be imported.
    ImportUnknownFormat = "import-unknown-format", Error;
    /// Either side of the pairs could be the IdP groups.
    ImportDirection = "import-direction", Error;
    /// A part of the text is not as its format has it.
    ImportUnreadable = "import-unreadable", Error;
    /// A part of the text has no counterpart in a mapping.
    ImportNotSayable = "import-not-sayable", Warning;
    /// What was imported means something else in a mapping.
    ImportDiffers = "import-differs", Warning;
    /// The token has no such claim.
    ClaimMissing = "claim-missing", Info;
    /// The token has no such claim, but one of that name in another case.
    ClaimCase = "claim-case", Warning;
    /// The claim is not a list of group names.
    ClaimMalformed = "claim-malformed", Error;
    /// The claim is a string that looks like a list or an object written as text.
    ClaimLooksEncoded = "claim-looks-encoded", Error;
    /// The claim has over 10,000 groups.
    ClaimTooManyGroups = "claim-too-many-groups", Error;
    /// The token says that the groups are elsewhere.
    ClaimIncomplete = "claim-incomplete", Warning;
    /// The claim is one string that looks like a list.
    ClaimLooksDelimited = "claim-looks-delimited", Warning;
    /// The claim holds an empty group name, which was dropped.
    ClaimEmptyItem = "claim-empty-item", Warning;
    /// The claim holds LDAP names of something else than groups, which were left out.
    ClaimItemSkipped = "claim-item-skipped", Info;
    /// A group that the user joins needs a higher role than the ones granted.
    RaisedByGroup = "raised-by-group", Info;
    /// The explanation has over 100,000 grants and was cut.
    ExplanationCut = "explanation-cut", Info;
    /// The highest role is lost, and it is not known whether anybody else has it.
    LastAdminUnknown = "last-admin-unknown", Warning;
    /// The claims of a login by a method that syncs nothing are not looked at.
    MethodNotSynced = "method-not-synced", Warning;
    /// The licence has no custom groups, so only roles are synced.
    CustomGroupsUnlicensed = "custom-groups-unlicensed", Info;
    /// The membership or the guards of a workspace name a role that it does not have.
    InvalidMembership = "invalid-membership", Error;
}

/// A replacement of one span of the text. It is serialized as `start` and `end`, in UTF-16 code units, and `text`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "WrittenEdit")]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(
        with = "WrittenEdit",
        description = "A replacement of one range of the mapping text. Offsets count UTF-16 code units, as editors do."
    )
)]
pub struct TextEdit {
    /// What to replace; empty for an insertion.
    pub span: Span,
    /// What to put there.
    pub text: String,
}

/// A [`TextEdit`] as it is written.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct WrittenEdit {
    /// Offset of the first code unit to replace.
    start: u32,
    /// Offset just past the last code unit to replace; the same as `start` for an insertion.
    end: u32,
    /// What to put there.
    text: String,
}

impl From<TextEdit> for WrittenEdit {
    fn from(edit: TextEdit) -> Self {
        let WrittenSpan { start, end, .. } = edit.span.into();
        WrittenEdit {
            start,
            end,
            text: edit.text,
        }
    }
}

/// One way to mend what a diagnostic is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fix {
    /// What it does, for a button.
    pub title: String,
    /// Edits of the same text, ordered, not overlapping; to be applied together.
    pub edits: Vec<TextEdit>,
}

impl Fix {
    pub(crate) fn replace(title: impl Into<String>, span: Span, text: impl Into<String>) -> Fix {
        Fix::of(title.into(), span, text.into())
    }

    #[inline(never)]
    fn of(title: String, span: Span, text: String) -> Fix {
        Fix {
            title,
            edits: vec![TextEdit { span, text }],
        }
    }

    /// The whole text after this fix.
    ///
    /// ```
    /// use idp_group_sync::Mapping;
    ///
    /// let mapping = Mapping::parse("sales => crm");
    /// let fix = &mapping.diagnostics()[0].fixes[0];
    /// assert_eq!(fix.apply("sales => crm"), "sales -> crm");
    /// ```
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        let edits = self.edits.iter().map(|edit| (edit.span.bytes(), edit.text.as_str()));
        edited(text, edits)
    }
}

/// `text` with the bytes of each range replaced; the ranges are in text order and do not overlap.
pub(crate) fn edited<'e>(text: &str, edits: impl IntoIterator<Item = (Range<usize>, &'e str)>) -> String {
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for (bytes, replacement) in edits {
        result.push_str(text.get(done..bytes.start).unwrap_or(""));
        result.push_str(replacement);
        done = bytes.end;
    }
    result.push_str(text.get(done..).unwrap_or(""));
    result
}

/// What a message names, by what it is to the message; for translation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params(Vec<(&'static str, String)>);

impl Params {
    /// What the message names under `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(param, _)| *param == name).map(|(_, value)| value)
    }

    #[inline(never)]
    fn push(&mut self, name: &'static str, value: String) {
        self.0.push((name, value));
    }

    /// Everything that the message names.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }
}

impl Serialize for Params {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// One thing that is wrong or doubtful.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Diagnostic {
    /// Its stable name.
    pub code: DiagnosticCode,
    /// How much it weighs; decided by the code.
    pub severity: Severity,
    /// One English sentence.
    pub message: String,
    /// What the message names, for translation.
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, String>"))]
    pub params: Params,
    /// The text at fault; `None` where no text is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// What to do about it, where a sentence helps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Ways to mend it; often none.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    pub(crate) fn new(code: DiagnosticCode, message: impl Into<String>) -> Self {
        Diagnostic::of(code, message.into())
    }

    // What makes a diagnostic is met in many places and seldom run: a copy in each would be kilobytes of the module.
    #[inline(never)]
    fn of(code: DiagnosticCode, message: String) -> Self {
        Diagnostic {
            code,
            severity: code.severity(),
            message,
            params: Params::default(),
            span: None,
            help: None,
            fixes: Vec::new(),
        }
    }

    pub(crate) fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    pub(crate) fn param(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.params.push(name, value.into());
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Whether this keeps a mapping from running.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Puts diagnostics in the order of their places; those without one come first.
pub(crate) fn in_text_order(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by_cached_key(|diagnostic| diagnostic.span.map_or(0, |span| span.rank() + 1));
    diagnostics
}

/// How many characters of a name a message shows; `params` has it whole.
const SHOWN: usize = 80;

/// A name as messages show it: in backticks, cut where it is very long.
pub(crate) fn shown(name: &str) -> String {
    match name.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("`{}…`", name.get(..cut).unwrap_or(name)),
        None => format!("`{name}`"),
    }
}
