// `defineGroupSync` with a store in memory: what a login, a preview and a reconciliation come to, and what they leave behind.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { defaultSettings } from "idp-group-sync";
import { defineGroupSync } from "idp-group-sync/app";
import { memoryStore } from "idp-group-sync/store/memory";

const rules = {
  roles: ["member", "editor", "owner"],
  groups: ["sales", { name: "marketing", requires: "editor" }],
  claim: "groups",
  mapping: "IT -> owner, Marketing Team -> marketing",
};

let store;

beforeEach(() => {
  store = memoryStore();
});

const defined = (configuration = {}) => defineGroupSync({ store, ...rules, ...configuration });
const claims = (...groups) => ({ sub: "somebody", groups });

describe("a login", () => {
  test("gives what the groups give, and stores it with who gave it", async () => {
    const { decision, ...login } = await defined().login({ subject: "ada", claims: claims("Marketing Team", "sales") });
    assert.equal(decision.allowed, true);
    assert.deepEqual(login, {
      outcome: "admitted",
      isNew: true,
      role: "editor",
      groups: ["sales", "marketing"],
      otherGroups: [],
      changes: { role: { from: null, to: "editor" }, joined: ["sales", "marketing"], left: [], blocked: [] },
      reasons: [{ kind: "required-by", group: "marketing" }],
    });
    const [membership] = store.users.get("ada").memberships;
    assert.deepEqual([membership.workspace, membership.role, membership.roleGrantedBy], ["main", "editor", "sync"]);
    assert.deepEqual(
      membership.groups.map(({ grantedBy }) => grantedBy),
      ["sync", "sync"],
    );
  });

  test("that changes nothing leaves a line in the audit alone", async () => {
    const sync = defined();
    await sync.login({ subject: "ada", claims: claims("sales") });
    const before = structuredClone(store.users);
    const { isNew, changes } = await sync.login({ subject: "ada", claims: claims("sales") });
    assert.deepEqual([isNew, changes], [false, { role: null, joined: [], left: [], blocked: [] }]);
    assert.deepEqual(store.users, before);
    assert.equal(store.audit.length, 2);
  });

  test("with a claim that can't be read keeps what there is, and gives somebody new the lowest role", async () => {
    const sync = defined();
    await sync.login({ subject: "ada", claims: claims("IT") });
    const kept = await sync.login({ subject: "ada", claims: { groups: 5.5 } });
    assert.deepEqual([kept.outcome, kept.reason, kept.role], ["kept", "claim-malformed", "owner"]);
    const newcomer = await sync.login({ subject: "bob", claims: { groups: 5.5 } });
    assert.deepEqual([newcomer.outcome, newcomer.isNew, newcomer.role], ["kept", true, "member"]);
    assert.equal(store.users.get("bob").memberships[0].role, "member");
  });

  test("that is refused leaves nothing but the audit", async () => {
    const sync = defined({ policy: { noMatch: "deny" } });
    const { outcome, code, message } = await sync.login({ subject: "eve", claims: claims("visitors") });
    assert.deepEqual([outcome, code], ["refused", "denied-by-policy"]);
    assert.match(message, /no access/);
    assert.equal(store.users.size, 0);
    assert.deepEqual(
      store.audit.map(({ subject, event, outcome }) => [subject, event, outcome]),
      [["eve", "login", "refused"]],
    );
    assert.equal(JSON.parse(store.audit[0].decision).reason, "denied-by-policy");
  });

  test("of somebody new is refused where nobody may come by themselves, or no seat is left", async () => {
    const closed = await defined({ signup: false }).login({ subject: "ada", claims: claims("IT") });
    assert.equal(closed.code, "signup-disabled");
    const sync = defined({ seats: { total: 1 } });
    assert.equal((await sync.login({ subject: "ada", claims: claims("IT") })).outcome, "admitted");
    assert.equal((await sync.login({ subject: "bob", claims: claims("IT") })).code, "seat-limit-reached");
    assert.equal((await sync.login({ subject: "ada", claims: claims("IT") })).outcome, "admitted");
  });

  test("without a seat of the role gives a lower one", async () => {
    const sync = defined({ seats: { roles: { editor: 1 } } });
    await sync.login({ subject: "ada", claims: claims("editor") });
    const { role, changes } = await sync.login({ subject: "bob", claims: claims("editor") });
    assert.equal(role, "member");
    assert.deepEqual(changes.blocked, [{ change: "role", name: "editor", guard: "seat-limit" }]);
  });

  test("of an invited user accepts the invitation, of an exempt one changes nothing, of an archived one is refused", async () => {
    store.users.set("ada", { status: "invited", memberships: [] });
    store.users.set("root", { exempt: true, memberships: [{ workspace: "main", role: "owner", groups: [] }] });
    store.users.set("eve", { status: "archived", memberships: [] });
    const sync = defined();
    assert.equal((await sync.login({ subject: "ada", claims: claims("sales") })).outcome, "admitted");
    assert.equal(store.users.get("ada").status, "active");
    const root = await sync.login({ subject: "root", claims: claims() });
    assert.deepEqual([root.outcome, root.reason, root.role], ["kept", "exempt", "owner"]);
    assert.equal((await sync.login({ subject: "eve", claims: claims("IT") })).code, "user-archived");
  });

  test("of two owners who lose the role at once lets one of them go", async () => {
    const sync = defined();
    for (const subject of ["ada", "bob"]) await sync.login({ subject, claims: claims("IT") });
    const both = await Promise.all(["ada", "bob"].map((subject) => sync.login({ subject, claims: claims() })));
    assert.deepEqual(both.map(({ role }) => role).sort(), ["member", "owner"]);
  });

  test("by one provider leaves what another one gave", async () => {
    const sync = defined();
    await sync.login({ subject: "ada", provider: "okta", claims: claims("sales") });
    const { groups } = await sync.login({ subject: "ada", provider: "entra", claims: claims("Marketing Team") });
    assert.deepEqual(groups, ["sales", "marketing"]);
  });

  test("takes groups that were fetched in the place of claims, and refuses neither and both", async () => {
    const sync = defined();
    assert.deepEqual((await sync.login({ subject: "ada", groups: ["sales"] })).groups, ["sales"]);
    await assert.rejects(sync.login({ subject: "ada" }), { code: "invalid-input" });
    await assert.rejects(sync.login({ subject: "ada", groups: [], claims: {} }), { code: "invalid-input" });
  });

  test("of a subject that cannot be stored is refused as a mistake", async () => {
    for (const subject of ["", "a\u0000", "\ud800", undefined, 5]) {
      await assert.rejects(defined().login({ subject, claims: claims() }), { code: "invalid-input", path: "subject" });
    }
    assert.equal(store.audit.length, 0);
  });

  test("that fails within the transaction changes nothing", async () => {
    const failing = {
      ...store,
      transaction: (work) =>
        store.transaction((transaction) => {
          transaction.writeAudit = async () => {
            throw new Error("the disk is full");
          };
          return work(transaction);
        }),
    };
    await assert.rejects(defined({ store: failing }).login({ subject: "ada", claims: claims("IT") }), /disk is full/);
    assert.equal(store.users.size, 0);
  });

  test("is tried again where the store says so, and no more than five times", async () => {
    let attempts = 0;
    const busy = {
      isRetryable: ({ code }) => code === "40001",
      transaction: (work) => {
        attempts += 1;
        if (attempts < 3) throw Object.assign(new Error("busy"), { code: "40001" });
        return store.transaction(work);
      },
    };
    assert.equal((await defined({ store: busy }).login({ subject: "ada", claims: claims("IT") })).role, "owner");
    assert.equal(attempts, 3);
    attempts = Number.NEGATIVE_INFINITY;
    let failures = 0;
    const stuck = {
      isRetryable: () => true,
      transaction: () => {
        failures += 1;
        throw new Error("busy");
      },
    };
    await assert.rejects(defined({ store: stuck }).login({ subject: "ada", claims: claims("IT") }), /busy/);
    assert.equal(failures, 5);
  });

  test("without a store decides as for somebody new", async () => {
    const sync = defineGroupSync(rules);
    for (const _ of [1, 2]) {
      const { isNew, role, groups } = await sync.login({ subject: "ada", claims: claims("IT", "sales") });
      assert.deepEqual([isNew, role, groups], [true, "owner", ["sales"]]);
    }
  });
});

test("a preview comes to the same, and changes nothing", async () => {
  const sync = defined();
  await sync.login({ subject: "ada", claims: claims("sales") });
  const before = structuredClone(store.users);
  const preview = await sync.preview({ subject: "ada", claims: claims("IT") });
  assert.deepEqual(store.users, before);
  assert.equal(store.audit.length, 1);
  assert.deepEqual(await sync.login({ subject: "ada", claims: claims("IT") }), preview);
});

describe("groups that are made on the way", () => {
  const mapping = "okta-* -> team-*, x-* -> other-*";

  test("are those that the pattern allows, by an entry or by name, and require nothing", async () => {
    const sync = defined({ mapping, createGroups: { allow: "team-*" } });
    const { groups } = await sync.login({
      subject: "ada",
      claims: claims("okta-labs", "x-labs", "team-b", "visitors"),
    });
    assert.deepEqual(groups, ["team-labs", "team-b"]);
    const next = await sync.login({ subject: "ada", claims: claims("team-b") });
    assert.deepEqual([next.groups, next.changes.left], [["team-b"], ["team-labs"]]);
  });

  test("are told to the store, which may have to make them first", async () => {
    const created = [];
    const telling = {
      transaction: (work) =>
        store.transaction((transaction) => {
          const applyPlan = transaction.applyPlan.bind(transaction);
          transaction.applyPlan = (change) => {
            created.push(...change.create);
            return applyPlan(change);
          };
          return work(transaction);
        }),
    };
    const sync = defined({ store: telling, createGroups: { allow: "*" } });
    await sync.login({ subject: "ada", claims: claims("sales", "new") });
    assert.deepEqual(created, ["new"]);
  });

  test("are none by name where names do not match, or the name cannot be stored", async () => {
    const policy = { matchByName: false };
    const sync = defined({ mapping: "", policy, createGroups: { allow: "*" } });
    assert.deepEqual((await sync.login({ subject: "ada", claims: claims("team-a") })).groups, []);
    const named = defined({ createGroups: { allow: "*" } });
    assert.deepEqual(
      (await named.login({ subject: "bob", claims: claims("a\u0000b", "x".repeat(256), "ok") })).groups,
      ["ok"],
    );
  });

  test("are allowed by one name or pattern, and by nothing else", () => {
    for (const allow of ["", "a && b", "a -> b", "a, b", '"a']) {
      assert.throws(() => defined({ createGroups: { allow } }), { code: "invalid-input", path: "createGroups.allow" });
    }
  });
});

describe("several roles at once", () => {
  const set = (configuration) =>
    defined({
      roles: { kind: "set", names: ["editor", "billing", "owner"] },
      groups: ["sales"],
      mapping: "",
      ...configuration,
    });

  test("are granted and revoked each by itself", async () => {
    const sync = set();
    const first = await sync.login({ subject: "ada", claims: claims("owner", "editor", "sales") });
    assert.deepEqual([first.roles, first.groups], [["editor", "owner"], ["sales"]]);
    await sync.login({ subject: "bob", claims: claims("owner") });
    const { roles, changes } = await sync.login({ subject: "ada", claims: claims("billing") });
    assert.deepEqual(roles, ["billing"]);
    assert.deepEqual(changes, {
      granted: ["billing"],
      revoked: ["editor", "owner"],
      joined: [],
      left: ["sales"],
      blocked: [],
    });
  });

  test("keep the last holder of one that is protected, and no others", async () => {
    const sync = set();
    await sync.login({ subject: "ada", claims: claims("owner", "billing") });
    const { roles, changes } = await sync.login({ subject: "ada", claims: claims() });
    assert.deepEqual(roles, ["owner"]);
    assert.deepEqual(changes.blocked, [{ change: "leave", name: "owner", guard: "last-admin" }]);
    const gone = await sync.reconcile({ subject: "ada", directory: "absent" });
    assert.deepEqual([gone.outcome, gone.reason], ["kept", "last-super-admin"]);
  });

  test("are granted while their seats last", async () => {
    const sync = set({ seats: { roles: { billing: 1 } } });
    await sync.login({ subject: "ada", claims: claims("billing") });
    const { roles, changes } = await sync.login({ subject: "bob", claims: claims("billing", "editor") });
    assert.deepEqual(roles, ["editor"]);
    assert.deepEqual(changes.blocked, [{ change: "join", name: "billing", guard: "seat-limit" }]);
  });
});

describe("what a directory says", () => {
  test("creates, syncs, archives and restores", async () => {
    const sync = defined();
    const outcome = async (directory, ...groups) => {
      const { decision, ...result } = await sync.reconcile({ subject: "ada", directory, groups });
      return [result.outcome, result.reason ?? result.role];
    };
    assert.deepEqual(await outcome("active", "sales"), ["created", "member"]);
    assert.deepEqual(await outcome("active", "editor"), ["synced", "editor"]);
    assert.deepEqual(await outcome("inactive"), ["archived", "inactive"]);
    assert.equal(store.users.get("ada").archivedBy, "sync");
    assert.deepEqual(await outcome("inactive"), ["kept", "archived"]);
    assert.deepEqual(await outcome("active", "editor"), ["restored", "editor"]);
    store.users.set("ada", { ...store.users.get("ada"), status: "archived", archivedBy: "manual" });
    assert.deepEqual(await outcome("active", "editor"), ["kept", "archived-by-hand"]);
    assert.deepEqual(
      store.audit.map(({ event, outcome }) => [event, outcome]),
      ["created", "synced", "archived", "restored"].map((outcome) => ["reconcile", outcome]),
    );
  });

  test("does not archive the last owner", async () => {
    const sync = defined();
    await sync.login({ subject: "ada", claims: claims("IT") });
    const kept = await sync.reconcile({ subject: "ada", directory: "absent" });
    assert.deepEqual([kept.outcome, kept.reason], ["kept", "last-super-admin"]);
    await sync.login({ subject: "bob", claims: claims("IT") });
    assert.equal((await sync.reconcile({ subject: "ada", directory: "absent" })).outcome, "archived");
  });
});

describe("settings", () => {
  const settings = {
    ...defaultSettings("main"),
    enabled: true,
    mapping: "Sales Team -> sales",
    workspaces: [
      { id: "main", enabled: true },
      { id: "lab", enabled: true, mapping: "Researchers -> builder" },
    ],
  };
  const catalogs = { main: { groups: ["sales"] }, lab: { groups: [] } };
  const login = (configuration, ...groups) =>
    defineGroupSync({ store, settings, catalogs, ...configuration }).login({
      subject: "ada",
      claims: claims(...groups),
    });

  test("decide about each workspace that lets the user in", async () => {
    const { workspaces } = await login({}, "Sales Team");
    assert.deepEqual(
      workspaces.map(({ id, outcome, role, groups }) => [id, outcome, role, groups]),
      [["main", "admitted", "end-user", ["sales"]]],
    );
    const both = await login({}, "Researchers");
    assert.deepEqual(
      both.workspaces.map(({ id, role, changes }) => [id, role, changes.left]),
      [
        ["main", "end-user", ["sales"]],
        ["lab", "builder", []],
      ],
    );
    assert.equal(store.users.get("ada").memberships.length, 2);
  });

  test("are got at each login, and compiled anew when they change", async () => {
    let mapping = "A -> sales";
    const changing = { settings: async () => ({ ...settings, mapping }) };
    const groups = async () => (await login(changing, "A")).workspaces[0].groups;
    assert.deepEqual(await groups(), ["sales"]);
    mapping = "B -> sales";
    assert.deepEqual(await groups(), []);
  });

  test("go by the licence and its seats", async () => {
    const features = { sso: true, groupSync: true };
    assert.equal((await login({ licence: { status: "expired", features } }, "Sales Team")).code, "sso-unavailable");
    store.users.set("bob", { memberships: [{ workspace: "lab", role: "builder", groups: [] }] });
    const limited = { licence: () => ({ status: "active", features, seats: { roles: { builder: 1 } } }) };
    const { workspaces } = await login(limited, "Researchers");
    const lab = workspaces.find(({ id }) => id === "lab");
    assert.deepEqual([lab.role, lab.changes.blocked[0].guard], ["end-user", "seat-limit"]);
    const full = { licence: { status: "active", features, seats: { total: 2 } } };
    assert.equal((await login(full, "Sales Team")).outcome, "admitted");
  });

  test("that are switched off keep what there is", async () => {
    await login({}, "Sales Team");
    const off = await login({ settings: { ...settings, enabled: false } });
    assert.deepEqual(
      off.workspaces.map(({ id, outcome, reason, groups }) => [id, outcome, reason, groups]),
      [["main", "kept", "sync-disabled", ["sales"]]],
    );
  });
});

test("what no login could go by throws at the start, with its place", () => {
  assert.throws(() => defined({ mapping: "a ->" }), { code: "invalid-mapping" });
  assert.throws(() => defined({ groups: [{ name: "a", requires: "admin" }] }), {
    code: "invalid-input",
    path: "groups[0].requires",
  });
  assert.throws(() => defined({ roles: [] }), { code: "invalid-input", path: "roles" });
  assert.throws(() => defined({ claim: "" }), { code: "invalid-input", path: "claim.name" });
  // A compiler tells these, where there is one.
  assert.throws(() => defined({ roles: undefined }), { code: "invalid-input", path: "roles", message: /required/ });
  assert.throws(() => defined({ roles: "member" }), { code: "invalid-input", path: "roles" });
  assert.throws(() => defined({ roles: { kind: "set" } }), { code: "invalid-input", path: "roles" });
  assert.throws(() => defined({ groups: "sales" }), { code: "invalid-input", path: "groups" });
  assert.throws(() => defined({ polcy: { noMatch: "deny" } }), { path: "polcy", message: /expected .*`policy`/ });
  assert.throws(() => defined({ settings: defaultSettings("main"), catalogs: {} }), {
    path: "roles",
    message: /no such/,
  });
});

test("what is doubtful about a mapping is told, each thing once", async () => {
  const told = async (more) => (await defined(more).check()).map(({ code, params }) => [code, params.target]);
  assert.deepEqual(await told(), []);
  const mapping = "IT -> ownr, HR -> people";
  const both = [
    ["unknown-target", "ownr"],
    ["unknown-target", "people"],
  ];
  assert.deepEqual(await told({ mapping }), both);
  assert.deepEqual(await told({ mapping, groups: async () => ["people"] }), both.slice(0, 1));
  assert.deepEqual(await told({ mapping, createGroups: { allow: "*" } }), []); // these are made
  assert.deepEqual(await told({ mapping, roles: { kind: "set", names: ["ownr"] }, groups: [] }), both.slice(1));
  const workspaces = ["main", "lab"].map((id) => ({ id, enabled: true }));
  const settings = { ...defaultSettings("main"), claim: "groups", mapping, workspaces };
  const catalog = { groups: ["people"] };
  const kept = defineGroupSync({ store, settings, catalogs: { main: catalog, lab: catalog } });
  assert.deepEqual(
    (await kept.check()).map(({ params }) => params.target),
    ["ownr"],
  );
});
