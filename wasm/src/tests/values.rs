//! What JavaScript can hand over that JSON can't: each is read as documented or refused with its place, and the next call works.

use crate::{GroupSync, read_groups};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use super::javascript::{eval, js, json as to_json, outcome};

fn claim(claims: &str) -> Result<Value, Value> {
    outcome(read_groups(&eval(claims), &"groups".into()))
}

/// Claims that are refused, with where and why.
#[track_caller]
fn refused(claims: &str, path: &str, message: &str) {
    let error = claim(claims).expect_err(claims);
    let expected = json!({ "code": "invalid-input", "message": message, "path": path, "diagnostics": [] });
    assert_eq!(error, expected, "{claims}");
    assert_eq!(
        claim("{ groups: ['a'] }").unwrap()["groups"],
        json!(["a"]),
        "after {claims}"
    );
}

/// Claims that are read, with the groups in them.
#[track_caller]
fn read(claims: &str, groups: Value) {
    assert_eq!(claim(claims).expect(claims)["groups"], groups, "{claims}");
}

/// Claims that are malformed, with the item that is and what it is.
#[track_caller]
fn malformed(claims: &str, found: &str) {
    let read = claim(claims).expect(claims);
    assert_eq!(read["status"], "malformed", "{claims}");
    assert_eq!(read["diagnostics"][0]["params"]["found"], found, "{claims}");
}

#[wasm_bindgen_test]
fn what_is_no_json_is_refused() {
    refused("() => {}", "claims", "expected plain JSON data, found a function");
    refused("Symbol('x')", "claims", "expected plain JSON data, found a symbol");
    refused("1n", "claims", "expected plain JSON data, found a BigInt");
    refused(
        "{ a: [1, { b: 1n }] }",
        "claims.a[1].b",
        "expected plain JSON data, found a BigInt",
    );
    refused("{ f() {} }", "claims.f", "expected plain JSON data, found a function");
    refused(
        "{ groups: class A {} }",
        "claims.groups",
        "expected plain JSON data, found a function",
    );
    refused(
        "{ 'a b': { '1': [Symbol()] } }",
        r#"claims["a b"]["1"][0]"#,
        "expected plain JSON data, found a symbol",
    );
    refused(
        r#"{ 'a"\\\n': 1n }"#,
        r#"claims["a\"\\\n"]"#,
        "expected plain JSON data, found a BigInt",
    );
}

#[wasm_bindgen_test]
fn objects_that_keep_their_content_elsewhere_are_refused() {
    refused(
        "new Map([['groups', ['a']]])",
        "claims",
        "expected a plain object, found a Map",
    );
    refused(
        "{ groups: new Set(['a']) }",
        "claims.groups",
        "expected a plain array, found a Set",
    );
    refused("new WeakMap()", "claims", "expected a plain object, found a WeakMap");
    refused(
        "{ a: new WeakSet() }",
        "claims.a",
        "expected a plain array, found a WeakSet",
    );
    refused(
        "new Uint8Array(2)",
        "claims",
        "expected plain JSON data, found a Uint8Array",
    );
    refused(
        "{ a: new Int8Array(2) }",
        "claims.a",
        "expected plain JSON data, found an Int8Array",
    );
    refused(
        "{ a: new ArrayBuffer(2) }",
        "claims.a",
        "expected plain JSON data, found an ArrayBuffer",
    );
    refused(
        "new DataView(new ArrayBuffer(2))",
        "claims",
        "expected plain JSON data, found a DataView",
    );
    refused("{ a: /x/ }", "claims.a", "expected plain JSON data, found a RegExp");
    refused(
        "Promise.resolve({})",
        "claims",
        "expected a plain object, found a Promise that was not awaited",
    );
    refused(
        "{ groups: new String('a') }",
        "claims.groups",
        "expected a primitive value, found a String object",
    );
    refused(
        "{ groups: [Object(1n)] }",
        "claims.groups[0]",
        "expected a primitive value, found a BigInt object",
    );
    refused(
        "new (class Claims extends Map {})()",
        "claims",
        "expected a plain object, found a Map",
    );
    refused(
        "new Proxy(new Map(), {})",
        "claims",
        "expected a plain object, found a Map",
    );
    refused(
        "Object.assign(new Uint8Array(2), { toJSON() { return { groups: ['a'] }; } })",
        "claims",
        "expected plain JSON data, found a Uint8Array",
    );
}

#[wasm_bindgen_test]
fn cycles_are_refused_and_shared_values_are_not() {
    let message = "expected plain JSON data, found an object that holds itself";
    refused(
        "(() => { const a = {}; a.self = a; return a; })()",
        "claims.self",
        message,
    );
    refused(
        "(() => { const a = { b: [[]] }; a.b[0].push(a.b); return a; })()",
        "claims.b[0][0]",
        message,
    );
    refused(
        "(() => { const a = {}; a.b = { toJSON() { return a; } }; return a; })()",
        "claims.b",
        message,
    );
    read(
        "(() => { const a = ['x']; return { groups: a, roles: a, more: { a } }; })()",
        json!(["x"]),
    );
}

#[wasm_bindgen_test]
fn foreign_errors_never_escape() {
    let threw = "reading this value threw an error: boom";
    refused("{ get groups() { throw new Error('boom'); } }", "claims.groups", threw);
    refused("{ a: { get b() { throw 'boom'; } } }", "claims.a.b", threw);
    refused(
        "{ get a() { throw null; } }",
        "claims.a",
        "reading this value threw an error",
    );
    refused(
        "{ get a() { throw { get message() { throw 1; } }; } }",
        "claims.a",
        "reading this value threw an error",
    );
    refused("{ a: { toJSON() { throw new Error('boom'); } } }", "claims.a", threw);
    refused(
        "{ a: { get toJSON() { throw new Error('boom'); } } }",
        "claims.a",
        threw,
    );
    for trap in ["get", "ownKeys", "getPrototypeOf", "getOwnPropertyDescriptor"] {
        let proxy = format!("{{ a: new Proxy({{ x: 1 }}, {{ {trap}() {{ throw new Error('boom'); }} }}) }}");
        let error = claim(&proxy).expect_err(&proxy);
        assert_eq!(
            (&error["code"], &error["message"]),
            (&json!("invalid-input"), &json!(threw)),
            "{proxy}"
        );
        assert_eq!(error["path"], "claims.a", "{proxy}");
    }
    let revoked = "(() => { const { proxy, revoke } = Proxy.revocable([], {}); revoke(); return { a: proxy }; })()";
    assert_eq!(claim(revoked).unwrap_err()["path"], "claims.a");
    refused(
        "{ groups: new Proxy([1], { get(a, k) { if (k === '0') throw new Error('boom'); return a[k]; } }) }",
        "claims.groups[0]",
        threw,
    );
}

#[wasm_bindgen_test]
fn everything_else_is_read_as_json_would_be() {
    read("{ groups: undefined }", json!([]));
    read(
        "{ groups: ['a', 'b'], f: undefined, n: NaN, i: Infinity, d: new Date(0) }",
        json!(["a", "b"]),
    );
    read(
        "Object.create(null, { groups: { value: ['a'], enumerable: true } })",
        json!(["a"]),
    );
    read("Object.create(null, { groups: { value: ['a'] } })", json!([]));
    read("Object.create({ groups: ['a'] })", json!([]));
    read(
        "new (class Claims { groups = ['a']; #secret = 1n; get more() { return 1n; } })()",
        json!(["a"]),
    );
    read("{ groups: ['a'], [Symbol('groups')]: 1n }", json!(["a"]));
    read("JSON.parse('{ \"__proto__\": { \"groups\": [\"b\"] } }')", json!([]));
    read("{ groups: { toJSON: () => ['a'] } }", json!(["a"]));
    read("{ groups: ['a'], toJSON: 1 }", json!(["a"]));
    read(
        "{ toJSON(key) { return { groups: ['[' + key + ']'] }; } }",
        json!(["[]"]),
    );
    read("{ groups: { toJSON(key) { return key; } } }", json!(["groups"]));
    read(
        "{ groups: [{ toJSON(key) { return 'item ' + key; } }] }",
        json!(["item 0"]),
    );
    read("{ groups: ['a'], b: { toJSON() { return undefined; } } }", json!(["a"]));
    malformed("{ groups: ['a', undefined] }", "null");
    malformed("{ groups: ['a', , 'c'] }", "null");
    malformed("{ groups: [NaN] }", "null");
    malformed(
        "{ groups: { toJSON: () => ({ toJSON: () => ['a'], x: 1 }).x } }",
        "a number",
    );
    // Not read twice: what `toJSON` gives may have one of its own.
    refused(
        "{ groups: { toJSON: () => ({ toJSON: () => ['a'] }) } }",
        "claims.groups.toJSON",
        "expected plain JSON data, found a function",
    );
}

#[wasm_bindgen_test]
fn lone_surrogates_name_nothing() {
    malformed(r"{ groups: ['a\uD800'] }", "a string with a lone surrogate");
    malformed(r"{ groups: '\uDC00a' }", "a string with a lone surrogate");
    // The replacement character itself is a character like any other, and so is a pair.
    read(r"{ groups: ['a\uFFFD', '\uD83D\uDE00'] }", json!(["a\u{FFFD}", "😀"]));
    read(r"{ '\uD800': ['b'], groups: ['a'] }", json!(["a"]));
    let hidden = outcome(read_groups(
        &eval(r"{ 'groups\uD800': ['b'] }"),
        &"groups\u{FFFD}".into(),
    ));
    assert_eq!(hidden.unwrap()["status"], "missing");

    let sync = sync(&json!({ "mapping": "", "claim": "groups", "catalog": { "groups": [] } }));
    let resolution = outcome(sync.resolve_groups(&eval(r"['a', 'b\uD800']"), &JsValue::UNDEFINED)).unwrap();
    assert_eq!(resolution["claim"]["status"], "malformed");
    assert_eq!(resolution["outcome"], "keep");
    assert_eq!(resolution["claim"]["diagnostics"][0]["params"]["item"], "2");
}

fn sync(config: &Value) -> GroupSync {
    GroupSync::new(&js(config)).unwrap_or_else(|thrown| panic!("{}", to_json(&thrown)))
}

#[wasm_bindgen_test]
fn depth_and_size_are_bounded() {
    let nested = |depth: usize| format!("{{ groups: ['a'], deep: {}{} }}", "[".repeat(depth), "]".repeat(depth));
    read(&nested(127), json!(["a"]));
    let error = claim(&nested(128)).unwrap_err();
    assert_eq!(error["code"], "too-large");
    assert_eq!(error["path"], format!("claims.deep{}", "[0]".repeat(127)));
    assert_eq!(
        error["message"],
        "arrays and objects may be nested 128 deep, and no deeper"
    );

    let too_large = |claims: &str, path: &str| {
        let error = claim(claims).expect_err(claims);
        assert_eq!(
            (&error["code"], &error["path"]),
            (&json!("too-large"), &json!(path)),
            "{claims}"
        );
    };
    too_large("{ groups: new Array(4294967295) }", "claims.groups");
    too_large(
        "{ a: { length: 1 }, groups: Object.assign([], { length: 4000000 }) }",
        "claims.groups",
    );
    // A proxy may claim any length.
    too_large(
        "{ a: new Proxy([], { get: (a, k) => k === 'length' ? 1e15 : a[k] }) }",
        "claims.a",
    );
    // An endless object: each `toJSON` gives one with another.
    let endless = "(() => { const next = () => ({ a: { toJSON: next } }); return next(); })()";
    assert_eq!(claim(endless).unwrap_err()["code"], "too-large");
    // Shared over and over, a handful of objects would take forever.
    let doubling = "(() => { let a = ['x']; for (let i = 0; i < 60; i++) a = [a, a]; return { a }; })()";
    assert_eq!(claim(doubling).unwrap_err()["code"], "too-large");
    let long = "(() => { const s = 'x'.repeat(2 ** 24); return { a: new Array(1000).fill(s) }; })()";
    assert_eq!(claim(long).unwrap_err()["code"], "too-large");
}

#[wasm_bindgen_test]
fn each_property_is_read_once() {
    let counting = "new Proxy({ groups: ['a'], toJSON: 1, sub: 'x' }, {
        get(target, key) { globalThis.idpReads.push(String(key)); return target[key]; },
    })";
    eval("globalThis.idpReads = []");
    read(counting, json!(["a"]));
    let mut reads = to_json(&eval("globalThis.idpReads")).as_array().unwrap().clone();
    reads.sort_by_key(|read| read.as_str().unwrap().to_owned());
    // `Object.prototype.toString` is not asked for plain objects.
    assert_eq!(reads, ["groups", "sub", "toJSON"]);
    eval("delete globalThis.idpReads");
}

#[wasm_bindgen_test]
fn an_object_may_be_used_while_it_reads() {
    let config = json!({ "mapping": "", "claim": "groups", "catalog": { "groups": [{ "name": "a" }] } });
    let sync = sync(&config);
    let resolution = outcome(sync.resolve(&eval("{ get groups() { return ['a']; } }"), &JsValue::NULL)).unwrap();
    assert_eq!(resolution["groups"], json!(["a"]));
}
