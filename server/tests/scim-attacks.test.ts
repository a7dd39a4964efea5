// What nobody may do by SCIM: reach another provider's directory, take or archive accounts that are not its own, bring the server down, or have half
// of something carried out.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import { issuer } from "./support/instance.ts";
import { everythingOf, type ScimClient, type ScimServer, schemas, scimServer } from "./support/scim.ts";

let scim: ScimServer;
let other: ScimClient;
before(async () => {
  scim = await scimServer();
  other = await scim.other("other", "https://other.example");
  await scim.instance.addGroup("main", "sales");
  await scim.instance.command({ type: "set-mapping", mapping: "Sales Team -> sales" }, { type: "enable" });
});
after(() => scim.close());

test("a token sees, finds and changes nothing of another provider", async () => {
  const user = await scim.user("secret@example.com", { externalId: "secret-id" });
  const group = await scim.group("Secret Group", [user]);
  const before = await everythingOf(scim);
  const body = { schemas: [schemas.user], userName: "x@other.example", displayName: "x" };
  for (const path of [`/Users/${user}`, `/Groups/${group}`]) {
    assert.equal((await other.get(path)).status, 404);
    assert.equal((await other.send("PUT", path, body)).status, 404);
    assert.equal((await other.patch(path, { op: "replace", path: "displayName", value: "x" })).status, 404);
    assert.equal((await other.send("DELETE", path)).status, 404);
  }
  for (const filter of [
    "",
    `id eq "${user}"`,
    'userName eq "secret@example.com"',
    'externalId eq "secret-id"',
    "userName pr",
  ]) {
    assert.equal((await other.get(`/Users?filter=${encodeURIComponent(filter)}`)).body.totalResults, 0, filter);
  }
  for (const filter of ["", 'displayName eq "Secret Group"', `members.value eq "${user}"`, "displayName pr"]) {
    assert.equal((await other.get(`/Groups?filter=${encodeURIComponent(filter)}`)).body.totalResults, 0, filter);
  }
  assert.equal((await other.send("POST", "/Groups", { displayName: "Theft", members: [{ value: user }] })).status, 400);
  assert.equal(await everythingOf(scim), before);
});

test("accounts with a password, of super admins and of other providers are never taken by an address", async () => {
  const { database } = scim.instance;
  await database.insertInto("users").values({ email: "root@example.com", super_admin: true }).execute();
  await database.insertInto("users").values({ email: "pass@example.com", password_hash: "hash" }).execute();
  await database
    .insertInto("users")
    .values({ email: "link@example.com", status: "invited", invitation_hash: "hash" })
    .execute();
  const claims = { sub: "victim", groups: [], email: "victim@example.com", email_verified: true };
  await scim.instance.login({ method: "oidc", issuer, claims });
  const before = await everythingOf(scim);
  for (const address of ["root@example.com", "pass@example.com", "link@example.com", "victim@example.com"]) {
    for (const said of [
      { userName: address },
      { userName: randomUUID(), emails: [{ value: address.toUpperCase() }] },
    ]) {
      const { status, body } = await other.send("POST", "/Users", { ...said, active: false, externalId: "victim" });
      assert.deepEqual([status, body.scimType], [409, "uniqueness"], address);
    }
  }
  assert.equal(await everythingOf(scim), before);
});

test("nor by an address that is changed to theirs later, nor by the subject of another issuer", async () => {
  const id = await other.user("thief@other.example", { externalId: "victim" });
  const before = await everythingOf(scim);
  const changes = [
    { op: "replace", path: "userName", value: "root@example.com" },
    { op: "replace", path: "emails", value: [{ value: "pass@example.com", primary: true }] },
  ];
  for (const change of changes) {
    assert.equal((await other.patch(`/Users/${id}`, change)).status, 409);
    assert.equal(await everythingOf(scim), before);
  }
  assert.equal((await other.patch(`/Users/${id}`, { op: "replace", path: "active", value: false })).status, 200);
  const victim = await scim.instance.database
    .selectFrom("users")
    .select("status")
    .where("subject", "=", "victim")
    .executeTakeFirst();
  assert.equal(victim?.status, "active");
});

test("whom one provider made, nobody of another one comes in as", async () => {
  await scim.user("new@example.com", { externalId: "new-id" });
  const claims = { sub: "new-id", groups: [], email: "new@example.com", email_verified: true };
  const { userId } = await scim.instance.login({ method: "oidc", issuer: "https://other.example", claims });
  const own = await scim.instance.login({ method: "oidc", issuer, claims });
  assert.notEqual(userId, own.userId);
});

test("a password, roles and whatever makes somebody more than others are neither kept nor logged", async () => {
  const said = {
    password: "correct horse",
    superAdmin: true,
    exempt: true,
    roles: [{ value: "admin" }],
    status: "active",
  };
  const id = await scim.user("plain@example.com", said);
  const patched = await scim.patch(`/Users/${id}`, { op: "replace", path: "password", value: "correct horse" });
  assert.equal(patched.status, 200);
  await scim.patch(`/Users/${id}`, { op: "replace", value: { password: "correct horse", superAdmin: "true" } });
  const user = await scim.instance.database
    .selectFrom("users")
    .selectAll()
    .where("email", "=", "plain@example.com")
    .executeTakeFirstOrThrow();
  assert.deepEqual([user.super_admin, user.exempt, user.password_hash], [false, false, null]);
  assert.ok(!(await everythingOf(scim)).includes("correct horse"));
  const logged = scim.log.join("");
  for (const secret of ["correct horse", scim.token, "plain@example.com"]) assert.ok(!logged.includes(secret), secret);
});

test("a revoked token is worth nothing", async () => {
  const brief = await scim.other("brief", "https://brief.example");
  assert.equal((await brief.get("/Users")).status, 200);
  await scim.instance.database
    .updateTable("scim_tokens")
    .set({ revoked_at: new Date() })
    .where("provider_id", "=", "brief")
    .execute();
  assert.equal((await brief.get("/Users")).status, 401);
});

const hostile = [
  "\u0000",
  "\ud800",
  "__proto__",
  "constructor",
  "",
  " ",
  "'; drop table users; --",
  "💥".repeat(300),
  "%00",
  "../../x",
];

test("hostile texts in every place are refused or kept as they are, and never a fault of the server", async () => {
  for (const text of hostile) {
    const inAddress = encodeURIComponent(text.replaceAll(/\p{Cs}/gu, "x"));
    const quoted = encodeURIComponent(JSON.stringify(text));
    for (const path of [
      `/Users/${inAddress}`,
      `/Users?filter=userName%20eq%20${quoted.slice(0, 2000)}`,
      `/Groups?filter=displayName%20eq%20${quoted}`,
      `/Groups?filter=members.value%20eq%20${quoted}`,
      `/Users?attributes=${inAddress}&excludedAttributes=${inAddress}`,
    ].filter((one) => URL.canParse(`http://x${one}`))) {
      const { status } = await scim.get(path);
      assert.ok(status < 500, `${status} ${path}`);
    }
    for (const body of [{ userName: text }, { userName: `u${randomUUID()}`, displayName: text, externalId: text }]) {
      const { status } = await scim.send("POST", "/Users", body);
      assert.ok([201, 400, 409].includes(status), `${status} ${JSON.stringify(body)}`);
    }
    assert.ok((await scim.send("POST", "/Groups", { displayName: text })).status < 500);
  }
});

test("names that lead to the prototype change nothing of it", async () => {
  const id = await scim.user("proto@example.com");
  const paths = [
    "__proto__.polluted",
    "constructor.prototype.polluted",
    `${schemas.enterprise}:__proto__.polluted`,
    "name.__proto__",
  ];
  for (const path of paths) {
    assert.equal((await scim.patch(`/Users/${id}`, { op: "add", path, value: "yes" })).status, 400, path);
    await scim.patch(`/Users/${id}`, { op: "add", value: { [path]: "yes" } });
  }
  const text =
    '{"userName":"q@example.com","__proto__":{"polluted":"yes"},"name":{"__proto__":{"polluted":"yes"}},"constructor":{"prototype":{"polluted":"yes"}}}';
  assert.equal((await scim.send("POST", "/Users", text)).status, 201);
  assert.equal(({} as { polluted?: string }).polluted, undefined);
});

test("bodies that are no resource are refused, and nothing is changed", async () => {
  const id = await scim.user("body@example.com");
  const before = await everythingOf(scim);
  const bodies = [
    "",
    "{",
    "null",
    "[]",
    '"x"',
    "1",
    "{}",
    '{"userName":{}}',
    '{"userName":["a","b"]}',
    "[".repeat(50_000),
    '{"userName":"a","emails":"x","name":7}',
  ];
  for (const body of bodies) {
    for (const [method, path] of [
      ["POST", "/Users"],
      ["PUT", `/Users/${id}`],
      ["PATCH", `/Users/${id}`],
      ["POST", "/Groups"],
    ]) {
      const { status, body: answered } = await scim.send(method ?? "", path ?? "", body);
      assert.deepEqual([status, answered.schemas], [400, [schemas.error]], `${method} ${body.slice(0, 50)}`);
    }
  }
  const sent = await scim.send("POST", "/Users", "x=1", { "content-type": "application/x-www-form-urlencoded" });
  assert.equal(sent.status, 415);
  assert.equal((await scim.send("POST", "/Users", `{"userName":"${"x".repeat(5_000_000)}"}`)).status, 413);
  assert.equal(await everythingOf(scim), before);
});

test("an operation that is refused takes those before it with it", async () => {
  const id = await scim.user("half@example.com");
  const member = await scim.user("member@example.com");
  const group = await scim.group("Half", [member]);
  const before = await everythingOf(scim);
  const good = { op: "replace", path: "displayName", value: "changed" };
  for (const bad of [
    { op: "replace", path: "active", value: "maybe" },
    { op: "remove", path: "userName" },
    { op: "replace", path: 'emails[type ne "x"].value', value: "x" },
    { op: "move", path: "title" },
    { op: "replace", path: "id", value: "x" },
    { op: "add", path: "title" },
    7,
  ]) {
    assert.equal((await scim.patch(`/Users/${id}`, good, bad)).status, 400, JSON.stringify(bad));
  }
  const unknown = { op: "add", path: "members", value: [{ value: randomUUID() }] };
  assert.equal((await scim.patch(`/Groups/${group}`, good, { op: "remove", path: "members" }, unknown)).status, 400);
  assert.equal(await everythingOf(scim), before);
});

test("a filter that could take for ever is answered or refused at once", async () => {
  const clause = '(userName eq "a" or userName eq "b")';
  for (const filter of [
    Array(90).fill(clause).join(" and "),
    `${"(".repeat(1900)}title pr${")".repeat(1900)}`,
    "not ".repeat(900),
  ]) {
    const { status } = await scim.get(`/Users?filter=${encodeURIComponent(filter)}`);
    assert.ok(status === 200 || status === 400, String(status));
  }
});

test("a thousand operations cost no more than they say", async () => {
  const user = await scim.user("many@example.com");
  const before = await everythingOf(scim);
  // Each on the list that those before it have made longer: done to the end, this would take minutes.
  const longer = Array.from({ length: 1000 }, (_, operation) => {
    const addresses = Array.from({ length: 90 }, (_, number) => ({ value: `${operation}-${number}@example.com` }));
    return { op: "add", path: "emails", value: addresses };
  });
  const refused = await scim.patch(`/Users/${user}`, ...longer);
  assert.deepEqual([refused.status, refused.body.detail], [400, "the user is too large"]);
  assert.equal(await everythingOf(scim), before);

  const ids: string[] = [];
  for (let number = 0; number < 12; number += 1) ids.push(await scim.user(`${number}@example.com`));
  const group = await scim.group("Many", ids);
  const members = async () => (await scim.get(`/Groups/${group}`)).body.members?.length ?? 0;
  // Whoever is meant by an id is found without looking at all members; with any other filter that is done a few times.
  const looking = ids.map((id) => ({ op: "remove", path: `members[value eq "${id}" and type eq "User"]` }));
  const tooMany = await scim.patch(`/Groups/${group}`, ...looking);
  assert.deepEqual([tooMany.status, tooMany.body.scimType], [400, "invalidPath"]);
  assert.equal(await members(), 12);
  assert.equal((await scim.patch(`/Groups/${group}`, ...looking.slice(0, 10))).status, 204);
  assert.equal(await members(), 2);
  const meant = ids.map((id) => ({ op: "remove", path: `members[Value EQ "${id.toUpperCase()}"]` }));
  assert.equal((await scim.patch(`/Groups/${group}`, ...meant)).status, 204);
  assert.equal(await members(), 0);
});
