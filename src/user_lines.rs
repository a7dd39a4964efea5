//! JSON Lines, one user a line, in chunks that are split anywhere. What is held does not grow with the number of lines.

use serde::Serialize;

/// The longest line that is read, in bytes. One user's claims are far shorter.
pub const MAX_LINE_BYTES: usize = 4 * 1024 * 1024;

/// How many unreadable lines are described; all are counted.
pub const MAX_FAULTS: usize = 100;

/// A line that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LineFault {
    /// Its number, from 1.
    pub line: u64,
    /// The user's id, where it could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What is wrong with it.
    pub message: String,
}

/// The lines that could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LineFaults {
    /// The first [`MAX_FAULTS`] of them.
    pub faults: Vec<LineFault>,
    /// How many there are.
    pub fault_count: u64,
}

/// What is wrong with a line.
pub(crate) struct Fault {
    /// The user's id, where it could be read.
    pub(crate) id: Option<String>,
    pub(crate) message: String,
}

/// What has been read so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct UserLines {
    /// What chunks before have of the line that has not ended.
    pending: Vec<u8>,
    /// Whether the pending line is over the limit; the rest of it is passed over.
    is_overlong: bool,
    lines: u64,
    faults: LineFaults,
}

impl UserLines {
    /// Reads on. Returns what `user` gives for the lines that ended, blank ones left out.
    pub(crate) fn push<C>(&mut self, chunk: &[u8], mut user: impl FnMut(&[u8]) -> Result<Option<C>, Fault>) -> Vec<C> {
        let mut found = Vec::new();
        self.read(chunk, &mut |line| user(line).map(|each| found.extend(each)));
        found
    }

    /// Ends the input: what the last line, if it had no line break, comes to, and the faults of all.
    pub(crate) fn finish<C>(mut self, mut user: impl FnMut(&[u8]) -> Result<Option<C>, Fault>) -> (Vec<C>, LineFaults) {
        let mut last = Vec::new();
        if !self.pending.is_empty() || self.is_overlong {
            self.end_pending(&mut |line| user(line).map(|each| last.extend(each)));
        }
        (last, self.faults)
    }

    // One for all kinds of users: what it is compiled to is large.
    fn read(&mut self, chunk: &[u8], user: &mut dyn FnMut(&[u8]) -> Result<(), Fault>) {
        let mut rest = chunk;
        while let Some(end) = memchr::memchr(b'\n', rest) {
            let (line, after) = rest.split_at(end);
            if self.pending.is_empty() && !self.is_overlong && line.len() <= MAX_LINE_BYTES {
                self.line(line, user);
            } else {
                self.take(line);
                self.end_pending(user);
            }
            rest = after.get(1..).unwrap_or_default();
        }
        self.take(rest);
    }

    fn take(&mut self, bytes: &[u8]) {
        if self.is_overlong || self.pending.len() + bytes.len() > MAX_LINE_BYTES {
            self.is_overlong = true;
            self.pending = Vec::new();
        } else {
            self.pending.extend_from_slice(bytes);
        }
    }

    fn end_pending(&mut self, user: &mut dyn FnMut(&[u8]) -> Result<(), Fault>) {
        if std::mem::take(&mut self.is_overlong) {
            self.lines += 1;
            let message = format!("the line is longer than {MAX_LINE_BYTES} bytes");
            self.fault(Fault { id: None, message });
            return;
        }
        let mut pending = std::mem::take(&mut self.pending);
        self.line(&pending, user);
        pending.clear();
        // The next line may begin in the same place.
        self.pending = pending;
    }

    fn line(&mut self, line: &[u8], user: &mut dyn FnMut(&[u8]) -> Result<(), Fault>) {
        self.lines += 1;
        let line = match self.lines {
            1 => line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line),
            _ => line,
        };
        let line = line.trim_ascii();
        if line.is_empty() {
            return;
        }
        if let Err(fault) = user(line) {
            self.fault(fault);
        }
    }

    fn fault(&mut self, Fault { id, message }: Fault) {
        self.faults.fault_count += 1;
        if self.faults.faults.len() < MAX_FAULTS {
            let line = self.lines;
            self.faults.faults.push(LineFault { line, id, message });
        }
    }
}
