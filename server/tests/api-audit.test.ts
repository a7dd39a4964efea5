import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type Api, newApi } from "./support/api.ts";

const begun = Date.now();
let api: Api;
before(async () => {
  api = await newApi();
  const { instance } = api;
  await instance.addGroup("main", "sales");
  await instance.addGroup("lab", "labs");
  await instance.command(
    { type: "set-mapping", mapping: "Sales Team -> sales" },
    { type: "add-workspace", workspace: "lab" },
    { type: "enable" },
  );
  await instance.signIn("ada", ["Sales Team"]); // 1: changes main
  await instance.signIn("ada", ["Sales Team"]); // 2: changes nothing
  await instance.signIn("bob", ["labs"]); // 3: changes main and lab
  await instance.signIn("bob", true); // 4: skipped
  await instance.database.updateTable("users").set({ status: "archived" }).where("subject", "=", "bob").execute();
  await instance.signIn("bob", ["labs"]); // 5: refused
  await instance.command({ type: "set-mapping", mapping: "Sales Team -> admin", workspace: "main" });
  await instance.signIn("ada", ["Sales Team", "Nobody"]); // 6: changes main
  await instance.login({ method: "password", email: "nobody@example.com", userId: null }); // 7: refused
});
after(() => api.close());

const ids = ({ entries }: { entries: { id: number }[] }) => entries.map(({ id }) => id);

describe("filters", () => {
  const filters: [string, number[]][] = [
    ["", [7, 6, 5, 4, 3, 2, 1]],
    ["allowed=false", [7, 5]],
    ["allowed=true", [6, 4, 3, 2, 1]],
    ["workspace=lab&status=change", [3]],
    ["workspace=main&status=change", [6, 3, 1]],
    ["workspace=lab", [6, 4, 3, 2, 1]],
    ["workspace=nowhere", []],
    ["changed=true", [6, 3, 1]],
    ["changed=true&workspace=lab", [3]],
    ["status=unchanged", [2]],
    ["status=skipped&workspace=main", [4]],
    ["reason=claim-malformed", [4]],
    ["reason=user-archived", [5]],
    ["reason=unknown-user", [7]],
    ["reason=not-a-member&workspace=lab", [6, 2, 1]],
    ["reason=not-a-member&workspace=main", []],
    ["reason=user-archived&workspace=main", []],
    ["to=2000-01-01T00:00:00Z", []],
    ["from=2000-01-01T00:00:00Z&to=2999-01-01T00:00:00%2B01:00&status=unchanged", [2]],
    ["from=2999-01-01T00:00:00Z", []],
  ];
  for (const [query, expected] of filters) {
    test(query || "none", async () => {
      assert.deepEqual(ids(await api.get(`/audit?${query}`)), expected);
    });
  }
  test("user", async () => {
    assert.deepEqual(ids(await api.get(`/audit?user=${await api.idOf("bob")}`)), [5, 4, 3]);
  });
  test("what is no moment, no status, or unknown, is refused", async () => {
    for (const [query, path] of [
      ["from=yesterday", "from"],
      ["to=2016-12-31T23:59:60Z", "to"],
      ["status=fine", "status"],
      ["colour=red", "colour"],
      ["reason=%00", "reason"],
    ]) {
      const { status, body } = await api.ask("GET", `/audit?${query}`);
      assert.deepEqual([status, body.error.code, body.error.path], [400, "invalid-input", path]);
    }
  });
});

test("pages follow each other without a gap, also while logins go on", async () => {
  const first = await api.get("/audit?limit=3");
  assert.deepEqual([ids(first), first.next], [[7, 6, 5], 5]);
  await api.instance.signIn("ada", ["Sales Team"]);
  const second = await api.get(`/audit?limit=3&before=${first.next}`);
  assert.deepEqual([ids(second), second.next], [[4, 3, 2], 2]);
  const third = await api.get(`/audit?limit=3&before=${second.next}`);
  assert.deepEqual([ids(third), third.next], [[1], null]);
});

test("an entry of the list says who, what, why, and by which settings", async () => {
  const { entries } = await api.get("/audit?changed=true&workspace=lab");
  const [{ at, user, subject, method, allowed, settingsVersion, workspaces }] = entries;
  assert.ok(Date.parse(at) >= begun && Date.parse(at) <= Date.now(), at);
  assert.deepEqual([user.id, subject, method, allowed], [await api.idOf("bob"), "bob", "oidc", true]);
  assert.equal(settingsVersion, 4);
  assert.deepEqual(workspaces, [
    {
      workspace: "lab",
      applied: true,
      status: "change",
      role: { from: null, to: "end-user" },
      join: ["labs"],
      leave: [],
      keep: [],
      blocked: [],
      roleReasons: [{ kind: "default" }],
    },
    {
      workspace: "main",
      applied: true,
      status: "change",
      role: { from: null, to: "end-user" },
      join: [],
      leave: [],
      keep: [],
      blocked: [],
      roleReasons: [{ kind: "default" }],
    },
  ]);
});

test("an entry by itself has the whole plan, and the text that it was made by, though there is another now", async () => {
  const { workspaces, settingsVersion } = await api.get("/audit/1");
  const { plan, mapping } = workspaces.find(({ workspace }: { workspace: string }) => workspace === "main");
  assert.equal(mapping, "Sales Team -> sales");
  const { entry } = plan.resolution.matches[0].grants[0];
  assert.equal(mapping.slice(entry.start, entry.end), "Sales Team -> sales");
  assert.equal((await api.get(`/settings/versions/${settingsVersion}`)).settings.mapping, mapping);
  assert.equal((await api.get("/audit/6")).workspaces[1].mapping, "Sales Team -> admin");

  const refused = await api.get("/audit/7");
  assert.deepEqual([refused.user, refused.subject, refused.workspaces], [null, "nobody@example.com", []]);
  assert.equal((await api.ask("GET", "/audit/999")).status, 404);
});
