// The compiled logins of docs/backend.md when the engine stops under them. Run beside the files of that page, and trap.mjs.

import assert from "node:assert/strict";
import { stop } from "./trap.mjs";

const { defaultSettings } = await import("idp-group-sync");
const { CompiledLogins } = await import("./compiled-logins.mjs");

let loads = 0;
const load = async () => {
  loads += 1;
  return { settings: defaultSettings("main"), catalogs: {} };
};
const licence = { status: "active", features: { sso: true, groupSync: true } };
const request = { method: "oidc", claims: {}, user: { exists: true }, licence, workspaces: [] };

const logins = new CompiledLogins(9);
const decide = (tenant) => logins.decide(tenant, 1, load, request);
assert.equal((await decide("acme")).allowed, true);
assert.equal((await decide("globex")).allowed, true);
stop();
await assert.rejects(decide("acme"), { code: "internal" });
assert.equal((await decide("acme")).allowed, true);
assert.equal((await decide("globex")).allowed, true);
assert.equal(loads, 4);
