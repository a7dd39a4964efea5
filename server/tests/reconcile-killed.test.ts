// A server that is killed just as it turns to a run keeps nobody else from it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import type { Directory } from "idp-group-sync/directory";
import type { Database } from "../src/database/schema.ts";
import { environmentProvider, rememberEnvironmentProvider } from "../src/providers/environment.ts";
import { Providers } from "../src/providers/providers.ts";
import { Reconciling } from "../src/reconcile/reconciling.ts";
import { issuer, newInstance } from "./support/instance.ts";

/** A database as a server has it that is killed right before it says of a run for the first time that it is at it. */
function mortal(database: Database) {
  let isKilled = false;
  let bury = () => {};
  const grave = new Promise<never>((_, reject) => {
    bury = () => reject(new Error("the server was killed"));
  });
  grave.catch(() => {});
  // Whatever is begun on it from then on gets no answer.
  const silence: object = new Proxy(() => {}, {
    apply: () => silence,
    get: (_, name) => (name === "then" ? undefined : String(name).startsWith("execute") ? () => grave : silence),
  });
  const killable = new Proxy(database, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        isKilled ||= name === "updateTable" && args[0] === "reconcile_runs";
        if (!isKilled) return value.apply(target, args);
        return String(name).startsWith("execute") ? grave : silence;
      };
    },
  });
  return { database: killable, isKilled: () => isKilled, bury };
}

test("a run is another server's at once where the one that took it is killed", async () => {
  const instance = await newInstance();
  const { engines } = instance;
  const directory: Directory = {
    groupsOf: async () => [],
    async *users() {
      yield { id: "ada", directory: "active", groups: [] };
    },
  };
  const oidc = { issuer: new URL(issuer), clientId: "c", clientSecret: null, scope: "openid", claimsFrom: [] };
  const groupSource = { directory, userClaim: "sub", alsoIfMissing: false };
  await rememberEnvironmentProvider(instance.database, oidc.issuer);
  const server = (database: Database) => {
    const origin = new URL("http://localhost");
    const providers = new Providers({ database, origin, encryption: null, oidc, groupSource });
    return new Reconciling({ database, engines, providers, clock: () => new Date() });
  };
  const silent = { info() {}, warn() {} };

  const { database, isKilled, bury } = mortal(instance.database);
  const killed = server(database);
  await killed.start(silent);
  const run = await killed.begin(environmentProvider, null);
  assert.ok(run !== null);
  for (let tries = 0; !isKilled(); tries += 1) {
    assert.ok(tries < 1200, "the run is not begun");
    await delay(50);
  }

  const other = server(instance.database);
  try {
    await other.start(silent);
    const runs = instance.database.selectFrom("reconcile_runs").select("status").where("id", "=", run);
    let status = "looking";
    for (let tries = 0; status === "looking"; tries += 1) {
      assert.ok(tries < 1200, "nobody has taken the run over");
      await delay(50);
      status = (await runs.executeTakeFirstOrThrow()).status;
    }
    assert.equal(status, "done");
  } finally {
    bury();
    await Promise.all([killed.stop(), other.stop()]);
    await instance.close();
  }
});
