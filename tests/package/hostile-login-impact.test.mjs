// Logins that are none, or have names with a meaning in JavaScript, and settings that are no settings.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { defaultSettings, LoginImpact } from "idp-group-sync";
import { nothingHappened, refuses } from "./support/hostile.mjs";

const settings = { ...defaultSettings("main"), enabled: true };
const catalogs = { main: { groups: [{ name: "sales" }] } };
const before = { settings, catalogs };
const after = { settings: { ...settings, mapping: "crm -> sales" }, catalogs };
const login = {
  method: "oidc",
  claims: { groups: ["crm"] },
  user: { exists: true },
  licence: { status: "active", features: { sso: true, groupSync: true } },
  workspaces: [{ id: "main", member: "active", membership: { role: "end-user", groups: [] } }],
};
const line = (fields) => `${JSON.stringify({ id: "ada 🚀", ...login, ...fields })}\n`;

function outcome(...chunks) {
  const impact = new LoginImpact(before, after);
  const pushed = chunks.flatMap((chunk) => impact.push(chunk));
  const { changes, summary } = impact.finish();
  return { ids: [...pushed, ...changes].map(({ id }) => id), faults: summary.faults.map(({ line }) => line) };
}

describe("what is no chunk", () => {
  test("is refused, and the next chunk is read as if nothing had happened", () => {
    const impact = new LoginImpact(before, after);
    impact.push(line().slice(0, 10));
    for (const chunk of [undefined, null, 7, login, [line()], new Map(), new Uint16Array(8), Object(line())]) {
      refuses(() => impact.push(chunk), "invalid-input", "chunk", /expected a string or a Uint8Array/);
    }
    assert.equal(impact.push(line().slice(10)).length, 1);
    impact.free();
  });
});

describe("text that is cut within a character", () => {
  test("is read whole, and a half without the other makes its line unreadable, and no other", () => {
    assert.deepEqual(outcome(...line().split("")), { ids: ["ada 🚀"], faults: [] });
    const wrong = line().replace("🚀", "\ud83d");
    assert.deepEqual(outcome(line() + wrong + line()), { ids: ["ada 🚀", "ada 🚀"], faults: [2] });
    assert.deepEqual(outcome(`${line()}\ud83d`, Buffer.from("\n"), line()).faults, [2]);
  });
});

describe("lines", () => {
  test("that are no login are faults, each by its number", () => {
    const wrong = [
      "null",
      "[]",
      '"ada"',
      "{}",
      line({ id: null }),
      line({ method: 7 }),
      line({ claims: null }),
      line({ claims: ["groups"] }),
      line({ user: {} }),
      line({ licence: {} }),
      line({ workspaces: {} }),
      line({ workspaces: [{ id: "main", member: "boss" }] }),
      line({ toJSON: 1 }),
      line({ request: login }),
      `${"[".repeat(100_000)}\n`,
    ];
    const text = wrong.map((text) => `${text.trimEnd()}\n`).join("");
    assert.deepEqual(outcome(text + line()), { ids: ["ada 🚀"], faults: wrong.map((_, index) => index + 1) });
    nothingHappened();
  });

  test("may hold any claims", () => {
    const claims = {
      groups: ["crm"],
      ...JSON.parse('{ "__proto__": 1 }'),
      constructor: 1,
      deep: [[{ a: 1e300 }]],
      n: -0.5,
    };
    const hostile = [
      claims,
      { groups: [null, 7, "crm"] },
      { groups: { crm: true } },
      { groups: "crm" },
      { groups: ["a\u0000b"] },
    ];
    const { faults } = outcome(hostile.map((claims) => line({ claims })).join(""));
    assert.deepEqual(faults, []);
    nothingHappened();
  });

  test("with ids that mean something in JavaScript are counted like any other", () => {
    const ids = ["__proto__", "constructor", "toString"];
    const workspaces = ids.map((id) => ({ id, enabled: true }));
    const named = {
      ...settings,
      workspaces: [...settings.workspaces, ...workspaces],
    };
    // As JSON, so that `__proto__` is a property and not the prototype.
    const all = JSON.parse(
      `{ "main": { "groups": [] }, ${ids.map((id) => `"${id}": { "groups": [{ "name": "sales" }] }`)} }`,
    );
    const impact = new LoginImpact(
      { settings: named, catalogs: all },
      { settings: { ...named, mapping: "crm -> sales" }, catalogs: all },
    );
    const [change] = impact.push(line({ id: "__proto__", workspaces: ids.map((id) => ({ id, member: "active" })) }));
    assert.deepEqual([change.id, change.workspaces.map(({ id }) => id)], ["__proto__", ids]);
    const { summary } = impact.finish();
    assert.deepEqual(
      summary.workspaces.map(({ id, gains }) => [id, gains]),
      [
        ["__proto__", 1],
        ["constructor", 1],
        ["main", 0],
        ["toString", 1],
      ].sort(),
    );
    assert.equal({}.gains, undefined);
    nothingHappened();
  });
});

test("settings and catalogs are read before any user is, each with its path", () => {
  refuses(() => new LoginImpact(), "invalid-input", "before");
  refuses(() => new LoginImpact(before), "invalid-input", "after");
  refuses(() => new LoginImpact(before, null), "invalid-input", "after");
  refuses(() => new LoginImpact(before, { settings }), "invalid-input", "after.catalogs", /required/);
  refuses(() => new LoginImpact({ catalogs }, after), "invalid-input", "before.settings", /required/);
  refuses(() => new LoginImpact({ ...before, extra: 1 }, after), "invalid-input", "before.extra", /no such field/);
  refuses(
    () => new LoginImpact(before, { ...after, catalogs: new Map() }),
    "invalid-input",
    "after.catalogs",
    /found a Map/,
  );
  refuses(
    () => new LoginImpact(before, { ...after, settings: { ...settings, defaultWorkspace: "gone" } }),
    "invalid-input",
    "after.settings.defaultWorkspace",
  );
  const throwing = {
    get settings() {
      throw new Error("boom");
    },
    catalogs,
  };
  refuses(() => new LoginImpact(throwing, after), "invalid-input", "before.settings", /boom/);
  assert.throws(() => LoginImpact(before, after), TypeError);
});
