//! What an import comes to, as it is put together: entries, each once, and what could not be made one.

use rustc_hash::FxHashSet;

use super::scan::Scan;
use crate::diagnostic::{Diagnostic, DiagnosticCode, shown};
use crate::mapping::{MAX_ENTRIES, MAX_TEXT_BYTES, Mapping, TargetKind, as_source, as_target, quoted};
use crate::span::{Position, Span};

/// Why something is not as it was: a word for programs, and what to tell people.
pub(super) type Reason = (&'static str, &'static str);

pub(super) const EVERYBODY_ELSE: Reason = (
    "everybody-else",
    "everybody gets it; here the lowest role and the policy decide about users without a match",
);
pub(super) const NAME: Reason = ("name", "no entry can have such names, or so many");
pub(super) const LIMIT: Reason = ("limit", "a mapping has at most 50,000 entries and 4 MiB");
pub(super) const NOT_A_GROUP: Reason = ("not-a-group", "it does not depend on a group");
pub(super) const FILTER: Reason = ("filter", "groups are selected by name or by a pattern with `*`");
pub(super) const ALL_USERS: Reason = ("all-users", "users without any group get it there, and not here");
pub(super) const ID: Reason = ("id", "it is an id; write the name that the application has");
pub(super) const SYNTAX: Reason = ("syntax", "the text is not complete, or not as this format has it");

/// How many claims are noted.
const MAX_CLAIMS: usize = 20;

pub(super) struct Import<'t> {
    text: &'t str,
    pub(super) mapping: String,
    pub(super) entries: usize,
    pub(super) claims: Vec<String>,
    pub(super) diagnostics: Vec<Diagnostic>,
    lines: FxHashSet<String>,
    is_full: bool,
    /// The last place, from which the next one is counted.
    last: Span,
}

impl<'t> Import<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Import {
            text,
            mapping: String::new(),
            entries: 0,
            claims: Vec::new(),
            diagnostics: Vec::new(),
            lines: FxHashSet::default(),
            is_full: false,
            last: Position::START.to(Position::START),
        }
    }

    /// Writes that exactly this group gets `target`.
    #[inline(never)]
    pub(super) fn pair(&mut self, at: &str, source: &str, target: &str) {
        self.entry(at, &as_source(source), target);
    }

    /// Writes that whoever meets a source, which is written already, gets `target`. `at` is what says so.
    #[inline(never)]
    pub(super) fn entry(&mut self, at: &str, source: &str, target: &str) {
        // Behind a star, `$1` would stand for what it takes.
        let written = if source.contains('*') && target.contains('$') {
            quoted(target)
        } else {
            as_target(target).into_owned()
        };
        self.line(at, [source, " -> ", &written].concat(), Some(target));
    }

    /// Writes an entry, if it is one: what it says is read, so that the text has no errors. `target` is the name that it grants,
    /// unless that is a capture.
    #[inline(never)]
    pub(super) fn line(&mut self, at: &str, line: String, target: Option<&str>) {
        if self.is_full || self.lines.contains(&line) {
            return;
        }
        let read = Mapping::parse(line.as_str());
        let is_meant = match read.entries() {
            [entry] => {
                let says = |target: &str| entry.target.kind == TargetKind::Name && entry.target.text == target;
                !read.has_errors() && target.is_none_or(says)
            }
            _ => false,
        };
        if !is_meant {
            self.not_sayable(at, NAME);
        } else if self.entries == MAX_ENTRIES || self.mapping.len() + line.len() >= MAX_TEXT_BYTES {
            self.is_full = true;
            self.not_sayable(at, LIMIT);
        } else {
            if self.entries > 0 {
                self.mapping.push('\n');
            }
            self.entries += 1;
            self.mapping.push_str(&line);
            self.lines.insert(line);
        }
    }

    /// Notes that groups are read from this claim.
    #[inline(never)]
    pub(super) fn claim(&mut self, claim: &str) {
        let is_known = self.claims.iter().any(|known| known == claim);
        if !is_known && !claim.is_empty() && self.claims.len() < MAX_CLAIMS {
            self.claims.push(claim.to_owned());
        }
    }

    /// Tells of what has no counterpart in a mapping.
    pub(super) fn not_sayable(&mut self, at: &str, reason: Reason) {
        self.tell(
            DiagnosticCode::ImportNotSayable,
            at,
            "can't be said in a mapping",
            reason,
        );
    }

    /// Tells of what was written, and means something else here.
    pub(super) fn differs(&mut self, at: &str, reason: Reason) {
        self.tell(DiagnosticCode::ImportDiffers, at, "comes out differently here", reason);
    }

    /// Tells of what could not be read.
    pub(super) fn unreadable(&mut self, at: &str, reason: Reason) {
        self.tell(
            DiagnosticCode::ImportUnreadable,
            first_line(at),
            "can't be read",
            reason,
        );
    }

    #[inline(never)]
    fn tell(&mut self, code: DiagnosticCode, at: &str, what: &str, (reason, sentence): Reason) {
        let text = at.trim();
        let subject = if text.is_empty() {
            "the end".to_owned()
        } else {
            shown(text)
        };
        let message = [&subject, " ", what, ": ", sentence].concat();
        let diagnostic = Diagnostic::new(code, message)
            .param("text", text)
            .param("reason", reason);
        let diagnostic = diagnostic.at(self.place(text));
        self.diagnostics.push(diagnostic);
    }

    /// Where a part of the text stands.
    pub(super) fn place(&mut self, part: &str) -> Span {
        let start = (part.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        let end = start.saturating_add(part.len());
        let bytes = if end <= self.text.len() { start..end } else { 0..0 };
        self.last = self.last.part(self.text, bytes);
        self.last
    }
}

/// How many bytes of a line are shown where it is in place of all that follows.
const MAX_LINE: usize = 200;

/// The first line that holds anything, as far as it is shown.
pub(super) fn first_line(text: &str) -> &str {
    let text = text.trim_start();
    let within = (0..=MAX_LINE.min(text.len())).rev().find_map(|end| text.get(..end));
    Scan(within.unwrap_or("")).until("\r\n").trim_end()
}
