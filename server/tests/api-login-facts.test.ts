// A page decides from the facts what the server's preview answers, whatever the settings, the licence and the people are.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Catalog, type ClaimOptions, type InstanceSettings, LoginSync } from "idp-group-sync";
import { type LoginFacts, loginRequest } from "../src/login/login-request.ts";
import { claimsOf, sparingUnseen } from "../src/login/unseen-claims.ts";
import { type Api, newApi } from "./support/api.ts";

interface Facts {
  workspaces: { id: string; name: string; catalog: Catalog }[];
  somebodyNew: LoginFacts;
  unseenClaims: ClaimOptions[];
  users: { user: { id: number }; claims: object | null; facts: LoginFacts }[];
}

let api: Api;
let settings: InstanceSettings;
let people: number[];

before(async () => {
  api = await newApi();
  const { instance } = api;
  await instance.addGroup("main", "developers", "builder");
  await instance.addGroup("main", "sales");
  await instance.addGroup("lab", "labs");
  await instance.addGroup("attic", "ghosts");
  await instance.command(
    { type: "set-mapping", mapping: "Engineering -> developers\nIT -> admin\nGhosts -> ghosts" },
    { type: "add-workspace", workspace: "lab" },
    { type: "add-workspace", workspace: "attic" },
    { type: "enable" },
  );
  await instance.signIn("ada", ["IT"]);
  await instance.signIn("bob", ["Engineering", "labs"]);
  await instance.signIn("eve", ["Ghosts"]);
  await instance.signIn("old", ["sales"]);
  await instance.database.updateTable("users").set({ status: "archived" }).where("subject", "=", "old").execute();
  await instance.command({ type: "remove-workspace", workspace: "attic", confirmed: true });
  settings = (await api.get("/settings")).settings;
  people = await Promise.all(["ada", "bob", "eve", "old"].map((subject) => api.idOf(subject)));
});
after(() => api.close());

const read = (userIds: number[], claims: ClaimOptions[] = []): Promise<Facts> =>
  api.post("/preview/facts", { userIds, claims });

function decide(
  { workspaces, unseenClaims: unseen }: Facts,
  facts: LoginFacts,
  unsaved: InstanceSettings,
  claims: object,
) {
  const sync = new LoginSync(
    sparingUnseen(unsaved, unseen),
    Object.fromEntries(workspaces.map(({ id, catalog }) => [id, catalog])),
  );
  try {
    const existing = workspaces.map(({ id }) => id);
    return sync.decide(loginRequest(facts, { settings: unsaved, existing, claims, unseen }));
  } finally {
    sync.free();
  }
}

/** Holds the facts of everybody against the server's preview. Gives who would be let in. */
async function compare(unsaved: InstanceSettings): Promise<boolean[]> {
  const facts = await read(people, claimsOf(unsaved));
  const allowed: boolean[] = [];
  for (const { user, claims, facts: own } of facts.users) {
    assert.ok(claims);
    const { outcome } = await api.post("/preview", { userId: user.id, settings: unsaved });
    assert.deepEqual(decide(facts, own, unsaved, claims), outcome);
    allowed.push(outcome.allowed);
    const pasted = { groups: ["Engineering"] };
    const other = await api.post("/preview", { userId: user.id, claims: pasted, settings: unsaved });
    assert.deepEqual(decide(facts, own, unsaved, pasted), other.outcome);
  }
  const { outcome } = await api.post("/preview", { claims: { groups: ["IT"] }, settings: unsaved });
  assert.deepEqual(decide(facts, facts.somebodyNew, unsaved, { groups: ["IT"] }), outcome);
  return [...allowed, outcome.allowed];
}

test("the stored settings, and others", async () => {
  assert.deepEqual(await compare(settings), [true, true, true, false, true]);
  const nowhere = [...settings.workspaces, { id: "nowhere", enabled: true }];
  const attic = [{ id: "attic", enabled: true, mapping: "Ghosts -> admin" }, ...settings.workspaces];
  for (const change of [
    { mapping: "" },
    { mapping: "Engineering => developers" },
    { mapping: "Engineering -> admin", policy: { removal: "none" as const } },
    { policy: { noMatch: "deny" as const } },
    { claim: "roles" },
    {
      claim: "roles",
      workspaces: [
        { id: "main", enabled: true },
        { id: "lab", enabled: true, claim: "groups" },
      ],
    },
    { enabled: false },
    { workspaces: nowhere },
    { workspaces: attic },
  ]) {
    await compare({ ...settings, ...change });
  }
});

test("guards, seats and the licence are among the facts", async () => {
  const { database } = api.instance;
  const setLicence = (licence: object) => database.updateTable("licence").set(licence).execute();
  const [ada] = (await read(people)).users;
  assert.deepEqual(ada?.facts.workspaces.find(({ id }) => id === "main")?.guards, { lastAdmin: true });
  for (const licence of [
    { seats_total: 3 },
    { seats_total: 1, seats_by_role: JSON.stringify({ builder: 1, admin: 1 }) },
    { seats_total: null, seats_by_role: null, status: "expired" as const },
  ]) {
    await setLicence(licence);
    await compare({ ...settings, mapping: "Engineering -> admin\nIT -> developers" });
  }
  await setLicence({ status: "active" });
});

test("each user's facts are of workspaces in which they are something, in the sync list or not", async () => {
  const { users, workspaces, somebodyNew } = await read(people);
  assert.deepEqual(
    workspaces.map(({ id, catalog }) => [id, catalog.groups.length]),
    [
      ["attic", 1],
      ["lab", 1],
      ["main", 2],
    ],
  );
  const eve = users.find(({ user }) => user.id === people[2]);
  assert.deepEqual(
    eve?.facts.workspaces.map(({ id }) => id),
    ["attic", "main"],
  );
  assert.deepEqual([somebodyNew.user, somebodyNew.workspaces], [{ exists: false }, []]);
});

test("whoever does not exist is left out, and claims that are not known are `null`", async () => {
  const { user } = await api.get("/me");
  const { users } = await read([user.id, 2_000_000]);
  assert.deepEqual(
    users.map(({ user, claims, facts }) => [user.id, claims, facts.user]),
    [[user.id, null, { exists: true, status: "active", superAdmin: true, exempt: false }]],
  );
  assert.deepEqual((await read([])).users, []);
  assert.equal((await api.ask("POST", "/preview/facts", { userIds: ["one"] })).status, 400);
});
