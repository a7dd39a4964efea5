// Which ways in the sign-in page offers, and that each of them works: it follows the licence, and super admins always have one.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import type { FastifyInstance } from "fastify";
import { ensureFirstAdmin } from "../src/database/first-admin.ts";
import type { LicenceTable } from "../src/database/schema.ts";
import { buildServer } from "../src/server.ts";
import { hashPassword } from "../src/sign-in/passwords.ts";
import { Browser } from "./support/browser.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

let running: RunningServer;
/** One that has no identity provider. */
let alone: FastifyInstance;
before(async () => {
  running = await runningServer();
  const { database } = running.instance;
  alone = await buildServer({
    database,
    origin: new URL("http://localhost:3000"),
    oidc: null,
    limits: { password: 1000 },
  });
  const password_hash = await hashPassword("correct horse");
  await database
    .insertInto("users")
    .values([
      { email: "sue@example.com", password_hash, super_admin: true },
      { email: "pat@example.com", password_hash },
      { email: "gone@example.com", password_hash, super_admin: true, status: "archived" },
    ])
    .execute();
});
after(async () => {
  await alone.close();
  await running.close();
});
beforeEach(() => set({ passwords: true }));

async function set({
  passwords,
  ...licence
}: { passwords: boolean } & Partial<Pick<LicenceTable, "status" | "sso" | "group_sync">>) {
  const { database } = running.instance;
  await database.updateTable("instance").set({ password_login: passwords }).execute();
  const all = { status: "active" as const, sso: true, group_sync: true };
  await database
    .updateTable("licence")
    .set({ ...all, ...licence })
    .execute();
}

const restrictions = [{ status: "expired" as const }, { sso: false }, { group_sync: false }];

async function page(server = running.server) {
  const { body } = await new Browser(server).get("/sign-in");
  return {
    singleSignOn: body.includes('href="/sign-in/oidc"'),
    why: /Single sign-on is not available: ([^<]+)\./.exec(body)?.[1],
    password: body.includes('type="password"'),
    superAdminsOnly: body.includes("Super admins can use theirs all the same"),
  };
}

/** Whether they come in, or what they are told. */
async function comesIn(email: string, password = "correct horse", server = running.server) {
  const response = await new Browser(server).post("/sign-in/password", { email: `${email}@example.com`, password });
  return response.statusCode === 303 || /<p>([^<]+)<\/p>/.exec(response.body)?.[1];
}

const nobody =
  "Signing in with a password is switched off, and single sign-on is not available at present. Ask your administrator.";

test("single sign-on and passwords", async () => {
  assert.deepEqual(await page(), { singleSignOn: true, why: undefined, password: true, superAdminsOnly: false });
});

test("the page offers no single sign-on that the licence does not have, and says why", async () => {
  const why = [
    "the licence of this instance has expired",
    ...Array(2).fill("the licence of this instance does not include it"),
  ];
  for (const [index, licence] of restrictions.entries()) {
    await set({ passwords: true, ...licence });
    assert.deepEqual(await page(), { singleSignOn: false, why: why[index], password: true, superAdminsOnly: false });
    assert.equal(await comesIn("pat"), true);
  }
});

test("passwords off and no single sign-on by the licence: super admins come in with theirs, and nobody else", async () => {
  for (const licence of restrictions) {
    await set({ passwords: false, ...licence });
    const { singleSignOn, password, superAdminsOnly } = await page();
    assert.deepEqual([singleSignOn, password, superAdminsOnly], [false, true, true]);
    assert.equal(await comesIn("sue"), true);
    assert.equal(await comesIn("pat"), nobody);
    assert.match(String(await comesIn("gone")), /Your account is archived/);
    // What a wrong password is told says nothing about who is a super admin.
    for (const email of ["sue", "pat", "nobody"]) assert.equal(await comesIn(email, "guess"), nobody);
  }
});

test("passwords off and single sign-on there: a super admin uses it like anybody", async () => {
  await set({ passwords: false });
  assert.deepEqual(await page(), { singleSignOn: true, why: undefined, password: false, superAdminsOnly: false });
  // A form that was loaded before.
  await set({ passwords: true });
  const browser = running.newBrowser();
  const csrf = /name="_csrf" value="([^"]+)"/.exec((await browser.get("/sign-in")).body)?.[1] ?? "";
  await set({ passwords: false });
  const fields = { _csrf: csrf, email: "sue@example.com", password: "correct horse" };
  const response = await browser.send("/sign-in/password", fields);
  assert.equal(response.statusCode, 403);
  assert.match(response.body, /Use single sign-on instead/);
});

test("passwords off and no identity provider: super admins come in with theirs", async () => {
  await set({ passwords: false });
  const { singleSignOn, why, password, superAdminsOnly } = await page(alone);
  assert.deepEqual([singleSignOn, why, password, superAdminsOnly], [false, undefined, true, true]);
  assert.equal(await comesIn("sue", "correct horse", alone), true);
  assert.equal(await comesIn("pat", "correct horse", alone), nobody);
});

test("a super admin who has no password gets that of the environment, and nobody else one", async () => {
  const { database } = running.instance;
  const identity = { issuer: "https://idp.example", email: "root@example.com" };
  await database
    .insertInto("users")
    .values([
      { ...identity, subject: "root", super_admin: true },
      { ...identity, subject: "root-too" },
      { issuer: "https://idp.example", subject: "nameless", super_admin: true, email: null },
    ])
    .execute();
  const passwords = async () =>
    database.selectFrom("users").select(["subject", "email", "password_hash"]).orderBy("id").execute();
  const before = await passwords();
  for (const email of ["sue@example.com", "pat@example.com", "nobody@example.com", "no address"]) {
    await ensureFirstAdmin(database, { email, password: "another password" });
  }
  assert.deepEqual(await passwords(), before);
  await ensureFirstAdmin(database, { email: "Root@example.com", password: "a long password" });
  const changed = (await passwords()).filter(
    ({ password_hash }, index) => password_hash !== before[index]?.password_hash,
  );
  assert.deepEqual(
    changed.map(({ subject }) => subject),
    ["root"],
  );
  await set({ passwords: false, status: "expired" });
  assert.equal(await comesIn("root", "a long password"), true);
});
