//! The entries of a mapping, made of their numbers as the package makes them.

use serde_json::{Value, json};

/// What `parseMapping` gives for `text`, as the package documents it.
pub(crate) fn in_words(text: &str, mut parsed: Value) -> Value {
    let units: Vec<u16> = text.encode_utf16().collect();
    let numbers: Vec<usize> = serde_json::from_value(parsed["entries"].take()).unwrap();
    let names: Vec<String> = serde_json::from_value(parsed["names"].take()).unwrap();
    let mut names = names.into_iter();
    let conditions: Vec<Value> = serde_json::from_value(parsed["conditions"].take()).unwrap_or_default();
    let mut conditions = conditions.into_iter();
    let mut side = |start: usize, end: usize, named: bool, kind: &str, line: usize, column: usize| {
        let written = || String::from_utf16(&units[start..end]).unwrap();
        let name = if named { names.next().unwrap() } else { written() };
        let span = json!({ "start": start, "end": end, "line": line, "column": column });
        json!({ "text": name, "kind": kind, "span": span })
    };
    let entries = numbers.as_chunks::<7>().0.iter().map(|entry| {
        let [bits, start, end, line, column, to_start, to_end] = *entry;
        let bit = |place: usize| bits >> place & 1 == 1;
        let mut source = side(
            start,
            end,
            bit(2),
            if bit(0) { "pattern" } else { "name" },
            line,
            column,
        );
        if bit(4) {
            source["kind"] = "condition".into();
            source["terms"] = conditions.next().unwrap();
        }
        let to_column = column + to_start - start;
        let target = side(
            to_start,
            to_end,
            bit(3),
            if bit(1) { "capture" } else { "name" },
            line,
            to_column,
        );
        let span = json!({ "start": start, "end": to_end, "line": line, "column": column });
        json!({ "source": source, "target": target, "span": span })
    });
    json!({ "entries": entries.collect::<Vec<_>>(), "diagnostics": parsed["diagnostics"] })
}
