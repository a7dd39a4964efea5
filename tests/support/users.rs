//! Users as a comparison is fed with them: lines of text, or chunks that are split anywhere.

use serde_json::Value;

use super::cases::Case;

/// A piece of the text.
#[derive(Clone)]
pub(crate) enum Chunk {
    Text(String),
    Bytes(Vec<u8>),
}

impl Chunk {
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Chunk::Text(text) => text.as_bytes(),
            Chunk::Bytes(bytes) => bytes,
        }
    }
}

/// The chunks that are given, or the users, a line each, in one.
pub(crate) fn chunks(case: &Case) -> Vec<Chunk> {
    let Some(chunks) = case.given.get("chunks") else {
        let mut text = String::new();
        write_lines(&case.given["users"], &mut text);
        return vec![Chunk::Text(text)];
    };
    let chunks = chunks.as_array().expect("chunks are a list").iter();
    chunks
        .map(|chunk| match chunk {
            Value::String(text) => Chunk::Text(text.clone()),
            Value::Array(bytes) => Chunk::Bytes(bytes.iter().map(byte).collect()),
            other => panic!("a chunk is text or a list of bytes, not {other}"),
        })
        .collect()
}

fn byte(value: &Value) -> u8 {
    let number = value.as_u64().and_then(|number| u8::try_from(number).ok());
    number.expect("a byte is a number from 0 to 255")
}

/// A line is text as it stands, or an object as JSON; lists hold more of them.
fn write_lines(users: &Value, text: &mut String) {
    match users {
        Value::Array(users) => users.iter().for_each(|user| write_lines(user, text)),
        Value::String(line) => text.extend([line, "\n"]),
        user => text.extend([&user.to_string(), "\n"]),
    }
}

/// How long the pieces are into which a text of this length is cut, to see that it does not matter where.
pub(crate) fn piece_lengths(length: usize) -> &'static [usize] {
    if length < 10_000 { &[1, 7] } else { &[65_536, 1_000_003] }
}
