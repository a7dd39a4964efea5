// How each JavaScript value is read, and the very words in which one is refused that JSON has no word for.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { GroupSync, readGroups } from "idp-group-sync";

const claim = (claims) => readGroups(claims, "groups");

/** Claims that are refused, with where and why; the next call works. */
function refused(claims, path, message, code = "invalid-input") {
  assert.throws(
    () => claim(claims),
    (error) => {
      assert.deepEqual({ code: error.code, path: error.path, message: error.problem }, { code, path, message });
      assert.deepEqual(error.diagnostics, []);
      return true;
    },
  );
  assert.deepEqual(claim({ groups: ["a"] }).groups, ["a"]);
}

/** Claims that are read, with the groups in them. */
const read = (claims, groups) => assert.deepEqual(claim(claims).groups, groups);

/** Claims that are malformed, with what the item that makes them so is. */
function malformed(claims, found) {
  const { status, diagnostics } = claim(claims);
  assert.deepEqual([status, diagnostics[0].params.found], ["malformed", found]);
}

const tooLarge = (claims, path) => assert.throws(() => claim(claims), { code: "too-large", path });

const plain = "expected plain JSON data, found";

test("what is no JSON is refused", () => {
  refused(() => {}, "claims", `${plain} a function`);
  refused(Symbol("x"), "claims", `${plain} a symbol`);
  refused(1n, "claims", `${plain} a BigInt`);
  refused({ a: [1, { b: 1n }] }, "claims.a[1].b", `${plain} a BigInt`);
  refused({ f() {} }, "claims.f", `${plain} a function`);
  refused({ groups: class A {} }, "claims.groups", `${plain} a function`);
  refused({ "a b": { 1: [Symbol()] } }, 'claims["a b"]["1"][0]', `${plain} a symbol`);
  refused({ 'a"\\\n\u0001\u0085': 1n }, 'claims["a\\"\\\\\\n\\u0001\\u0085"]', `${plain} a BigInt`);
});

test("objects that keep their content elsewhere are refused", () => {
  refused(new Map([["groups", ["a"]]]), "claims", "expected a plain object, found a Map");
  refused({ groups: new Set(["a"]) }, "claims.groups", "expected a plain array, found a Set");
  refused(new WeakMap(), "claims", "expected a plain object, found a WeakMap");
  refused({ a: new WeakSet() }, "claims.a", "expected a plain array, found a WeakSet");
  refused(new Uint8Array(2), "claims", `${plain} a Uint8Array`);
  refused({ a: new Int8Array(2) }, "claims.a", `${plain} an Int8Array`);
  refused({ a: new ArrayBuffer(2) }, "claims.a", `${plain} an ArrayBuffer`);
  refused(new DataView(new ArrayBuffer(2)), "claims", `${plain} a DataView`);
  refused({ a: /x/ }, "claims.a", `${plain} a RegExp`);
  refused(Promise.resolve({}), "claims", "expected a plain object, found a Promise that was not awaited");
  refused({ groups: Object("a") }, "claims.groups", "expected a primitive value, found a String object");
  refused({ groups: [Object(1n)] }, "claims.groups[0]", "expected a primitive value, found a BigInt object");
  refused(new (class Claims extends Map {})(), "claims", "expected a plain object, found a Map");
  refused(new Proxy(new Map(), {}), "claims", "expected a plain object, found a Map");
  const bytes = Object.assign(new Uint8Array(2), { toJSON: () => ({ groups: ["a"] }) });
  refused(bytes, "claims", `${plain} a Uint8Array`);
  refused({ a: Buffer.from("a") }, "claims.a", `${plain} a Uint8Array`);
});

test("cycles are refused, and shared values are not", () => {
  const message = `${plain} an object that holds itself`;
  const self = {};
  self.self = self;
  refused(self, "claims.self", message);
  const deeper = { b: [[]] };
  deeper.b[0].push(deeper.b);
  refused(deeper, "claims.b[0][0]", message);
  const converted = { b: { toJSON: () => converted } };
  refused(converted, "claims.b", message);
  const shared = ["x"];
  read({ groups: shared, roles: shared, more: { shared } }, ["x"]);
});

describe("foreign code", () => {
  const threw = "reading this value threw an error: boom";
  const boom = () => {
    throw new Error("boom");
  };
  const throwing = (thrown) => ({
    get b() {
      throw thrown;
    },
  });

  test("what it throws never escapes", () => {
    refused({ a: throwing(new Error("boom")) }, "claims.a.b", threw);
    refused({ a: throwing("boom") }, "claims.a.b", threw);
    const worse = Object.defineProperty({}, "message", { get: boom });
    for (const thrown of [null, undefined, 1, {}, boom, worse]) {
      refused({ a: throwing(thrown) }, "claims.a.b", "reading this value threw an error");
    }
    refused({ a: { toJSON: boom } }, "claims.a", threw);
    refused({ a: Object.defineProperty({}, "toJSON", { get: boom }) }, "claims.a", threw);
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    assert.throws(() => claim({ a: proxy }), { code: "invalid-input", path: "claims.a" });
    const item = new Proxy([1], { get: (array, key) => (key === "0" ? boom() : array[key]) });
    refused({ groups: item }, "claims.groups[0]", threw);
    const length = new Proxy([1], { get: (array, key) => (key === "length" ? boom() : array[key]) });
    refused({ groups: length }, "claims.groups", threw);
  });

  for (const trap of ["get", "ownKeys", "getPrototypeOf", "getOwnPropertyDescriptor"]) {
    test(`a proxy may refuse ${trap}`, () => {
      refused({ a: new Proxy({ x: 1 }, { [trap]: boom }) }, "claims.a", threw);
    });
  }

  test("an error of this package that it passes on is one like any other", () => {
    const nested = {
      get groups() {
        return claim({ deep: 1n });
      },
    };
    refused(nested, "claims.groups", `reading this value threw an error: claims.deep: ${plain} a BigInt`);
  });

  test("each property is read once", () => {
    const asked = [];
    const get = (target, key) => asked.push(key) && target[key];
    read(new Proxy({ groups: ["a"], toJSON: 1, sub: "x" }, { get }), ["a"]);
    // `Object.prototype.toString` is not asked of plain objects.
    assert.deepEqual(asked.sort(), ["groups", "sub", "toJSON"]);
    asked.length = 0;
    read({ groups: new Proxy(["a", "b"], { get }) }, ["a", "b"]);
    assert.deepEqual(asked.sort(), ["0", "1", "length", "toJSON"]);
  });
});

test("everything else is read as JSON would be", () => {
  read({ groups: undefined }, []);
  const rest = { f: undefined, n: Number.NaN, i: Number.POSITIVE_INFINITY, d: new Date(0) };
  read({ groups: ["a", "b"], ...rest }, ["a", "b"]);
  read(Object.create(null, { groups: { value: ["a"], enumerable: true } }), ["a"]);
  read(Object.create(null, { groups: { value: ["a"] } }), []);
  read(Object.create({ groups: ["a"] }), []);
  class Claims {
    groups = ["a"];
    #secret = 1n;
    get more() {
      return this.#secret;
    }
  }
  read(new Claims(), ["a"]);
  read({ groups: ["a"], [Symbol("groups")]: 1n }, ["a"]);
  read(JSON.parse('{ "__proto__": { "groups": ["b"] } }'), []);
  read({ groups: { toJSON: () => ["a"] } }, ["a"]);
  read({ groups: ["a"], toJSON: 1 }, ["a"]);
  read({ toJSON: (key) => ({ groups: [`(${key})`] }) }, ["()"]);
  read({ groups: { toJSON: (key) => key } }, ["groups"]);
  read({ groups: [{ toJSON: (key) => `item ${key}, a ${typeof key}` }] }, ["item 0, a string"]);
  read({ groups: ["a"], b: { toJSON: () => undefined } }, ["a"]);
  const written = ['a"b', "a\\b", "a\n\u0000\u007f\u2028b", "é", "😀"];
  read({ groups: written }, written);
  malformed({ groups: ["a", undefined] }, "null");
  // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
  malformed({ groups: ["a", , "c"] }, "null");
  malformed({ groups: [Number.NaN] }, "null");
  read({ groups: { toJSON: () => ({ toJSON: () => ["a"], x: 1 }).x } }, ["1"]);
  // Not read twice: what `toJSON` gives may have one of its own.
  const twice = { groups: { toJSON: () => ({ toJSON: () => ["a"] }) } };
  refused(twice, "claims.groups.toJSON", `${plain} a function`);
});

test("a BigInt has the `toJSON` that a program gave it", () => {
  Object.defineProperty(BigInt.prototype, "toJSON", { value: (key) => `one ${key}`, configurable: true });
  try {
    read({ groups: [1n] }, ["one 0"]);
  } finally {
    delete BigInt.prototype.toJSON;
  }
  refused({ groups: [1n] }, "claims.groups[0]", `${plain} a BigInt`);
});

test("a `toJSON` that a program gave to every array or object is called once for each", () => {
  for (const prototype of [Array.prototype, Object.prototype]) {
    let calls = 0;
    const value = function () {
      calls += 1;
      return Array.isArray(this) ? ["b"] : this;
    };
    Object.defineProperty(prototype, "toJSON", { value, configurable: true });
    try {
      read({ groups: ["a"] }, ["b"]);
      assert.equal(calls, prototype === Array.prototype ? 1 : 2);
    } finally {
      delete prototype.toJSON;
    }
  }
});

test("lone surrogates name nothing", () => {
  malformed({ groups: ["a\ud800"] }, "a string with a lone surrogate");
  malformed({ groups: "\udc00a" }, "a string with a lone surrogate");
  // The replacement character itself is a character like any other, and so is a pair.
  read({ groups: ["a\ufffd", "😀"] }, ["a\ufffd", "😀"]);
  // And so is what would be a lone surrogate's escape.
  read({ groups: ["\\ud800"] }, ["\\ud800"]);
  read({ "\ud800": ["b"], groups: ["a"] }, ["a"]);
  assert.equal(readGroups({ "groups\ud800": ["b"] }, "groups\ufffd").status, "missing");
  refused({ "\ud800": 1n }, 'claims["\ufffd"]', `${plain} a BigInt`);

  const sync = new GroupSync({ mapping: "", claim: "groups", catalog: { groups: [] } });
  const { claim: found, outcome } = sync.resolveGroups(["a", "b\ud800"]);
  assert.deepEqual([found.status, outcome, found.diagnostics[0].params.item], ["malformed", "keep", "2"]);
  const unknown = { mapping: "", claim: "groups", catalog: { groups: [] }, "\ud800": 1 };
  assert.throws(() => new GroupSync(unknown), {
    code: "invalid-input",
    path: '["\ufffd"]',
    problem: "expected well-formed Unicode, found a string with a lone surrogate",
  });
});

test("depth and size are bounded", () => {
  const nested = (depth) => {
    let deep = [];
    for (let level = 1; level < depth; level += 1) deep = [deep];
    return { groups: ["a"], deep };
  };
  read(nested(127), ["a"]);
  const message = "arrays and objects may be nested 128 deep, and no deeper";
  refused(nested(128), `claims.deep${"[0]".repeat(127)}`, message, "too-large");

  const holes = (length) => Object.assign([], { length });
  const values = "an argument may hold 1000000 values, and no more";
  refused({ groups: holes(4_294_967_295) }, "claims.groups", values, "too-large");
  refused({ a: { length: 1 }, groups: holes(4_000_000) }, "claims.groups", values, "too-large");
  // With the object and the list itself it is one too many.
  tooLarge({ groups: holes(999_999) }, "claims.groups");
  read({ groups: ["a"], b: holes(999_996) }, ["a"]);
  // A proxy may claim any length.
  const length = (length) => new Proxy([], { get: (array, key) => (key === "length" ? length : array[key]) });
  tooLarge({ a: length(1e15) }, "claims.a");
  for (const none of [-1, Number.NaN, "2", null]) read({ groups: length(none) }, []);
  malformed({ groups: length(1.5) }, "null");
  // An endless object: each `toJSON` gives one with another.
  const next = () => ({ a: { toJSON: next } });
  assert.throws(() => claim(next()), { code: "too-large" });
  // Shared over and over, a handful of objects would take forever.
  let doubling = ["x"];
  for (let level = 0; level < 60; level += 1) doubling = [doubling, doubling];
  assert.throws(() => claim({ doubling }), { code: "too-large" });
  const long = "x".repeat(2 ** 24);
  const text = "all strings together may have 268435456 bytes, and no more";
  refused({ a: new Array(1000).fill(long) }, "claims.a[16]", text, "too-large");
  const escaped = "\u0001".repeat(2 ** 24);
  assert.throws(() => claim({ a: new Array(1000).fill(escaped) }), { code: "too-large" });
});
