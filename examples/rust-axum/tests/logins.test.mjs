// The example, run as it is: people sign in at an identity provider, and what they have is in PostgreSQL.

import assert from "node:assert/strict";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../../scripts/setup/place.mjs";
import { blocksOf } from "../../../tests/docs/support/blocks.mjs";
import { start } from "../../../tests/integrations/support/integration.mjs";
import { testLogins } from "../../../tests/integrations/support/logins.mjs";
import { emptyFolder } from "../../../tests/package/support/project.mjs";
import { database } from "../../../tests/stores/support/postgresql.mjs";

/** The identity provider for development that the guide has. */
const provider = blocksOf("docs/backend.md").find(({ file }) => file === "identity-provider.mjs");
const folder = emptyFolder();
symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
writeFileSync(join(folder, provider.file), provider.text);

const command = join(root, "target", "quick", "rust-axum");
const { url, pool, query } = await database("rust_axum");

const kept = { role: "editor", groups: ["developers"] };
const running = testLogins(() => start(folder, { command, program: [], env: () => ({ DATABASE_URL: url }) }), { kept });

const known = (sub) => query("select role from users where subject = $1", [`${running().issuer} ${sub}`]);
const audited = (sub) =>
  query("select outcome, plan from audit where subject = $1 order by id", [`${running().issuer} ${sub}`]);
const owners = () => query("select subject from users where role = 'owner'");

test("a newcomer who is refused leaves a line in the audit, and nothing else", async () => {
  const app = running();
  app.says("nova", { groups: ["Visitors"] });
  const { status } = await app.signIn("nova");
  assert.equal(status, 403);
  assert.deepEqual(await known("nova"), []);
  const [{ outcome, plan }, ...more] = await audited("nova");
  assert.deepEqual([outcome, plan.reason, more], ["denied", "no-match", []]);
});

test("of two owners who sign in at once and lose the role, one keeps it", async () => {
  const app = running();
  await query("delete from users");
  for (let round = 0; round < 10; round += 1) {
    const people = ["olga", "omar"];
    for (const sub of people) app.says(sub, { groups: ["IT Operations"] });
    for (const sub of people) await app.signIn(sub);
    assert.equal((await owners()).length, 2);
    for (const sub of people) app.says(sub, { groups: ["Sales Team"] });
    const begun = await Promise.all(people.map((sub) => app.begin(sub)));
    await Promise.all(begun.map(({ browser, url }) => browser.go(url)));
    assert.equal((await owners()).length, 1);
  }
  const plans = [...(await audited("olga")), ...(await audited("omar"))].map(({ plan }) => plan);
  assert.equal(plans.filter(({ blocked }) => blocked.some(({ guard }) => guard === "last-admin")).length, 10);
});

test("a login that the database gives up on for the sake of another is tried again", async () => {
  const app = running();
  app.says("dora", { groups: ["Sales Team"] });
  await app.signIn("dora");
  app.says("dora", { groups: ["Engineering"] });
  const { browser, url } = await app.begin("dora");
  const other = await pool.connect();
  try {
    await other.query("set deadlock_timeout = '1min'"); // so that the login is the one that notices
    await other.query("begin");
    await other.query("select from users where subject = $1 for update", [`${running().issuer} dora`]);
    const landed = browser.go(url);
    while ((await waiting()) === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await other.query("select pg_advisory_xact_lock(hashtext('roles'))"); // had once the login has given up
    await other.query("commit");
    assert.equal((await landed).status, 200);
    assert.deepEqual(await known("dora"), [{ role: "editor" }]);
    assert.equal((await audited("dora")).length, 2);
  } finally {
    other.release();
  }
});

/** How many of the application's connections wait for a row. */
async function waiting() {
  const sql =
    "select from pg_stat_activity where wait_event_type = 'Lock' and wait_event <> 'advisory' and datname = current_database()";
  return (await query(sql)).length;
}
