// Chunks of users that are none, lie about themselves, or are cut where text has no place to be cut.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runInNewContext } from "node:vm";
import { Impact } from "idp-group-sync";
import { config, nothingHappened, refuses } from "./support/hostile.mjs";

const line = '{ "id": "ada 🚀", "groups": ["Sales Team"] }\n';
const bytes = new TextEncoder().encode(line);
const newImpact = () => new Impact({ ...config, mapping: "" }, config);

/** The ids of the users who change, and the lines that cannot be read. */
function outcome(...chunks) {
  const impact = newImpact();
  const pushed = chunks.flatMap((chunk) => impact.push(chunk));
  const { changes, summary } = impact.finish();
  assert.equal(summary.faultCount, summary.faults.length);
  return { ids: [...pushed, ...changes].map(({ id }) => id), faults: summary.faults.map(({ line }) => line) };
}

const ada = { ids: ["ada 🚀"], faults: [] };

describe("what is no chunk", () => {
  test("is refused, and the next chunk is read as if nothing had happened", () => {
    const none = [undefined, null, true, 7, 1n, Symbol("a"), () => line, {}, [], [...bytes], new Map(), new Date()];
    const others = [bytes.buffer, new DataView(bytes.buffer), new Uint16Array(8), new Uint8ClampedArray(bytes)];
    const impact = newImpact();
    impact.push(line.slice(0, 10));
    for (const chunk of [...none, ...others, Object(line), Promise.resolve(line)]) {
      refuses(() => impact.push(chunk), "invalid-input", "chunk", /expected a string or a Uint8Array/);
    }
    assert.equal(impact.push(line.slice(10)).length, 1);
    impact.free();
  });

  test("whatever it says of itself", () => {
    const tagged = (value) => Object.defineProperty(value, Symbol.toStringTag, { value: "Uint8Array" });
    const claims = [
      tagged(new Float64Array([65])),
      tagged(new DataView(new ArrayBuffer(4))),
      tagged({ length: 1, 0: 65 }),
    ];
    const inherits = [Object.create(Uint8Array.prototype), new Proxy(bytes, {})];
    const impact = newImpact();
    for (const chunk of [...claims, ...inherits]) refuses(() => impact.push(chunk), "invalid-input", "chunk");
    assert.deepEqual(impact.finish().summary.users, 0);
  });

  test("bytes that are gone are not read as none", () => {
    const detached = new Uint8Array(bytes);
    structuredClone(detached.buffer, { transfer: [detached.buffer] });
    const impact = newImpact();
    refuses(() => impact.push(detached), "invalid-input", "chunk", /detached/);
    const resizable = new ArrayBuffer(bytes.length, { maxByteLength: 1024 });
    const beyond = new Uint8Array(resizable, 0, bytes.length);
    resizable.resize(1);
    refuses(() => impact.push(beyond), "invalid-input", "chunk");
    impact.free();
  });
});

describe("bytes of every kind", () => {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  const kinds = {
    "a Uint8Array": bytes,
    "a Buffer": Buffer.from(line),
    "an instance of a subclass": new (class Bytes extends Uint8Array {})(bytes),
    "a Uint8Array of another realm": runInNewContext("Uint8Array.from(bytes)", { bytes }),
    "a part of an ArrayBuffer": new Uint8Array([1, 2, ...bytes, 3]).subarray(2, 2 + bytes.length),
    "shared memory": shared,
  };
  for (const [name, chunk] of Object.entries(kinds)) {
    test(name, () => {
      assert.deepEqual(outcome(chunk), ada);
      assert.deepEqual(outcome(chunk.subarray(0, 15), chunk.subarray(15)), ada);
    });
  }

  test("are read as they are, whatever their properties say", () => {
    const lying = (property, descriptor) => Object.defineProperty(new Uint8Array(bytes), property, descriptor);
    const fails = () => assert.fail("this code is not to run");
    const lies = [3, 1000, 4e9, -1, "x", null].map((value) => lying("length", { value }));
    const traps = ["length", "byteLength", "buffer", "constructor", Symbol.toStringTag, Symbol.iterator].map((name) =>
      lying(name, { get: fails }),
    );
    for (const chunk of [...lies, ...traps]) assert.deepEqual(outcome(chunk), ada);
    nothingHappened();
  });

  test("are copied: what becomes of them afterwards does not matter", () => {
    const chunk = new Uint8Array(bytes.subarray(0, 20));
    const impact = newImpact();
    impact.push(chunk);
    chunk.fill(0);
    assert.equal(impact.push(bytes.subarray(20)).length, 1);
    impact.free();
  });
});

describe("text that is cut within a character", () => {
  const half = line.indexOf("🚀") + 1;

  test("is read whole, whatever comes between", () => {
    assert.deepEqual(outcome(line.slice(0, half), line.slice(half)), ada);
    assert.deepEqual(outcome(line.slice(0, half), "", "", line.slice(half)), ada);
    assert.deepEqual(outcome(line.slice(0, half), new Uint8Array(0), line.slice(half)), ada);
    assert.deepEqual(outcome(...line), ada);
    assert.deepEqual(outcome(...line.split("")), ada);
  });

  test("a half without the other makes its line unreadable, and no other", () => {
    const [high, low] = ["\ud83d", "\ude80"];
    const wrong = (id) => line.replace("🚀", id);
    for (const id of [high, low, low + high, high + high, `${high}x`, `${high + high + low}`]) {
      assert.deepEqual(outcome(line + wrong(id) + line), { ids: ["ada 🚀", "ada 🚀"], faults: [2] });
      assert.deepEqual(outcome(...(line + wrong(id) + line).split("")), { ids: ["ada 🚀", "ada 🚀"], faults: [2] });
    }
    assert.deepEqual(outcome(line + high), { ids: ["ada 🚀"], faults: [2] });
    assert.deepEqual(outcome(`${line}${high}`, "\n", line), { ids: ["ada 🚀", "ada 🚀"], faults: [2] });
    // Two halves of different kinds: text, and bytes that are no UTF-8 on their own.
    assert.deepEqual(outcome(line.slice(0, half), Buffer.from("🚀").subarray(2), line.slice(half + 1)).ids, []);
  });

  test("the character that stands for unreadable ones is one like any other", () => {
    assert.deepEqual(outcome(line.replace("🚀", "\ufffd")), { ids: ["ada \ufffd"], faults: [] });
  });
});

describe("names with a meaning in JavaScript", () => {
  test("as a role they are counted like any other", () => {
    const roles = ["end-user", "__proto__", "constructor"];
    const catalog = { roles, groups: [] };
    const before = { mapping: "", claim: "groups", catalog };
    const impact = new Impact(before, { ...before, mapping: "a -> __proto__" });
    impact.push('{ "id": "__proto__", "groups": ["a"] }\n');
    const { summary } = impact.finish();
    assert.deepEqual(Object.keys(summary.roles).sort(), [...roles].sort());
    assert.deepEqual(Object.entries(summary.roles).find(([name]) => name === "__proto__")?.[1], {
      before: 0,
      after: 1,
    });
    assert.equal({}.before, undefined);
    nothingHappened();
  });
});

test("configurations are read before any user is, each with its path", () => {
  refuses(() => new Impact(), "invalid-input", "before");
  refuses(() => new Impact(config), "invalid-input", "after");
  refuses(() => new Impact(config, { ...config, catalog: new Map() }), "invalid-input", "after.catalog", /found a Map/);
  refuses(
    () => new Impact({ ...config, mapping: "\ud83d -> b" }, config),
    "invalid-input",
    "before.mapping",
    /surrogate/,
  );
  assert.throws(
    () => new Impact(config, { ...config, mapping: "é -> b\na => b" }),
    ({ code, diagnostics }) => {
      assert.equal(code, "invalid-mapping");
      assert.deepEqual(diagnostics[0].span, { start: 9, end: 11, line: 2, column: 3 });
      return true;
    },
  );
  assert.throws(() => Impact(config, config), TypeError);
});
