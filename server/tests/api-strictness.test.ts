// What the engine reads is taken with the fields of its schemas and no others, and a fault is told of what was meant.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Api, newApi } from "./support/api.ts";

let api: Api;
before(async () => {
  api = await newApi();
});
after(() => api.close());

async function refused(path: string, body: unknown, place: string, message: string): Promise<void> {
  const answer = await api.ask("POST", path, body);
  const expected = [400, { code: "invalid-input", message, path: place }];
  assert.deepEqual([answer.status, answer.body.error], expected, JSON.stringify(body));
}

const tooMuch = "must NOT have additional properties";

test("a command", async () => {
  const { version, settings } = await api.get("/settings");
  const run = (command: unknown, place: string, message: string) =>
    refused("/settings/commands", { version, command }, place, message);
  const setPolicy = (policy: unknown) => ({ type: "set-policy", policy });
  await run({ type: "enable", colour: "red" }, "command.colour", tooMuch);
  await run({ type: "paint" }, "command.type", "must be one of those that the OpenAPI document has");
  await run({ type: "set-claim" }, "command.claim", "must have required property 'claim'");
  await run({ type: "set-claim", claim: "groups", workspace: null }, "command.workspace", "must be string");
  await run({ type: "set-claim", claim: { name: "groups", colour: "red" } }, "command.claim.colour", tooMuch);
  const field = { field: "name", colour: "red" };
  await run({ type: "set-claim", claim: { name: "groups", item: field } }, "command.claim.item.colour", tooMuch);
  await run(setPolicy({ colour: "red" }), "command.policy.colour", tooMuch);
  const comparisons = "must be equal to one of the allowed values: exact, ignore-case";
  await run(setPolicy({ compare: "loosely" }), "command.policy.compare", comparisons);
  await run(setPolicy({ compare: null }), "command.policy.compare", comparisons);
  assert.deepEqual((await api.get("/settings")).settings, settings);
});

test("a policy keeps to what was chosen: no default is filled in", async () => {
  const { version } = await api.get("/settings");
  const command = { type: "set-policy", policy: { removal: "mapped" } };
  const { stored } = await api.post("/settings/commands", { version, command });
  assert.deepEqual(stored.settings.policy, { removal: "mapped" });
});

test("unsaved settings", async () => {
  const { settings } = await api.get("/settings");
  const preview = (changes: object, place: string, message: string) =>
    refused("/preview", { settings: { ...settings, ...changes }, claims: {} }, place, message);
  await preview({ colour: "red" }, "settings.colour", tooMuch);
  await preview({ $schema: "settings.json" }, "settings.$schema", tooMuch);
  await preview({ version: 2 }, "settings.version", "must be equal to constant");
  const main = { id: "main", enabled: true };
  await preview({ workspaces: [{ ...main, claim: null }] }, "settings.workspaces[0].claim", "must be string");
  await preview({ workspaces: [{ ...main, colour: 1 }] }, "settings.workspaces[0].colour", tooMuch);
});

test("scenarios and guarantees", async () => {
  const scenario = { name: "nobody", groups: [], expect: { role: null } };
  const guarantee = { name: "admins", only: { role: "admin", groups: ["IT"] } };
  const run = async (scenarios: object[], guarantees: object[], place: string, message: string) => {
    await refused("/scenarios/run", { scenarios, guarantees }, place, message);
  };
  const with_ = (changes: object) => [scenario, { ...scenario, ...changes }];
  await run(with_({ colour: "red" }), [], "scenarios[1].colour", tooMuch);
  await run(with_({ name: "" }), [], "scenarios[1].name", "must NOT have fewer than 1 characters");
  await run(with_({ name: "x".repeat(201) }), [], "scenarios[1].name", "must NOT have more than 200 characters");
  await run(with_({ membership: null }), [], "scenarios[1].membership", "must be object");
  const membership = { role: "builder", groups: [{ name: "sales", colour: "red" }] };
  await run(with_({ membership }), [], "scenarios[1].membership.groups[0].colour", tooMuch);
  await run([], [{ ...guarantee, only: { groups: [], colour: "red" } }], "guarantees[0].only.colour", tooMuch);
  await run([], [{ ...guarantee, name: "" }], "guarantees[0].name", "must NOT have fewer than 1 characters");
  const { status, body } = await api.ask("POST", "/scenarios/run", {
    scenarios: with_({ name: "x".repeat(200) }),
    guarantees: [guarantee],
  });
  assert.deepEqual([status, body.runs[0].results.length, body.runs[0].guarantees.length], [200, 2, 1]);
});
