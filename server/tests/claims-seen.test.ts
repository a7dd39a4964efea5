// A claim that no token has ever carried takes nothing from anybody, at logins, in previews and in the count before a save; one that was seen
// once does. Workspaces whose claims differ in it each go by their own.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type ClaimOptions, defaultSettings, type InstanceSettings, LoginSync, type Policy } from "idp-group-sync";
import { prepareDatabase } from "../src/database/prepare.ts";
import { outcomeFields } from "../src/login/fields.ts";
import { claimSeen, sparingUnseen } from "../src/login/unseen-claims.ts";
import { type Api, newApi } from "./support/api.ts";
import { issuer, planOf } from "./support/instance.ts";

let api: Api;
before(async () => {
  api = await newApi();
  const { instance } = api;
  await instance.addGroup("main", "sales");
  await instance.addGroup("lab", "sales");
  await instance.command(
    { type: "set-mapping", mapping: "S -> sales\nIT -> admin" },
    { type: "set-policy", policy: { nonMembers: "all" } },
    { type: "add-workspace", workspace: "lab" },
    { type: "enable" },
  );
  // Whoever else is an admin is no last one.
  const other = { email: "other@example.com", name: "Other" };
  const { id } = await instance.database.insertInto("users").values(other).returning("id").executeTakeFirstOrThrow();
  const admin = ["main", "lab"].map((workspace_id) => ({ user_id: id, workspace_id, role: "admin" }));
  await instance.database.insertInto("memberships").values(admin).execute();
});
after(() => api.close());

async function login(subject: string, claims: object, isRefresh = false) {
  return (await api.instance.login({ method: "oidc", issuer, claims: { sub: subject, ...claims }, isRefresh })).outcome;
}
const recorded = async () => (await api.instance.database.selectFrom("claims_seen").select("key").execute()).length;
const stored = async (): Promise<InstanceSettings> => (await api.get("/settings")).settings;
const reasonsOf = (outcome: Awaited<ReturnType<typeof login>>) =>
  ["main", "lab"].map((id) => planOf(outcome, id).reason ?? null);
const has = async (subject: string) => [await api.instance.has(subject), await api.instance.has(subject, "lab")];
const setClaim = (claim: ClaimOptions, workspace?: string) =>
  api.instance.command({ type: "set-claim", claim, ...(workspace !== undefined && { workspace }) });

/** What the server foretells has to be what the login then comes to. */
async function foreseen(subject: string, claims: object) {
  const userId = await api.idOf(subject);
  const { outcome } = await api.post("/preview", { userId, claims: { sub: subject, ...claims } });
  assert.deepEqual(outcomeFields(await login(subject, claims)), outcome);
  return outcome;
}

test("until a token has the claim, one without it changes nothing", async () => {
  assert.deepEqual(reasonsOf(await login("bob", {})), ["claim-never-seen", "claim-never-seen"]);
  assert.equal(await recorded(), 0);
  await login("ada", { groups: ["S"] });
  assert.equal(await recorded(), 1);
  assert.deepEqual(await has("ada"), ["end-user: sales", "end-user: sales"]);
  assert.deepEqual(reasonsOf(await foreseen("ada", {})), [null, null]);
  assert.deepEqual(await has("ada"), ["end-user", "end-user"]);
});

test("a mistyped claim takes nothing, not by a refresh either, and the count before the save says so", async () => {
  await login("ada", { groups: ["IT"] });
  const before = await stored();
  const events = (await api.ask("POST", "/impact", { settings: { ...before, claim: "gruops" } })).text;
  const { totals } = JSON.parse(events.trim().split("\n").at(-1) ?? "");
  assert.deepEqual([totals.unchanged, totals.losers, totals.topRoleLost], [totals.users, 0, 0]);
  await setClaim("gruops");
  assert.equal(await recorded(), 1);
  assert.deepEqual(reasonsOf(await login("ada", { groups: [] }, true)), ["claim-never-seen", "claim-never-seen"]);
  assert.deepEqual(await has("ada"), ["admin", "admin"]);
  assert.deepEqual(reasonsOf(await foreseen("ada", { groups: [] })), ["claim-never-seen", "claim-never-seen"]);
  // With the mistake put right, what the tokens lack is taken: and that is counted, though the present settings take nothing.
  const fix = { version: (await api.get("/settings")).version, commands: [{ type: "set-claim", claim: "groups" }] };
  await login("ada", {});
  const asked = await api.ask("POST", "/settings/save", fix);
  assert.deepEqual([asked.status, asked.body.error.code, asked.body.topRoleLost], [409, "impact-unconfirmed", 1]);
  await setClaim("groups");
  await login("ada", {});
  assert.deepEqual(await has("ada"), ["end-user", "end-user"]);
});

test("where workspaces differ, nobody loses by the claim that was never seen, nor keeps by the other one", async () => {
  await login("ada", { groups: ["IT"] });
  await setClaim("never", "lab");
  const facts = await api.post("/preview/facts", { userIds: [], claims: ["groups", "never", { name: "groups" }, ""] });
  assert.deepEqual(facts.unseenClaims, ["never"]);
  assert.deepEqual(reasonsOf(await foreseen("ada", { groups: ["S"] })), [null, "claim-never-seen"]);
  assert.deepEqual(await has("ada"), ["end-user: sales", "admin"]);
  assert.deepEqual(reasonsOf(await foreseen("ada", {})), [null, "claim-missing"]);
  assert.deepEqual(await has("ada"), ["end-user", "admin"]);
  await foreseen("bob", { never: ["S"], groups: [] });
  assert.deepEqual(reasonsOf(await foreseen("ada", {})), [null, null]);
  assert.deepEqual(await has("ada"), ["end-user", "end-user"]);
  await api.instance.command({ type: "inherit", workspace: "lab", field: "claim" });
});

test("a claim that tokens had before it was configured counts as seen, and so after an upgrade", async () => {
  await login("eve", { groups: ["S"], roles: ["IT"] });
  assert.deepEqual((await api.post("/preview/facts", { userIds: [], claims: ["roles"] })).unseenClaims, []);
  const count = await recorded();
  await setClaim({ name: ["roles", "nothing"] });
  assert.equal(await recorded(), count + 1);
  await login("eve", { groups: ["S"] });
  assert.deepEqual(await has("eve"), ["end-user", "end-user"]);
  await login("eve", { roles: ["IT"] });

  const { database } = api.instance;
  await database.deleteFrom("claims_seen").execute();
  await prepareDatabase(database);
  assert.equal(await recorded(), 1);
});

test("the token of somebody who is refused counts, and what is written down already is not written again", async () => {
  const { database } = api.instance;
  await setClaim("teams");
  await database.updateTable("instance").set({ signup: false }).execute();
  const count = await recorded();
  assert.equal((await login("nina", { teams: ["S"] })).reason, "signup-disabled");
  assert.equal(await recorded(), count + 1);
  const rows = () =>
    database
      .selectFrom("claims_seen")
      .selectAll()
      .select("xmin" as never)
      .orderBy("key")
      .execute();
  const before = await rows();
  await login("ada", { teams: ["IT"] });
  await login("ada", { teams: [] });
  assert.deepEqual(await rows(), before);
  assert.deepEqual(await has("ada"), ["end-user", "end-user"]);
});

test("what a policy of sparing decides is what the engine decides by the fact, but for the reason", () => {
  const catalog = { groups: [{ name: "sales" }, { name: "developers", requires: "builder" }] };
  const policies: Policy[] = (["no-groups", "deny"] as const).flatMap((missingClaim) =>
    (["deny", "keep", "default-role"] as const).flatMap((noMatch) =>
      ["", "Staff"].flatMap((require) =>
        (["matched", "all"] as const).flatMap((nonMembers) =>
          (["every-login", "first-login"] as const).map((syncOn) => ({
            ...{ missingClaim, noMatch, require, nonMembers, syncOn },
          })),
        ),
      ),
    ),
  );
  const memberships = [
    undefined,
    { role: "admin", roleGrantedBy: "sync" as const, groups: [{ name: "sales", grantedBy: "sync" as const }] },
    { role: null, groups: [{ name: "developers", grantedBy: "manual" as const }] },
  ];
  let kept = 0;
  for (const policy of policies) {
    const settings = { ...defaultSettings("main"), enabled: true, mapping: "S -> sales", policy };
    const decided = [
      { settings, seen: false },
      { settings: sparingUnseen(settings, [settings.claim]), seen: true },
    ].map(({ settings, seen }) => {
      const sync = new LoginSync(settings, { main: catalog });
      const outcomes = memberships.map((membership) =>
        sync.decide({
          method: "oidc",
          claims: { sub: "ada" },
          claimSeen: seen,
          user: { exists: true },
          workspaces: [{ id: "main", member: membership ? "active" : "none", ...(membership && { membership }) }],
        }),
      );
      sync.free();
      return outcomes.map((outcome) => {
        const { workspaces, ...rest } = outcomeFields(outcome);
        kept += workspaces.filter(({ plan }) => plan.reason === "claim-never-seen").length;
        return { ...rest, workspaces: workspaces.map(({ plan }) => ({ ...plan, reason: null })) };
      });
    });
    assert.deepEqual(decided[0], decided[1]);
  }
  assert.ok(kept > policies.length, `${kept} plans were spared`);
});

test("whether a token is spared is one fact: not where it lacks a claim that was seen", () => {
  const settings: InstanceSettings = {
    ...defaultSettings("main"),
    workspaces: [
      { id: "main", enabled: true },
      { id: "lab", enabled: true, claim: "roles" },
    ],
  };
  const seen = (token: object, ...unseen: ClaimOptions[]) => claimSeen(token, settings, unseen);
  assert.equal(seen({}), true);
  assert.equal(seen({ groups: [] }, "roles"), false);
  assert.equal(seen({}, "roles"), true);
  assert.equal(seen({ roles: null }, "roles", { name: "groups", delimiter: "," }), false);
  assert.equal(seen({ groups: 7, roles: [] }, "roles", "groups"), true);
});
