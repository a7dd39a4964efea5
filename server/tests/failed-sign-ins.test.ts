// A person whose sign-in fails is told a number, and by it an admin finds what happened: whatever it was, with nothing secret, and without end.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { sql } from "kysely";
import type { Response } from "light-my-request";
import { keptFailures } from "../src/login/failures.ts";
import { hashPassword } from "../src/sign-in/passwords.ts";
import { Sessions } from "../src/sign-in/sessions.ts";
import { type RunningServer, runningServer } from "./support/running-server.ts";

let running: RunningServer;
let session: string;
const begun = new Date();
before(async () => {
  // Time stands still, as a dozen guesses may take longer on a busy machine than the last of them has to wait.
  running = await runningServer({ clock: () => begun });
  const { database } = running.instance;
  const values = { email: "sue@example.com", super_admin: true, password_hash: await hashPassword("correct horse") };
  const { id } = await database.insertInto("users").values(values).returning("id").executeTakeFirstOrThrow();
  session = await new Sessions({ database, clock: () => new Date(), hours: 1 }).start({
    userId: id,
    method: "password",
    provider: null,
  });
});
after(() => running.close());
beforeEach(() => {
  running.idp.fault = null;
});

async function audit(query: string) {
  const { statusCode, body } = await running.server.inject({ url: `/api/audit?${query}`, cookies: { session } });
  assert.equal(statusCode, 200, body);
  return JSON.parse(body).entries;
}

/** What is found by the number on a page. */
async function found({ body }: Response): Promise<unknown[]> {
  const number = /<code>([0-9a-f-]{36})<\/code>/.exec(body)?.[1];
  assert.ok(number, body);
  const entries = await audit(`requestId=${number}`);
  assert.equal(entries.length, 1);
  const [{ id, method, reason, subject, allowed, user, requestId }] = entries;
  assert.deepEqual([requestId, allowed, user], [number, false, null]);
  const single = await running.server.inject({ url: `/api/audit/${id}`, cookies: { session } });
  assert.equal(single.statusCode, 200);
  return [method, reason, subject];
}

const claims = { sub: "ada", groups: ["a-secret-group"] };
const signIn = () => running.signIn(running.newBrowser(), claims);
const password = (email: string, guess: string) =>
  running.newBrowser().post("/sign-in/password", { email, password: guess });

test("a failed single sign-on is found by its number", async () => {
  await signIn();
  running.idp.fault = "wrong-signature";
  assert.deepEqual(await found(await signIn()), ["oidc", "answer-unverified", ""]);
  running.idp.fault = "server-error";
  assert.deepEqual(await found(await signIn()), ["oidc", "identity-provider-unreachable", ""]);
  running.idp.fault = null;
  const expired = await running.newBrowser().get("/sign-in/oidc/callback?state=a-secret-state&code=a-secret-code");
  assert.deepEqual(await found(expired), ["oidc", "sign-in-expired", ""]);
  const browser = running.newBrowser();
  const { headers } = await browser.get("/sign-in/oidc");
  const back = new URL(running.idp.authorise(String(headers.location)), "http://localhost");
  back.searchParams.delete("code");
  back.searchParams.set("error", "access_denied");
  back.searchParams.set("error_description", "a-secret-description");
  assert.deepEqual(await found(await browser.get(back.pathname + back.search)), [
    "oidc",
    "identity-provider-declined",
    "",
  ]);
  const unreadable = await running.signIn(running.newBrowser(), { sub: "a-secret\u0000", groups: [] });
  assert.deepEqual(await found(unreadable), ["oidc", "claims-unreadable", ""]);
});

test("a failed sign-in with a password is found by its number", async () => {
  const wrong = await password("sue@example.com", "a-secret-guess");
  assert.deepEqual(await found(wrong), ["password", "unknown-user", "sue@example.com"]);
  const inTheWrongField = await password("a-secret-password", "sue@example.com");
  assert.deepEqual(await found(inTheWrongField), ["password", "unknown-user", ""]);
  const forged = await running
    .newBrowser()
    .send("/sign-in/password", { email: "sue@example.com", password: "a-secret" });
  assert.deepEqual(await found(forged), ["password", "form-out-of-date", ""]);
  const nothing = await running.newBrowser().post("/sign-in/password", { email: "sue@example.com" });
  assert.deepEqual(await found(nothing), ["password", "request-unreadable", ""]);
  for (let attempt = 0; attempt < 12; attempt += 1) await password("guessed@example.com", "a-secret-guess");
  const tooMany = await password("guessed@example.com", "a-secret-guess");
  assert.equal(tooMany.statusCode, 429);
  assert.deepEqual(await found(tooMany), ["password", "too-many-attempts", "guessed@example.com"]);
});

test("nothing of it is secret", async () => {
  const rows = await running.instance.database.selectFrom("audit").selectAll().where("passing", "=", true).execute();
  assert.ok(rows.length > 10);
  assert.doesNotMatch(JSON.stringify(rows), /a-secret/);
});

test("failures are found by time and reason too, and a number that was never told finds nothing", async () => {
  assert.equal((await audit("reason=sign-in-expired&allowed=false")).length, 1);
  assert.deepEqual(await audit("requestId=00000000-0000-0000-0000-000000000000"), []);
});

test("a flood of failures takes no more room than so many; logins that were decided stay", async () => {
  const { database } = running.instance;
  const rows = async (passing: boolean) => {
    const row = database.selectFrom("audit").select(({ fn }) => fn.countAll<string>().as("count"));
    return Number((await row.where("passing", "=", passing).executeTakeFirstOrThrow()).count);
  };
  const decided = await rows(false);
  await sql`insert into audit (at, request_id, method, subject, allowed, reason, settings_version, catalog_versions, diagnostics, passing)
    select now(), 'flood', 'oidc', '', false, 'sign-in-expired', 1, '{}', '[]', true from generate_series(1, ${keptFailures}::integer)`.execute(
    database,
  );
  for (let attempt = 0; attempt < 60; attempt += 1) {
    if (attempt % 2 === 0) await running.newBrowser().get("/sign-in/oidc/callback");
    else await password(`flood-${attempt}@example.com`, "guess");
  }
  const kept = await rows(true);
  assert.ok(kept >= keptFailures && kept <= keptFailures + 50, `${kept} rows`);
  assert.equal(await rows(false), decided);
  // Those that the flood has not reached are the newest.
  const newest = await audit("limit=1");
  assert.match(newest[0].subject, /^flood-/);
});

test("what was decided can be neither changed nor taken away, and failures cannot be changed", async () => {
  const { database } = running.instance;
  const decided = database.deleteFrom("audit").where("passing", "=", false);
  await assert.rejects(decided.execute(), /append-only/);
  await assert.rejects(database.updateTable("audit").set({ passing: true }).execute(), /append-only/);
  await assert.rejects(sql`truncate audit cascade`.execute(database), /append-only/);
});
