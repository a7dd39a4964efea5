// Identity providers as super admins configure them: what is entered, who may lose what by it, and that no secret ever comes back.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { Encryption } from "../src/encryption.ts";
import { rememberEnvironmentProvider } from "../src/providers/environment.ts";
import { verifyScimToken } from "../src/providers/scim-tokens.ts";
import { buildServer } from "../src/server.ts";
import { Sessions } from "../src/sign-in/sessions.ts";
import { type Api, newApi } from "./support/api.ts";
import { Browser } from "./support/browser.ts";
import { type StubIdentityProvider, stubIdentityProvider } from "./support/stub-identity-provider.ts";

const [old, young] = [randomBytes(32), randomBytes(32)];
const encryption = new Encryption([old]);
const secrets = ["the-client-secret", "the-directory-secret", "another-secret"];
let idp: StubIdentityProvider;
let api: Api;
const log: string[] = [];
before(async () => {
  idp = await stubIdentityProvider();
  const stream = { write: (line: string) => void log.push(line) };
  api = await newApi({ oidc: null, encryption, logger: { level: "info", stream } });
});
after(async () => {
  await api.close();
  await idp.stop();
});

const plain = {
  name: "Partners",
  enabled: true,
  clientId: "the-server",
  scope: "openid email",
  claimsFrom: ["userinfo"],
  scimGroups: "displayName",
  directory: null as unknown,
};
const directory = { kind: "entra", tenant: "contoso", clientSecret: "the-directory-secret" };
let count = 0;
async function create(fields: object = {}) {
  count += 1;
  return api.post("/providers", { ...plain, issuer: `https://${count}.example.com`, ...fields });
}
const put = (id: string, body: object) => api.ask("PUT", `/providers/${id}`, { ...plain, ...body });
const remove = (id: string, version: number, users: number) =>
  api.ask("DELETE", `/providers/${id}?version=${version}&users=${users}`);
const stored = (id: string) =>
  api.instance.database.selectFrom("providers").selectAll().where("id", "=", id).executeTakeFirst();

test("a provider is configured, shown without its secrets, and nothing in the database reads like one", async () => {
  const made = await create({ clientSecret: "the-client-secret", directory });
  assert.deepEqual(made.configuration.secrets, ["clientSecret", "directory.clientSecret"]);
  assert.equal(made.addresses.callback, `http://localhost/sign-in/oidc/callback/${made.id}`);
  assert.equal(made.changedBy.email, "root@example.com");
  const { providers, keepsSecrets } = await api.get("/providers");
  assert.deepEqual(providers[0], made);
  assert.equal(keepsSecrets, true);
  const row = JSON.stringify(await stored(made.id));
  for (const secret of secrets) assert.ok(!row.includes(secret));
});

test("secrets that are left out stay, and an empty one is taken away", async () => {
  const { id } = await create({ clientSecret: "the-client-secret", directory });
  const { clientSecret: _, ...without } = directory;
  const kept = await put(id, { version: 1, directory: without });
  assert.deepEqual(kept.body.configuration.secrets, ["clientSecret", "directory.clientSecret"]);
  assert.equal(kept.body.version, 2);
  const taken = await put(id, { version: 2, clientSecret: "", directory: null });
  assert.deepEqual(taken.body.configuration.secrets, []);
  assert.equal((await stored(id))?.secrets, null);
});

test("a stored secret goes nowhere but where it went before", async () => {
  const { id } = await create({ clientSecret: "the-client-secret", directory });
  const { clientSecret: _, ...without } = directory;
  for (const moved of [
    { ...without, loginUrl: "https://evil.example" },
    { ...without, url: "https://evil.example" },
    { ...without, tenant: "evil" },
    { kind: "keycloak", url: "https://evil.example", realm: "main" },
  ]) {
    const { status, body } = await put(id, { version: 1, directory: moved });
    assert.deepEqual([status, body.error.code, body.error.path], [422, "secret-needed", "directory.clientSecret"]);
  }
  const okta = await create({ directory: { kind: "okta", url: "https://a.okta.com", apiToken: "another-secret" } });
  const elsewhere = await put(okta.id, { version: 1, directory: { kind: "okta", url: "https://evil.example" } });
  assert.deepEqual([elsewhere.status, elsewhere.body.error.path], [422, "directory.apiToken"]);
});

test("what cannot be right is told by its place", async () => {
  const issuer = "https://hostile.example.com";
  const wrong: [object, number, string][] = [
    [{ issuer: "http://id.example.com" }, 400, "issuer"],
    [{ issuer: "file:///etc/passwd" }, 400, "issuer"],
    [{ issuer: "https://me:secret@id.example.com" }, 400, "issuer"],
    [{ issuer: "https://id.example.com/#x" }, 400, "issuer"],
    [{ issuer: "no address" }, 400, "issuer"],
    [{ issuer: "https://id.example.com/\u0000" }, 400, "issuer"],
    [{ name: " \u200b" }, 400, "name"],
    [{ name: "Partners\u202e" }, 400, "name"],
    [{ clientId: "\n" }, 400, "clientId"],
    [{ scope: "email" }, 400, "scope"],
    [{ claimsFrom: ["elsewhere"] }, 400, "claimsFrom[0]"],
    [{ scimGroups: "id" }, 400, "scimGroups"],
    [{ id: "environment" }, 400, "id"],
    [{ directory: { kind: "ldap" } }, 400, "directory.kind"],
    [{ directory: { kind: "okta" } }, 422, "directory.url"],
    [{ directory: { kind: "okta", url: "http://169.254.169.254", apiToken: "t" } }, 400, "directory.url"],
    [{ directory: { kind: "google", subject: "a@example.com", serviceAccount: "{" } }, 422, "directory.serviceAccount"],
    [{ directory: { kind: "entra", tenant: "t", clientSecret: "s", groups: "email" } }, 422, "directory.groups"],
    [{ directory: { kind: "entra", tenant: "t" } }, 422, "directory.clientSecret"],
  ];
  for (const [fields, status, path] of wrong) {
    const answer = await api.ask("POST", "/providers", { ...plain, issuer, ...fields });
    assert.deepEqual([answer.status, answer.body.error.path], [status, path], answer.text);
  }
  assert.ok(!(await api.get("/providers")).providers.some((one: { issuer: string }) => one.issuer.includes("hostile")));
});

test("one issuer is one provider's, however it is written", async () => {
  await create({ issuer: "https://same.example.com" });
  const { status, body } = await api.ask("POST", "/providers", { ...plain, issuer: "https://SAME.example.com:443/" });
  assert.deepEqual([status, body.error.code], [409, "issuer-exists"]);
});

test("who was slower is told so", async () => {
  const { id } = await create();
  assert.equal((await put(id, { version: 1, name: "First" })).status, 200);
  const late = await put(id, { version: 1, name: "Second" });
  assert.deepEqual([late.status, late.body.error.code], [409, "stale-version"]);
  assert.equal((await remove(id, 1, 0)).body.error.code, "stale-version");
  assert.equal((await put("nobody", { version: 1 })).status, 404);
  assert.equal((await remove("nobody", 1, 0)).status, 404);
});

async function withUser(id: string, issuer: string, fields: object = {}) {
  const { database } = api.instance;
  const user = await database
    .insertInto("users")
    .values({ issuer: issuer.replace(/\/$/, ""), subject: `of-${id}`, ...fields })
    .returning("id")
    .executeTakeFirstOrThrow();
  const sessions = new Sessions({ database, clock: () => new Date(), hours: 1 });
  const session = { subject: `of-${id}`, issuer, sid: null, issuedAt: new Date(), idToken: "", refreshToken: null };
  return {
    userId: user.id,
    sessions,
    token: await sessions.start({ userId: user.id, method: "oidc", provider: { ...session, providerId: id } }),
  };
}

test("switched off, its sessions end; deleted, its users stay and their number has to be confirmed", async () => {
  const { id, issuer } = await create();
  const { sessions, token, userId } = await withUser(id, issuer);
  assert.ok(await sessions.find(token));
  assert.equal((await put(id, { version: 1, enabled: false })).status, 200);
  assert.equal(await sessions.find(token), null);
  assert.equal(await sessions.whyEnded(token), "provider-gone");
  const few = await remove(id, 2, 0);
  assert.deepEqual([few.status, few.body.error.code], [409, "losses-unconfirmed"]);
  assert.equal((await remove(id, 2, 1)).status, 200);
  assert.equal((await api.get(`/users/${userId}`)).user.status, "active");
});

test("nobody begins a session at a provider that was switched off meanwhile", async () => {
  const { id, issuer } = await create({ enabled: false });
  await assert.rejects(withUser(id, issuer), /switched off/);
});

test("the last way in for super admins stays", async () => {
  const { id, issuer } = await create();
  await withUser(id, issuer, { super_admin: true });
  const off = await put(id, { version: 1, enabled: false });
  assert.deepEqual([off.status, off.body.error.code], [409, "last-way-in"]);
  assert.equal((await remove(id, 1, 1)).body.error.code, "last-way-in");
  assert.equal((await stored(id))?.enabled, true);
  const { database } = api.instance;
  await database
    .updateTable("users")
    .set({ password_hash: "$argon2id$" })
    .where("email", "=", "root@example.com")
    .execute();
  assert.equal((await put(id, { version: 1, enabled: false })).status, 200);
  // Whoever has no way in is nobody who could be left.
  const root = await database
    .selectFrom("users")
    .select("id")
    .where("email", "=", "root@example.com")
    .executeTakeFirstOrThrow();
  const archived = await api.ask("POST", `/users/${root.id}/archive`, { note: "leaves" });
  assert.deepEqual([archived.status, archived.body.error.code], [409, "last-super-admin"]);
});

test("that of the environment is only shown, and has tokens", async () => {
  const other = await newApi({ oidc: idp.options });
  try {
    const [shown] = (await other.get("/providers")).providers;
    assert.deepEqual([shown.id, shown.fromEnvironment, shown.configuration], ["environment", true, null]);
    const put = await other.ask("PUT", "/providers/environment", { ...plain, version: 1 });
    assert.deepEqual([put.status, put.body.error.code], [409, "from-environment"]);
    const deleted = await other.ask("DELETE", "/providers/environment?version=1&users=0");
    assert.equal(deleted.body.error.code, "from-environment");
    assert.match((await other.post("/providers/environment/tokens", { name: "Entra" })).secret, /^scim_/);
  } finally {
    await other.close();
  }
});

test("that of the environment goes with its issuer, unless its directory is connected by SCIM", async () => {
  const { database } = api.instance;
  const [first, other] = [new URL("https://first.example"), new URL("https://other.example")];
  const now = async () => {
    const rows = await database.selectFrom("providers").selectAll().where("from_environment", "=", true).execute();
    return rows.map(({ issuer, enabled }) => `${issuer} ${enabled}`);
  };
  await rememberEnvironmentProvider(database, first);
  const { sessions, token: session } = await withUser("environment", first.href);
  const { secret } = await api.post("/providers/environment/tokens", { name: "Entra" });
  await rememberEnvironmentProvider(database, first, "Staff");
  assert.ok(await sessions.find(session));
  await rememberEnvironmentProvider(database, null);
  assert.deepEqual(await now(), [], "a token that nobody has used");
  assert.deepEqual([await sessions.find(session), await sessions.whyEnded(session)], [null, "provider-gone"]);
  assert.equal(await verifyScimToken(database, secret, new Date()), null);

  await rememberEnvironmentProvider(database, first);
  const { token, secret: used } = await api.post("/providers/environment/tokens", { name: "Entra" });
  await verifyScimToken(database, used, new Date());
  await assert.rejects(
    () => rememberEnvironmentProvider(database, other),
    /OIDC_ISSUER is `https:\/\/other.example\/`, and was `https:\/\/first.example\/`.*revoke the SCIM tokens first/,
  );
  await rememberEnvironmentProvider(database, null);
  assert.deepEqual(await now(), ["https://first.example/ false"]);
  assert.equal(await verifyScimToken(database, used, new Date()), "environment");
  await rememberEnvironmentProvider(database, first);
  assert.deepEqual(await now(), ["https://first.example/ true"]);

  await api.ask("DELETE", `/providers/environment/tokens/${token.id}`);
  await rememberEnvironmentProvider(database, other);
  assert.deepEqual(await now(), ["https://other.example/ true"]);
  await rememberEnvironmentProvider(database, null);
  assert.deepEqual(await now(), []);
});

test("a token's secret is told once, and is worth nothing once it is revoked or its provider is gone", async () => {
  const { id } = await create();
  const { token, secret } = await api.post(`/providers/${id}/tokens`, { name: " Okta " });
  const other = await api.post(`/providers/${id}/tokens`, { name: "Entra" });
  const listed = await api.ask("GET", `/providers/${id}/tokens`);
  assert.deepEqual(
    listed.body.tokens.map(({ name }: { name: string }) => name),
    ["Entra", "Okta"],
  );
  assert.ok(!listed.text.includes(secret));
  const whose = (text: string) => verifyScimToken(api.instance.database, text, new Date());
  assert.equal(await whose(secret), id);
  assert.equal((await api.ask("DELETE", `/providers/${id}/tokens/${token.id}`)).body.tokens.length, 2);
  assert.deepEqual([await whose(secret), await whose(other.secret)], [null, id]);
  assert.equal((await api.ask("DELETE", `/providers/nobody/tokens/${other.token.id}`)).status, 404);
  assert.equal((await remove(id, 1, 0)).status, 200);
  assert.equal(await whose(other.secret), null);
  assert.equal((await api.ask("GET", `/providers/${id}/tokens`)).status, 404);
  assert.equal((await api.ask("POST", `/providers/${id}/tokens`, { name: "x" })).status, 404);
  assert.ok(!log.join("").includes(secret));
});

test("one that is switched off is tested by a super admin, and by nobody else", async () => {
  const issuer = idp.options.issuer.href;
  const { id } = await create({ issuer, enabled: false, clientSecret: "the-client-secret", claimsFrom: [] });
  const { cookie = "" } = await api.headers("super admin");
  const admin = new Browser(api.server);
  for (const pair of cookie.split("; ")) admin.cookies.set(...(pair.split("=", 2) as [string, string]));
  assert.equal((await admin.get(`/sign-in/oidc/${id}`)).statusCode, 404);
  assert.equal((await new Browser(api.server).get(`/sign-in/oidc/${id}?test`)).statusCode, 403);
  idp.claims = { sub: "tried", groups: ["Sales"] };
  const { headers } = await admin.get(`/sign-in/oidc/${id}?test`);
  const back = new URL(idp.authorise(String(headers.location)), "http://localhost");
  const done = await admin.get(`/sign-in/oidc/callback/${id}${back.search}`);
  assert.equal(done.headers.location, "/admin/#/preview/test-sign-in");
  const { testSignIn } = await api.get("/preview/test-sign-in");
  assert.deepEqual([testSignIn.claims.groups, testSignIn.user], [["Sales"], null]);
  await assert.rejects(api.idOf("tried"));
});

test("an invitation names the provider whose people may take it", async () => {
  const { id } = await create();
  const invited = await api.post("/users", { email: "new@example.com", superAdmin: true, provider: id });
  assert.ok(invited.link.startsWith(`http://localhost/sign-in/oidc/${id}?invitation=`));
  const { status, body } = await api.ask("POST", "/users", { email: "other@example.com", provider: "nobody" });
  assert.deepEqual([status, body.error.code], [422, "no-such-provider"]);
});

test("without keys no secret is taken, and a provider without one is", async () => {
  const keyless = await newApi({ oidc: null });
  try {
    assert.equal((await keyless.get("/providers")).keepsSecrets, false);
    const body = { ...plain, issuer: "https://id.example.com" };
    const refused = await keyless.ask("POST", "/providers", { ...body, clientSecret: "the-client-secret" });
    assert.deepEqual([refused.status, refused.body.error.code], [422, "no-encryption-keys"]);
    assert.match(refused.body.error.message, /ENCRYPTION_KEYS/);
    assert.deepEqual((await keyless.post("/providers", body)).configuration.secrets, []);
  } finally {
    await keyless.close();
  }
});

test("a new key takes over at the start; without the old one secrets have to be entered anew", async () => {
  const { database } = api.instance;
  const { id } = await create({ clientSecret: "the-client-secret" });
  const start = (keys: [Buffer, ...Buffer[]] | null) =>
    buildServer({
      database,
      origin: new URL("http://localhost"),
      oidc: null,
      encryption: keys && new Encryption(keys),
    }).then((server) => server.close());
  const before = (await stored(id))?.secrets;
  await start([young, old]);
  const rotated = (await stored(id))?.secrets ?? "";
  assert.notEqual(rotated, before);
  assert.ok(new Encryption([young]).isByNewestKey(rotated));
  // This server has the old key alone.
  const shown = (await api.get("/providers")).providers.find((one: { id: string }) => one.id === id);
  assert.deepEqual([shown.secretsReadable, shown.configuration.secrets], [false, []]);
  const kept = await put(id, { version: 1 });
  assert.deepEqual([kept.status, kept.body.error.code, kept.body.error.path], [422, "secret-needed", "clientSecret"]);
  assert.equal((await put(id, { version: 1, clientSecret: "another-secret" })).body.secretsReadable, true);
});

test("no answer and no line of the log has a secret; each change is a line", async () => {
  const { text } = await api.ask("GET", "/providers");
  for (const secret of secrets) assert.ok(!text.includes(secret) && !log.join("").includes(secret), secret);
  assert.match(log.join(""), /"change":"deleted".*"provider changed"/);
});
