// A save by which scenarios or guarantees no longer hold is confirmed with their number, by whoever asks; and they can be saved with it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Guarantee, Scenario } from "idp-group-sync";
import { type Api, newApi } from "./support/api.ts";

let api: Api;
before(async () => {
  api = await newApi();
  const { instance } = api;
  await instance.addGroup("main", "sales");
  await instance.addGroup("lab", "labs");
  await instance.command(
    { type: "set-mapping", mapping: "Sales Team -> sales" },
    { type: "set-policy", policy: { matchByName: false } },
    { type: "add-workspace", workspace: "lab" },
    { type: "set-mapping", mapping: "Researchers -> labs", workspace: "lab" },
  );
  await api.ask("PUT", "/scenarios/instance", { version: 0, scenarios: [seller], guarantees: [sellers] });
  await api.ask("PUT", "/scenarios/workspaces/lab", { version: 0, scenarios: [researcher], guarantees: [] });
});
after(() => api.close());

const seller: Scenario = { name: "sellers sell", groups: ["Sales Team"], expect: { groups: ["sales"] } };
const sellers: Guarantee = { name: "only sellers sell", only: { group: "sales", groups: ["Sales Team"] } };
const researcher: Scenario = { name: "researchers", groups: ["Researchers"], expect: { groups: ["labs"] } };

async function save(more: object) {
  const { version } = await api.get("/settings");
  return api.ask("POST", "/settings/save", { version, commands: [], ...more });
}

const mapping = (text: string) => [{ type: "set-mapping", mapping: text }];

test("a save is made only with the number of those that do not hold", async () => {
  const { version } = await api.get("/settings");
  const commands = mapping("Sales Team -> sales\nAll -> sales");
  for (const failing of [undefined, 0, 2]) {
    const { status, body } = await save({ commands, ...(failing !== undefined && { failing }) });
    assert.deepEqual([status, body.error.code, body.error.path], [409, "expectations-unconfirmed", "failing"]);
    assert.deepEqual([body.holding, body.failing], [2, 1]);
    const [instance, lab] = body.runs;
    assert.deepEqual([instance.workspace, lab.workspace], [null, "lab"]);
    assert.deepEqual(instance.guarantees[0].counterexample.idpGroups, ["All"]);
  }
  const one = await api.ask("POST", "/settings/commands", { version, command: commands[0] });
  assert.deepEqual([one.status, one.body.error.code], [409, "expectations-unconfirmed"]);
  assert.equal((await api.get("/settings")).version, version);
  const saved = await save({ commands, failing: 1 });
  assert.deepEqual([saved.status, saved.body.status], [200, "applied"]);
  // It holds again, and so there is nothing to confirm.
  const back = await save({ commands: mapping("Sales Team -> sales"), failing: 1 });
  assert.deepEqual([back.status, back.body.failing], [409, 0]);
  assert.equal((await save({ commands: mapping("Sales Team -> sales") })).status, 200);
});

test("those that cannot be run do not hold, and those of a workspace that is removed are not asked about", async () => {
  await api.instance.addGroup("main", "crm");
  const { instance } = await api.get("/scenarios");
  const crm: Guarantee = { name: "crm", only: { group: "crm", groups: ["CRM"] } };
  await api.ask("PUT", "/scenarios/instance", { ...instance, guarantees: [sellers, crm] });
  await api.instance.database.deleteFrom("groups").where("name", "=", "crm").execute();
  const remove = { type: "remove-workspace", workspace: "lab", confirmed: true };
  const { body } = await save({ commands: [remove] });
  assert.deepEqual([body.holding, body.failing], [0, 3]);
  assert.match(body.runs[0].error.path, /^guarantees\[1\]/);
  assert.equal(body.runs.length, 1);
  const stored = (await api.get("/scenarios")).instance;
  await api.ask("PUT", "/scenarios/instance", { ...stored, guarantees: [sellers] });
});

test("expectations are saved with the settings that they are expected of, all or nothing", async () => {
  const before = await api.get("/settings");
  const { instance } = await api.get("/scenarios");
  const commands = mapping("Vertrieb -> sales");
  const set = { ...instance, scenarios: [{ ...seller, groups: ["Vertrieb"] }], guarantees: [] };
  const saved = await save({ commands, expectations: [{ workspace: null, set }] });
  assert.equal(saved.status, 200);
  assert.deepEqual(saved.body.expectations, [{ workspace: null, set: { ...set, version: instance.version + 1 } }]);
  assert.equal(saved.body.stored.version, before.version + 1);

  const stale = await save({ commands: mapping(""), failing: 1, expectations: [{ workspace: null, set }] });
  assert.deepEqual([stale.status, stale.body.error.code], [409, "stale-expectations"]);
  assert.deepEqual(stale.body.stale, saved.body.expectations);
  assert.equal((await api.get("/settings")).version, before.version + 1);

  // Alone they make no version, and are not held against anything.
  const [{ set: now }] = saved.body.expectations;
  const alone = await save({ expectations: [{ workspace: null, set: { ...now, scenarios: [seller] } }] });
  assert.deepEqual([alone.status, alone.body.stored.version], [200, before.version + 1]);
  assert.deepEqual((await api.get("/scenarios")).instance.scenarios, [seller]);
});

test("what could never be run is refused with its place, and so is what is about no workspace", async () => {
  const nothing = { name: "x", groups: [], expect: {} };
  const set = { version: 0, scenarios: [seller, { ...nothing, claims: {} }], guarantees: [] };
  const { status, body } = await save({ expectations: [{ workspace: "main", set }] });
  assert.deepEqual([status, body.error.path], [400, "expectations[0].set.scenarios[1]"]);
  const nowhere = await save({ expectations: [{ workspace: "kitchen", set: { ...set, scenarios: [] } }] });
  assert.deepEqual(
    [nowhere.status, nowhere.body.error.code, nowhere.body.error.path],
    [422, "no-such-workspace", "expectations[0].workspace"],
  );
});
