// The server is killed in the middle of logins. Afterwards memberships and audit agree, nobody is half signed in, and the next login works.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { sql } from "kysely";
import type { Database } from "../../src/database/schema.ts";
import { hashPassword } from "../../src/sign-in/passwords.ts";
import { auditAgrees, type Memberships, membershipsOf } from "./support/audit-replay.ts";
import { DatabaseProxy, type Fate } from "./support/database-proxy.ts";
import { type DeploymentWithIdp, deployment } from "./support/deployment.ts";
import type { HttpBrowser, Page } from "./support/http-browser.ts";
import { placesOf } from "./support/memberships.ts";
import { type Random, randomOf } from "./support/random.ts";
import { onPostgres } from "./support/store.ts";
import { givenBy, tokens } from "./support/tokens.ts";

const people = ["ada", "bob", "cleo", "dora", "emil"];
const pat = { email: "pat@example.com", password: "something long" };
const atOnce = 4;

let deployed: DeploymentWithIdp;
let proxy: DatabaseProxy | undefined;
let initial: Memberships;

before(async () => {
  deployed = await deployment({
    prepare: addPat,
    async reach(environment) {
      if (!onPostgres) return environment;
      const [before, reached] = await DatabaseProxy.before(environment);
      proxy = before;
      return reached;
    },
  });
});
after(async () => {
  await deployed.close();
  await proxy?.down();
});

/** Somebody with a password, whose logins sync nothing, and who is an admin all the time. */
async function addPat(database: Database): Promise<void> {
  const values = { email: pat.email, password_hash: await hashPassword(pat.password) };
  const { id } = await database.insertInto("users").values(values).returning("id").executeTakeFirstOrThrow();
  await database.insertInto("memberships").values({ user_id: id, workspace_id: "main", role: "admin" }).execute();
  initial = await membershipsOf(database);
}

interface Login {
  browser: HttpBrowser;
  /** What the person got to see, or `null` if the server was killed before it answered. */
  page: Promise<Page | null>;
}

function begin(random: Random): Login {
  const browser = deployed.newBrowser();
  const page =
    random.below(5) === 0
      ? browser.signInWithPassword(pat.email, pat.password)
      : browser.signIn(deployed.idp, { sub: random.pick(people), groups: random.pick(tokens).groups });
  return { browser, page: page.catch(() => null) };
}

/** Begins logins, kills the server, and starts it again. Gives how many logins had no answer. */
async function killDuring(random: Random, rightMoment: (logins: Login[]) => Promise<unknown>): Promise<number> {
  const logins = Array.from({ length: atOnce }, () => begin(random));
  await rightMoment(logins);
  await deployed.server.kill();
  const pages = await Promise.all(logins.map(({ page }) => page));
  if (proxy) proxy.fateOf = () => "passes";
  await deployed.server.start();
  for (const [index, { browser }] of logins.entries()) {
    if (pages[index]?.location !== "/") continue;
    assert.equal((await browser.get("/")).status, 200, "whoever was signed in still is");
  }
  return pages.filter((page) => page === null || page.location !== "/").length;
}

async function nextLoginWorks(random: Random): Promise<void> {
  const [sub, { groups, gives }] = [random.pick(people), random.pick(tokens)];
  const browser = deployed.newBrowser();
  assert.equal((await browser.signIn(deployed.idp, { sub, groups })).location, "/");
  const { body } = await browser.get("/");
  assert.match(body, new RegExp(`data-role>${gives.split(":", 1)[0]}<`));
}

/** What everybody has is what the token of their last login gives. */
async function lastLoginsHold(database: Database): Promise<void> {
  const last = await database
    .selectFrom("audit_plans")
    .innerJoin("audit", "audit.id", "audit_id")
    .distinctOn("subject")
    .select(["subject", "plan"])
    .where("method", "=", "oidc")
    .orderBy("subject")
    .orderBy("audit.id", "desc")
    .execute();
  const places = await placesOf(database);
  for (const { subject, plan } of last) {
    assert.equal(places[subject]?.main, givenBy(plan.resolution.claim.groups), subject);
  }
}

if (onPostgres) {
  /** About twice as many as a login's transaction has: some logins come through. */
  const furthest = 45;

  /** Each login on its way stops at a statement of its own: the database has it, or does not have it any more. */
  function stopAtRandom(random: Random): { stopped(): number; busy(): number } {
    /** How many statements more the transaction of a connection may do. */
    const left = new Map<number, number>();
    let [stopped, statements] = [0, 0];
    if (!proxy) throw new Error("there is no proxy");
    proxy.fateOf = ({ sql, connection }): Fate => {
      statements += 1;
      if (sql.startsWith("start transaction")) left.set(connection, random.below(furthest));
      const steps = left.get(connection) ?? (random.below(30) === 0 ? 0 : null);
      if (steps !== null) left.set(connection, steps - 1);
      if (sql === "commit" || sql === "rollback") left.delete(connection);
      if (steps !== 0) return "passes";
      stopped += 1;
      return random.below(2) === 0 ? "waits before" : "waits after";
    };
    return { stopped: () => stopped, busy: () => statements };
  }

  /** Until all logins have their answer, or are stopped, or wait for those that are. */
  async function untilQuiet(logins: Login[], busy: () => number): Promise<void> {
    let answered = false;
    void Promise.all(logins.map(({ page }) => page)).then(() => {
      answered = true;
    });
    for (let before = -1; !answered && busy() !== before; ) {
      before = busy();
      await delay(120);
    }
  }

  /** The database notices that a process is gone; until then its transactions may still be ending. */
  async function untilAlone(database: Database): Promise<void> {
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; await delay(20)) {
      const { rows } = await sql<{ others: number }>`select count(*)::integer as others from pg_stat_activity
        where datname = current_database() and backend_type = 'client backend' and state <> 'idle' and pid <> pg_backend_pid()`.execute(
        database,
      );
      if (rows[0]?.others === 0) return;
    }
    throw new Error("a transaction of a killed server does not end");
  }

  test("killed at random statements of 100 logins", async (context) => {
    const random = randomOf(context);
    let [unanswered, stopped] = [0, 0];
    for (let round = 1; round <= 100 / atOnce; round += 1) {
      const stops = stopAtRandom(random);
      unanswered += await killDuring(random, (logins) => untilQuiet(logins, stops.busy));
      stopped += stops.stopped();
      await deployed.store.use(async (database) => {
        await untilAlone(database);
        await auditAgrees(database, initial);
        await lastLoginsHold(database);
      });
      await nextLoginWorks(random);
    }
    assert.ok(unanswered > 50, `only ${unanswered} logins were interrupted`);
    const logins = await deployed.store.use((database) => auditAgrees(database, initial));
    context.diagnostic(`${unanswered} logins had no answer, ${stopped} stopped at a statement, ${logins} were decided`);
  });
} else {
  test("killed at random moments of 40 logins and more, with the embedded database", async (context) => {
    const random = randomOf(context);
    const start = performance.now();
    await Promise.all(Array.from({ length: atOnce }, () => begin(random).page));
    // How long logins take depends on what else the machine does: where most were answered, the next are killed sooner,
    // and where none was, later.
    let latest = performance.now() - start;
    let unanswered = 0;
    // However long the first logins took: at last the server is killed in time.
    for (let round = 1; round <= 40 / atOnce || unanswered <= 10; round += 1) {
      const interrupted = await killDuring(random, () => delay(random.below(latest)));
      if (interrupted < atOnce / 2) latest /= 2;
      else if (interrupted === atOnce) latest *= 1.5;
      unanswered += interrupted;
      await nextLoginWorks(random);
    }
    const logins = await deployed.withDatabase(async (database) => {
      await lastLoginsHold(database);
      return auditAgrees(database, initial);
    });
    context.diagnostic(`${unanswered} logins had no answer, ${logins} were decided`);
  });
}
