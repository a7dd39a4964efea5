// What is foretold of unsaved settings, held against the engine asked directly, and against the logins that follow.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  type EffectiveSettings,
  effectiveSettings,
  Impact,
  type ImpactSummary,
  type InstanceSettings,
  type SettingsCommand,
} from "idp-group-sync";
import { runCommands } from "../src/settings/commands.ts";
import { readCatalogs } from "../src/workspaces/catalogs.ts";
import { type Api, newApi } from "./support/api.ts";
import { addKnownUsers } from "./support/known-users.ts";

interface Change {
  type: "change";
  workspace: string;
  user: { id: number; name: string | null; email: string | null };
  member: boolean;
  effect: string;
  before: { role: string | null; groups: string[] };
  after: { role: string | null; groups: string[] };
}
interface Start {
  type: "start";
  users: number;
  withoutClaims: number;
  workspaces: { id: string }[];
  unaffected: string[];
}
interface Summary {
  type: "summary";
  workspaces: { id: string; members: ImpactSummary; others: ImpactSummary }[];
}

let api: Api;
before(async () => {
  api = await newApi();
  await api.instance.addGroup("main", "developers", "builder");
  await api.instance.addGroup("main", "sales");
  await api.instance.addGroup("lab", "labs", "builder");
  await api.instance.addGroup("club", "chess");
});
after(() => api.close());

async function impact(body: { settings: InstanceSettings; workspace?: string }) {
  const { status, text } = await api.ask("POST", "/impact", body);
  assert.equal(status, 200, text);
  const events = text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  return {
    start: events[0] as Start,
    changes: events.filter(({ type }) => type === "change") as Change[],
    progress: events.filter(({ type }) => type === "progress").map(({ users }) => users),
    summary: events.at(-1) as Summary,
  };
}

async function changedBy(...commands: SettingsCommand[]): Promise<InstanceSettings> {
  const result = runCommands((await api.get("/settings")).settings, commands, { superAdmin: true });
  assert.ok(result.status === "applied");
  return result.settings;
}

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
  // So that nobody is the last admin: a comparison asks no guard.
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
  for (const [step, commands] of Object.entries(steps)) {
    await t.test(step, async () => {
      const settings = await changedBy(...commands);
      const { start, changes, summary } = await impact({ settings });
      assert.deepEqual([start.users, start.withoutClaims], [tokens.size, 2]);
      const has = () => whoHasWhat([...tokens.keys()]);
      const foretold = await has();
      for (const { workspace, user, member, before, after } of changes) {
        const key = `${user.name} in ${workspace}`;
        assert.equal(foretold.get(key), said(before), key);
        assert.equal(member, said(before) !== "none", key);
        foretold.set(key, said(after));
      }
      await instance.command(...commands);
      await signInAll();
      assert.deepEqual(await has(), foretold);
      assert.equal(sum(summary, "denied", "admitted", "gains", "loses", "changes"), changes.length);
      // Nobody loses anything by not being synced; every other step is noticed.
      assert.equal(changes.length === 0, step.endsWith("switched off"), `${changes.length} changes`);
      // Nobody is told of again, now that it has come about.
      assert.deepEqual((await impact({ settings })).changes, []);
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
  tokens.set("malformed", { name: "malformed", groups: 42, roles: [{}] });
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

function sum(
  { workspaces }: Summary,
  ...fields: ("users" | "denied" | "admitted" | "gains" | "loses" | "changes" | "unchanged")[]
): number {
  const summaries = workspaces.flatMap(({ members, others }) => [members, others]);
  return summaries
    .flatMap((summary) => fields.map((field) => summary[field]))
    .reduce((total, value) => total + value, 0);
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
    const { start, changes, progress, summary } = await impact({ settings });
    assert.deepEqual([start.users, start.unaffected], [count, ["lab"]]);
    assert.deepEqual(progress, [200, 400, 450]);

    const { database } = api.instance;
    const { main: catalog } = await readCatalogs(database, ["main"]);
    assert.ok(catalog);
    const config = ({ mapping, claim, policy }: EffectiveSettings) => ({ mapping, claim, policy, catalog });
    const present = (await api.get("/settings")).settings;
    const direct = new Impact(config(effectiveSettings(present, "main")), config(effectiveSettings(settings, "main")));
    const rows = await database
      .selectFrom("known_claims")
      .leftJoin("memberships", "memberships.user_id", "known_claims.user_id")
      .select(["known_claims.user_id as id", "claims", "role"])
      .execute();
    const lines = rows.map(({ id, claims, role }) =>
      JSON.stringify({ id: String(id), claims, membership: { role, groups: [] } }),
    );
    const found = direct.push(`${lines.join("\n")}\n`);
    assert.deepEqual(summary.workspaces, [
      {
        id: "main",
        members: direct.finish().summary,
        others: {
          users: 0,
          unchanged: 0,
          denied: 0,
          admitted: 0,
          gains: 0,
          loses: 0,
          changes: 0,
          topRoleLost: 0,
          roles: noRoles,
          faults: [],
          faultCount: 0,
        },
      },
    ]);
    const byId = (a: { id: string }, b: { id: string }) => Number(a.id) - Number(b.id);
    assert.deepEqual(
      changes.map(({ user, effect, before, after }) => ({ id: String(user.id), effect, before, after })),
      found.toSorted(byId),
    );
    assert.notEqual(changes.length, 0);
  });

  test("of one workspace alone, if it is named", async () => {
    const settings = await changedBy({ type: "set-mapping", mapping: "Sales -> labs\nIT -> developers" });
    const { start, changes, summary } = await impact({ settings, workspace: "lab" });
    assert.deepEqual([start.workspaces.map(({ id }) => id), start.unaffected], [["lab"], []]);
    assert.ok(changes.length > 0 && changes.every(({ workspace, member }) => workspace === "lab" && !member));
    assert.deepEqual([summary.workspaces.length, sum(summary, "users")], [1, count]);
  });

  test("nothing is gone through where nothing differs", async () => {
    const { start, changes, progress, summary } = await impact({ settings: await changedBy() });
    assert.deepEqual([start.workspaces, start.unaffected.toSorted()], [[], ["lab", "main"]]);
    assert.deepEqual([changes, progress, summary.workspaces], [[], [], []]);
  });

  test("archived users are not counted, on the instance or in a workspace", async () => {
    const { database } = api.instance;
    const some = (limit: number) =>
      database.selectFrom("known_claims").select("user_id").orderBy("user_id").limit(limit);
    await database.updateTable("users").set({ status: "archived" }).where("id", "in", some(10)).execute();
    await database.updateTable("memberships").set({ status: "archived" }).where("user_id", "in", some(15)).execute();
    const { start, summary } = await impact({ settings: await changedBy({ type: "set-mapping", mapping: "" }) });
    assert.equal(start.users, count - 10);
    const main = summary.workspaces.find(({ id }) => id === "main");
    assert.deepEqual([main?.members.users, main?.others.users], [count - 15, 0]);
  });
});

const noRoles = Object.fromEntries(["end-user", "builder", "admin"].map((role) => [role, { before: 0, after: 0 }]));

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
  test("settings that are not valid, and a workspace that is not there", async () => {
    const settings = await changedBy();
    const invalid = await api.ask("POST", "/impact", { settings: { ...settings, workspaces: [] } });
    assert.deepEqual([invalid.status, invalid.body.error.path], [400, "settings.workspaces"]);
    assert.equal((await api.ask("POST", "/impact", { settings, workspace: "nowhere" })).status, 404);
  });
});

test("stored settings whose mapping has errors sync nobody, and that is what is compared with", async () => {
  const settings = await changedBy();
  const broken = { ...settings, mapping: "Engineering => developers" };
  const { version } = await api.get("/settings");
  const row = { version: version + 1, document: JSON.stringify(broken), changed_by: null };
  await api.instance.database.insertInto("settings_versions").values(row).execute();
  const { changes } = await impact({ settings, workspace: "main" });
  assert.ok(
    changes.length > 0 && changes.every(({ before }) => before.role === "end-user" && before.groups.length === 0),
  );
});
