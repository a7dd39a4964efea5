// Workspaces are made, renamed and deleted. What is deleted leaves the sync list in the same transaction, or nothing happens at all.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import { suggestedId } from "../src/workspaces/new-id.ts";
import { randomOf } from "./e2e/support/random.ts";
import { type Api, newApi } from "./support/api.ts";

let api: Api;
before(async () => {
  api = await newApi();
  const { instance } = api;
  await instance.addGroup("main", "sales");
  await instance.addGroup("lab", "labs");
  await instance.addGroup("attic", "ghosts");
  await instance.command(
    { type: "set-mapping", mapping: "S -> sales\nL -> labs\nIT -> admin" },
    { type: "set-policy", policy: { nonMembers: "matched" } },
    { type: "add-workspace", workspace: "lab" },
    { type: "enable" },
  );
  await instance.signIn("ada", ["IT"]);
  await instance.signIn("bob", ["S", "L"]);
});
after(() => api.close());

const make = (body: object) => api.ask("POST", "/workspaces", body);
const version = async (): Promise<number> => (await api.get("/settings")).version;
const at = (id: string) => `/workspaces/${encodeURIComponent(id)}`;
const remove = (id: string, query: Record<string, string | number>) =>
  api.ask("DELETE", `${at(id)}?${new URLSearchParams(query as Record<string, string>)}`);
/** Confirms whatever is asked. */
async function removeSurely(id: string, more: Record<string, string> = {}) {
  const query: Record<string, string | number> = { version: await version(), ...more };
  for (;;) {
    const { status, body } = await remove(id, query);
    if (status === 409 && body.error.code === "losses-unconfirmed") query.members = body.losses.members;
    else if (status === 409 && body.error.code === "impact-unconfirmed") query.confirmed = body.toConfirm;
    else if (status === 409 && body.error.code === "expectations-unconfirmed") query.failing = body.failing;
    else return { status, body };
  }
}
const ids = async () => (await api.get("/workspaces")).workspaces.map(({ id }: { id: string }) => id).toSorted();
const refusal = ({ status, body }: Awaited<ReturnType<Api["ask"]>>) => [status, body.error.code, body.error.path];

describe("making and renaming", () => {
  test("the id is made of the name, and none comes twice", async () => {
    const made = [];
    for (const name of ["Büro Köln", "  Büro   Köln ", "!!!", "研究", "!"]) {
      const { status, body } = await make({ name });
      assert.equal(status, 201);
      made.push([body.id, body.name, body.members, body.catalog.groups.length]);
    }
    assert.deepEqual(made, [
      ["buro-koln", "Büro Köln", 0, 0],
      ["buro-koln-2", "Büro   Köln", 0, 0],
      ["workspace", "!!!", 0, 0],
      ["workspace-2", "研究", 0, 0],
      ["workspace-3", "!", 0, 0],
    ]);
    assert.equal(suggestedId(`${"x".repeat(39)} y`, new Set()), "x".repeat(39));
  });

  test("an id that is given is taken as it is, if it can be", async () => {
    for (const id of ["__proto__", "a/b?c#d%2F", "Ä 研究 😀", "constructor", "x".repeat(100), "ä".repeat(100)]) {
      assert.equal((await make({ id, name: id })).body.id, id);
      const answer = await api.get(at(id));
      assert.deepEqual([answer.workspace.id, answer.listed, answer.losses.members], [id, false, 0]);
      assert.equal((await api.ask("PATCH", at(id), { name: `${id}!` })).body.name, `${id}!`);
      assert.deepEqual(refusal(await make({ id, name: "again" })), [409, "workspace-exists", "id"]);
      assert.equal((await remove(id, { version: await version(), members: 0 })).status, 200);
      assert.equal((await api.ask("GET", at(id))).status, 404);
    }
    for (const id of [
      "",
      " a",
      "a ",
      ".",
      "..",
      "a\u0000b",
      "a\nb",
      "\ud800",
      "a\u202eb",
      "a\u200bb",
      "x".repeat(101),
      7,
      null,
    ]) {
      assert.deepEqual(refusal(await make({ id, name: "x" })), [400, "invalid-input", "id"], JSON.stringify(id));
    }
    for (const name of ["", " ", "a\u0000", "a\nb", "\ud800", "x".repeat(201), 7]) {
      assert.deepEqual(refusal(await make({ name })), [400, "invalid-input", "name"]);
      assert.deepEqual(refusal(await api.ask("PATCH", at("lab"), { name })), [400, "invalid-input", "name"]);
    }
    assert.deepEqual(refusal(await make({ name: "x", more: 1 })), [400, "invalid-input", "more"]);
    assert.equal((await api.ask("PATCH", at("nowhere"), { name: "x" })).status, 404);
  });

  test("at once, each of those who ask for a name gets an id of their own", async () => {
    const made = await Promise.all(Array.from({ length: 8 }, () => make({ name: "Same" })));
    const found = made.map(({ body }) => body.id);
    assert.equal(new Set(found).size, 8);
    const twice = await Promise.all([make({ id: "one", name: "a" }), make({ id: "one", name: "b" })]);
    assert.deepEqual(twice.map(({ status }) => status).toSorted(), [201, 409]);
    for (const id of [...found, "one"]) await remove(id, { version: await version(), members: 0 });
  });
});

describe("deleting", () => {
  test("what would be lost is told, and nothing goes without its number", async () => {
    const set = { version: 0, scenarios: [], guarantees: [{ name: "x", only: { role: "admin", groups: ["IT"] } }] };
    assert.equal((await api.ask("PUT", "/scenarios/workspaces/lab", set)).status, 200);
    const { losses, listed, default: isDefault } = await api.get(at("lab"));
    assert.deepEqual([listed, isDefault], [true, false]);
    assert.deepEqual(losses, { members: 2, membersOnlyHere: 0, groups: 1, scenarios: 0, guarantees: 1 });
    for (const members of [{}, { members: 1 }] as Record<string, number>[]) {
      const refused = await remove("lab", { version: await version(), ...members });
      assert.deepEqual(refusal(refused), [409, "losses-unconfirmed", "members"]);
      assert.deepEqual(refused.body.losses, losses);
    }
    assert.ok((await ids()).includes("lab"));
  });

  test("one that is listed leaves the list with it, as a version of the settings, and whoever signs in goes on", async () => {
    const before = await version();
    const { status, body } = await remove("lab", { version: before, members: 2 });
    assert.equal(status, 200);
    assert.equal(body.stored.version, before + 1);
    assert.deepEqual(
      body.stored.settings.workspaces.map(({ id }: { id: string }) => id),
      ["main"],
    );
    assert.equal(await api.instance.has("bob", "lab"), "none");
    const { rows } = await sql<{ workspace: string }>`
      select distinct workspace_id as workspace from audit_plans order by 1`.execute(api.instance.database);
    assert.deepEqual(
      rows.map(({ workspace }) => workspace),
      ["lab", "main"],
    );
    const outcome = await api.instance.signIn("bob", ["S"]);
    assert.deepEqual(
      outcome.workspaces.map(({ id }) => id),
      ["main"],
    );
    assert.deepEqual(refusal(await remove("lab", { version: before + 1, members: 0 })), [404, "not-found", undefined]);
  });

  test("the default workspace has a successor, and what the settings refuse deletes nothing", async () => {
    await make({ id: "next", name: "Next" });
    const rejected = async (query: Record<string, string | number>, status: number, code: string) => {
      const { losses } = await api.get(at("main"));
      const answer = await remove("main", { version: await version(), members: losses.members, ...query });
      assert.deepEqual(refusal(answer).slice(0, 2), [status, code]);
      assert.ok((await ids()).includes("main"));
    };
    await rejected({}, 422, "last-enabled-workspace");
    await api.instance.command({ type: "add-workspace", workspace: "next" });
    await rejected({}, 422, "default-needs-successor");
    await rejected({ newDefault: "attic" }, 422, "unknown-workspace");
    await rejected({ newDefault: "next", version: 1 }, 409, "stale-version");
    await rejected({ newDefault: "next", version: 999 }, 422, "unknown-version");
    await rejected({ newDefault: "next", members: 7 }, 409, "losses-unconfirmed");
    const { losses } = await api.get(at("main"));
    const { body } = await remove("main", { version: await version(), members: losses.members, newDefault: "next" });
    assert.equal(body.stored.settings.defaultWorkspace, "next");
    const known = (await ids()) as string[];
    for (const { id } of body.stored.settings.workspaces) assert.ok(known.includes(id));
  });

  test("what it does to known users and to expectations is confirmed as with a save", async () => {
    // Somebody is admin by the default workspace alone, which its successor refuses.
    await api.instance.command({ type: "set-policy", policy: { nonMembers: "matched", noMatch: "deny" } });
    await make({ id: "doomed", name: "Doomed" });
    await api.ask("POST", "/workspaces/doomed/groups", { name: "sales" });
    await api.instance.command(
      { type: "add-workspace", workspace: "doomed" },
      { type: "set-default-workspace", workspace: "doomed" },
    );
    await api.instance.command({ type: "set-mapping", mapping: "", workspace: "next" });
    await api.instance.signIn("carla", ["S"]);
    const { losses } = await api.get(at("doomed"));
    const query = { version: await version(), members: losses.members, newDefault: "next" };
    const asked = await remove("doomed", query);
    assert.deepEqual(refusal(asked), [409, "impact-unconfirmed", "confirmed"]);
    const expected = {
      version: 0,
      scenarios: [{ name: "s", groups: ["S"], expect: { role: "admin" } }],
      guarantees: [],
    };
    assert.equal((await api.ask("PUT", "/scenarios/workspaces/next", expected)).status, 200);
    const unmet = await remove("doomed", { ...query, confirmed: asked.body.toConfirm });
    assert.deepEqual(refusal(unmet), [409, "expectations-unconfirmed", "failing"]);
    assert.ok((await ids()).includes("doomed"));
    const { status } = await remove("doomed", {
      ...query,
      confirmed: asked.body.toConfirm,
      failing: unmet.body.failing,
    });
    assert.equal(status, 200);
    assert.ok(!(await ids()).includes("doomed"));
  });

  test("the last workspace of the application stays", async () => {
    const { defaultWorkspace } = (await api.get("/settings")).settings;
    for (const id of (await ids()).filter((id: string) => id !== defaultWorkspace)) {
      assert.equal((await removeSurely(id)).status, 200);
    }
    const { status, body } = await removeSurely(defaultWorkspace);
    assert.deepEqual([status, body.error.code], [422, "last-workspace"]);
  });
});

test("a workspace that is made anew begins with a catalog that no engine has compiled", async () => {
  const { instance } = api;
  await make({ id: "again", name: "Again" });
  const seen = new Set<number>();
  for (let round = 0; round < 4; round += 1) {
    if (round > 0) assert.equal((await make({ id: "again", name: "Again" })).status, 201);
    await api.ask("POST", "/workspaces/again/groups", { name: `group ${round}` });
    if (round % 2 === 0) await instance.command({ type: "add-workspace", workspace: "again" });
    const { workspace } = await api.get(at("again"));
    assert.ok(!seen.has(workspace.catalogVersion));
    seen.add(workspace.catalogVersion);
    await instance.signIn("dora", [`group ${round}`]);
    assert.equal(await instance.has("dora", "again"), round % 2 === 0 ? `end-user: group ${round}` : "none");
    assert.equal((await removeSurely("again")).status, 200);
  }
  assert.equal(seen.size, 4);
});

test("whatever admins and logins do at once, no settings name what is not there", async (context) => {
  const { instance } = api;
  const { below, pick } = randomOf(context);
  const names = ["p", "q", "r", "s"];
  const counts = { deleted: 0, signedIn: 0 };

  const steps: (() => Promise<unknown>)[] = [
    () => make({ id: pick(names), name: "x" }),
    () => make({ id: pick(names), name: "x" }),
    () => api.ask("POST", `${at(pick(names))}/groups`, { name: pick(["S", "T"]) }),
    async () => {
      const { status } = await removeSurely(pick(await ids()), below(5) < 3 ? { newDefault: pick(names) } : {});
      assert.ok([200, 404, 409, 422].includes(status));
      if (status === 200) counts.deleted += 1;
    },
    () => command({ type: "add-workspace", workspace: pick(names) }),
    () => command({ type: "add-workspace", workspace: pick(names) }),
    () => command({ type: "set-default-workspace", workspace: pick(names) }),
    () => command({ type: "remove-workspace", workspace: pick(names), newDefault: pick(names), confirmed: true }),
    async () => {
      await instance.signIn(pick(["u", "v", "w"]), [pick(["S", "T"]), "IT"]);
      counts.signedIn += 1;
    },
    async () => {
      await instance.signIn(pick(["u", "v", "w"]), []);
      counts.signedIn += 1;
    },
    () => api.ask("PUT", `/scenarios${at(pick(names))}`, { version: 0, scenarios: [], guarantees: [] }),
  ];
  async function command(body: object) {
    const { status } = await api.ask("POST", "/settings/commands", { version: await version(), command: body });
    assert.ok([200, 409, 422].includes(status), `${status}`);
  }

  await instance.command({ type: "set-policy", policy: { nonMembers: "all" } });
  const isEnough = () => counts.deleted > 3 && counts.signedIn > 10;
  for (let round = 0; round < 60 || !isEnough(); round += 1) {
    await Promise.all(Array.from({ length: 4 }, () => pick(steps)()));
    const known = new Set(await ids());
    const { settings } = await api.get("/settings");
    for (const { id } of [...settings.workspaces, { id: settings.defaultWorkspace }]) {
      assert.ok(known.has(id), `${id} is not there`);
    }
  }
  const { rows } = await sql<{ ids: string }>`
    select audit.id as ids from audit join settings_versions on version = settings_version
    where exists (select from json_object_keys(catalog_versions) as key where key not in (
      select workspace ->> 'id' from json_array_elements(document -> 'workspaces') as workspace))`.execute(
    instance.database,
  );
  assert.deepEqual(rows, []);
});
