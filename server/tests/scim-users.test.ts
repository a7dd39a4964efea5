// Users by SCIM: made, changed, disabled and deleted, each with what becomes of the user here.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { issuer } from "./support/instance.ts";
import { type ScimServer, schemas, scimServer } from "./support/scim.ts";

let scim: ScimServer;
beforeEach(async () => {
  scim = await scimServer();
  await scim.instance.addGroup("main", "sales");
  await scim.instance.command({ type: "set-mapping", mapping: "Sales Team -> sales" }, { type: "enable" });
});
afterEach(() => scim.close());

const people = () =>
  scim.instance.database
    .selectFrom("users")
    .select([
      "id",
      "issuer",
      "subject",
      "email",
      "name",
      "status",
      "archived_by_sync as bySync",
      "email_verified as verified",
    ])
    .where("super_admin", "=", false)
    .orderBy("id")
    .execute();

const audited = async () => {
  const rows = await scim.instance.database
    .selectFrom("audit")
    .select(["method", "subject", "user_change"])
    .orderBy("id")
    .execute();
  return rows.map(({ method, subject, user_change: change }) => `${method} ${subject}: ${change}`);
};

const ada = {
  externalId: "ada-1",
  displayName: "Ada Lovelace",
  name: { givenName: "Ada", familyName: "Lovelace" },
  emails: [{ value: "Ada@example.com", type: "work", primary: true }],
};

test("a user is made here, with what the directory says, and found again", async () => {
  const answer = await scim.send("POST", "/Users", { schemas: [schemas.user], userName: "ada@example.com", ...ada });
  assert.equal(answer.status, 201);
  const { id, meta, ...said } = answer.body;
  assert.equal(answer.headers.location, `http://localhost:3000/scim/v2/Users/${id}`);
  assert.deepEqual([meta.resourceType, meta.location, meta.version], ["User", answer.headers.location, 'W/"1"']);
  assert.deepEqual(said, { schemas: [schemas.user], active: true, userName: "ada@example.com", ...ada });
  assert.deepEqual((await scim.get(`/Users/${id}`)).body, answer.body);
  const [user] = await people();
  assert.deepEqual(
    { ...user, id: 0 },
    {
      id: 0,
      issuer: null,
      subject: null,
      email: "Ada@example.com",
      name: "Ada Lovelace",
      status: "active",
      bySync: false,
      verified: false,
    },
  );
  assert.deepEqual(await audited(), ["scim ada-1: created"]);
});

test("whoever is disabled is archived and signed out at once, and restored when enabled", async () => {
  const id = await scim.user("ada@example.com", ada);
  const [user] = await people();
  await scim.instance.database
    .insertInto("sessions")
    .values({
      token_hash: "h",
      user_id: user?.id ?? 0,
      method: "oidc",
      created_at: new Date(),
      expires_at: new Date(2e12),
    })
    .execute();
  const disabled = await scim.patch(`/Users/${id}`, { op: "Replace", path: "active", value: "False" });
  assert.deepEqual([disabled.status, disabled.body.active], [200, false]);
  assert.deepEqual(await scim.instance.database.selectFrom("sessions").select("user_id").execute(), []);
  assert.deepEqual(
    (await people()).map(({ status, bySync }) => [status, bySync]),
    [["archived", true]],
  );
  const enabled = await scim.patch(`/Users/${id}`, { op: "replace", value: { active: true } });
  assert.deepEqual([enabled.status, enabled.body.active], [200, true]);
  assert.deepEqual(
    (await people()).map(({ status, bySync }) => [status, bySync]),
    [["active", false]],
  );
  assert.deepEqual(await audited(), ["scim ada-1: created", "scim ada-1: archived", "scim ada-1: restored"]);
});

test("whom an admin archived stays so, whatever the directory says", async () => {
  const id = await scim.user("ada@example.com", ada);
  await scim.instance.database
    .updateTable("users")
    .set({ status: "archived" })
    .where("name", "=", "Ada Lovelace")
    .execute();
  await scim.patch(`/Users/${id}`, { op: "replace", path: "active", value: false });
  await scim.patch(`/Users/${id}`, { op: "replace", path: "active", value: true });
  assert.deepEqual(
    (await people()).map(({ status, bySync }) => [status, bySync]),
    [["archived", false]],
  );
});

test("whoever is deleted is archived, is no longer there, and is the same user when made again", async () => {
  const id = await scim.user("ada@example.com", ada);
  assert.equal((await scim.send("DELETE", `/Users/${id}`)).status, 204);
  assert.equal((await scim.send("DELETE", `/Users/${id}`)).status, 404);
  assert.equal((await scim.get(`/Users/${id}`)).status, 404);
  assert.equal((await scim.get("/Users")).body.totalResults, 0);
  assert.deepEqual(
    (await people()).map(({ status }) => status),
    ["archived"],
  );
  const again = await scim.user("ada@example.com", ada);
  assert.notEqual(again, id);
  assert.deepEqual(
    (await people()).map(({ status }) => status),
    ["active"],
  );
});

test("whoever has the address of somebody who was deleted is somebody else, if their id is another", async () => {
  await scim.send("DELETE", `/Users/${await scim.user("ada@example.com", ada)}`);
  await scim.user("ada@example.com", { ...ada, externalId: "ada-2" });
  assert.deepEqual(
    (await people()).map(({ status, email }) => [status, email]),
    [
      ["archived", null],
      ["active", "Ada@example.com"],
    ],
  );
});

test("a name or an id that another user has is refused, and nothing is changed", async () => {
  const id = await scim.user("ada@example.com", ada);
  const ben = await scim.user("ben@example.com");
  for (const said of [{ userName: "ADA@example.com" }, { userName: "eve@example.com", externalId: "ada-1" }]) {
    const made = await scim.send("POST", "/Users", said);
    assert.deepEqual([made.status, made.body.scimType, made.body.status], [409, "uniqueness", "409"]);
    const changed = await scim.send("PUT", `/Users/${ben}`, said);
    assert.deepEqual([changed.status, changed.body.scimType], [409, "uniqueness"]);
  }
  assert.equal((await people()).length, 2);
  assert.equal((await scim.get(`/Users/${ben}`)).body.userName, "ben@example.com");
  assert.equal((await scim.get(`/Users/${id}`)).body.meta.version, 'W/"1"');
});

test("a whole user is replaced, and the same once more changes nothing", async () => {
  const id = await scim.user("ada@example.com", { ...ada, title: "Countess" });
  const said = { userName: "ada@example.com", externalId: "ada-1", displayName: "Ada King" };
  const first = await scim.send("PUT", `/Users/${id}`, said);
  assert.deepEqual(
    [first.status, first.body.displayName, first.body.title, first.body.active],
    [200, "Ada King", undefined, true],
  );
  assert.equal((await people())[0]?.name, "Ada King");
  const second = await scim.send("PUT", `/Users/${id}`, said);
  assert.deepEqual(second.body, first.body);
});

test("a whole user without `active` stays disabled", async () => {
  const id = await scim.user("ada@example.com", { ...ada, active: false });
  const { body } = await scim.send("PUT", `/Users/${id}`, { userName: "ada@example.com" });
  assert.equal(body.active, false);
  assert.deepEqual(await people(), []);
});

test("the first sign-in at the same identity provider takes over whom the directory made", async () => {
  await scim.user("ada@example.com", ada);
  const [made] = await people();
  const claims = { sub: "ada-1", groups: ["Sales Team"], email: "ada@example.com" };
  const { userId } = await scim.instance.login({ method: "oidc", issuer, claims });
  assert.equal(userId, made?.id);
  assert.equal(await scim.instance.has("ada-1"), "end-user: sales");
});

test("so it does by an address that the token calls verified, and by no other", async () => {
  await scim.user("ada@example.com", { ...ada, externalId: "object-id" });
  const [made] = await people();
  const email = "ada@example.com";
  const other = await scim.instance.login({ method: "oidc", issuer, claims: { sub: "eve", groups: [], email } });
  assert.notEqual(other.userId, made?.id);
  const claims = { sub: "pairwise", groups: [], email, email_verified: true };
  const same = await scim.instance.login({ method: "oidc", issuer, claims });
  assert.equal(same.userId, made?.id);
});

test("whoever signed in before is found by their subject, or by their verified address", async () => {
  const bySubject = await scim.instance.login({ method: "oidc", issuer, claims: { sub: "ada-1", groups: [] } });
  const claims = { sub: "ben-sub", groups: [], email: "ben@example.com", email_verified: true };
  const byAddress = await scim.instance.login({ method: "oidc", issuer, claims });
  await scim.user("ada@example.com", ada);
  const ben = await scim.user("ben@example.com", { externalId: "object-id" });
  assert.equal((await people()).length, 2);
  await scim.patch(`/Users/${ben}`, { op: "replace", path: "active", value: false });
  const rows = await people();
  assert.equal(rows.find(({ id }) => id === bySubject.userId)?.status, "active");
  assert.equal(rows.find(({ id }) => id === byAddress.userId)?.status, "archived");
});

test("an open invitation is whose address it has", async () => {
  const { database } = scim.instance;
  await database.insertInto("users").values({ email: "ada@example.com", status: "invited" }).execute();
  await scim.user("ada@example.com", ada);
  assert.deepEqual(
    (await people()).map(({ status, email }) => [status, email]),
    [["invited", "ada@example.com"]],
  );
});

test("whom a provider made that is gone, or that deleted them, is in nobody's way; an invitation is, also a withdrawn one", async () => {
  const { database } = scim.instance;
  await scim.user("ada@example.com", { externalId: "ada-1" });
  const bob = await scim.user("bob@example.com", { externalId: "bob-1" });
  const invited = { email: "ida@example.com", status: "invited" as const };
  await database
    .insertInto("users")
    .values([invited, { ...invited, email: "kim@example.com", status: "archived" }])
    .execute();
  await database.deleteFrom("providers").execute();

  const again = await scim.other("again", issuer);
  await again.user("ada@example.com", { externalId: "ada-1" });
  const cy = await again.user("cy@example.com", { externalId: "cy-1" });
  const renamed = await again.patch(`/Users/${cy}`, { op: "replace", path: "userName", value: "bob@example.com" });
  assert.equal(renamed.status, 200);
  assert.equal((await again.get(`/Users/${bob}`)).status, 404);
  await again.user("ida@example.com", { externalId: "ida-1" });
  const refused = await again.send("POST", "/Users", { userName: "kim@example.com", externalId: "kim-1" });
  assert.deepEqual([refused.status, refused.body.scimType], [409, "uniqueness"]);
  assert.deepEqual(
    (await people()).map(({ email, status }) => `${email} ${status}`),
    [
      "null active",
      "null active",
      "ida@example.com invited",
      "kim@example.com archived",
      "ada@example.com active",
      "bob@example.com active",
    ],
  );
});

test("versions keep a change from undoing another", async () => {
  const id = await scim.user("ada@example.com", ada);
  const said = { userName: "ada@example.com", title: "Countess" };
  const stale = await scim.send("PUT", `/Users/${id}`, said, { "if-match": 'W/"7"' });
  assert.equal(stale.status, 412);
  const changed = await scim.send("PUT", `/Users/${id}`, said, { "if-match": 'W/"1"' });
  assert.deepEqual([changed.status, changed.headers.etag], [200, 'W/"2"']);
  assert.equal((await scim.get(`/Users/${id}`, { "if-none-match": 'W/"2"' })).status, 304);
});

test("without a valid token nothing is answered", async () => {
  for (const authorization of ["", "Bearer", "Bearer scim_guess", `Basic ${scim.token}`, `Bearer ${scim.token}x`]) {
    const answer = await scim.get("/Users", { authorization });
    assert.equal(answer.status, 401);
    assert.equal(answer.headers["www-authenticate"], 'Bearer realm="SCIM"');
    assert.deepEqual([answer.body.schemas, answer.body.status], [[schemas.error], "401"]);
  }
});
