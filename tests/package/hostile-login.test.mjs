// Memberships, settings, commands, logins and expectations that are wrong, misleading or foreign.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  applyCommand,
  defaultSettings,
  diffSettings,
  effectiveSettings,
  LoginSync,
  readSettingsFile,
  runScenarios,
} from "idp-group-sync";
import { atOnce, config, nothingHappened, refuses, sync } from "./support/hostile.mjs";

const nobody = { role: null, groups: [] };
const settings = { ...defaultSettings("main"), enabled: true, mapping: config.mapping };
const admin = { superAdmin: true };
const catalogs = { main: config.catalog };
const workspace = { id: "main", member: "active", membership: { role: "end-user", groups: [] } };
const request = {
  method: "oidc",
  claims: { groups: ["Sales Team"] },
  user: { exists: true },
  licence: { status: "active", features: { sso: true, groupSync: true } },
  workspaces: [workspace],
};
const login = new LoginSync(settings, catalogs);
const scenario = { name: "sales", groups: ["Sales Team"], expect: { groups: ["sales"] } };

const planOf = (changes) => login.decide({ ...request, ...changes }).workspaces[0].plan;
const primitives = [null, true, 7, "text", 1n, Symbol("a"), () => ({})];

describe("arguments of the wrong kind", () => {
  test("a membership and its options", () => {
    for (const wrong of [undefined, ...primitives, []]) {
      refuses(() => sync.plan({}, wrong), "invalid-input", "membership");
      refuses(() => sync.planGroups([], wrong), "invalid-input", "membership");
    }
    for (const wrong of [true, 7, "guards", []])
      refuses(() => sync.plan({}, nobody, wrong), "invalid-input", "options");
    refuses(() => sync.plan(undefined, nobody), "invalid-input", "claims");
    refuses(() => sync.planGroups("Sales Team", nobody), "invalid-input", "groups");
    refuses(() => sync.planGroups([], { role: null }), "invalid-input", "membership.groups", /required/);
    assert.equal(sync.planGroups([], { ...nobody, name: "ada" }).status, "change"); // a row has more columns
    refuses(() => sync.planGroups([], { ...nobody, group: [] }), "invalid-input", "membership.group", /no such field/);
    refuses(() => sync.planGroups([], nobody, { guard: {} }), "invalid-input", "options.guard", /no such field/);
    assert.equal(sync.planGroups([], nobody, null).status, "change");
    assert.equal(sync.planGroups([], { groups: [] }).role.from, null);
  });

  test("numbers of seats", () => {
    const planned = (seat) => sync.planGroups(["x"], nobody, { guards: { seats: { roles: { builder: seat } } } });
    for (const wrong of [-1, 1.5, 1e300, "1", [1], {}]) {
      const path = "options.guards.seats.roles.builder.used";
      refuses(() => planned({ used: wrong, limit: 1 }), "invalid-input", path, /expected a whole number/);
    }
    for (const lost of [Number.NaN, Number.POSITIVE_INFINITY]) {
      refuses(() => planned({ used: 0, limit: lost }), "invalid-input", "options.guards.seats.roles.builder.limit");
    }
    for (const right of [0, -0, 1, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
      assert.equal(planned({ used: right, limit: right }).status, "change");
    }
  });

  test("settings, commands and actors", () => {
    for (const wrong of [undefined, ...primitives, []]) {
      refuses(() => applyCommand(wrong, { type: "enable" }, admin), "invalid-input", "settings");
      refuses(() => applyCommand(settings, wrong, admin), "invalid-input", "command");
      refuses(() => applyCommand(settings, { type: "enable" }, wrong), "invalid-input", "actor");
      refuses(() => effectiveSettings(wrong, "main"), "invalid-input", "settings");
      refuses(() => readSettingsFile(wrong), "invalid-input", "file");
      refuses(() => diffSettings(wrong, settings), "invalid-input", "before");
      refuses(() => diffSettings(settings, wrong), "invalid-input", "after");
      refuses(() => new LoginSync(wrong, catalogs), "invalid-input", "settings");
    }
    for (const wrong of [undefined, null, 7, ["main"], {}]) {
      refuses(() => effectiveSettings(settings, wrong), "invalid-input", "workspace");
      refuses(() => defaultSettings(wrong), "invalid-input", "defaultWorkspace");
    }
    refuses(() => defaultSettings(""), "invalid-input", "defaultWorkspace", /empty/);
    refuses(() => effectiveSettings(settings, "team"), "invalid-input", "workspace", /`team`/);
    refuses(() => diffSettings({ ...settings, version: 2 }, settings), "invalid-input", "before.version");
    refuses(() => diffSettings(settings, { ...settings, workspaces: [] }), "invalid-input", "after.workspaces");
    refuses(
      () => applyCommand({ ...settings, version: 2 }, { type: "enable" }, admin),
      "invalid-input",
      "settings.version",
    );
    refuses(
      () => applyCommand({ ...settings, version: 1.5 }, { type: "enable" }, admin),
      "invalid-input",
      "settings.version",
    );
    refuses(() => applyCommand(settings, {}, admin), "invalid-input", "command.type");
    refuses(() => applyCommand(settings, { type: "drop" }, admin), "invalid-input", "command.type", /`drop`/);
    refuses(
      () => applyCommand(settings, { type: "enable" }, { superAdmin: "yes" }),
      "invalid-input",
      "actor.superAdmin",
    );
    refuses(() => applyCommand(settings, { type: "enable" }, { superAdmin: 1 }), "invalid-input", "actor.superAdmin");
    refuses(() => applyCommand(settings, { type: "enable" }, {}), "invalid-input", "actor.superAdmin");
  });

  test("catalogs and requests", () => {
    for (const wrong of [undefined, ...primitives, [config.catalog]]) {
      refuses(() => new LoginSync(settings, wrong), "invalid-input", "catalogs");
      refuses(() => login.decide(wrong), "invalid-input", "request");
    }
    const needs = { groups: [{ name: "a", requires: "boss" }] };
    refuses(() => new LoginSync(settings, { main: null }), "invalid-input", "catalogs.main");
    refuses(() => new LoginSync(settings, { main: needs }), "invalid-input", "catalogs.main.groups[0].requires");
    refuses(() => new LoginSync(settings, { "a b": needs }), "invalid-input", 'catalogs["a b"].groups[0].requires');
    const wrong = { ...request, workspaces: [workspace, { ...workspace, member: "owner" }] };
    refuses(() => login.decide(wrong), "invalid-input", "request.workspaces[1].member", /`owner`/);
    for (const claims of ["a.b.c", [], 7]) {
      refuses(() => login.decide({ ...request, claims }), "invalid-input", "request.claims");
    }
    refuses(() => login.decide({ ...request, claims: undefined }), "invalid-input", "request.claims");
    refuses(() => login.decide({ ...request, user: undefined }), "invalid-input", "request.user", /required/);
  });

  test("scenarios", () => {
    for (const wrong of [undefined, ...primitives, {}, { length: 1, 0: scenario }]) {
      refuses(() => runScenarios(config, wrong), "invalid-input", "scenarios");
    }
    refuses(() => runScenarios(), "invalid-input", "config");
    refuses(() => runScenarios("a -> b", []), "invalid-input", "config");
    refuses(() => runScenarios(config, [scenario, null]), "invalid-input", "scenarios[1]");
    refuses(() => runScenarios(config, [{ ...scenario, name: undefined }]), "invalid-input", "scenarios[0].name");
    refuses(() => runScenarios(config, [{ ...scenario, expect: null }]), "invalid-input", "scenarios[0].expect");
  });
});

describe("lone surrogates", () => {
  const lone = "\ud83d";

  test("in the claims of a login they make the claim malformed", () => {
    const { status, reason } = planOf({ claims: { groups: ["Sales Team", lone] } });
    assert.deepEqual([status, reason], ["skipped", "claim-malformed"]);
  });

  test("elsewhere in the token of a login they do no harm", () => {
    const claims = { groups: ["Sales Team"], name: `Ada ${lone}`, [lone]: [lone] };
    assert.deepEqual(planOf({ claims }).join, ["sales"]);
  });

  test("in the groups of a plan they are no group", () => {
    const replacement = { role: "end-user", groups: [{ name: "\ufffd" }] };
    const { status, reason, keep } = sync.planGroups([lone], replacement);
    assert.deepEqual([status, reason, keep], ["skipped", "claim-malformed", ["\ufffd"]]);
  });

  test("in the claims of a scenario they are what they are in a token", () => {
    const claims = { groups: [lone], name: lone };
    const [{ passed, resolution }] = runScenarios(config, [{ name: "lone", claims, expect: { outcome: "keep" } }]);
    assert.deepEqual([passed, resolution.claim.status], [true, "malformed"]);
  });

  test("in what is to be kept or compared they are refused", () => {
    const member = { role: null, groups: [{ name: lone }] };
    refuses(() => sync.planGroups([], member), "invalid-input", "membership.groups[0].name", /surrogate/);
    refuses(() => defaultSettings(lone), "invalid-input", "defaultWorkspace", /surrogate/);
    const command = { type: "set-mapping", mapping: `${lone} -> sales` };
    refuses(() => applyCommand(settings, command, admin), "invalid-input", "command.mapping", /surrogate/);
    refuses(() => new LoginSync({ ...settings, mapping: lone }, catalogs), "invalid-input", "settings.mapping");
    const workspaces = [{ ...workspace, id: lone }];
    refuses(() => login.decide({ ...request, workspaces }), "invalid-input", "request.workspaces[0].id", /surrogate/);
    refuses(() => runScenarios(config, [{ ...scenario, groups: [lone] }]), "invalid-input", "scenarios[0].groups[0]");
    const expects = { ...scenario, expect: { groups: [lone] } };
    refuses(() => runScenarios(config, [expects]), "invalid-input", "scenarios[0].expect.groups[0]", /surrogate/);
  });
});

describe("names with a meaning in JavaScript", () => {
  for (const name of ["__proto__", "constructor", "toString"]) {
    test(name, () => {
      const own = defaultSettings(name);
      assert.equal(effectiveSettings(own, name).workspace, name);
      const catalogs = JSON.parse(`{ ${JSON.stringify(name)}: { "groups": [{ "name": ${JSON.stringify(name)} }] } }`);
      const named = new LoginSync({ ...own, enabled: true, mapping: `a -> ${name}` }, catalogs);
      const [{ id, plan }] = named.decide({
        ...request,
        claims: { groups: ["a"] },
        workspaces: [{ ...workspace, id: name }],
      }).workspaces;
      assert.deepEqual([id, plan.join], [name, [name]]);
      named.free();
      // What a catalogs object inherits is no catalog.
      const without = new LoginSync({ ...own, enabled: true }, {});
      const skipped = without.decide({ ...request, workspaces: [{ ...workspace, id: name }] }).workspaces[0].plan;
      assert.deepEqual([skipped.status, skipped.reason], ["skipped", "unknown-workspace"]);
      without.free();
      const seats = JSON.parse(`{ "roles": { ${JSON.stringify(name)}: { "used": 0, "limit": 1 } } }`);
      refuses(() => sync.planGroups([], nobody, { guards: { seats } }), "invalid-input", "options.guards.seats.roles");
    });
  }
});

describe("foreign code", () => {
  test("no getter runs twice, of whatever is given", () => {
    let properties = 0;
    const once = (value) => {
      if (typeof value !== "object" || value === null) return value;
      const copy = Array.isArray(value) ? [] : {};
      for (const [name, item] of Object.entries(value)) {
        let asked = 0;
        properties += 1;
        const inner = once(item);
        const get = () => {
          asked += 1;
          assert.equal(asked, 1, name);
          return inner;
        };
        Object.defineProperty(copy, name, { enumerable: true, configurable: true, get });
      }
      return copy;
    };
    const full = { ...workspace, guards: { lastAdmin: false, seats: { roles: { builder: { used: 1, limit: 2 } } } } };
    const other = new LoginSync(once(settings), once(catalogs));
    other.decide(once({ ...request, workspaces: [full] }));
    sync.plan(once(request.claims), once(full.membership), once({ guards: full.guards }));
    applyCommand(once(settings), once({ type: "set-policy", policy: { removal: "none" } }), once(admin));
    effectiveSettings(once(settings), "main");
    readSettingsFile(once(settings));
    runScenarios(once(config), once([{ ...scenario, membership: full.membership }]));
    assert.ok(properties > 80);
    other.free();
    nothingHappened();
  });

  test("what a getter throws is told with its path", () => {
    const thrower = (name) => Object.defineProperty({}, name, { enumerable: true, get: () => assert.fail("not now") });
    const threw = /threw an error: not now/;
    refuses(() => sync.plan({}, thrower("role")), "invalid-input", "membership.role", threw);
    refuses(
      () => applyCommand(thrower("version"), { type: "enable" }, admin),
      "invalid-input",
      "settings.version",
      threw,
    );
    refuses(() => new LoginSync(settings, { main: thrower("groups") }), "invalid-input", "catalogs.main.groups", threw);
    refuses(() => login.decide({ ...request, claims: thrower("sub") }), "invalid-input", "request.claims.sub", threw);
    refuses(() => runScenarios(config, [thrower("name")]), "invalid-input", "scenarios[0].name", threw);
  });

  test("what is no plain data is refused with its path", () => {
    const wrong = (value) => login.decide({ ...request, claims: { a: [value] } });
    for (const value of [new Map(), new Set(), Promise.resolve(), () => 1, Symbol("a"), 1n, new Uint8Array(1)]) {
      refuses(() => wrong(value), "invalid-input", "request.claims.a[0]");
    }
    const cycle = { ...scenario };
    cycle.claims = cycle;
    refuses(() => runScenarios(config, [cycle]), "invalid-input", "scenarios[0].claims", /holds itself/);
    refuses(
      () => new LoginSync(settings, new Map(Object.entries(catalogs))),
      "invalid-input",
      "catalogs",
      /found a Map/,
    );
  });

  test("what is given is not changed, and what comes back shares nothing with it", () => {
    const freeze = (value) => {
      if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
      return value;
    };
    const stored = freeze(structuredClone({ ...settings, policy: { removal: "none" } }));
    const { settings: changed } = applyCommand(stored, freeze({ type: "disable" }), freeze({ superAdmin: true }));
    assert.deepEqual(changed, { ...stored, enabled: false });
    changed.policy.removal = "all";
    changed.workspaces.length = 0;
    assert.equal(effectiveSettings(stored, "main").policy.removal, "none");
    const outcome = login.decide(freeze(structuredClone(request)));
    assert.deepEqual(JSON.parse(JSON.stringify(outcome)), outcome);
    const [result] = runScenarios(freeze(structuredClone(config)), freeze([structuredClone(scenario)]));
    assert.deepEqual(JSON.parse(JSON.stringify(result)), result);
    assert.ok(result.passed);
  });
});

describe("depth and size", () => {
  const nested = (depth) => {
    let value = "b";
    for (let level = 0; level < depth; level += 1) value = [value];
    return value;
  };
  const tooLarge = { name: "GroupSyncError", code: "too-large" };

  test("arguments nested 100,000 deep", () => {
    const start = process.cpuUsage();
    const deep = nested(100_000);
    assert.throws(() => sync.plan({ a: deep }, nobody), tooLarge);
    assert.throws(() => sync.plan({}, { role: null, groups: deep }), tooLarge);
    assert.throws(() => applyCommand(settings, { type: "set-policy", policy: deep }, admin), tooLarge);
    assert.throws(() => effectiveSettings({ ...settings, workspaces: deep }, "main"), tooLarge);
    assert.throws(() => login.decide({ ...request, claims: { a: deep } }), tooLarge);
    assert.throws(() => runScenarios(config, [{ ...scenario, claims: { a: deep } }]), tooLarge);
    atOnce(start);
    nothingHappened();
  });

  test("thousands of workspaces, memberships and scenarios", () => {
    const start = process.cpuUsage();
    const ids = Array.from({ length: 2_000 }, (_, index) => `workspace-${index}`);
    const added = ids.map((id) => ({ id, enabled: true }));
    const many = { ...settings, workspaces: [...settings.workspaces, ...added] };
    const all = new LoginSync(many, Object.fromEntries(ids.map((id) => [id, config.catalog])));
    const workspaces = ids.map((id) => ({ ...workspace, id }));
    const decided = all.decide({ ...request, workspaces, explain: false });
    assert.ok(decided.workspaces.every(({ plan }) => plan.join[0] === "sales"));
    all.free();
    const groups = Array.from({ length: 50_000 }, (_, index) => ({ name: `group-${index}` }));
    assert.equal(sync.planGroups([], { role: "end-user", groups }).leave.length, 50_000);
    const scenarios = Array.from({ length: 5_000 }, () => scenario);
    assert.ok(runScenarios(config, scenarios).every(({ passed }) => passed));
    atOnce(start);
    nothingHappened();
  });
});
