// Decisions in numbers: the very same as those in text, and taken only where numbers tell all.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as groupSync from "idp-group-sync";
import { byNumber } from "../../pkg/dist/testing.js";
import { compute } from "./support/aspects.mjs";
import { caseFiles } from "./support/cases.mjs";

const { GroupSync } = groupSync;

const config = {
  mapping: "Sales Team -> sales\nÉquipe -> é\n*-team -> *\nBosses -> admin",
  claim: "groups",
  catalog: { groups: [{ name: "sales" }, { name: "é", requires: "builder" }, { name: "blue" }] },
};
const sync = new GroupSync(config);
const member = { role: "end-user", groups: [{ name: "sales", grantedBy: "sync" }, { name: "blue" }] };

/** What a call gives in text. */
function asText(call) {
  byNumber.isOff = true;
  try {
    return call();
  } finally {
    byNumber.isOff = false;
  }
}

/** What a call gives or throws, to the letter. */
function outcome(call) {
  try {
    return JSON.stringify(call());
  } catch ({ code, path, message, diagnostics }) {
    return JSON.stringify({ code, path, message, diagnostics });
  }
}

/** Whether a call goes in numbers: only text has to be parsed. */
function isInNumbers(call) {
  call();
  const { parse } = JSON;
  let texts = 0;
  JSON.parse = (text) => {
    texts += 1;
    return parse(text);
  };
  try {
    call();
  } finally {
    JSON.parse = parse;
  }
  return texts === 0;
}

function same(call) {
  assert.equal(
    outcome(call),
    asText(() => outcome(call)),
  );
}

const inNumbers = (call) => {
  assert.ok(isInNumbers(call));
  same(call);
};

const inText = (call) => {
  assert.ok(!isInNumbers(call));
  same(call);
};

test("every case comes to the same", () => {
  let compared = 0;
  for (const { cases } of caseFiles()) {
    for (const { given, expect } of cases) {
      for (const aspect of ["resolution", "plan", "replan", "login"].filter((name) => name in expect)) {
        same(() => compute(aspect, given, groupSync));
        compared += 1;
      }
    }
  }
  assert.ok(compared > 300, `${compared} cases`);
});

describe("a plain list of names goes in numbers", () => {
  const lists = {
    none: [],
    one: ["Sales Team"],
    "in any script": ["Équipe", "🚀", "Ü", "blue-team"],
    "that nothing matches": ["x", "y"],
    roles: ["Bosses", "admin", "builder"],
  };
  for (const [name, groups] of Object.entries(lists)) {
    for (const options of [undefined, null, {}, { explain: true }, { explain: false }, { explain: null }]) {
      test(`${name}, options ${JSON.stringify(options)}`, () => {
        inNumbers(() => sync.resolve({ sub: "ada", groups }, options));
        for (const membership of [member, { role: null, groups: [] }, { groups: [] }, { role: "admin", groups: [] }]) {
          same(() => sync.plan({ groups }, membership, options));
        }
        inNumbers(() => sync.plan({ groups }, member, options));
      });
    }
  }

  test("beside any other claims, each of which is read all the same", () => {
    inNumbers(() => sync.resolve({ groups: ["Sales Team"], aud: ["a", { b: 1 }], name: "\ud800", n: Number.NaN }));
    const wrong = () => sync.resolve({ groups: ["Sales Team"], other: { deep: [new Map()] } });
    assert.throws(wrong, { code: "invalid-input", path: "claims.other.deep[0]" });
    same(wrong);
  });

  test("from getters and proxies, each asked once", () => {
    const asked = [];
    const get = (target, name) => asked.push(name) && target[name];
    const claims = () => new Proxy({ groups: new Proxy(["Sales Team"], { get }), sub: "ada" }, { get });
    assert.deepEqual(sync.resolve(claims()).groups, ["sales"]);
    assert.deepEqual(asked.sort(), ["0", "groups", "length", "sub", "toJSON", "toJSON"]);
  });

  test("where the claim has a name with a meaning in JavaScript", () => {
    for (const claim of ["__proto__", "constructor", "toString", "toJSON"]) {
      const named = new GroupSync({ ...config, claim });
      const claims = JSON.parse(`{ ${JSON.stringify(claim)}: ["Sales Team"] }`);
      inNumbers(() => named.resolve(claims));
      assert.deepEqual(named.resolve(claims).groups, ["sales"]);
      inText(() => named.resolve({}));
    }
  });

  test("with guards that say who is the last admin", () => {
    for (const lastAdmin of [true, false, null, undefined]) {
      same(() => sync.plan({ groups: [] }, { role: "admin", groups: [] }, { guards: { lastAdmin } }));
    }
    inNumbers(() => sync.plan({ groups: ["Bosses"] }, member, { explain: false, guards: { lastAdmin: false } }));
  });
});

describe("what has more to say goes in text", () => {
  const claims = {
    "no claim": {},
    "no object": [],
    "a string": { groups: "Sales Team" },
    "an item that is no string": { groups: ["Sales Team", 7] },
    "an empty name": { groups: ["Sales Team", ""] },
    "a name twice": { groups: ["Sales Team", "Sales Team"] },
    "a lone surrogate": { groups: ["Sales Team", "\ud800"] },
    "two halves of a character in two names": { groups: ["\ud83d", "\ude80"] },
    "a name with a zero": { groups: ["Sales Team", "a\0b"] },
    "a name that is too long": { groups: ["x".repeat(5_000)] },
    "a near miss": { groups: ["sales team"] },
  };
  for (const [name, given] of Object.entries(claims)) {
    test(name, () => {
      same(() => sync.resolve(given));
      same(() => sync.resolve(given, { explain: false }));
      same(() => sync.plan(given, member));
    });
  }

  test("10,001 names", () => {
    const groups = Array.from({ length: 10_001 }, (_, index) => `group-${index}`);
    inText(() => sync.resolve({ groups }));
  });

  test("names that are read in a way of their own, or from further down", () => {
    for (const claim of [{ name: "groups", item: "last-path-segment" }, "/groups", "a.groups"]) {
      const other = new GroupSync({ ...config, claim });
      same(() => other.resolve({ groups: ["/x/Sales Team"], a: { groups: ["Sales Team"] } }));
    }
    const dotted = new GroupSync({ ...config, claim: "a.groups" });
    inText(() => dotted.resolve({ a: { groups: ["Sales Team"] } }));
    same(() => dotted.resolve({ "a.groups": ["Équipe"], a: { groups: ["Sales Team"] } }));
  });

  test("options and memberships that are wrong, or name what the catalog has not", () => {
    const given = { groups: ["Sales Team"] };
    for (const options of [7, [], { explain: 1 }, { explains: true }, { guards: {} }, { toString: true }]) {
      same(() => sync.resolve(given, options));
    }
    const seats = { roles: { builder: { used: 1, limit: 2 } } };
    const guards = [7, { lastAdmin: 1 }, { other: true }, { seats }, { seats: null }, { seats: {} }];
    for (const one of guards) same(() => sync.plan(given, member, { guards: one }));
    const groups = [[7], [{}], [{ name: 7 }], [{ name: "gone" }], [{ name: "sales", grantedBy: "me" }]];
    const more = [[{ name: "sales", by: 1 }], [{ name: "sales" }, { name: "sales", grantedBy: "sync" }], 7, null];
    for (const list of [...groups, ...more]) same(() => sync.plan(given, { role: null, groups: list }));
    for (const role of ["boss", 7, "", "__proto__"]) same(() => sync.plan(given, { role, groups: [] }));
    for (const membership of [7, [], {}, undefined, null]) same(() => sync.plan(given, membership));
  });
});

test("results share nothing with each other, nor with what is given", () => {
  const claims = { groups: ["Sales Team", "Équipe"] };
  const first = sync.plan(claims, member);
  const untouched = structuredClone(first);
  const spoil = (value) => {
    for (const [name, item] of Object.entries(value)) {
      if (typeof item === "object" && item !== null) spoil(item);
      delete value[name];
    }
  };
  spoil(first);
  assert.deepEqual(sync.plan(claims, member), untouched);
  assert.deepEqual(claims, { groups: ["Sales Team", "Équipe"] });
});
