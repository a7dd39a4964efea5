// Values that only JavaScript has: each is read as JSON would be, or refused with its place.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runInNewContext } from "node:vm";
import { diffMappings, GroupSync, readGroups } from "idp-group-sync";
import { config, nothingHappened, refuses, sync } from "./support/hostile.mjs";

const read = (claims) => readGroups(claims, "groups");

describe("what JSON has no word for is refused with its path", () => {
  const refused = {
    "a Map": [new Map([["groups", ["admin"]]]), /expected a plain object, found a Map/],
    "a Set": [new Set(["admin"]), /found a Set/],
    "a WeakMap": [new WeakMap(), /found a WeakMap/],
    "a WeakSet": [new WeakSet(), /found a WeakSet/],
    "a Promise": [Promise.resolve(["admin"]), /found a Promise/],
    "a RegExp": [/admin/, /found a RegExp/],
    "a Uint8Array": [new Uint8Array([97]), /found a Uint8Array/],
    "a DataView": [new DataView(new ArrayBuffer(1)), /found a DataView/],
    "an ArrayBuffer": [new ArrayBuffer(1), /found an ArrayBuffer/],
    "a function": [() => ["admin"], /found a function/],
    "a symbol": [Symbol("admin"), /found a symbol/],
    "a BigInt": [1n, /found a BigInt/],
    "a Map of another realm": [runInNewContext("new Map()"), /found a Map/],
  };
  for (const [name, [value, message]] of Object.entries(refused)) {
    test(name, () => {
      refuses(() => read({ groups: value }), "invalid-input", "claims.groups", message);
      refuses(() => sync.resolve({ a: [0, 1, 2, { b: value }] }), "invalid-input", "claims.a[3].b", message);
      refuses(() => sync.resolveGroups(["a", value]), "invalid-input", "groups[1]", message);
      if (typeof value === "bigint") return; // rows of a database have them
      const wrong = { ...config, catalog: { groups: [{ name: "sales" }, { name: value }] } };
      refuses(() => new GroupSync(wrong), "invalid-input", "catalog.groups[1].name", message);
      refuses(() => diffMappings(config, wrong), "invalid-input", "after.catalog.groups[1].name", message);
    });
  }

  test("a BigInt is a number where rows of a database may be", () => {
    const row = { id: 12345678901234567890n, role: "end-user", groups: [{ id: 7n, name: "sales" }] };
    assert.deepEqual(
      sync.plan({ groups: [] }, row, { guards: { seats: { roles: { admin: { used: 1n, limit: 2n } } } } }).leave,
      ["sales"],
    );
    const named = { ...config, catalog: { groups: [{ name: 1n }] } };
    refuses(() => new GroupSync(named), "invalid-input", "catalog.groups[0].name", /expected a string, found a number/);
  });

  test("claims that are one of them as a whole", () => {
    refuses(() => read(new Map([["groups", ["admin"]]])), "invalid-input", "claims", /found a Map/);
    refuses(() => sync.resolve(() => ({})), "invalid-input", "claims", /found a function/);
  });
});

describe("objects that hold themselves", () => {
  test("an object in itself", () => {
    const claims = { groups: ["admin"], a: {} };
    claims.a.b = claims.a;
    refuses(() => read(claims), "invalid-input", "claims.a.b", /holds itself/);
  });

  test("an array in itself", () => {
    const claims = { groups: [] };
    claims.groups.push(claims.groups);
    refuses(() => read(claims), "invalid-input", "claims.groups[0]", /holds itself/);
  });

  test("claims in themselves, further down", () => {
    const claims = { a: [{}] };
    claims.a[0]["not a name"] = claims;
    refuses(() => read(claims), "invalid-input", 'claims.a[0]["not a name"]', /holds itself/);
  });

  test("the same object twice is no cycle", () => {
    const shared = { id: "a" };
    assert.deepEqual(readGroups({ groups: [shared, shared] }, { name: "groups", item: { field: "id" } }).groups, ["a"]);
  });
});

describe("what JSON would read is read", () => {
  const groupsOf = (claims) => read(claims).groups;

  test("an instance of a class, by its own properties", () => {
    class Token {
      groups = ["a"];
      #secret = ["b"];
      get others() {
        return this.#secret;
      }
    }
    assert.deepEqual(groupsOf(new Token()), ["a"]);
    assert.equal(readGroups(new Token(), "others").status, "missing");
  });

  test("an object without a prototype, of another realm, or frozen", () => {
    assert.deepEqual(groupsOf(Object.assign(Object.create(null), { groups: ["a"] })), ["a"]);
    assert.deepEqual(groupsOf(runInNewContext('({ groups: ["a"] })')), ["a"]);
    assert.deepEqual(groupsOf(Object.freeze({ groups: Object.freeze(["a"]) })), ["a"]);
  });

  test("inherited, symbol-named and non-enumerable properties are not read", () => {
    assert.equal(read(Object.create({ groups: ["a"] })).status, "missing");
    assert.equal(read({ [Symbol("groups")]: ["a"] }).status, "missing");
    assert.equal(read(Object.defineProperty({}, "groups", { value: ["a"] })).status, "missing");
  });

  test("`undefined` is absent in an object, and null in an array", () => {
    assert.equal(read({ groups: undefined }).status, "missing");
    assert.equal(read({ groups: ["a", undefined] }).status, "malformed");
    assert.deepEqual(new GroupSync({ ...config, policy: undefined }).resolve({ groups: ["Sales Team"] }).groups, [
      "sales",
    ]);
    assert.deepEqual(sync.resolve({ groups: ["Sales Team"] }, undefined).groups, ["sales"]);
  });

  test("`toJSON` is called once, as JSON.stringify calls it", () => {
    const calls = [];
    const groups = {
      toJSON(...args) {
        calls.push([this === groups, ...args]);
        return ["a"];
      },
    };
    assert.deepEqual(groupsOf({ groups }), ["a"]);
    assert.deepEqual(calls, [[true, "groups"]]);
    assert.deepEqual(groupsOf({ groups: [new Date(0)] }), ["1970-01-01T00:00:00.000Z"]);
    refuses(() => read({ groups: [{ toJSON: () => new Map() }] }), "invalid-input", "claims.groups[0]", /found a Map/);
    // What it returns is not asked again; a function that it brings along is one like any other.
    const endless = { toJSON: () => endless };
    refuses(() => read({ groups: endless }), "invalid-input", "claims.groups.toJSON", /found a function/);
  });
});

describe("foreign code that runs while a value is read", () => {
  test("a getter that throws", () => {
    const thrower = (thrown) => ({
      get groups() {
        throw thrown;
      },
    });
    for (const thrown of [new Error("no"), "no", null, undefined, new Proxy({}, { get: () => assert.fail() })]) {
      refuses(() => read(thrower(thrown)), "invalid-input", "claims.groups", /threw/);
    }
    refuses(
      () => sync.resolve({ a: [thrower(new Error("not now"))] }),
      "invalid-input",
      "claims.a[0].groups",
      /not now/,
    );
    refuses(
      () => new GroupSync({ ...config, catalog: thrower(new Error("no")) }),
      "invalid-input",
      "catalog.groups",
      /threw/,
    );
  });

  test("a `toJSON` that throws", () => {
    const groups = {
      toJSON() {
        throw new Error("no");
      },
    };
    refuses(() => read({ groups }), "invalid-input", "claims.groups", /threw/);
  });

  test("no getter runs twice, of whatever is given", () => {
    const counted = (value, count) => {
      if (typeof value !== "object" || value === null) return value;
      const copy = Array.isArray(value) ? [] : {};
      for (const [name, item] of Object.entries(value)) {
        const inner = counted(item, count);
        Object.defineProperty(copy, name, {
          enumerable: true,
          configurable: true,
          get() {
            count.set(copy, { ...count.get(copy), [name]: (count.get(copy)?.[name] ?? 0) + 1 });
            return inner;
          },
        });
      }
      return copy;
    };
    const count = new Map();
    const whole = { ...config, claim: { name: "groups", item: { field: "id" } }, policy: { noMatch: "deny" } };
    const other = new GroupSync(counted(whole, count));
    other.resolve(counted({ groups: [{ id: "Sales Team" }] }, count), counted({ explain: true }, count));
    diffMappings(counted(whole, count), counted(whole, count));
    const counts = [...count.values()].flatMap((names) => Object.values(names));
    assert.ok(counts.length > 20);
    assert.deepEqual([...new Set(counts)], [1]);
  });

  test("a proxy is asked for each property once, and may refuse", () => {
    const asked = [];
    const claims = new Proxy(
      { groups: ["a"], sub: "ada" },
      { get: (target, name) => asked.push(name) && target[name] },
    );
    assert.deepEqual(read(claims).groups, ["a"]);
    assert.deepEqual(asked.length, new Set(asked).size, `asked for ${asked.map(String)}`);

    const refusal = () => {
      throw new Error("no");
    };
    for (const trap of ["ownKeys", "get", "getOwnPropertyDescriptor", "getPrototypeOf"]) {
      assert.throws(() => read({ groups: new Proxy({ a: 1 }, { [trap]: refusal }) }), {
        name: "GroupSyncError",
        code: "invalid-input",
        path: /^claims\.groups/,
      });
      nothingHappened();
    }
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    refuses(() => read(proxy), "invalid-input", "claims", /threw/);
    refuses(() => sync.resolveGroups(proxy), "invalid-input", "groups", /threw/);
    refuses(() => new GroupSync({ ...config, catalog: proxy }), "invalid-input", "catalog", /threw/);
  });

  test("what is given is not changed, and what comes back is plain data of its own", () => {
    const claims = { groups: ["Sales Team", "interns"], nested: { groups: [1, null] } };
    const before = structuredClone(claims);
    const resolution = sync.resolve(claims);
    assert.deepEqual(claims, before);
    assert.deepEqual(JSON.parse(JSON.stringify(resolution)), resolution);
    resolution.groups.push("admin");
    resolution.matches.length = 0;
    assert.deepEqual(sync.resolve(claims).groups, ["sales"]);
  });
});
