// docs/integrations/nestjs.md, compiled and run as it stands, and the guards of idp-group-sync/nestjs.

import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { root } from "../../scripts/setup/place.mjs";
import { emptyFolder, run, tarball, tool } from "../package/support/project.mjs";
import { application, shared } from "./support/install.mjs";
import { start } from "./support/integration.mjs";
import { testLogins } from "./support/logins.mjs";
import { testRoute } from "./support/routes.mjs";
import { freeAddress, runServer } from "./support/servers.mjs";

/** What `nest new` compiles a project with, and what the page adds to it; `declaration` and its like are left out. */
const compilerOptions = {
  module: "nodenext",
  moduleResolution: "nodenext",
  esModuleInterop: true,
  isolatedModules: true,
  emitDecoratorMetadata: true,
  experimentalDecorators: true,
  target: "ES2023",
  outDir: "./dist",
  rootDir: "./src",
  skipLibCheck: true,
  strict: true,
  strictPropertyInitialization: false,
  types: ["node"],
  allowJs: true,
};

async function compile(folder) {
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["src"] }));
  await run(tool("tsc"), ["--project", "tsconfig.json"], folder);
}

const guards = fileURLToPath(new URL("fixtures/nestjs/guards.ts", import.meta.url));

const folder = application([...shared, "docs/integrations/nestjs.md"]);
copyFileSync(join(folder, "oidc.mjs"), join(folder, "src", "oidc.mjs"));
copyFileSync(guards, join(folder, "src", "guards.ts"));
await compile(folder);

describe("the application", () => {
  testRoute(testLogins(() => start(folder, { program: ["dist/main.js"] }), { out: /Sign in first/ }));
});

test("the guards let in who has what they ask for", () => testGuards(folder));

test("the same with the Nest of the repository, which is older and CommonJS", async () => {
  const above = emptyFolder();
  symlinkSync(join(root, "node_modules"), join(above, "node_modules"), "junction");
  const older = join(above, "application");
  mkdirSync(join(older, "src"), { recursive: true });
  writeFileSync(join(older, "package.json"), '{ "private": true, "type": "commonjs" }\n');
  await run(
    "npm",
    ["install", "--offline", "--no-save", "--ignore-scripts", "--legacy-peer-deps", await tarball()],
    older,
  );
  copyFileSync(guards, join(older, "src", "guards.ts"));
  await compile(older);
  await testGuards(older);
});

async function testGuards(folder) {
  const address = await freeAddress();
  const server = await runServer(["dist/guards.js"], folder, { PORT: new URL(address).port }, address);
  try {
    const ask = async (path, access) => {
      const headers = access === undefined ? {} : { "x-access": JSON.stringify(access) };
      return (await fetch(`${address}/${path}`, { headers })).status;
    };
    const all = ["login", "editor", "member-or-owner", "sales", "both"];
    const statuses = (access) => Promise.all(all.map((path) => ask(path, access)));

    assert.deepEqual(await statuses(undefined), [401, 401, 401, 401, 401]);
    assert.deepEqual(await statuses({ role: "member", groups: [] }), [200, 403, 200, 403, 403]);
    assert.deepEqual(await statuses({ role: "editor", groups: [] }), [200, 200, 200, 403, 403]);
    assert.deepEqual(await statuses({ role: "owner", groups: ["sales"] }), [200, 200, 200, 200, 200]);
    assert.deepEqual(await statuses({ role: "stranger", groups: ["marketing"] }), [200, 403, 403, 200, 403]);
    assert.deepEqual(await statuses({ roles: ["editor", "admin"], groups: [] }), [200, 200, 200, 403, 403]);

    assert.deepEqual(await statuses({ role: null, groups: ["sales"] }), [200, 403, 403, 200, 403]);

    // Without an order, a role is that role alone.
    const unordered = (access) => Promise.all([...all, "unknown"].map((path) => ask(`unordered/${path}`, access)));
    assert.deepEqual(await unordered({ role: "owner", groups: ["sales"] }), [200, 403, 200, 200, 403, 403]);
    assert.deepEqual(await unordered({ roles: ["editor", "admin"], groups: [] }), [200, 200, 403, 403, 403, 200]);

    assert.equal(await (await fetch(`${address}/login`, { headers: { "x-access": '{"role":""}' } })).text(), "true");
  } finally {
    await server.stop();
  }
}
