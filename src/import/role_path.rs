//! Grafana's `role_attribute_path`: a JMESPath expression that gives the role.
//!
//! ```text
//! contains(groups[*], 'admins') && 'Admin' || contains(groups[*], 'editors') && 'Editor' || 'Viewer'
//! ```

use super::scan::{Scan, holds_none, place_of};
use super::written::{EVERYBODY_ELSE, Import, Reason};
use crate::mapping::{MAX_TERMS, as_source};

const EXPRESSION: Reason = (
    "expression",
    "an entry asks which groups are there, as `contains`, `&&`, `||` and `!` do, and at least for one",
);
const PRECEDENCE: Reason = (
    "precedence",
    "there, a lower role that stands before it wins; here, whoever meets both gets the higher role",
);

/// Grafana's roles, the lowest first.
pub(super) const ROLES: &[&str] = &["None", "Viewer", "Editor", "Admin", "GrafanaAdmin"];

/// How many ways to a role are written out.
const MAX_ALTERNATIVES: usize = 64;

/// What stands between two groups that both have to be there.
const AND: &str = " && ";

/// How deep parentheses may be nested.
const MAX_DEPTH: usize = 32;

/// One way in which an expression comes true, and the role that it then gives; none where it is only true.
struct Alternative {
    /// The source that says so, as an entry has it.
    source: String,
    terms: usize,
    role: Option<String>,
}

impl Alternative {
    fn new(source: String, role: Option<String>) -> Self {
        let terms = usize::from(role.is_none());
        Alternative { source, terms, role }
    }
}

#[inline(never)]
pub(super) fn import<'t>(import: &mut Import<'t>, expression: &'t str) {
    let mut lowest = ROLES.len();
    let mut rest = Scan(expression);
    while !rest.0.is_empty() {
        let part = part(&mut rest);
        let mut reader = Reader {
            scan: Scan(part),
            claims: Vec::new(),
        };
        let alternatives = reader.or(0).filter(|_| reader.scan.0.trim().is_empty());
        for claim in reader.claims.iter().filter(|_| alternatives.is_some()) {
            import.claim(claim);
        }
        let Some(alternatives) = alternatives else {
            import.not_sayable(part, EXPRESSION);
            continue;
        };
        for Alternative { source, terms, role } in alternatives {
            match role {
                Some(_) if terms == 0 => import.not_sayable(part, EVERYBODY_ELSE),
                // Something has to be there.
                Some(role) if !source.split(AND).all(|term| term.starts_with('!')) => {
                    let rank = ROLES.iter().position(|known| *known == role).unwrap_or(lowest);
                    if rank > lowest {
                        import.differs(part, PRECEDENCE);
                    }
                    lowest = lowest.min(rank);
                    import.entry(part, &source, &role);
                }
                _ => import.not_sayable(part, EXPRESSION),
            }
        }
    }
}

/// What stands before the next `||` that is in no parentheses; passes over both.
fn part<'t>(rest: &mut Scan<'t>) -> &'t str {
    let start = rest.0;
    let mut depth = 0_usize;
    loop {
        rest.until("'\"`()|");
        let end = start.len() - rest.0.len();
        match rest.pass(1) {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            "|" if depth == 0 && rest.next() == b'|' => {
                rest.pass(1);
                return Scan(start).pass(end);
            }
            "" => return start,
            "|" => {}
            quote => {
                rest.until(quote);
                rest.pass(1);
            }
        }
    }
}

struct Reader<'t> {
    scan: Scan<'t>,
    claims: Vec<String>,
}

impl Reader<'_> {
    fn or(&mut self, depth: usize) -> Option<Vec<Alternative>> {
        let mut alternatives = self.and(depth)?;
        while self.scan.take("||") {
            for alternative in self.and(depth)? {
                alternatives.push(alternative);
            }
            if alternatives.len() > MAX_ALTERNATIVES {
                return None;
            }
        }
        Some(alternatives)
    }

    fn and(&mut self, depth: usize) -> Option<Vec<Alternative>> {
        let mut alternatives = self.unary(depth)?;
        while self.scan.take("&&") {
            let further = self.unary(depth)?;
            let mut both = Vec::new();
            for first in &alternatives {
                for second in &further {
                    let terms = first.terms + second.terms;
                    if first.role.is_some() || terms > MAX_TERMS || both.len() == MAX_ALTERNATIVES {
                        return None;
                    }
                    let between = if first.terms == 0 || second.terms == 0 { "" } else { AND };
                    both.push(Alternative {
                        source: [&first.source, between, &second.source].concat(),
                        terms,
                        role: second.role.clone(),
                    });
                }
            }
            alternatives = both;
        }
        Some(alternatives)
    }

    fn unary(&mut self, depth: usize) -> Option<Vec<Alternative>> {
        if depth > MAX_DEPTH {
            return None;
        }
        if self.scan.take("!") {
            return negated(self.unary(depth + 1)?);
        }
        if self.scan.take("(") {
            let alternatives = self.or(depth + 1)?;
            return self.scan.take(")").then_some(alternatives);
        }
        if !self.scan.take("contains") {
            return Some(vec![Alternative::new(String::new(), Some(self.literal()?))]);
        }
        // A list of groups, and the name of one.
        if !self.scan.take("(") {
            return None;
        }
        self.claims.push(claim_of(self.scan.until(",").trim())?);
        self.scan.pass(1);
        let group = as_source(&self.literal()?).into_owned();
        self.scan.take(")").then(|| vec![Alternative::new(group, None)])
    }

    fn literal(&mut self) -> Option<String> {
        // In a text of YAML that is quoted itself, quotes are doubled.
        let quote = ["`", "''", "'"].into_iter().find(|quote| self.scan.take(quote))?;
        let mut text = String::new();
        loop {
            text.push_str(self.scan.until(if quote == "`" { "`\\" } else { "'\\" }));
            if self.scan.0.starts_with(quote) {
                self.scan.pass(quote.len());
                return Some(if quote == "`" { text.replace('"', "") } else { text });
            }
            match self.scan.pass(1) {
                "" => return None,
                "\\" if self.scan.next() == b'\'' => text.push_str(self.scan.pass(1)),
                other => text.push_str(other),
            }
        }
    }
}

/// What is true where none of these is; each asks for one group.
fn negated(alternatives: Vec<Alternative>) -> Option<Vec<Alternative>> {
    let mut source = String::new();
    let terms = alternatives.len();
    for alternative in alternatives {
        if alternative.terms != 1 || alternative.role.is_some() {
            return None;
        }
        if !source.is_empty() {
            source.push_str(AND);
        }
        // No name that is bare begins so.
        match alternative.source.strip_prefix('!') {
            Some(group) => source.push_str(group),
            None => source.extend(["!", &alternative.source]),
        }
    }
    Some(vec![Alternative {
        source,
        terms,
        role: None,
    }])
}

/// The claim that a path reads its list from, as the setting writes it. A path to a single text, such as an address, has none.
fn claim_of(path: &str) -> Option<String> {
    let mut claim = String::new();
    let mut is_quoted = false;
    let mut scan = Scan(path);
    loop {
        claim.push_str(scan.until("\"[."));
        match scan.pass(1) {
            "" => break,
            "\"" => is_quoted = !is_quoted,
            "[" if is_quoted => claim.push('['),
            "." if is_quoted => claim.push_str("\\."),
            "." => claim.push('.'),
            _ => {
                scan.take("*");
                if !scan.take("]") {
                    return None;
                }
                claim.push_str(".*");
            }
        }
    }
    let list = claim.strip_suffix(".*");
    let name = list.unwrap_or(&claim);
    let last = name.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    let is_list = list.is_some() || place_of(&last, "group").or(place_of(&last, "role")).is_some();
    let is_path = is_list && !name.is_empty() && holds_none(name, "()@&| '`?");
    is_path.then(|| name.to_owned())
}
