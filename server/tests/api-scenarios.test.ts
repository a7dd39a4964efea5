import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  type GroupSyncConfig,
  type Guarantee,
  type InstanceSettings,
  proveGuarantees,
  runScenarios,
  type Scenario,
} from "idp-group-sync";
import { type Api, newApi } from "./support/api.ts";

let api: Api;
let settings: InstanceSettings;
before(async () => {
  api = await newApi();
  await api.instance.addGroup("main", "sales");
  await api.instance.addGroup("lab", "labs", "builder");
  await api.instance.command(
    { type: "set-mapping", mapping: "Sales Team -> sales" },
    { type: "add-workspace", workspace: "lab" },
    { type: "set-mapping", mapping: "Researchers -> labs", workspace: "lab" },
  );
  settings = (await api.get("/settings")).settings;
});
after(() => api.close());

const seller: Scenario = { name: "sellers sell", groups: ["Sales Team"], expect: { groups: ["sales"] } };
const researcher: Scenario = {
  name: "researchers build",
  claims: { groups: ["Researchers"] },
  expect: { role: "builder", groups: ["labs"] },
};

const sellers: Guarantee = { name: "only sellers sell", only: { group: "sales", groups: ["Sales Team"] } };

test("nothing is expected at first; what is stored comes back", async () => {
  assert.deepEqual(await api.get("/scenarios"), {
    instance: { version: 0, scenarios: [], guarantees: [] },
    workspaces: [],
  });
  const put = (path: string, body: unknown) => api.ask("PUT", `/scenarios/${path}`, body);
  const instance = await put("instance", { version: 0, scenarios: [seller], guarantees: [sellers] });
  assert.deepEqual(instance.body, { version: 1, scenarios: [seller], guarantees: [sellers] });
  const lab = await put("workspaces/lab", { version: 0, scenarios: [researcher], guarantees: [] });
  assert.deepEqual(await api.get("/scenarios"), {
    instance: instance.body,
    workspaces: [{ workspace: "lab", set: lab.body }],
  });
});

test("a stale version is answered with what is stored, and of several exactly one wins", async () => {
  for (const path of ["instance", "workspaces/main"]) {
    const { status, body } = await api.ask("PUT", `/scenarios/${path}`, { version: 9, scenarios: [], guarantees: [] });
    assert.deepEqual([status, body.error.code], [409, "stale-version"]);
    const version: number = body.current.version;
    const answers = await Promise.all(
      [1, 2, 3, 4].map((number) => {
        const scenarios = [{ ...seller, name: `of ${number}` }];
        return api.ask("PUT", `/scenarios/${path}`, { version, scenarios, guarantees: [sellers] });
      }),
    );
    assert.deepEqual(answers.map((answer) => answer.status).toSorted(), [200, 409, 409, 409]);
    const next = { version: version + 1, scenarios: [seller], guarantees: [sellers] };
    assert.deepEqual((await api.ask("PUT", `/scenarios/${path}`, next)).body, {
      version: version + 2,
      scenarios: [seller],
      guarantees: [sellers],
    });
  }
});

test("what can never be run is not stored", async () => {
  const faults: [unknown, string][] = [
    [{ ...seller, claims: {} }, "scenarios[1]"],
    [{ ...seller, expect: { outcome: "fine" } }, "scenarios[1].expect.outcome"],
    [{ ...seller, membership: { role: "king", groups: [] } }, "scenarios[1].membership.role"],
    [{ ...seller, colour: "red" }, "scenarios[1].colour"],
  ];
  for (const [fault, path] of faults) {
    const body = { version: 3, scenarios: [seller, fault], guarantees: [] };
    const answer = await api.ask("PUT", "/scenarios/instance", body);
    assert.deepEqual([answer.status, answer.body.error.code, answer.body.error.path], [400, "invalid-input", path]);
  }
  const reach = { groups: ["Sales Team"] };
  const unproved: [unknown, string][] = [
    [{ ...sellers, never: sellers.only }, "guarantees[0]"],
    [{ name: "neither", only: reach }, "guarantees[0].only"],
    [{ name: "no such role", never: { ...reach, role: "king" } }, "guarantees[0].never.role"],
  ];
  for (const [fault, path] of unproved) {
    const answer = await api.ask("PUT", "/scenarios/instance", { version: 3, scenarios: [], guarantees: [fault] });
    assert.deepEqual([answer.status, answer.body.error.code, answer.body.error.path], [400, "invalid-input", path]);
  }
  assert.equal(
    (await api.ask("PUT", "/scenarios/workspaces/nowhere", { version: 0, scenarios: [], guarantees: [] })).status,
    404,
  );
});

const roles = ["end-user", "builder", "admin"];
const ofMain: GroupSyncConfig = {
  ...{ mapping: "Sales Team -> sales", claim: "groups", policy: {} },
  catalog: { roles, groups: [{ name: "sales" }] },
};

test("the stored ones are held against the stored settings, and come out as the engine says", async () => {
  const { runs } = await api.post("/scenarios/run", {});
  assert.deepEqual(runs, [
    { workspace: null, results: runScenarios(ofMain, [seller]), guarantees: proveGuarantees(ofMain, [sellers]) },
    { workspace: "main", results: runScenarios(ofMain, [seller]), guarantees: proveGuarantees(ofMain, [sellers]) },
    {
      workspace: "lab",
      results: runScenarios(
        {
          ...{ mapping: "Researchers -> labs", claim: "groups", policy: {} },
          catalog: { roles, groups: [{ name: "labs", requires: "builder" }] },
        },
        [researcher],
      ),
      guarantees: [],
    },
  ]);
  assert.ok(runs.every(({ results }: { results: { passed: boolean }[] }) => results.every(({ passed }) => passed)));
});

test("settings that are not saved are held against those of one place, or against unsaved ones", async () => {
  const unsaved = { ...settings, mapping: "Sales Team -> nothing" };
  const { runs } = await api.post("/scenarios/run", { settings: unsaved, workspace: null });
  assert.deepEqual([runs.length, runs[0].workspace, runs[0].results[0].passed], [1, null, false]);
  assert.deepEqual(runs[0].results[0].differences, ["groups: expected `sales`, got none"]);

  const given = { workspace: "lab", scenarios: [{ ...researcher, expect: { role: "admin" } }] };
  const answer = await api.post("/scenarios/run", { settings: unsaved, ...given });
  assert.deepEqual([answer.runs.length, answer.runs[0].results[0].passed], [1, false]);

  const broken = { ...settings, mapping: "Sales* -> sales" };
  const proofs = await api.post("/scenarios/run", { settings: broken, guarantees: [sellers] });
  const [{ results, guarantees }] = proofs.runs;
  assert.deepEqual([results, guarantees], [[], proveGuarantees({ ...ofMain, mapping: broken.mapping }, [sellers])]);
  assert.equal(guarantees[0].counterexample.text, "a user in `Salesx` alone joins `sales`, by line 1");
});

test("a mapping with errors is said of the place that has it, and stops no other", async () => {
  const [main, lab] = settings.workspaces;
  const broken = { ...settings, workspaces: [main, { ...lab, mapping: "Researchers => labs" }] };
  const { runs } = await api.post("/scenarios/run", { settings: broken });
  const ofLab = runs.at(-1);
  const others = runs.slice(0, -1);
  assert.deepEqual([ofLab.results, ofLab.error.code], [[], "invalid-mapping"]);
  assert.equal(ofLab.error.diagnostics[0].code, "missing-arrow");
  assert.ok(others.every(({ results }: { results: { passed: boolean }[] }) => results[0]?.passed));
  const invalid = await api.ask("POST", "/scenarios/run", { settings: { ...settings, defaultWorkspace: "nowhere" } });
  assert.deepEqual([invalid.status, invalid.body.error.path], [400, "settings.defaultWorkspace"]);
});
