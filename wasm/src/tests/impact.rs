//! The users of a case, fed to a comparison in bytes that are cut anywhere.

use serde_json::{Value, json};

use super::support::cases::Case;
use super::support::users::{self, Chunk};
use super::text::{construct, outcome};
use crate::buffers::{self, Written};
use crate::{Impact, LoginImpact, Reconciliation};

pub(crate) fn impact(case: &Case) -> Result<Value, Value> {
    let side = |name: &str| case.config(Some(name));
    let sides = json!({ "before": side("before"), "after": side("after"), "brake": case.given["brake"] });
    fed_every_way(case, || construct(Impact::new, &sides), Impact::push, Impact::finish)
}

pub(crate) fn login_impact(case: &Case) -> Result<Value, Value> {
    let sides = json!({ "before": case.given["before"], "after": case.given["after"], "brake": case.given["brake"] });
    let new = || construct(LoginImpact::new, &sides);
    fed_every_way(case, new, LoginImpact::push, LoginImpact::finish)
}

pub(crate) fn reconciliation(case: &Case) -> Result<Value, Value> {
    let config = json!({ "settings": case.given["settings"], "catalogs": case.given_or("catalogs", json!({})) });
    let given = json!({ "config": config, "brake": case.given["brake"] });
    let new = || construct(Reconciliation::new, &given);
    fed_every_way(case, new, Reconciliation::push, Reconciliation::finish)
}

/// What comes of the chunks that are given; the same has to come of the whole text however it is cut.
fn fed_every_way<I>(
    case: &Case,
    new: impl Fn() -> Result<I, Value>,
    push: impl Fn(&mut I, usize) -> Written,
    finish: impl Fn(I, usize) -> Written,
) -> Result<Value, Value> {
    let fed = |chunks: &mut dyn Iterator<Item = &[u8]>| -> Result<Value, Value> {
        let mut impact = new()?;
        let mut pushed = Vec::new();
        for chunk in chunks {
            pushed.push(outcome(push(&mut impact, buffers::put(chunk)))?);
        }
        Ok(told(pushed, outcome(finish(impact, 0))?))
    };
    let chunks = users::chunks(case);
    let as_given = fed(&mut chunks.iter().map(Chunk::bytes))?;
    let whole = chunks.iter().map(Chunk::bytes).collect::<Vec<_>>().concat();
    for length in users::piece_lengths(whole.len()) {
        let cut = fed(&mut whole.chunks(*length))?;
        for part in ["changes", "summary"] {
            assert_eq!(cut[part], as_given[part], "the {part} in pieces of {length} bytes");
        }
    }
    Ok(as_given)
}

fn told(mut pushed: Vec<Value>, end: Value) -> Value {
    pushed.push(end["changes"].clone());
    let changes: Vec<&Value> = pushed.iter().filter_map(Value::as_array).flatten().collect();
    let ids = |changes: &Value| -> Value {
        let changes = changes.as_array().into_iter().flatten();
        changes.map(|change| change["id"].clone()).collect()
    };
    let pushes: Vec<Value> = pushed.iter().map(ids).collect();
    json!({ "changes": changes, "pushes": pushes, "summary": end["summary"] })
}
