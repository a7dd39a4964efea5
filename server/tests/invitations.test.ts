// Who can take an invitation: the person at the invited address, and nobody whose address only looks or is stored like it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ensureFirstAdmin } from "../src/database/first-admin.ts";
import { prepareDatabase } from "../src/database/prepare.ts";
import type { UsersTable } from "../src/database/schema.ts";
import { hashOf } from "../src/secrets.ts";
import { hashPassword } from "../src/sign-in/passwords.ts";
import { emptyDatabase } from "./support/empty-database.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

let running: RunningServer;
before(async () => {
  running = await runningServer();
});
after(() => running.close());

async function invite(
  email: string,
  more: Partial<Pick<UsersTable, "invitation_hash">> & { super_admin?: boolean } = {},
) {
  const values = { email, status: "invited" as const, ...more };
  const row = running.instance.database.insertInto("users").values(values).returning("id");
  return (await row.executeTakeFirstOrThrow()).id;
}

/** The user as whom somebody with this address comes in, or the title of the page that says why not. */
async function comes(subject: string, email: unknown, { verified = true as unknown, link = "" } = {}) {
  const browser = running.newBrowser();
  running.idp.claims = { sub: subject, email, email_verified: verified, groups: [] };
  const { headers } = await browser.get(`/sign-in/oidc${link && `?invitation=${link}`}`);
  const back = await browser.get(running.idp.authorise(String(headers.location)));
  if (back.statusCode !== 303) return /<title>(.*?)<\/title>/.exec(back.body)?.[1];
  const row = running.instance.database.selectFrom("users").select(["id", "super_admin", "status"]);
  return row.where("subject", "=", subject).executeTakeFirstOrThrow();
}

async function isStillInvited(id: number): Promise<void> {
  const row = running.instance.database.selectFrom("users").select(["subject", "status"]).where("id", "=", id);
  assert.deepEqual(await row.executeTakeFirstOrThrow(), { subject: null, status: "invited" });
}

test("another address takes nobody's invitation, however it looks or is folded", async () => {
  const kate = await invite("kate@example.com");
  const bob = await invite("bob@example.com");
  const strasse = await invite("stra\u00dfe@example.com");
  const others: unknown[] = [
    "\u212aate@example.com", // the Kelvin sign, whose lower case is `k`
    "\uff4bate@example.com",
    "k\u0430te@example.com", // a Cyrillic letter
    "kate@example.com ",
    " kate@example.com",
    "kate@example.com\n",
    "kate@exam\u200bple.com",
    "kate@example.com\u0000",
    "bo\u0000b@example.com",
    "bo\ud800b@example.com",
    "bob@example.com\u202e",
    "b\u00f6b@example.com",
    "strasse@example.com",
    "STRA\u1e9eE@example.com", // its lower case is the sharp s
    ["bob@example.com"],
    { toString: "bob@example.com" },
    "",
    null,
  ];
  for (const [index, email] of others.entries()) {
    const came = await comes(`other-${index}`, email);
    assert.equal(typeof came === "object" && [kate, bob, strasse].includes(came.id), false, JSON.stringify(email));
  }
  for (const verified of [false, null, "true", 1])
    await comes(`unverified-${verified}`, "bob@example.com", { verified });
  for (const id of [kate, bob, strasse]) await isStillInvited(id);
});

test("the invited address takes it, whatever the case of its ASCII letters", async () => {
  const id = await invite("Jana.M\u00fcller@Example.com");
  assert.deepEqual(await comes("jana", "jana.M\u00fcller@EXAMPLE.COM"), { id, super_admin: false, status: "active" });
});

test("a super admin's invitation needs its link, and the address besides", async () => {
  const id = await invite("root@example.com", { super_admin: true, invitation_hash: hashOf("the-secret") });
  const refused = "Your invitation needs its link";
  assert.equal(await comes("root", "root@example.com"), refused);
  assert.equal(await comes("root", "root@example.com", { link: "a-guess" }), refused);
  assert.equal(await comes("root", "root@example.com", { link: hashOf("the-secret") }), refused);
  const other = await comes("mallory", "mallory@example.com", { link: "the-secret" });
  assert.ok(typeof other === "object" && other.id !== id && !other.super_admin);
  await isStillInvited(id);

  assert.deepEqual(await comes("root", "Root@example.com", { link: "the-secret" }), {
    ...{ id, super_admin: true, status: "active" },
  });
  const again = await comes("late", "root@example.com", { link: "the-secret" });
  assert.ok(typeof again === "object" && again.id !== id && !again.super_admin);
  assert.doesNotMatch(JSON.stringify(running.log), /the-secret/);
});

test("a super admin's invitation without a link cannot be accepted", async () => {
  const id = await invite("boss@example.com", { super_admin: true });
  assert.equal(await comes("boss", "boss@example.com", { link: "null" }), "Your invitation needs its link");
  await isStillInvited(id);
});

test("an address is shown as the token has it, or not at all; a name shows what could not be kept", async () => {
  const stored = async (subject: string, claims: object) => {
    await running.signIn(running.newBrowser(), { sub: subject, groups: [], ...claims });
    const row = running.instance.database.selectFrom("users").select(["email", "name"]).where("subject", "=", subject);
    return Object.values(await row.executeTakeFirstOrThrow());
  };
  assert.deepEqual(await stored("a1", { email: "Ann@Example.com", name: "Ann" }), ["Ann@Example.com", "Ann"]);
  assert.deepEqual(await stored("a2", { email: "an\u0000n@example.com", name: "A\u0000n\ud800n" }), [
    null,
    "A\ufffdn\ufffdn",
  ]);
  const [, long] = await stored("a3", { name: "\u{1f600}".repeat(400) });
  assert.equal(long, `${"\u{1f600}".repeat(320)}\u2026`);
});

test("a password is asked for at the very address, too", async () => {
  const values = { email: "kim@example.com", password_hash: await hashPassword("correct horse") };
  await running.instance.database.insertInto("users").values(values).execute();
  const status = async (email: string) =>
    (await running.newBrowser().post("/sign-in/password", { email, password: "correct horse" })).statusCode;
  assert.equal(await status("\u212aim@example.com"), 403);
  assert.equal(await status("ki\u200bm@example.com"), 403);
  assert.equal(await status(" KIM@example.com "), 303);
});

test("two people whose addresses only look the same can be invited, and nobody twice", async () => {
  await invite("kurt@example.com");
  await invite("\u212aurt@example.com");
  await assert.rejects(invite("KURT@example.com"), /users_found_by_email/);
});

test("the first super admin may be invited: each start gives a new link, until it is accepted", async () => {
  const { database, drop } = await emptyDatabase();
  await prepareDatabase(database);
  const invited = () => ensureFirstAdmin(database, { email: "first@example.com", password: null });
  const hashes = () => database.selectFrom("users").select(["email", "invitation_hash"]).execute();
  const first = await invited();
  const second = await invited();
  assert.ok(first && second && first !== second);
  assert.deepEqual(await hashes(), [{ email: "first@example.com", invitation_hash: hashOf(second) }]);
  const accepted = { issuer: "https://idp.example", subject: "first", status: "active" as const };
  await database.updateTable("users").set(accepted).execute();
  assert.equal(await invited(), null);
  await drop();
});
