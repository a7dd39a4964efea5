// Tokens of SCIM clients: shown once, good for one provider until they are revoked, and nothing that the database could give away.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { issueScimToken, listScimTokens, revokeScimToken, verifyScimToken } from "../src/providers/scim-tokens.ts";
import { type Instance, newInstance } from "./support/instance.ts";

let instance: Instance;
const start = new Date("2026-01-01T00:00:00Z");
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);
before(async () => {
  instance = await newInstance();
  for (const id of ["first", "second"]) {
    await instance.database
      .insertInto("providers")
      .values({ id, name: id, issuer: `https://${id}.example/`, from_environment: false })
      .execute();
  }
});
after(() => instance.close());

const issue = (provider: string, name = "Entra ID") =>
  issueScimToken(instance.database, { provider, name, by: null }, start);
const verify = (token: string, now = start) => verifyScimToken(instance.database, token, now);
const revoke = (provider: string, id: number, now = start) => revokeScimToken(instance.database, { provider, id }, now);
const usedAt = async (provider: string) => (await listScimTokens(instance.database, provider))[0]?.lastUsedAt;

test("a token is its provider's, and no text of the database is one", async () => {
  const [one, other] = [await issue("first"), await issue("second")];
  assert.match(one.secret, /^scim_[\w-]{43}$/);
  assert.notEqual(one.secret, other.secret);
  assert.equal(await verify(one.secret), "first");
  assert.equal(await verify(other.secret), "second");
  const rows = await instance.database.selectFrom("scim_tokens").selectAll().execute();
  assert.ok(!JSON.stringify(rows).includes(one.secret.slice(5)));
  for (const { token_hash } of rows) assert.equal(await verify(token_hash), null);
});

test("what is no token is nobody's", async () => {
  const { secret } = await issue("first");
  for (const text of ["", "scim_", secret.slice(0, -1), `${secret} `, secret.slice(5), "scim_\u0000"]) {
    assert.equal(await verify(text), null, JSON.stringify(text));
  }
});

test("the last use is kept to the minute", async () => {
  const { secret } = await issue("first");
  assert.equal(await usedAt("first"), null);
  await verify(secret, later(10));
  await verify(secret, later(69));
  assert.deepEqual(await usedAt("first"), later(10));
  await verify(secret, later(70));
  assert.deepEqual(await usedAt("first"), later(70));
});

test("a revoked token is nobody's at once, and stays in the list with the time", async () => {
  const { token, secret } = await issue("second", "Okta");
  assert.equal(await revoke("first", token.id), false, "it is another provider's");
  assert.equal(await verify(secret), "second");
  assert.equal(await revoke("second", token.id, later(5)), true);
  assert.equal(await verify(secret, later(6)), null);
  assert.equal(await revoke("second", token.id, later(9)), true);
  const [first] = await listScimTokens(instance.database, "second");
  assert.deepEqual([first?.name, first?.revokedAt, first?.lastUsedAt], ["Okta", later(5), start]);
});

test("a provider's tokens go with it", async () => {
  const { secret } = await issue("second");
  await instance.database.deleteFrom("providers").where("id", "=", "second").execute();
  assert.equal(await verify(secret), null);
});
