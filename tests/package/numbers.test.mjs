// Decisions in numbers: the very same as those in text, and taken only where numbers tell all.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as groupSync from "idp-group-sync";
import { byNumber } from "../../pkg/dist/testing.js";
import { compute } from "./support/aspects.mjs";
import { caseFiles } from "./support/cases.mjs";

const { GroupSync, LoginSync } = groupSync;

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

/** Whether a call goes in numbers: it gives a result, and only text has to be parsed. */
function isInNumbers(call) {
  outcome(call);
  const { parse } = JSON;
  let texts = 0;
  JSON.parse = (text) => {
    texts += 1;
    return parse(text);
  };
  try {
    call();
    return texts === 0;
  } catch {
    return false;
  } finally {
    JSON.parse = parse;
  }
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
        inNumbers(() => sync.resolveGroups(groups, options));
        inNumbers(() => sync.planGroups(groups, member, options));
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
      same(() => sync.resolveGroups(given.groups));
      same(() => sync.planGroups(given.groups, member, { explain: false }));
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

describe("logins", () => {
  const stored = { ...groupSync.defaultSettings("main"), enabled: true, mapping: config.mapping };
  const workspaces = [
    ...stored.workspaces,
    { id: "own", enabled: true, mapping: "Sales Team -> blue", policy: { noMatch: "deny" } },
    { id: "off", enabled: false },
    { id: "without", enabled: true },
  ];
  const catalogs = { main: config.catalog, own: { ...config.catalog, roles: ["guest", "builder"] } };
  const login = new LoginSync({ ...stored, workspaces }, { ...catalogs, off: config.catalog });
  const at = (id, more) => ({ id, member: "active", membership: member, ...more });
  const licence = { status: "active", features: { sso: true, groupSync: true } };
  const request = {
    method: "oidc",
    claims: { sub: "ada", groups: ["Sales Team", "Équipe"] },
    user: { exists: true },
    licence,
    workspaces: [at("main"), at("own", { membership: { role: null, groups: [] } })],
  };
  const decide = (changes) => () => login.decide({ ...request, ...changes });

  test("of a user who may come in go in numbers", () => {
    inNumbers(decide());
    for (const explain of [true, false, null]) inNumbers(decide({ explain }));
    inNumbers(decide({ claims: { groups: [] }, workspaces: [at("main")] }));
    inNumbers(decide({ workspaces: [] }));
    for (const member of ["none", "active", "invited", "archived"]) {
      same(decide({ workspaces: [at("main", { member }), at("own", { member, membership: undefined })] }));
    }
    inNumbers(
      decide({ user: { exists: true, status: "invited", superAdmin: true }, passwordLogin: false, signup: false }),
    );
    inNumbers(decide({ workspaces: [at("main", { guards: { lastAdmin: true } }), at("main")] }));
  });

  test("of anybody else go in text", () => {
    const { features } = licence;
    const seats = { total: { used: 1, limit: 1 } };
    for (const changes of [
      { method: "password" },
      { method: 7 },
      { claims: undefined },
      { claims: { groups: ["Sales Team", "sales team"] } },
      { user: { exists: true, status: "archived" } },
      { user: { exists: 1 } },
      { user: { exists: true, name: "Ada" } },
      { user: undefined },
      { licence: { ...licence, status: "expired" } },
      { licence: { ...licence, seats } },
      { licence: { ...licence, features: { ...features, customGroups: false } } },
      { licence: { status: "active", features: { sso: true } } },
      { passwordLogin: "no" },
      { explain: 1 },
      { more: true },
      { workspaces: {} },
      { workspaces: [7] },
      { workspaces: [at("main"), at("off"), at("without"), at("elsewhere")] },
      { workspaces: [at(7)] },
      { workspaces: [at("main", { member: "boss" })] },
      { workspaces: [at("main", { member: undefined })] },
      { workspaces: [at("main", { guards: { seats } })] },
      { workspaces: [at("main", { membership: { role: "admin", groups: [{ name: "gone" }] } })] },
      { workspaces: [at("own", { membership: { role: "admin", groups: [] } })] },
      { claims: { groups: ["x"] }, workspaces: [at("own", { membership: undefined })] },
    ]) {
      assert.ok(!isInNumbers(decide(changes)), JSON.stringify(changes));
      same(decide(changes));
    }
  });

  test("of new users, of everybody whom a workspace has not, and of those whom none lets in", () => {
    for (const exists of [true, false]) {
      for (const member of ["none", "active", "invited", "archived"]) {
        for (const groups of [["Sales Team"], ["x"], []]) {
          for (const id of ["main", "own"]) {
            const workspaces = [at(id, { member, membership: undefined })];
            same(decide({ user: { exists }, claims: { groups }, workspaces }));
          }
        }
      }
    }
  });

  test("each property is read once", () => {
    const asked = new Map();
    const once = (value, path) => {
      if (typeof value !== "object" || value === null) return value;
      const get = (target, name) => {
        if (Array.isArray(target) || Object.hasOwn(target, name)) {
          const place = `${path}.${String(name)}`;
          asked.set(place, (asked.get(place) ?? 0) + 1);
        }
        return once(target[name], `${path}.${String(name)}`);
      };
      return new Proxy(value, { get });
    };
    assert.deepEqual(login.decide(once(request, "request")), login.decide(request));
    assert.ok(asked.size > 20);
    assert.deepEqual(
      [...asked].filter(([, times]) => times > 1),
      [],
    );
  });
});
