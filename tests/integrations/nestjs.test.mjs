// docs/integrations/nestjs.md, compiled and run as it stands, and the guards of idp-group-sync/nestjs.

import assert from "node:assert/strict";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { run, tool } from "../package/support/project.mjs";
import { application, shared } from "./support/install.mjs";
import { start } from "./support/integration.mjs";
import { testLogins } from "./support/logins.mjs";
import { testRoute } from "./support/routes.mjs";
import { freeAddress, runServer } from "./support/servers.mjs";

/** What a new Nest project is compiled with, and what the page adds to it. */
const compilerOptions = {
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

const folder = application([...shared, "docs/integrations/nestjs.md"], { type: "commonjs" });
cpSync(fileURLToPath(new URL("fixtures/nestjs/", import.meta.url)), folder, { recursive: true });
writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["main.ts", "guards.ts"] }));
await run(tool("tsc"), ["--project", "tsconfig.json"], folder);

describe("the application", () => {
  testRoute(testLogins(() => start(folder, { program: ["dist/main.js"] }), { out: /Sign in first/ }));
});

test("the guards let in who has what they ask for", async () => {
  const address = await freeAddress();
  const server = await runServer(["dist/guards.js"], folder, { PORT: new URL(address).port }, address);
  try {
    const ask = async (path, access) => {
      const headers = access === undefined ? {} : { "x-access": JSON.stringify(access) };
      return (await fetch(`${address}/${path}`, { headers })).status;
    };
    const all = ["login", "editor", "member-or-owner", "sales", "both", "unknown"];
    const statuses = (access, prefix = "") => Promise.all(all.map((path) => ask(`${prefix}${path}`, access)));

    assert.deepEqual(await statuses(undefined), [401, 401, 401, 401, 401, 401]);
    assert.deepEqual(await statuses({ role: "member", groups: [] }), [200, 403, 200, 403, 403, 500]);
    assert.deepEqual(await statuses({ role: "editor", groups: [] }), [200, 200, 200, 403, 403, 500]);
    assert.deepEqual(await statuses({ role: "owner", groups: ["sales"] }), [200, 200, 200, 200, 200, 500]);
    assert.deepEqual(await statuses({ role: "stranger", groups: ["marketing"] }), [200, 403, 403, 200, 403, 500]);
    assert.deepEqual(await statuses({ roles: ["editor", "admin"], groups: [] }), [200, 200, 200, 403, 403, 500]);

    // Without an order, a role is that role alone.
    const unordered = (access) => statuses(access, "unordered/");
    assert.deepEqual(await unordered({ role: "owner", groups: ["sales"] }), [200, 403, 200, 200, 403, 403]);
    assert.deepEqual(await unordered({ roles: ["editor", "admin"], groups: [] }), [200, 200, 403, 403, 403, 200]);

    assert.equal(await (await fetch(`${address}/login`, { headers: { "x-access": '{"role":""}' } })).text(), "true");
  } finally {
    await server.stop();
  }
});
