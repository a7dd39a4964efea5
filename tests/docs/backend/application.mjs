// One application of docs/backend.md, running: with a database, an identity provider in this process, and people with browsers.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { run } from "../../package/support/project.mjs";
import { Browser } from "./browser.mjs";
import { database } from "./postgres.mjs";

const client = { client_id: "app", client_secret: "not a secret" };

/** Starts `program`, a file of `folder`, once the tables are set up as the guide does it. `more` goes into the environment. */
export async function start(folder, program, more = {}) {
  const claims = new Map();
  const server = await listening();
  const issuer = addressOf(server);
  const graph = await listening();
  const address = await freeAddress();

  const { identityProvider } = await import(pathToFileURL(join(folder, "identity-provider.mjs")));
  const redirects = { redirect_uris: [`${address}/callback`] };
  const provider = identityProvider(issuer, { ...client, ...redirects }, (sub) => claims.get(sub) ?? { groups: [] });
  let changed = (payload) => payload;
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.body?.id_token !== undefined) ctx.body.id_token = withPayload(ctx.body.id_token, changed);
  });
  const answer = provider.callback();
  let isDown = false;
  server.on("request", (request, response) => (isDown ? request.destroy() : answer(request, response)));

  const { db, url, cut, close } = await database();
  const env = {
    DATABASE_URL: url,
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: client.client_id,
    OIDC_CLIENT_SECRET: client.client_secret,
    APP_URL: address,
    PORT: new URL(address).port,
    SESSION_SECRET: "at-least-thirty-two-characters-long",
    SUPER_ADMIN: "root",
    GRAPH_URL: addressOf(graph),
    ...more,
  };
  const stopAround = async () => {
    for (const open of [server, graph]) open.closeAllConnections();
    for (const open of [server, graph]) open.close();
    await close();
  };
  let running;
  try {
    await run(process.execPath, ["set-up.mjs"], folder, env);
    running = await runServer([program], folder, env, address);
  } catch (error) {
    // What still listens would keep the tests from ending.
    await stopAround();
    throw error;
  }

  const rows = async (sql, values) => (await db.query(sql, values)).rows;
  return {
    address,
    issuer,
    graph,
    rows,
    cut,
    log: running.log,
    /** Whether the identity provider answers from now on. */
    isDown: (down) => {
      isDown = down;
    },
    /** What the identity provider says of somebody from now on. */
    says: (sub, said) => claims.set(sub, said),
    /** Changes the payload of every ID token from now on, after it was signed. */
    changeTokens: (change) => {
      changed = change;
    },
    /** A browser of somebody, and the page at the end of a login with it. */
    async signIn(sub, browser = new Browser(sub)) {
      return { browser, ...(await browser.go(`${address}/login`)) };
    },
    /** The role and the groups that are stored of somebody. */
    async stored(sub) {
      const [found] = await rows(
        `select m.role, array(select name from group_memberships g where g.user_id = u.id order by name) as groups
         from users u join memberships m on m.user_id = u.id where u.subject = $1`,
        [`${issuer} ${sub}`],
      );
      return found;
    },
    async stop() {
      await running.stop();
      await stopAround();
    },
  };
}

/** An ID token with another payload, and the signature that it had. */
function withPayload(token, change) {
  const [header, payload, signature] = token.split(".");
  const changed = JSON.stringify(change(JSON.parse(Buffer.from(payload, "base64url"))));
  return [header, Buffer.from(changed).toString("base64url"), signature].join(".");
}

/** Runs Node with `args` in `folder`, and waits until it answers at `address`. */
export async function runServer(args, folder, env, address) {
  const child = spawn(process.execPath, args, { cwd: folder, env: { ...process.env, ...env }, stdio: "pipe" });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text) => {
      log += text;
    });
  }
  for (let attempt = 0; attempt < 300; attempt += 1) {
    assert.equal(child.exitCode, null, `\`node ${args.join(" ")}\` ended:\n${log}`);
    if (await answers(address)) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    log: () => log,
    async stop() {
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, "exit");
    },
  };
}

async function answers(address) {
  try {
    return (await fetch(address)).status > 0;
  } catch {
    return false;
  }
}

/** An address that nobody listens at. */
export async function freeAddress() {
  const server = await listening();
  const address = addressOf(server);
  server.close();
  return address;
}

async function listening() {
  const server = createServer();
  await once(server.listen(0, "localhost"), "listening");
  return server;
}

const addressOf = (server) => `http://localhost:${server.address().port}`;
