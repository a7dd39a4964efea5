// The database goes away in the middle of a login, at each of its statements in turn.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { auditAgrees } from "./support/audit-replay.ts";
import { DatabaseProxy, type Fate } from "./support/database-proxy.ts";
import { type DeploymentWithIdp, deployment } from "./support/deployment.ts";
import type { HttpBrowser, Page } from "./support/http-browser.ts";
import { placesOf } from "./support/memberships.ts";
import { isProblem } from "./support/problem.ts";
import { onPostgres } from "./support/store.ts";

if (onPostgres) {
  let deployed: DeploymentWithIdp;
  let proxy: DatabaseProxy;
  before(async () => {
    deployed = await deployment({
      reach: async (environment) => {
        const [before, reached] = await DatabaseProxy.before(environment);
        proxy = before;
        return reached;
      },
    });
  });
  after(async () => {
    await deployed.close();
    await proxy.down();
  });

  /** What the server asks every so often, whoever signs in: members who are due, and providers that have a directory. */
  const byItself = /^select "id" from "scim_users" where "due_at"|^select .* from "providers" where "from_environment"/;

  /** Gives a function that says which statement it was, or that there were not as many. */
  function breakAt(index: number, fate: Fate): () => string | null {
    let count = 0;
    let broken: string | null = null;
    proxy.fateOf = ({ sql }) => {
      if (byItself.test(sql)) return "passes";
      count += 1;
      if (count !== index) return "passes";
      broken = sql;
      return fate;
    };
    return () => broken;
  }

  for (const fate of ["breaks before", "breaks after"] as const) {
    test(`the connection ${fate} each statement of a login: a clear page, nothing half, and the next login works`, async (context) => {
      const { store, idp, server } = deployed;
      await deployed.newBrowser().signIn(idp, { sub: "first", groups: [] }); // compiles the settings
      const seen: string[] = [];
      let whole = 0;
      for (let index = 1; ; index += 1) {
        const sub = `${fate} ${index}`;
        const browser = deployed.newBrowser();
        const statement = breakAt(index, fate);
        const page = await outAndBack(browser, sub);
        proxy.fateOf = () => "passes";
        const broken = statement();
        if (broken === null) break;
        seen.push(broken);
        const log = /Connection terminated unexpectedly|ECONNRESET/; // and not what became of rolling back
        await isProblem(page, { status: 503, title: /The database cannot be reached/, server, log }, broken);
        assert.ok(!browser.cookies.has("session"), broken);
        assert.ok(server.isRunning, `${broken}: ${server.errors}`);

        const places = await store.use(async (database) => {
          await auditAgrees(database);
          return placesOf(database);
        });
        // Nothing, or all of it.
        assert.ok([undefined, "builder: operators"].includes(places[sub]?.main), broken);
        if (places[sub]) whole += 1;
        const next = await deployed.newBrowser().signIn(idp, { sub, groups: ["sales"] });
        assert.deepEqual([next.status, next.location], [303, "/"], broken);
      }
      assert.ok(seen.includes("commit") && seen.some((sql) => sql.startsWith('insert into "audit_plans"')));
      context.diagnostic(`${seen.length} statements; ${whole} logins had been committed`);
      const places = await store.use(placesOf);
      for (const index of seen.keys()) assert.equal(places[`${fate} ${index + 1}`]?.main, "end-user: sales");
    });
  }

  /** As far as the server lets the browser go. */
  async function outAndBack(browser: HttpBrowser, sub: string): Promise<Page> {
    const out = await browser.get("/sign-in/oidc");
    if (out.location === null) return out;
    deployed.idp.claims = { sub, groups: ["operators"] };
    return browser.get(deployed.idp.authorise(out.location));
  }

  /** For how long the server waits for an answer, in milliseconds. */
  const silence = 12_000;

  test("a database that says nothing any more: nobody waits for ever, and nobody gets its connections", async () => {
    const { idp, server, store } = deployed;
    const signedIn = deployed.newBrowser();
    await signedIn.signIn(idp, { sub: "first", groups: [] });
    const backs = await Promise.all(
      ["silent 1", "silent 2", "silent 3"].map(async (sub) => {
        const browser = deployed.newBrowser();
        return { browser, back: await browser.goOut(idp, { sub, groups: ["sales"] }) };
      }),
    );
    // One before its transaction, and one in the middle of it, which the third one then waits for; and whoever is signed in.
    const silent = ['delete from "sign_in_attempts"', 'insert into "memberships"', 'select "users"."id"'];
    proxy.fateOf = ({ sql }) => {
      const index = silent.findIndex((beginning) => sql.startsWith(beginning));
      silent.splice(index, index < 0 ? 0 : 1);
      return index < 0 ? "passes" : "falls silent";
    };
    const begun = performance.now();
    const waiting = backs.map(({ browser, back }) => browser.get(back));
    const expected = {
      status: 503,
      title: /The database cannot be reached/,
      server,
      log: /timeout/,
    };
    const pages = await Promise.all([...waiting, signedIn.get("/")]);
    const told = pages.filter(({ status }) => status !== 303);
    assert.ok(told.length >= 3);
    for (const page of told) await isProblem(page, expected);
    assert.ok(performance.now() - begun < 2 * silence, "somebody waited for two answers that did not come");
    proxy.fateOf = () => "passes";
    for (let round = 0; round < 20; round += 1) {
      const asked = performance.now();
      assert.equal((await signedIn.get("/")).status, 200);
      assert.ok(performance.now() - asked < silence, "a silent connection was used again");
    }
    await store.use((database) => auditAgrees(database));
  });

  test("a database that goes away and comes back: those in between are told so, and nobody has to start the server again", async () => {
    const { idp, server, store } = deployed;
    const begun = deployed.newBrowser();
    const back = await begun.goOut(idp, { sub: "patient", groups: ["sales"] });
    const signedIn = deployed.newBrowser();
    await signedIn.signIn(idp, { sub: "first", groups: [] });
    await proxy.down();
    const expected = { status: 503, title: /The database cannot be reached/, server };
    await isProblem(await deployed.newBrowser().get("/sign-in/oidc"), expected);
    await isProblem(await signedIn.get("/"), expected);
    assert.equal((await deployed.newBrowser().get("/readyz")).status, 503);
    assert.equal((await deployed.newBrowser().get("/healthz")).status, 200);
    await proxy.up();
    assert.equal((await deployed.newBrowser().get("/readyz")).status, 200);
    assert.equal((await signedIn.get("/")).status, 200);
    assert.equal((await begun.get(back)).status, 303);
    assert.equal((await store.use(placesOf)).patient?.main, "end-user: sales");
  });
}
