import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Api, newApi } from "./support/api.ts";
import { issuer } from "./support/instance.ts";

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

test("claims that groups can be read from are suggested, the commonest first", async () => {
  const { tokens, claims } = await api.get("/claims");
  assert.equal(tokens, 3);
  assert.deepEqual(
    claims.map(({ name, users }: { name: string; users: number }) => [name, users]),
    [
      ["groups", 2],
      ["department", 1],
      ["realm_access.roles", 1],
    ],
  );
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
