// Runs over a directory of 300 users, while a server that carries them out is killed: everybody has their turn once, and the run ends. Where one is
// killed that still reads, the run is broken off, and the next one may begin.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "../../src/database/schema.ts";
import { admin, configure, type DeploymentWithIdp, deployment } from "./support/deployment.ts";
import { type Random, randomOf } from "./support/random.ts";
import { onPostgres } from "./support/store.ts";
import { mapping } from "./support/traffic-model.ts";

const rounds = onPostgres ? 2 : 1;
/** Of each server its own. */
const tokens = onPostgres ? ["one", "two"] : ["one"];
/** So many lose something in each round, which the brake lets pass. */
const losers = 40;
const idpGroups = Object.keys(mapping);

interface Person {
  active: boolean;
  groups: Set<string>;
}
/** What the directory has. */
const people = new Map<string, Person>();
for (let index = 0; index < 300; index += 1) people.set(`user-${index}`, { active: true, groups: new Set() });
const names = [...people.keys()];

/** Until then, nobody gets a page. */
let gate: Promise<void> = Promise.resolve();
/** Which servers have asked, by their tokens. */
const asking = new Set<string | undefined>();

/** As Okta answers: pages of users, and the groups of each. */
const okta = createServer(async (request, response) => {
  asking.add(request.headers.authorization);
  await gate;
  const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
  const [, id] = /^\/api\/v1\/users\/([^/]+)\/groups$/.exec(url.pathname) ?? [];
  response.setHeader("content-type", "application/json");
  if (id !== undefined) {
    const groups = [...(people.get(id)?.groups ?? [])];
    response.end(JSON.stringify(groups.map((name) => ({ id: name, profile: { name } }))));
    return;
  }
  const first = Number(url.searchParams.get("after") ?? 0);
  const end = first + Number(url.searchParams.get("limit"));
  if (end < names.length) response.setHeader("link", `<${url.origin}/api/v1/users?limit=100&after=${end}>; rel="next"`);
  const page = names.slice(first, end).map((name) => {
    return { id: name, status: people.get(name)?.active ? "ACTIVE" : "SUSPENDED" };
  });
  response.end(JSON.stringify(page));
});

// Whoever asks ends connections that rest, so that nobody asks on one that is just being ended.
okta.keepAliveTimeout = 0;

let deployed: DeploymentWithIdp;
before(async () => {
  okta.listen(0, "localhost");
  await once(okta, "listening");
  const address = okta.address();
  if (typeof address !== "object" || !address) throw new Error("the system gives no port");
  const environment = {
    DIRECTORY: "okta",
    DIRECTORY_URL: `http://localhost:${address.port}`,
    RECONCILE_AT: "off",
    RECONCILE_MAX_LOSERS: String(losers),
  };
  const environments = tokens.map((token) => ({ ...environment, DIRECTORY_API_TOKEN: token }));
  deployed = await deployment({ environments });
  await deployed.withDatabase(async (database) => {
    const lines = Object.entries(mapping).map(([idpGroup, group]) => `${idpGroup} -> ${group}`);
    await configure(database, { type: "set-mapping", mapping: lines.join("\n") });
    const { href } = deployed.idp.options.issuer;
    const rows = names.map((subject) => ({ email: `${subject}@example.com`, issuer: href, subject }));
    await database.insertInto("users").values(rows).execute();
  });
});
after(async () => {
  await deployed.close();
  okta.close();
});

const stateOf = ({ active, groups }: Person) => JSON.stringify(active ? [...groups].sort() : "archived");

/** What each of them has after the runs so far; before the first one, nobody is in a workspace. */
const states = new Map<string, string>();

/** Many gain something, and some lose it. Gives who has something else now. */
function change(random: Random): string[] {
  const shuffled = [...people.values()]
    .map((person) => ({ person, at: random.below(1e9) }))
    .sort((a, b) => a.at - b.at);
  for (const [index, { person }] of shuffled.entries()) {
    if (index >= losers) {
      person.active = true;
      person.groups.add(random.pick(idpGroups));
    } else if (random.below(2) === 0) person.active = false;
    else person.groups.clear();
  }
  return names.filter((name) => {
    const state = stateOf(people.get(name) as Person);
    const isNew = states.get(name) !== state;
    states.set(name, state);
    return isNew;
  });
}

interface Run {
  id: number;
  status: string;
  failure: string | null;
  results: Record<string, number>;
  summary: { losers: number };
}

/** Asks any server that answers. A new session each time: the one that had it may be gone. */
async function ask(method: "GET" | "POST", path: string): Promise<Run> {
  for (const deadline = Date.now() + 120_000; ; await delay(50)) {
    const server = deployed.servers.find(({ isRunning }) => isRunning);
    try {
      const browser = deployed.newBrowser(server);
      await browser.signInWithPassword(admin.email, admin.password);
      const { status, answer } = await browser.api(method, path, method === "POST" ? {} : undefined);
      if (status < 300) return (answer as { run: Run }).run;
      throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
    } catch (error) {
      if (method === "POST" || Date.now() > deadline) throw error;
    }
  }
}

async function until(id: number, isSo: (run: Run) => boolean): Promise<Run> {
  for (const deadline = Date.now() + 180_000; ; await delay(20)) {
    const run = await ask("GET", `/reconcile-runs/${id}`);
    if (isSo(run)) return run;
    assert.ok(Date.now() < deadline, `the run does not end: ${JSON.stringify(run)}`);
  }
}
const hasEnded = ({ status }: Run) => status !== "looking" && status !== "applying";

/** Of the audit of the run, by user. */
async function timesOf(database: Database, run: number): Promise<Map<string, number>> {
  const rows = await database
    .selectFrom("audit")
    .select("subject")
    .where("method", "=", "directory")
    .where("request_id", "=", `reconcile-${run}`)
    .execute();
  const times = new Map<string, number>();
  for (const { subject } of rows) times.set(subject ?? "", (times.get(subject ?? "") ?? 0) + 1);
  return times;
}

async function isAsTheDirectorySays(database: Database): Promise<void> {
  const users = await database.selectFrom("users").select(["id", "subject", "status"]).execute();
  const memberships = await database
    .selectFrom("group_memberships")
    .innerJoin("groups", "groups.id", "group_id")
    .select(["user_id", "name"])
    .execute();
  for (const [name, person] of people) {
    const user = users.find(({ subject }) => subject === name);
    assert.equal(user?.status, person.active ? "active" : "archived", name);
    if (!person.active) continue; // who is archived keeps what they had
    const has = memberships.filter(({ user_id }) => user_id === user?.id).map((row) => row.name);
    assert.deepEqual(has.sort(), [...person.groups].map((group) => mapping[group]).sort(), name);
  }
}

test(`${rounds} runs, in each of which a server is killed`, async (context) => {
  const random = randomOf(context);
  let inTheMiddle = 0;
  for (let round = 0; round < rounds; round += 1) {
    const changed = change(random);
    const { id } = await ask("POST", "/reconcile-runs");
    await until(id, ({ status }) => status !== "looking");
    await delay(random.below(400));
    const { left = 0 } = (await ask("GET", `/reconcile-runs/${id}`)).results;
    if (left > 0 && left < changed.length) inTheMiddle += 1;
    const server = random.pick(deployed.servers);
    await server.kill();
    if (!onPostgres) await server.start();
    const done = await until(id, hasEnded);
    if (onPostgres) await server.start();

    const results = { applied: changed.length, nothing: 0, differs: 0, failed: 0, left: 0 };
    assert.deepEqual([done.status, done.results], ["done", results]);
    await deployed.withDatabase(async (database) => {
      const times = await timesOf(database, id);
      assert.deepEqual([...times].sort(), changed.map((name) => [name, 1] as [string, number]).sort());
      await isAsTheDirectorySays(database);
    });
    const { id: next } = await ask("POST", "/reconcile-runs");
    const again = await until(next, hasEnded);
    assert.deepEqual([again.status, again.results.applied, again.summary.losers], ["done", 0, 0]);
  }
  context.diagnostic(`${inTheMiddle} of ${rounds} servers were killed in the middle`);
});

/** A run whose directory lets nobody have a page, and the server that waits for one. */
async function readingRun() {
  let open = () => {};
  gate = new Promise((resolve) => {
    open = resolve;
  });
  asking.clear();
  const { id } = await ask("POST", "/reconcile-runs");
  for (const deadline = Date.now() + 60_000; asking.size === 0; await delay(20)) {
    assert.ok(Date.now() < deadline, "nobody reads the directory");
  }
  const server = deployed.servers.find((_, index) => asking.has(`SSWS ${tokens[index]}`));
  assert.ok(server);
  return { id, server, open };
}

async function nothingIsLeft(): Promise<void> {
  await deployed.withDatabase(async (database) => {
    assert.deepEqual(await database.selectFrom("reconcile_entries").select("id").execute(), []);
  });
}

test("a run whose server is killed while it reads is broken off, and the next one may begin", async () => {
  const { id, server, open } = await readingRun();
  await server.kill();
  open();
  if (!onPostgres) await server.start();
  const broken = await until(id, hasEnded);
  if (onPostgres) await server.start();
  assert.deepEqual([broken.status, broken.results.left], ["failed", 0]);
  assert.match(broken.failure ?? "", /server/);
  const { id: next } = await ask("POST", "/reconcile-runs");
  const done = await until(next, hasEnded);
  assert.deepEqual([done.status, done.summary.losers], ["done", 0]);
  await nothingIsLeft();
});

test("a run whose server ends in good order while it reads is handed on", async () => {
  const { id, server, open } = await readingRun();
  assert.equal(await server.stop(), 0);
  open();
  if (!onPostgres) await server.start();
  const done = await until(id, hasEnded);
  if (onPostgres) await server.start();
  assert.deepEqual([done.status, done.summary.losers], ["done", 0]);
  await nothingIsLeft();
});
