// The image of the login server, built and run as the page about operations says.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import pg from "pg";
import { buildImage, Container, newVolume, removeVolumes, runIn } from "./support/containers.mjs";

before(() => buildImage());
after(() => removeVolumes());

/** An identity provider is asked only when somebody signs in. */
const settings = { OIDC_ISSUER: "https://idp.invalid", OIDC_CLIENT_ID: "sync", FIRST_ADMIN_EMAIL: "admin@example.com" };

/** An empty database on the PostgreSQL server of the tests. */
async function newDatabase(context) {
  const name = `container_${process.pid}`;
  const url = new URL(process.env.TEST_DATABASE_URL);
  const client = new pg.Client(url.href);
  await client.connect();
  await client.query(`create database ${name}`);
  context.after(async () => {
    await client.query(`drop database ${name} with (force)`);
    await client.end();
  });
  url.pathname = name;
  return url.href;
}

test("two that start at once on an empty PostgreSQL database serve everything, and end in order", async (context) => {
  const environment = { ...settings, DATABASE_URL: await newDatabase(context) };
  const containers = [await Container.start(context, environment), await Container.start(context, environment)];
  for (const container of containers) {
    await container.ready();
    await container.healthy();
    assert.equal(container.exec("id", "-u"), "1000");
    assert.match(container.log, /The first super admin is invited/);
    for (const path of ["/sign-in", "/preview/", "/preview/licenses.md", "/admin/licenses.md"]) {
      assert.equal((await fetch(container.origin + path)).status, 200, path);
    }
    const page = await (await fetch(`${container.origin}/admin/`)).text();
    const [script] = page.match(/assets\/[\w-]+\.js/);
    assert.equal((await fetch(`${container.origin}/admin/${script}`)).status, 200);
  }
  for (const container of containers) {
    assert.equal(container.stop(), 0);
    assert.match(container.log, /"msg":"ending"/);
  }
});

test("the embedded database is kept in a volume, which is one container's at a time", async (context) => {
  const volume = `--volume=${newVolume()}:/data`;
  const first = Container.startApart(context, { ...settings, FIRST_ADMIN_PASSWORD: "correct horse battery" }, volume);
  await first.ready();

  const intruder = Container.startApart(context, settings, volume);
  assert.equal(intruder.ended(), 1);
  assert.match(intruder.log, /the data folder \/data is in use by another process/);
  assert.ok(first.isRunning);

  first.kill();
  const second = Container.startApart(context, settings, volume);
  await second.ready();
  assert.doesNotMatch(second.log, /is invited/); // the super admin of before is there
  assert.equal(second.stop(), 0);
});

test("an environment with which it cannot start is told in one sentence", async (context) => {
  const cases = [
    [{}, /^OIDC_ISSUER is missing: set it to your identity provider, /],
    [
      { OIDC_ISSUER: "none" },
      /^the data folder cannot be written to: .* \/data\/.*; set DATA_FOLDER to one that can, or DATABASE_URL$/,
    ],
    [{ OIDC_ISSUER: "none", DATABASE_URL: '"postgres://db/sync"' }, /^DATABASE_URL /],
    [{ OIDC_ISSUER: "none", DATABASE_URL: "postgres://127.0.0.1:1/sync" }, /^the database cannot be reached: /],
    [{ OIDC_ISSUER: "none", DATABASE_URL: "postgres://db.invalid/sync" }, /^the database cannot be reached: /],
    [{ OIDC_ISSUER: "none", LOG_LEVEL: "loud" }, /^LOG_LEVEL /],
  ];
  for (const [environment, sentence] of cases) {
    const container = await Container.start(context, environment);
    assert.equal(container.ended(), 1);
    assert.match(container.log.trim(), sentence);
    assert.doesNotMatch(container.log.trim(), /\n/);
  }
});

test("one that is told to end while it waits for its database ends at once", async (context) => {
  const silent = createServer((socket) => context.after(() => socket.destroy())).listen(0, "127.0.0.1");
  context.after(() => silent.close());
  await once(silent, "listening");
  const address = `postgres://nobody@127.0.0.1:${silent.address().port}/none`;
  const container = await Container.start(context, { OIDC_ISSUER: "none", DATABASE_URL: address });
  await once(silent, "connection");
  assert.equal(container.stop(), 0);
});

test("the image holds what runs, with its licences, and nothing that only builds or tests", () => {
  const found = (...conditions) =>
    runIn("find", "/app", ...conditions)
      .split("\n")
      .filter(Boolean);
  const unwanted = ["typescript", "vite", "playwright-core", "lit", "react", "drizzle-orm"];
  const names = unwanted.flatMap((name) => ["-or", "-path", `/app/node_modules/${name}`]).slice(1);
  assert.deepEqual(found("(", ...names, ")"), []);
  assert.deepEqual(found("-path", "/app/server/*.ts"), []);
  assert.deepEqual(found("-path", "/app/server/dist/tests"), []);
  assert.deepEqual(found("-writable"), []);
  assert.deepEqual(found("-maxdepth", "1", "-name", "LICENSE*").sort(), ["/app/LICENSE-APACHE", "/app/LICENSE-MIT"]);
  // Every link leads somewhere, as npm links the packages of this repository.
  assert.deepEqual(found("-xtype", "l"), []);
});
