// The Express, Fastify and NestJS applications of docs/backend.md, each run as it stands: people sign in at an identity provider in
// this process, and the database holds what their groups give them.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { Browser } from "../integrations/support/browser.mjs";
import { run, tool } from "../package/support/project.mjs";
import { start } from "./backend/application.mjs";
import { guide } from "./backend/guide.mjs";

/** What a new Nest project is compiled with, and what the guide adds to it. */
const nestOptions = {
  module: "nodenext",
  target: "es2023",
  outDir: "dist",
  rootDir: ".",
  types: ["node"],
  strict: false,
  strictNullChecks: true,
  esModuleInterop: true,
  skipLibCheck: true,
  emitDecoratorMetadata: true,
  experimentalDecorators: true,
  allowJs: true,
};

/** What an application says comes by a pipe, and may be here later than its answer. */
async function logged(app, pattern) {
  const deadline = Date.now() + 10_000;
  while (!pattern.test(app.log()) && Date.now() < deadline) await delay(20);
  assert.match(app.log(), pattern);
}

let folder;

before(async () => {
  folder = await guide();
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: nestOptions, files: ["main.ts"] }));
  await run(tool("tsc"), ["--project", "tsconfig.json"], folder);
});

const applications = [
  { name: "Express", program: "express-app.mjs", cookie: "connect.sid" },
  { name: "Fastify", program: "fastify-app.mjs", cookie: "sessionId" },
  { name: "NestJS", program: "dist/main.js", cookie: "connect.sid" },
];

for (const { name, program, cookie } of applications) {
  describe(name, () => {
    let app;

    before(async () => {
      app = await start(folder, program);
    });

    after(() => app?.stop());

    test("while the IdP does not answer nobody can sign in, and then the next login works", async () => {
      app.isDown(true);
      const { status, text } = await app.signIn("ada");
      assert.equal(status, 500);
      assert.doesNotMatch(text, /fetch|localhost/);
      app.isDown(false);
      assert.equal((await app.signIn("ada")).status, 403); // a login that the policy denies, but a login
    });

    test("a login stores role and groups, and a second one what has changed", async () => {
      app.says("ada", { groups: ["Engineering", "admin"] });
      const { browser, url, status, text } = await app.signIn("ada");
      assert.equal(status, 200);
      assert.equal(url.href, `${app.address}/`);
      assert.deepEqual(JSON.parse(text), [{ workspace: "main", role: "builder", groups: ["developers"] }]);
      assert.deepEqual(await app.stored("ada"), { role: "builder", groups: ["developers"] });

      app.says("ada", { groups: ["Sales Team"] });
      await app.signIn("ada", browser);
      assert.deepEqual(await app.stored("ada"), { role: "end-user", groups: ["sales"] });
      const [{ outcome }] = await app.rows("select outcome from audit order by id desc limit 1");
      assert.deepEqual(outcome.workspaces[0].plan.leave, ["developers"]);
    });

    test("what was given by hand is taken back at the next login", async () => {
      app.says("hal", { groups: ["Sales Team"] });
      await app.signIn("hal");
      await app.rows("update memberships m set role = 'admin' from users u where u.id = m.user_id and u.subject = $1", [
        `${app.issuer} hal`,
      ]);
      app.says("tom", { groups: ["IT Operations"] }); // an admin besides hal, who otherwise stays as the last one
      await app.signIn("tom");
      await app.signIn("hal");
      assert.deepEqual(await app.stored("hal"), { role: "end-user", groups: ["sales"] });
    });

    test("whom the policy denies is told so, and not created", async () => {
      app.says("eve", { groups: ["Visitors"] });
      const { browser, status, text } = await app.signIn("eve");
      assert.equal(status, 403);
      assert.match(text, /Your groups at the identity provider give you no access here/);
      assert.deepEqual(await app.rows("select id from users where subject = $1", [`${app.issuer} eve`]), []);
      assert.equal((await browser.go(app.address)).status, 401);
      const [{ outcome }] = await app.rows("select outcome from audit order by id desc limit 1");
      assert.deepEqual([outcome.allowed, outcome.reason], [false, "denied-by-policy"]);
      await logged(app, /"reason":"denied-by-policy"/);
      assert.doesNotMatch(app.log(), /Visitors/); // names of IdP groups are about a person
    });

    test("an archived user is out at once, and signs in no more", async () => {
      app.says("bob", { groups: ["Sales Team"] });
      const { browser } = await app.signIn("bob");
      assert.equal((await browser.go(app.address)).status, 200);
      const bob = [`${app.issuer} bob`];
      await app.rows("update users set status = 'archived', archived_at = now() where subject = $1", bob);
      assert.equal((await browser.go(app.address)).status, 401);
      const { status, text } = await app.signIn("bob");
      assert.equal(status, 403);
      assert.match(text, /Your account is archived/);
      await app.rows("update users set status = 'active' where subject = $1", bob);
      assert.equal((await browser.go(app.address)).status, 401); // what ended does not begin again
    });

    test("a login begins a new session", async () => {
      const browser = new Browser("ada");
      await browser.go(`${app.address}/login`, { stop: ({ origin }) => origin === app.issuer });
      const planted = browser.cookie(app.address, cookie);
      await app.signIn("ada", browser);
      const own = browser.cookie(app.address, cookie);
      assert.ok(planted && own && planted !== own);
    });

    test("a way back that nobody began, or that was used, is refused", async () => {
      const stranger = await new Browser("eve").go(`${app.address}/callback?code=guessed&state=guessed`);
      assert.deepEqual([stranger.status, /Signing in failed/.test(stranger.text)], [400, true]);

      const browser = new Browser("ada");
      const { url } = await browser.go(`${app.address}/login`, { stop: ({ pathname }) => pathname === "/callback" });
      const before = await app.rows("select count(*) from audit");
      assert.equal((await new Browser("eve").go(url)).status, 400); // somebody else's browser
      assert.equal((await browser.go(url)).status, 200);
      assert.equal((await browser.go(url)).status, 400);
      const [{ count }] = await app.rows("select count(*) from audit");
      assert.equal(count, before[0].count + 1);
    });

    test("a token that was changed on its way is refused, and nothing is stored", async () => {
      const before = await app.rows("select count(*) from audit");
      app.says("mallory", { groups: ["Sales Team"] });
      app.changeTokens((payload) => ({ ...payload, groups: ["IT Operations"] }));
      const { status, text } = await app.signIn("mallory");
      app.changeTokens((payload) => payload);
      assert.equal(status, 400);
      assert.match(text, /Signing in failed/);
      await logged(app, /signature/);
      assert.equal(await app.stored("mallory"), undefined);
      assert.deepEqual(await app.rows("select count(*) from audit"), before);
    });

    test("groups that are not in the token are fetched; if that fails, the user keeps what there is", async () => {
      const asked = [];
      let answer = { status: 200, value: ["Engineering"] };
      app.graph.on("request", async (request, response) => {
        asked.push([request.method, request.url, request.headers.authorization?.split(" ")[0], await bodyOf(request)]);
        response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(answer));
      });
      app.says("max", { hasgroups: true, oid: "max/../ada" });
      await app.signIn("max");
      assert.deepEqual(await app.stored("max"), { role: "builder", groups: ["developers"] });
      const path = "/v1.0/users/max%2F..%2Fada/getMemberGroups";
      assert.deepEqual(asked, [["POST", path, "Bearer", { securityEnabledOnly: true }]]);

      answer = { status: 500 };
      await app.signIn("max");
      assert.equal(asked.length, 2);
      assert.deepEqual(await app.stored("max"), { role: "builder", groups: ["developers"] });
      const [{ outcome }] = await app.rows("select outcome from audit order by id desc limit 1");
      assert.deepEqual(
        [outcome.workspaces[0].plan.status, outcome.workspaces[0].plan.reason],
        ["skipped", "claim-incomplete"],
      );

      answer = { status: 200, value: [] };
      assert.equal((await app.signIn("max")).status, 403); // fetched, and none: that is an answer
    });

    test("changed settings hold from the next login on", async () => {
      app.says("pia", { groups: ["Partners"] });
      assert.equal((await app.signIn("pia")).status, 403);
      await app.rows("update settings set revision = revision + 1, document = jsonb_set(document, '{mapping}', $1)", [
        JSON.stringify("Partners -> sales"),
      ]);
      assert.equal((await app.signIn("pia")).status, 200);
      assert.deepEqual(await app.stored("pia"), { role: "end-user", groups: ["sales"] });
    });

    test("a login that the database fails leaves nothing, and the next one works", async () => {
      app.says("zoe", { groups: ["Partners"] });
      await app.rows("alter table audit rename to elsewhere");
      const failed = await app.signIn("zoe");
      assert.equal(failed.status, 500);
      assert.doesNotMatch(failed.text, /audit|relation/);
      assert.equal(await app.stored("zoe"), undefined);
      await app.rows("alter table elsewhere rename to audit");
      app.cut();
      assert.equal((await app.signIn("zoe")).status, 200);
      assert.deepEqual(await app.stored("zoe"), { role: "end-user", groups: ["sales"] });
    });
  });
}

test("the variant for an IdP that has the groups in UserInfo", async () => {
  const variant = await guide();
  const change = (file, from, to) => {
    const text = readFileSync(join(variant, file), "utf8");
    assert.ok(text.includes(from), `${file} has no \`${from}\``);
    writeFileSync(join(variant, file), text.replace(from, to));
  };
  change("identity-provider.mjs", "conformIdTokenClaims: false", "conformIdTokenClaims: true");
  change(
    "identity-provider.mjs",
    'openid: ["sub", "email", "groups", "hasgroups", "oid"]',
    'openid: ["sub"], groups: ["groups"]',
  );
  const scope = { OIDC_SCOPE: "openid groups" };
  const app = await start(variant, "express-app.mjs", scope);
  try {
    app.says("ada", { groups: ["Engineering"] });
    assert.equal((await app.signIn("ada")).status, 403); // no groups in the ID token
  } finally {
    await app.stop();
  }
  change("oidc.mjs", "// return {", "return {");
  const changed = await start(variant, "express-app.mjs", scope);
  try {
    changed.says("ada", { groups: ["Engineering"] });
    assert.equal((await changed.signIn("ada")).status, 200);
    assert.deepEqual(await changed.stored("ada"), { role: "builder", groups: ["developers"] });
  } finally {
    await changed.stop();
  }
});

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks));
}
