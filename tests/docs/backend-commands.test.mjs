// "Trying it" of docs/backend.md: its commands, with its file of variables, but for the addresses and the database.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Browser } from "../integrations/support/browser.mjs";
import { freeAddress, runServer } from "../integrations/support/servers.mjs";
import { run } from "../package/support/project.mjs";
import { guide, page } from "./backend/guide.mjs";
import { database } from "./backend/postgres.mjs";
import { blocksOf } from "./support/blocks.mjs";

test("who tries it as the page says sees what the page says", async () => {
  const texts = blocksOf(page).filter(({ language }) => language === "text");
  const variables = texts.find(({ text }) => text.startsWith("# .env")).text;
  const commands = texts
    .find(({ text }) => text.startsWith("node --env-file=.env"))
    .text.trim()
    .split("\n");
  const [setUp, provider, application] = commands.map((command) => command.replace(/ &$/, "").split(" ").slice(1));

  const folder = await guide();
  const [issuer, address] = [await freeAddress(), await freeAddress()];
  const { db, url, close } = await database();
  const changed = variables
    .replace("postgres://localhost/app", url)
    .replace("http://localhost:4000", issuer)
    .replace("http://localhost:3000", address);
  writeFileSync(join(folder, ".env"), changed);

  await run(process.execPath, setUp, folder);
  const servers = [];
  try {
    servers.push(await runServer(provider, folder, {}, `${issuer}/.well-known/openid-configuration`));
    servers.push(await runServer(application, folder, { PORT: new URL(address).port }, address));
    const signIn = (person) => new Browser(person).go(`${address}/login`);
    const access = async (person) => JSON.parse((await signIn(person)).text);
    assert.deepEqual(await access("ada"), [{ workspace: "main", role: "builder", groups: ["developers"] }]);
    assert.deepEqual(await access("root"), [{ workspace: "main", role: "admin", groups: [] }]);
    assert.equal((await signIn("eve")).status, 403);

    const { rows } = await db.query("select subject from users where super_admin");
    assert.deepEqual(rows, [{ subject: `${issuer} root` }]);
    const { rows: revisions } = await db.query("select revision, changed_by from settings_history order by revision");
    assert.deepEqual(
      revisions.map(({ revision }) => revision),
      [1, 2, 3, 4],
    );
    assert.equal(revisions.at(-1).changed_by, `${issuer} root`);
  } finally {
    for (const server of servers) await server.stop();
    await close();
  }
});
