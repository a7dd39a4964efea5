import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { InstanceSettings, SyncPlan } from "idp-group-sync";
import { sql } from "kysely";
import { type Api, newApi } from "./support/api.ts";
import { planOf } from "./support/instance.ts";

const mapping = "Engineering -> developers\nIT -> admin";
let api: Api;
let settings: InstanceSettings;

before(async () => {
  api = await newApi();
  const { instance } = api;
  await instance.addGroup("main", "developers", "builder");
  await instance.addGroup("main", "sales");
  await instance.addGroup("lab", "labs");
  await instance.command(
    { type: "set-mapping", mapping },
    { type: "add-workspace", workspace: "lab" },
    { type: "set-mapping", mapping: "Researchers -> labs", workspace: "lab" },
    { type: "enable" },
  );
  settings = (await api.get("/settings")).settings;
  await instance.signIn("ada", ["Engineering"]);
});
after(() => api.close());

const planIn = (answer: { outcome: { workspaces: { id: string; plan: SyncPlan }[] } }, workspace = "main") =>
  planOf({ allowed: true, diagnostics: [], ...answer.outcome }, workspace);

describe("a known user", () => {
  test("with the claims of their last token: nothing to do", async () => {
    const ada = await api.idOf("ada");
    const answer = await api.post("/preview", { userId: ada });
    assert.deepEqual([answer.user.id, answer.claims], [ada, { groups: ["Engineering"] }]);
    assert.equal(planIn(answer).status, "unchanged");
    const [lab, main] = answer.workspaces;
    assert.deepEqual([lab.id, lab.member, lab.membership], ["lab", "none", null]);
    const groups = [{ name: "developers", grantedBy: "sync" }];
    assert.deepEqual(main.membership, { role: "builder", roleGrantedBy: "sync", groups });
    assert.deepEqual(planIn(answer).resolution.matches[0]?.grants[0]?.target, "developers");
  });

  test("the places in a plan are places of the text that comes with it", async () => {
    const answer = await api.post("/preview", {
      userId: await api.idOf("ada"),
      claims: { groups: ["IT", "Researchers"] },
    });
    for (const { id, effective } of answer.workspaces) {
      const granted = planIn(answer, id).resolution.matches.flatMap(({ grants }) => grants);
      assert.equal(granted.length, 1);
      for (const { entry } of granted) {
        assert.ok(entry);
        const text = effective.mapping.slice(entry.start, entry.end);
        assert.equal(text, id === "main" ? "IT -> admin" : "Researchers -> labs");
      }
    }
  });

  test("what is foretold is what the next login does", async () => {
    const claims = { groups: ["IT", "sales", "Researchers"] };
    const answer = await api.post("/preview", { userId: await api.idOf("ada"), claims });
    assert.deepEqual(answer.outcome, await api.instance.signIn("ada", claims.groups));
    assert.equal(planIn(answer).status, "change");
    await api.instance.signIn("ada", ["Engineering"]);
  });

  test("under settings that are not saved", async () => {
    const unsaved = { ...settings, mapping: "Engineering -> sales" };
    const answer = await api.post("/preview", { userId: await api.idOf("ada"), settings: unsaved });
    const { join, leave } = planIn(answer);
    assert.deepEqual([join, leave, answer.settingsVersion], [["sales"], ["developers"], null]);
  });

  test("who never came with single sign-on has no claims that are known", async () => {
    const { user } = await api.get("/me");
    const { status, body } = await api.ask("POST", "/preview", { userId: user.id });
    assert.deepEqual([status, body.error.code], [422, "no-known-claims"]);
    assert.equal((await api.ask("POST", "/preview", { userId: 999 })).status, 404);
  });
});

describe("pasted claims are of somebody new", () => {
  test("who would be let in", async () => {
    const claims = { groups: ["Researchers"], sub: "new" };
    const answer = await api.post("/preview", { claims });
    assert.deepEqual([answer.user, answer.outcome.allowed], [null, true]);
    assert.deepEqual(planIn(answer).role, { from: null, to: "end-user" });
    assert.deepEqual(planIn(answer, "lab").join, ["labs"]);
    assert.deepEqual(answer.outcome, await api.instance.signIn("new", claims.groups));
  });
  test("or refused, with what they would be told", async () => {
    const denying = { ...settings, policy: { noMatch: "deny" } };
    const { outcome } = await api.post("/preview", { claims: { groups: [] }, settings: denying });
    assert.deepEqual([outcome.allowed, outcome.reason], [false, "denied-by-policy"]);
  });
  test("or whose token holds something odd", async () => {
    const answer = await api.post("/preview", { claims: { groups: [4.2], constructor: null, "": [] } });
    assert.equal(planIn(answer).reason, "claim-malformed");
  });
});

describe("settings", () => {
  test("of a workspace whose mapping has errors: its logins would be skipped, and the errors say why", async () => {
    const [main, lab] = settings.workspaces;
    const broken = { ...settings, workspaces: [main, { ...lab, mapping: "Researchers => labs" }] };
    const answer = await api.post("/preview", { claims: { groups: [] }, settings: broken });
    const { reason, resolution } = planIn(answer, "lab");
    assert.deepEqual([reason, resolution.diagnostics[0]?.code], ["invalid-mapping", "missing-arrow"]);
    assert.notEqual(planIn(answer).reason, "invalid-mapping");
  });
  test("that are not valid are refused, with the path", async () => {
    const faults: [Partial<Record<keyof InstanceSettings, unknown>>, string][] = [
      [{ defaultWorkspace: "nowhere" }, "settings.defaultWorkspace"],
      [{ workspaces: [...settings.workspaces, { id: "main", enabled: true }] }, "settings.workspaces[2].id"],
      [{ version: 2 }, "settings.version"],
      [{ colour: "red" } as object, "settings.colour"],
    ];
    for (const [fault, path] of faults) {
      const answer = await api.ask("POST", "/preview", { claims: {}, settings: { ...settings, ...fault } });
      assert.deepEqual([answer.status, answer.body.error.code, answer.body.error.path], [400, "invalid-input", path]);
    }
  });
  test("with a workspace that the application does not have: it is skipped, as at a login", async () => {
    const unsaved = { ...settings, workspaces: [...settings.workspaces, { id: "nowhere", enabled: true }] };
    const answer = await api.post("/preview", { claims: { groups: [] }, settings: unsaved });
    assert.deepEqual(
      answer.workspaces.map(({ id }: { id: string }) => id),
      ["lab", "main", "nowhere"],
    );
    assert.equal(planIn(answer, "nowhere").reason, "unknown-workspace");
  });
});

test("neither a user nor claims is too little", async () => {
  assert.equal((await api.ask("POST", "/preview", {})).status, 400);
});

test("nothing is changed", async () => {
  const before = await everything();
  const ada = await api.idOf("ada");
  for (const claims of [{ groups: ["IT"] }, { groups: [] }, {}, { groups: true }]) {
    await api.post("/preview", { userId: ada, claims });
    await api.post("/preview", { claims, settings: { ...settings, enabled: false } });
  }
  assert.deepEqual(await everything(), before);
});

/** All rows of all tables that a login writes to. */
async function everything(): Promise<unknown> {
  const tables = ["users", "memberships", "group_memberships", "audit", "audit_plans", "known_claims"];
  const { database } = api.instance;
  const rows = tables.map((table) => sql`select t::text as row from ${sql.table(table)} as t order by 1`);
  return Promise.all(rows.map(async (query) => (await query.execute(database)).rows));
}
