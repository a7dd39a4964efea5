import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { Directory } from "idp-group-sync/directory";
import { issueScimToken } from "../src/providers/scim-tokens.ts";
import { forgetOldNames } from "../src/scim/former-names.ts";
import { type Api, newApi } from "./support/api.ts";
import { issuer } from "./support/instance.ts";
import { client } from "./support/scim.ts";

let api: Api;
const login = (claims: Record<string, unknown>) => api.instance.login({ method: "oidc", issuer, claims });
const kept = async (subject: string) => (await api.get(`/users/${await api.idOf(subject)}`)).claims;

before(async () => {
  api = await newApi();
  await api.instance.command({ type: "enable" });
  await login({
    ...{ iss: issuer, sub: "ada", aud: "here", exp: 1, iat: 1, nonce: "n", at_hash: "h", sid: "s" },
    ...{ email: "ada@example.com", name: "Ada", picture: "https://example.com/ada.png", address: { country: "GB" } },
    groups: ["Engineering", "Everyone"],
    realm_access: { roles: ["offline", "editor"] },
    department: "Research",
    hasgroups: false,
    level: 7,
  });
  await login({ sub: "bob", groups: ["Everyone"], _claim_sources: { src1: { access_token: "secret" } } });
  await login({ sub: "bob", groups: ["Everyone", "Sales"] });
  await login({ sub: "eve", groups: true, nested: { a: { b: { c: ["too deep"] } } }, "": ["nameless"] });
});
after(() => api.close());

describe("of a token, that is kept which groups could be read from", () => {
  test("and not what says who somebody is, nor what is the protocol's", async () => {
    assert.deepEqual(Object.keys((await kept("ada")).claims).toSorted(), [
      ...["department", "groups", "hasgroups", "level", "realm_access"],
    ]);
  });
  test("of the last one alone", async () => {
    assert.deepEqual((await kept("bob")).claims, { groups: ["Everyone", "Sales"] });
  });
  test("unless the settings name it", async () => {
    await api.instance.addGroup("lab", "labs");
    await api.instance.command(
      { type: "add-workspace", workspace: "lab" },
      { type: "set-claim", claim: "address.country", workspace: "lab" },
    );
    await login({ sub: "carla", email: "carla@example.com", address: { country: "IT" }, groups: [] });
    assert.deepEqual((await kept("carla")).claims, { address: { country: "IT" }, groups: [] });
    await api.instance.database
      .deleteFrom("known_claims")
      .where("user_id", "=", await api.idOf("carla"))
      .execute();
  });
  test("nothing of somebody who was refused and has no account", async () => {
    const { database } = api.instance;
    await database.updateTable("instance").set({ signup: false }).execute();
    await login({ sub: "mallory", groups: ["Everyone"] });
    await database.updateTable("instance").set({ signup: true }).execute();
    const { count } = database.fn;
    const rows = await database.selectFrom("known_claims").select(count<string>("user_id").as("n")).execute();
    assert.equal(Number(rows[0]?.n), 3);
  });
});

describe("the groups that were seen under a claim", () => {
  const seen = async (claim: unknown, limit?: number) => {
    const { tokens, groups, more } = await api.post("/claims/groups", { claim, ...(limit && { limit }) });
    assert.equal(tokens, 3);
    return [groups.map(({ name, users }: { name: string; users: number }) => `${name} ${users}`), more];
  };
  test("the commonest first", async () => {
    assert.deepEqual(await seen("groups"), [["Everyone 2", "Engineering 1", "Sales 1"], false]);
  });
  test("as many as were asked for", async () => {
    assert.deepEqual(await seen("groups", 1), [["Everyone 2"], true]);
  });
  test("of a claim that is not the one in the settings, read as its options say", async () => {
    assert.deepEqual(await seen("realm_access.roles"), [["editor 1", "offline 1"], false]);
    assert.deepEqual(await seen({ name: "department", delimiter: "s" }), [["Re 1", "earch 1"], false]);
    assert.deepEqual(await seen("nowhere"), [[], false]);
  });
  test("those of older tokens are told apart by when they were seen", async () => {
    const { since, recent } = await api.post("/claims/groups", { claim: "groups" });
    assert.equal(recent, 3);
    assert.equal(Math.round((Date.now() - Date.parse(since)) / 86_400_000), 90);
    const bob = { at: new Date(Date.now() - 91 * 86_400_000) };
    const ofBob = ["user_id", "=", await api.idOf("bob")] as const;
    const { at } = await api.instance.database
      .selectFrom("known_claims")
      .select("at")
      .where(...ofBob)
      .executeTakeFirstOrThrow();
    await api.instance.database
      .updateTable("known_claims")
      .set(bob)
      .where(...ofBob)
      .execute();
    const later = await api.post("/claims/groups", { claim: "groups" });
    assert.deepEqual([later.tokens, later.recent], [3, 2]);
    const seenLast = new Map(
      later.groups.map(({ name, lastSeen }: { name: string; lastSeen: string }) => [name, lastSeen]),
    );
    assert.equal(seenLast.get("Sales"), bob.at.toISOString());
    assert.ok(String(seenLast.get("Everyone")) > later.since);
    await api.instance.database
      .updateTable("known_claims")
      .set({ at })
      .where(...ofBob)
      .execute();
  });
  test("of a claim that can find nothing: refused", async () => {
    for (const [claim, path] of [
      ["", "claim.name"],
      [{ name: "groups", split: "," }, "claim.split"],
    ]) {
      const { status, body } = await api.ask("POST", "/claims/groups", { claim });
      assert.deepEqual([status, body.error.code, body.error.path], [400, "invalid-input", path]);
    }
  });
});

describe("in how many tokens a claim is, and which may be meant", () => {
  const sought = (claim: unknown) => api.post("/claims/suggestions", { claim });
  test("a claim that all have: nothing has to be suggested for it", async () => {
    const { tokens, withClaim } = await sought("groups");
    assert.deepEqual([tokens, withClaim], [3, 3]);
  });
  test("a claim that nobody sends: what is nearly it stands first, with how many have it", async () => {
    const { tokens, withClaim, suggestions } = await sought("Groups");
    assert.deepEqual([tokens, withClaim], [3, 0]);
    assert.deepEqual(suggestions[0], {
      claim: "groups",
      tokens: 2,
      examples: ["Everyone", "Sales", "Engineering"],
      reason: "near-miss",
    });
  });
  test("a claim that is not kept before the settings name it: nobody knows", async () => {
    assert.equal((await sought("email")).withClaim, null);
    assert.equal((await sought("/address/country")).withClaim, null);
  });
  test("of a claim that can find nothing: refused", async () => {
    const { status, body } = await api.ask("POST", "/claims/suggestions", { claim: "" });
    assert.deepEqual([status, body.error.code], [400, "invalid-input"]);
  });
});

describe("the groups of each user's last token", () => {
  const users = async (claim: unknown) => (await api.post("/claims/users", { claim })).users;
  test("those of the latest login first, and nobody's name", async () => {
    assert.deepEqual(await users("groups"), [[], ["Everyone", "Sales"], ["Engineering", "Everyone"]]);
    assert.deepEqual(await users("realm_access.roles"), [[], [], ["offline", "editor"]]);
  });
  test("of a claim that can find nothing: refused", async () => {
    const { status, body } = await api.ask("POST", "/claims/users", { claim: "" });
    assert.deepEqual([status, body.error.code, body.error.path], [400, "invalid-input", "claim.name"]);
  });
});

describe("what the stored settings make of the groups that were seen", () => {
  const vias = async (claim: unknown = "groups") => {
    const { groups } = await api.post("/claims/groups", { claim });
    return Object.fromEntries(groups.map(({ name, via }: { name: string; via: string | null }) => [name, via]));
  };
  test("an entry is about it, it is the name of something, or neither", async () => {
    await api.instance.addGroup("main", "Sales");
    assert.deepEqual(await vias(), { Everyone: "none", Engineering: "none", Sales: "name" });
    await api.instance.command({ type: "set-mapping", mapping: "eng* && !x -> nowhere" });
    assert.equal((await vias()).Engineering, "none");
    await api.instance.command({ type: "set-policy", policy: { compare: "ignore-case" } });
    assert.equal((await vias()).Engineering, "mapping");
  });
  test("whether or not somebody meets all of a condition, or is excluded by it", async () => {
    await api.instance.command({ type: "set-mapping", mapping: "nobody && Engineering && !everyone -> Sales" });
    assert.deepEqual(await vias(), { Everyone: "mapping", Engineering: "mapping", Sales: "name" });
  });
  test("in whichever workspace the claim is read; where none reads it, by what the instance has", async () => {
    await api.instance.command(
      { type: "set-claim", claim: "realm_access.roles", workspace: "lab" },
      { type: "set-mapping", mapping: "editor -> labs", workspace: "lab" },
      { type: "set-mapping", mapping: "offline -> Sales" },
    );
    assert.deepEqual(await vias("realm_access.roles"), { editor: "mapping", offline: "none" });
    assert.deepEqual(await vias({ name: "realm_access.roles", prefix: "" }), { editor: "none", offline: "mapping" });
  });
});

describe("what groups are called", () => {
  const name = "a\u0000 5c6e0a9e-7f0d-4b43-9e0b-0d3a4a5f8c11";
  const put = async (labels: unknown) => api.ask("PUT", "/claims/labels", { labels });
  test("nothing at first; then what an admin says, until they take it back", async () => {
    assert.deepEqual(await api.get("/claims/labels"), { labels: [] });
    const labels = [
      { name, label: "Sales, EMEA" },
      { name: "Everyone", label: "All" },
    ];
    assert.deepEqual((await put(labels)).body, { labels: labels.toReversed() });
    await put([{ name: "Everyone", label: "All staff" }]);
    const { groups } = await api.post("/claims/groups", { claim: "groups" });
    assert.deepEqual(
      groups.map(({ name, label }: { name: string; label?: string }) => [name, label]),
      [
        ["Everyone", "All staff"],
        ["Engineering", undefined],
        ["Sales", undefined],
      ],
    );
    assert.deepEqual((await put([{ name: "Everyone", label: null }])).body, { labels: [labels[0]] });
    assert.deepEqual(await api.get("/claims/labels"), { labels: [labels[0]] });
  });
  test("not what cannot be stored, or is no label", async () => {
    for (const [labels, path] of [
      [[{ name, label: "" }], "labels[0].label"],
      [[{ name, label: "x".repeat(201) }], "labels[0].label"],
      [[{ name, label: "a\u0000b" }], "labels[0].label"],
      [[{ name: "", label: "x" }], "labels[0].name"],
      [[{ name: "a\ud800b", label: "x" }], "labels[0].name"],
    ] as const) {
      const { status, body } = await put(labels);
      assert.deepEqual([status, body.error.code, body.error.path], [400, "invalid-input", path]);
    }
  });
  test("as many as anybody labels by hand, and no more", async () => {
    for (let thousand = 0; thousand < 10; thousand += 1) {
      const labels = Array.from({ length: 1000 }, (_, index) => ({ name: `${thousand}-${index}`, label: "x" }));
      const { status, body } = await put(labels);
      if (thousand < 9) assert.equal(status, 200);
      else assert.deepEqual([status, body.error.code, body.error.path], [422, "too-many-labels", "labels"]);
    }
    assert.equal((await api.get("/claims/labels")).labels.length, 9001);
  });
});

test("what a directory called its groups before is told, until a group is called so again", async () => {
  const oidc = { issuer: new URL(issuer), clientId: "c", clientSecret: null, scope: "openid", claimsFrom: [] };
  const provisioned = await newApi({ oidc });
  try {
    const { database } = provisioned.instance;
    const token = { provider: "environment", name: "test", by: null };
    const { secret } = await issueScimToken(database, token, new Date());
    const scim = client(provisioned.server, secret);
    const rename = (id: string, displayName: string) =>
      scim.patch(`/Groups/${id}`, { op: "replace", value: { displayName } });
    const former = async () => (await provisioned.post("/claims/groups", { claim: "groups" })).former;
    const told = async () => (await former()).map(({ name, now }: { name: string; now: string | null }) => [name, now]);

    const sales = await scim.group("Sales Team", [], { externalId: "1" });
    const gone = await scim.group("Interns");
    assert.deepEqual(await told(), []);
    const before = Date.now();
    await rename(sales, "Sales EMEA");
    const [{ until }] = await former();
    assert.ok(Date.parse(until) >= before && Date.parse(until) <= Date.now());
    await rename(sales, "Sales Europe");
    await scim.send("DELETE", `/Groups/${gone}`);
    const everything = [
      ["Interns", null],
      ["Sales EMEA", "Sales Europe"],
      ["Sales Team", "Sales Europe"],
    ];
    assert.deepEqual((await told()).toSorted(), everything);
    await scim.patch(`/Groups/${sales}`, { op: "replace", value: { externalId: "2" } });
    assert.deepEqual((await told()).toSorted(), everything);
    // Called so again, it was not renamed at all; deleted, all of its names are gone.
    await rename(sales, "Sales Team");
    assert.deepEqual((await told()).toSorted(), [
      ["Interns", null],
      ["Sales EMEA", "Sales Team"],
      ["Sales Europe", "Sales Team"],
    ]);
    await scim.send("DELETE", `/Groups/${sales}`);
    const names = ["Interns", "Sales EMEA", "Sales Europe", "Sales Team"];
    assert.deepEqual(
      (await told()).toSorted(),
      names.map((name) => [name, null]),
    );
    // Where mappings call groups by their ids, what else they are called is of no use.
    const configuration = { clientId: "c", scope: "openid", claimsFrom: [], directory: null, scimGroups: "externalId" };
    const values = { id: "ids", name: "ids", issuer: "https://ids.example/", from_environment: false };
    await database
      .insertInto("providers")
      .values({ ...values, configuration: JSON.stringify(configuration) })
      .execute();
    const { secret: other } = await issueScimToken(database, { ...token, provider: "ids" }, new Date());
    const byId = client(provisioned.server, other);
    const group = await byId.group("Engineers", [], { externalId: "object-1" });
    await byId.patch(`/Groups/${group}`, { op: "replace", value: { displayName: "Builders" } });
    assert.equal((await told()).length, names.length);
  } finally {
    await provisioned.close();
  }
});

test("what a directory that is read called its groups before is told likewise", async () => {
  const oidc = { issuer: new URL(issuer), clientId: "c", clientSecret: null, scope: "openid", claimsFrom: [] };
  let groups: [id: string, name: string][] = [];
  const directory: Directory = {
    groupsOf: async () => [],
    async *users({ group } = {}) {
      for (const [id, name] of groups) group?.(id, name);
      yield { id: "ada", directory: "active", groups: groups.map(([, name]) => name) };
    },
  };
  const read = await newApi({ oidc, groupSource: { directory, userClaim: "sub", alsoIfMissing: false } });
  try {
    const former = async () => (await read.post("/claims/groups", { claim: "groups" })).former;
    const told = async () => (await former()).map(({ name, now }: { name: string; now: string | null }) => [name, now]);
    const readAgain = async (...now: typeof groups) => {
      groups = now;
      const { run } = await read.post("/reconcile-runs", {});
      for (let { status } = run; status !== "done"; await delay(50)) {
        status = (await read.get(`/reconcile-runs/${run.id}`)).run.status;
        assert.ok(["looking", "applying", "done"].includes(status), status);
      }
    };

    await readAgain(["1", "Sales Team"], ["2", "Interns"], ["3", "Interns"], ["4", "cannot be kept \u0000"]);
    assert.deepEqual(await told(), []);
    const before = Date.now();
    await readAgain(["1", "Sales EMEA"], ["2", "Trainees"], ["3", "Interns"]);
    assert.deepEqual(await told(), [["Sales Team", "Sales EMEA"]], "another group is called Interns as ever");
    const [{ until }] = await former();
    assert.ok(Date.parse(until) >= before && Date.parse(until) <= Date.now());
    // Whom nobody is in any more is not read, and was not renamed.
    await readAgain(["1", "Sales Europe"]);
    const everything = [
      ["Sales EMEA", "Sales Europe"],
      ["Sales Team", "Sales Europe"],
    ];
    assert.deepEqual((await told()).toSorted(), everything);
    await readAgain(["1", "Sales Team"]);
    assert.deepEqual((await told()).toSorted(), [
      ["Sales EMEA", "Sales Team"],
      ["Sales Europe", "Sales Team"],
    ]);
    // After a year nobody asks.
    await forgetOldNames(read.instance.database, new Date(Date.now() + 366 * 24 * 3_600_000));
    assert.deepEqual(await told(), []);
  } finally {
    await read.close();
  }
});
