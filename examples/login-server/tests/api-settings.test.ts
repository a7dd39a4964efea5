import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Api, newApi } from "./support/api.ts";

let api: Api;
before(async () => {
  api = await newApi();
  await api.instance.addGroup("main", "sales");
  await api.instance.addGroup("lab", "labs");
});
after(() => api.close());

test("the present settings come with what holds for each workspace", async () => {
  const stored = await api.get("/settings");
  assert.equal(stored.version, 1);
  assert.deepEqual(stored.settings.workspaces, [{ id: "main", enabled: true }]);
  assert.deepEqual(
    stored.effective.map((effective: { workspace: string }) => effective.workspace),
    ["main"],
  );
  assert.equal(stored.changedBy, null);
});
