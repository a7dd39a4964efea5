// docs/integrations/hono.md, compiled, bundled and run in workerd as it stands.

import assert from "node:assert/strict";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import workerd from "workerd";
import { run, tool } from "../package/support/project.mjs";
import { bundleWorker } from "../package/support/worker.mjs";
import { application, installedFile } from "./support/install.mjs";
import { start } from "./support/integration.mjs";
import { testLogins } from "./support/logins.mjs";
import { testRoute } from "./support/routes.mjs";

const compilerOptions = {
  module: "esnext",
  moduleResolution: "bundler",
  target: "es2023",
  lib: ["es2023", "dom"],
  types: [],
  strict: true,
  noEmit: true,
};

const folder = application(["docs/backend.md", "docs/integrations/hono.md"]);
writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["worker.ts"] }));
await run(tool("tsc"), ["--project", "tsconfig.json"], folder);
await bundleWorker(folder, "worker.ts");
copyFileSync(installedFile("idp-group-sync/dist/idp_group_sync_bg.wasm"), join(folder, "engine.wasm"));

/** The configuration of a worker with these variables. */
function configured({ PORT, ...variables }) {
  const bindings = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "APP_URL", "SESSION_SECRET"].map(
    (name) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(variables[name])})`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "internet", network = (allow = ["private"])),
    (
      name = "main",
      worker = (
        compatibilityDate = "2026-01-01",
        bindings = [${bindings.join(", ")}],
        modules = [
          (name = "worker.js", esModule = embed "bundle/worker.js"),
          (name = "idp_group_sync_bg.wasm", wasm = embed "engine.wasm"),
        ],
      ),
    ),
  ],
  sockets = [(name = "http", address = "localhost:${PORT}", http = (), service = "main")],
);
`;
}

const program = (env) => {
  writeFileSync(join(folder, "config.capnp"), configured(env));
  return ["serve", "config.capnp"];
};

// Nothing is remembered, so there is nothing to keep.
const kept = { role: "member", groups: [] };
const running = testLogins(() => start(folder, { command: workerd.default, program }), { kept });
testRoute(running);

test("a cookie that was changed, or is for something else, lets nobody in", async () => {
  const { address, says, signIn, begin } = running();
  const status = async (access) => (await fetch(address, { headers: { cookie: `access=${access}` } })).status;
  says("ada", { groups: ["Sales Team"] });
  const { browser } = await signIn("ada");
  const own = browser.cookie(address, "access");
  assert.equal(await status(own), 200);

  const [header, payload, signature] = own.split(".");
  const raised = { ...JSON.parse(Buffer.from(payload, "base64url")), role: "owner" };
  assert.equal(
    await status([header, Buffer.from(JSON.stringify(raised)).toString("base64url"), signature].join(".")),
    401,
  );
  const { browser: pending } = await begin("ada");
  assert.equal(await status(pending.cookie(address, "pending")), 401);
});
