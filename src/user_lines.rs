//! JSON Lines, one user a line, in chunks that are split anywhere. What is held does not grow with the number of lines.

use serde::Serialize;

use crate::json_line;
use crate::value::ClaimValue;

/// The longest line that is read, in bytes. One user's claims are far shorter.
pub const MAX_LINE_BYTES: usize = 4 * 1024 * 1024;

/// How many unreadable lines are described; all are counted.
pub const MAX_FAULTS: usize = 100;

/// A line that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct LineFault {
    /// Its number, from 1.
    pub line: u64,
    /// The user's id, where it could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "tsify", tsify(optional))]
    pub id: Option<String>,
    /// What is wrong with it.
    pub message: String,
}

/// The lines that could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
pub struct LineFaults {
    /// The first [`MAX_FAULTS`] of them.
    pub faults: Vec<LineFault>,
    /// How many there are.
    pub fault_count: u64,
}

/// What has been read so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct UserLines {
    /// The line that has begun and not ended.
    pending: Vec<u8>,
    /// Whether the pending line is over the limit; the rest of it is passed over.
    is_overlong: bool,
    lines: u64,
    faults: LineFaults,
}

impl UserLines {
    /// Reads on. Returns what `user` gives for the lines that ended; where it gives an error, that is the line's fault.
    pub(crate) fn push<C>(
        &mut self,
        chunk: &[u8],
        mut user: impl FnMut(ClaimValue) -> Result<Option<C>, String>,
    ) -> Vec<C> {
        let mut found = Vec::new();
        let mut rest = chunk;
        while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
            let (line, after) = rest.split_at(end);
            self.take(line);
            found.extend(self.end_line(&mut user));
            rest = after.get(1..).unwrap_or_default();
        }
        self.take(rest);
        found
    }

    /// Ends the input: what the last line, if it had no line break, comes to, and the faults of all.
    pub(crate) fn finish<C>(
        mut self,
        mut user: impl FnMut(ClaimValue) -> Result<Option<C>, String>,
    ) -> (Vec<C>, LineFaults) {
        let last = if self.pending.is_empty() && !self.is_overlong {
            None
        } else {
            self.end_line(&mut user)
        };
        (last.into_iter().collect(), self.faults)
    }

    fn take(&mut self, bytes: &[u8]) {
        if self.is_overlong || self.pending.len() + bytes.len() > MAX_LINE_BYTES {
            self.is_overlong = true;
            self.pending = Vec::new();
        } else {
            self.pending.extend_from_slice(bytes);
        }
    }

    fn end_line<C>(&mut self, user: &mut impl FnMut(ClaimValue) -> Result<Option<C>, String>) -> Option<C> {
        self.lines += 1;
        let line = std::mem::take(&mut self.pending);
        if std::mem::take(&mut self.is_overlong) {
            self.fault(None, format!("the line is longer than {MAX_LINE_BYTES} bytes"));
            return None;
        }
        let line = if self.lines == 1 {
            line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line)
        } else {
            &line
        };
        let line = line.trim_ascii();
        if line.is_empty() {
            return None;
        }
        let value = match json_line::read(line) {
            Ok(value) => value,
            Err(json_line::Fault { id, message }) => {
                self.fault(id, message);
                return None;
            }
        };
        let id = id_of(&value);
        user(value).unwrap_or_else(|message| {
            self.fault(id, message);
            None
        })
    }

    fn fault(&mut self, id: Option<String>, message: String) {
        self.faults.fault_count += 1;
        if self.faults.faults.len() < MAX_FAULTS {
            self.faults.faults.push(LineFault {
                line: self.lines,
                id,
                message,
            });
        }
    }
}

fn id_of(user: &ClaimValue) -> Option<String> {
    match user {
        ClaimValue::Object(fields) => match fields.get("id") {
            Some(ClaimValue::Text(id)) => Some(id.clone()),
            _ => None,
        },
        _ => None,
    }
}
