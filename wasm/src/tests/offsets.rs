//! Offsets count UTF-16 code units, whatever stands in the text; results are plain objects without empty properties.

use crate::{GroupSync, check_mapping, complete_mapping, parse_mapping};
use js_sys::{Object, Reflect};
use serde_json::json;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::javascript::{eval, json as to_json, outcome};

#[wasm_bindgen_test]
fn an_emoji_counts_two() {
    let parsed = outcome(parse_mapping(&"😀 -> é\r\n\"ü,😀\" -> *".into())).unwrap();
    assert_eq!(
        parsed["entries"][0]["source"]["span"],
        json!({ "start": 0, "end": 2, "line": 1, "column": 1 })
    );
    assert_eq!(
        parsed["entries"][0]["target"]["span"],
        json!({ "start": 6, "end": 7, "line": 1, "column": 7 })
    );
    let capture = &parsed["diagnostics"][0];
    assert_eq!(capture["code"], "capture-without-pattern");
    assert_eq!(
        capture["span"],
        json!({ "start": 19, "end": 20, "line": 2, "column": 11 })
    );
}

#[wasm_bindgen_test]
fn a_lone_surrogate_counts_one() {
    // It stands as U+FFFD in the results, which has the same length.
    let text = eval(r"'\uD800a -> b, \uDC00 => c'");
    let parsed = outcome(parse_mapping(&text)).unwrap();
    assert_eq!(parsed["entries"][0]["source"]["text"], "\u{FFFD}a");
    assert_eq!(
        parsed["entries"][0]["target"]["span"],
        json!({ "start": 6, "end": 7, "line": 1, "column": 7 })
    );
    assert_eq!(
        parsed["diagnostics"][0]["fixes"][0]["edits"],
        json!([{ "start": 10, "end": 14, "text": " -> " }])
    );
    let checked = outcome(check_mapping(&text, &eval("{ groups: [] }"), &JsValue::UNDEFINED)).unwrap();
    assert!(checked.as_array().unwrap().len() > 1);
}

#[wasm_bindgen_test]
fn a_cursor_counts_the_same() {
    let catalog = eval("{ groups: [{ name: 'sälés' }] }");
    let complete = |offset: f64| {
        outcome(complete_mapping(
            &"😀 -> sä, b".into(),
            &offset.into(),
            &catalog,
            &eval("['blue']"),
        ))
    };
    assert_eq!(
        complete(8.0).unwrap()[0]["edit"],
        json!({ "start": 6, "end": 8, "text": "sälés" })
    );
    let at_the_end = complete(11.0).unwrap();
    assert_eq!(at_the_end[0]["label"], "blue");
    for past_the_end in [12.0, 4_294_967_296.0, 9_007_199_254_740_991.0] {
        assert_eq!(complete(past_the_end).unwrap(), at_the_end, "{past_the_end}");
    }
    // Inside the emoji is before it.
    assert_eq!(complete(1.0).unwrap(), complete(0.0).unwrap());
}

#[wasm_bindgen_test]
fn results_are_plain_and_have_nothing_empty() {
    let keys = |value: &JsValue| {
        Object::keys(value.unchecked_ref::<Object>())
            .join(",")
            .as_string()
            .unwrap()
    };
    let get = |value: &JsValue, path: &[&str]| {
        path.iter().fold(value.clone(), |value, name| {
            Reflect::get(&value, &(*name).into()).unwrap()
        })
    };
    use wasm_bindgen::JsCast;

    let sync = GroupSync::new(&eval(
        "{ mapping: 'x -> y', claim: 'g', catalog: { groups: [{ name: 'a' }] } }",
    ));
    let sync = sync.unwrap_or_else(|thrown| panic!("{}", to_json(&thrown)));
    let resolution = sync
        .resolve(&eval("{ g: ['a', 'x', 'A'] }"), &JsValue::UNDEFINED)
        .unwrap();
    assert_eq!(
        keys(&resolution),
        "claim,outcome,role,roleReasons,groups,matches,diagnostics"
    );
    assert_eq!(keys(&get(&resolution, &["matches", "0", "grants", "0"])), "target,kind");
    assert_eq!(
        keys(&get(&resolution, &["matches", "1", "grants", "0"])),
        "target,kind,entry"
    );
    assert_eq!(keys(&get(&resolution, &["roleReasons", "0"])), "kind");

    let missing = sync.resolve(&eval("{}"), &JsValue::UNDEFINED).unwrap();
    let diagnostic = get(&missing, &["claim", "diagnostics", "0"]);
    assert_eq!(keys(&diagnostic), "code,severity,message,params,fixes");
    let prototype = Reflect::get_prototype_of(get(&diagnostic, &["params"]).unchecked_ref::<Object>()).unwrap();
    assert!(JsValue::from(prototype) == eval("Object.prototype"));

    let kept = GroupSync::new(&eval(
        "{ mapping: '', claim: 'g', catalog: { groups: [] }, policy: { missingClaim: 'keep' } }",
    ));
    let kept = kept.unwrap_or_else(|thrown| panic!("{}", to_json(&thrown)));
    let resolution = kept.resolve(&eval("{}"), &JsValue::UNDEFINED).unwrap();
    assert!(
        get(&resolution, &["role"]).is_null(),
        "a role that nobody has is null, not left out"
    );
}
