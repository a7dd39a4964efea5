// What is foretold of unsaved settings, held against the engine asked directly, and against the logins that follow.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type InstanceSettings, LoginImpact, type SettingsCommand } from "idp-group-sync";
import { readCatalogs } from "../src/workspaces/catalogs.ts";
import { type Api, newApi } from "./support/api.ts";
import { changedBy as impactChangedBy, impactOf } from "./support/impact.ts";
import { addKnownUsers } from "./support/known-users.ts";

let api: Api;
before(async () => {
  api = await newApi();
  await api.instance.addGroup("main", "developers", "builder");
  await api.instance.addGroup("main", "sales");
  await api.instance.addGroup("lab", "labs", "builder");
  await api.instance.addGroup("club", "chess");
});
after(() => api.close());

const impact = (settings: InstanceSettings) => impactOf(api, settings);
const changedBy = (...commands: SettingsCommand[]) => impactChangedBy(api, ...commands);

test("what is foretold is what the next logins do", async (t) => {
  const { instance } = api;
  await instance.command(
    { type: "set-mapping", mapping: "Engineering -> developers\nIT -> admin\nResearchers -> labs" },
    { type: "enable" },
  );
  const tokens = people();
  const signInAll = async () => {
    for (const [subject, claims] of tokens) {
      await instance.login({ method: "oidc", issuer: "https://idp.example", claims: { sub: subject, ...claims } });
    }
  };
  await signInAll();
  // So that nobody is the last admin: of several who lose the role at once, the last one keeps it, whoever that is.
  const { user } = await api.get("/me");
  for (const workspace_id of ["main", "lab", "club"]) {
    await instance.database
      .insertInto("memberships")
      .values({ user_id: user.id, workspace_id, role: "admin" })
      .execute();
  }

  const steps: Record<string, SettingsCommand[]> = {
    "a workspace is added": [{ type: "add-workspace", workspace: "lab" }],
    "a mapping is changed": [
      { type: "set-mapping", mapping: "Engineering -> sales\nIT -> admin\nResearchers -> labs" },
    ],
    "a workspace gets its own mapping": [
      { type: "set-mapping", mapping: "Engineering -> labs\nSales -> builder", workspace: "lab" },
    ],
    "nobody joins any more": [
      { type: "set-policy", policy: { nonMembers: "none" }, workspace: "lab" },
      { type: "set-mapping", mapping: "Unknown -> labs", workspace: "lab" },
    ],
    "everybody may join, but whoever matches nothing is denied": [
      { type: "set-policy", policy: { nonMembers: "all", noMatch: "deny", missingClaim: "keep" }, workspace: "lab" },
      { type: "set-mapping", mapping: "Engineering -> labs", workspace: "lab" },
    ],
    "the default is another one": [
      { type: "set-policy", policy: { nonMembers: "none" }, workspace: "lab" },
      { type: "set-default-workspace", workspace: "lab" },
    ],
    "everybody joins": [
      { type: "add-workspace", workspace: "club" },
      { type: "set-policy", policy: { nonMembers: "all" }, workspace: "club" },
    ],
    "a workspace is switched off": [
      { type: "disable-workspace", workspace: "lab" },
      { type: "set-mapping", mapping: "", workspace: "lab" },
    ],
    "it is switched on again": [{ type: "enable-workspace", workspace: "lab" }],
    "group sync is switched off": [{ type: "disable" }, { type: "set-mapping", mapping: "" }],
    "and on again, with another claim": [{ type: "enable" }, { type: "set-claim", claim: "roles" }],
  };
  /** Who is a member of a workspace that lets them in no more. */
  const denied = new Set<string>();
  for (const [step, commands] of Object.entries(steps)) {
    await t.test(step, async () => {
      const settings = await changedBy(...commands);
      const { start, changes, totals } = await impact(settings);
      assert.deepEqual([start.users, start.withoutClaims], [tokens.size, 2]);
      const has = () => whoHasWhat([...tokens.keys()]);
      const foretold = await has();
      for (const { workspace, user, member, before, after } of changes) {
        const key = `${user.name} in ${workspace}`;
        assert.equal(member !== "none", foretold.get(key) !== "none", key);
        const wasDenied = before.denied === true && member !== "none";
        assert.equal(wasDenied, denied.has(key), key);
        if (!wasDenied) assert.equal(foretold.get(key), said(before), key);
        // Whoever is kept out of a workspace keeps what they had there, for the day on which they are let in again.
        if (after.denied) denied.add(key);
        else {
          denied.delete(key);
          foretold.set(key, said(after));
        }
      }
      await instance.command(...commands);
      await signInAll();
      assert.deepEqual(await has(), foretold);
      assert.deepEqual(await deniedMembers(), denied);
      const counted = totals.workspaces.map(({ denied, admitted, gains, loses, changes }) => {
        return denied + admitted + gains + loses + changes;
      });
      assert.equal(
        counted.reduce((sum, count) => sum + count, 0),
        changes.length,
      );
      // Nobody loses anything by not being synced; every other step is noticed.
      assert.equal(changes.length === 0, step.endsWith("switched off"), `${changes.length} changes`);
    });
  }
});

/** Tokens of every kind of claim, by subject. */
function people(): Map<string, Record<string, unknown>> {
  const groups = ["Engineering", "IT", "Sales", "Researchers", "Unknown", "sales", "builder"];
  const tokens = new Map<string, Record<string, unknown>>();
  for (let index = 0; index < 24; index += 1) {
    const some = groups.filter((_, place) => (index * 37) % (place + 3) === 1);
    tokens.set(`person-${index}`, { name: `person-${index}`, groups: some, roles: some.toReversed().slice(1) });
  }
  tokens.set("missing", { name: "missing" });
  tokens.set("malformed", { name: "malformed", groups: true, roles: [{}] });
  tokens.set("incomplete", { name: "incomplete", _claim_names: { groups: "src1", roles: "src1" } });
  return tokens;
}

const said = ({ role, groups }: { role: string | null; groups: string[] }) =>
  role === null ? "none" : `${role}: ${groups.toSorted().join(", ")}`.replace(/: $/, "");

async function whoHasWhat(subjects: string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const subject of subjects) {
    for (const workspace of ["main", "lab", "club"]) {
      const [role, groups] = (await api.instance.has(subject, workspace)).split(": ");
      found.set(
        `${subject} in ${workspace}`,
        said({ role: role === "none" ? null : (role ?? ""), groups: groups?.split(", ") ?? [] }),
      );
    }
  }
  return found;
}

/** By the newest login of each, of those who are members. */
async function deniedMembers(): Promise<Set<string>> {
  const rows = await api.instance.database
    .selectFrom("audit_plans")
    .innerJoin("audit", "audit.id", "audit_id")
    .innerJoin("users", "users.id", "audit.user_id")
    .innerJoin("memberships", (join) =>
      join
        .onRef("memberships.user_id", "=", "users.id")
        .onRef("memberships.workspace_id", "=", "audit_plans.workspace_id"),
    )
    .distinctOn(["audit.user_id", "audit_plans.workspace_id"])
    .select(["users.name", "audit_plans.workspace_id as workspace", "audit_plans.status"])
    .orderBy("audit.user_id")
    .orderBy("audit_plans.workspace_id")
    .orderBy("audit.id", "desc")
    .execute();
  return new Set(
    rows.filter(({ status }) => status === "denied").map(({ name, workspace }) => `${name} in ${workspace}`),
  );
}

describe("over several pages of users", () => {
  const count = 450;
  before(async () => {
    await api.close();
    api = await newApi();
    await api.instance.addGroup("main", "developers", "builder");
    await api.instance.addGroup("lab", "labs");
    await api.instance.command(
      { type: "set-mapping", mapping: "Engineering -> developers" },
      { type: "add-workspace", workspace: "lab" },
      { type: "enable" },
    );
    await addKnownUsers(api.instance.database, { count, groups: ["Engineering", "Sales", "IT"], workspace: "main" });
  });

  test("the totals are those of the engine asked directly", async () => {
    const settings = await changedBy({
      type: "set-mapping",
      mapping: "Engineering -> developers\nIT -> admin",
      workspace: "main",
    });
    const { start, changes, progress, totals } = await impact(settings);
    assert.deepEqual([start.users, start.groupSync], [count, { before: true, after: true }]);
    assert.deepEqual(progress, [200, 400, 450]);

    const { database } = api.instance;
    const catalogs = await readCatalogs(database, ["main", "lab"]);
    const present = (await api.get("/settings")).settings;
    const direct = new LoginImpact({ settings: present, catalogs }, { settings, catalogs });
    const rows = await database
      .selectFrom("known_claims")
      .innerJoin("memberships", "memberships.user_id", "known_claims.user_id")
      .select(["known_claims.user_id as id", "claims", "role"])
      .execute();
    const licence = { status: "active", features: { sso: true, groupSync: true } };
    const lines = rows.map(({ id, claims, role }) => {
      const main = { id: "main", member: "active", membership: { role, groups: [] }, guards: { lastAdmin: true } };
      const workspaces = [{ id: "lab", member: "none" }, main];
      return JSON.stringify({ id: String(id), method: "oidc", claims, user: { exists: true }, licence, workspaces });
    });
    const found = direct.push(`${lines.join("\n")}\n`);
    assert.deepEqual(totals, direct.finish().summary);
    const byId = (a: { id: string }, b: { id: string }) => Number(a.id) - Number(b.id);
    assert.deepEqual(
      changes.map(({ user, type: _, workspace: id, ...change }) => ({
        id: String(user.id),
        workspaces: [{ id, ...change }],
      })),
      found.toSorted(byId),
    );
    assert.notEqual(changes.length, 0);
  });

  test("nothing is gone through where nothing differs", async () => {
    const { changes, progress, totals } = await impact(await changedBy());
    assert.deepEqual([changes, progress, totals.users, totals.toConfirm], [[], [], 0, 0]);
  });

  test("archived users are not counted, and whoever is archived in a workspace has nothing to lose there", async () => {
    const { database } = api.instance;
    const some = (limit: number) =>
      database.selectFrom("known_claims").select("user_id").orderBy("user_id").limit(limit);
    await database.updateTable("users").set({ status: "archived" }).where("id", "in", some(10)).execute();
    await database.updateTable("memberships").set({ status: "archived" }).where("user_id", "in", some(15)).execute();
    const settings = await changedBy({ type: "set-mapping", mapping: "Engineering -> builder" });
    const { start, changes } = await impact(settings);
    const inMain = changes.filter(({ workspace }) => workspace === "main");
    assert.equal(start.users, count - 10);
    const archived = (await some(15).execute()).map(({ user_id }) => user_id);
    assert.ok(inMain.length > 0 && inMain.every(({ user }) => !archived.includes(user.id)));
  });
});

describe("what is refused is refused before anything is answered", () => {
  test("a mapping with errors, with the place and its diagnostics", async () => {
    const settings = await changedBy();
    const [main, lab] = settings.workspaces;
    for (const [broken, path] of [
      [{ ...settings, mapping: "a => b" }, "settings.mapping"],
      [{ ...settings, workspaces: [main, { ...lab, mapping: "a => b" }] }, "settings.workspaces[1].mapping"],
    ] as const) {
      const { status, body } = await api.ask("POST", "/impact", { settings: broken });
      assert.deepEqual([status, body.error.code, body.error.path], [422, "invalid-mapping", path]);
      assert.equal(body.error.diagnostics[0].code, "missing-arrow");
    }
  });
  test("settings that are not valid", async () => {
    const settings = await changedBy();
    const invalid = await api.ask("POST", "/impact", { settings: { ...settings, workspaces: [] } });
    assert.deepEqual([invalid.status, invalid.body.error.path], [400, "settings.workspaces"]);
  });
});

test("stored settings whose mapping has errors sync nobody, and that is what is compared with", async () => {
  const settings = await changedBy();
  const broken = { ...settings, mapping: "Engineering => developers" };
  const { version } = await api.get("/settings");
  const row = { version: version + 1, document: JSON.stringify(broken), changed_by: null };
  await api.instance.database.insertInto("settings_versions").values(row).execute();
  const changes = (await impact(settings)).changes.filter(({ workspace }) => workspace === "main");
  assert.ok(changes.length > 0);
  for (const { user, before } of changes) {
    const subject = await api.instance.database
      .selectFrom("users")
      .select("subject")
      .where("id", "=", user.id)
      .executeTakeFirstOrThrow();
    assert.equal(said(before), await api.instance.has(String(subject.subject)));
  }
});
