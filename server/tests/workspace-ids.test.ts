// Ids of workspaces: only of those that exist can be configured, and whatever an earlier version stored, people come in and an admin can mend it.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { defaultSettings, type InstanceSettings } from "idp-group-sync";
import { buildServer } from "../src/server.ts";
import { hashPassword } from "../src/sign-in/passwords.ts";
import { type Api, newApi } from "./support/api.ts";
import { Browser } from "./support/browser.ts";
import { issuer, planOf } from "./support/instance.ts";

/** No workspace can have one of these. */
const impossible: Record<string, string> = {
  "U+0000": "a\u0000b",
  "another control character": "a\nb",
  "half a character": "a\ud800b",
  "the other half": "\udc00",
  "too long": "x".repeat(1025),
  "too long in bytes": "\u4e00".repeat(1000),
  "a megabyte": "x".repeat(1_000_000),
};

let api: Api;
before(async () => {
  api = await newApi();
  const { instance } = api;
  await instance.addGroup("main", "sales");
  await instance.addGroup("lab", "labs");
  await instance.command({ type: "enable" });
  const values = { email: "pat@example.com", password_hash: await hashPassword("correct horse") };
  await instance.database.insertInto("users").values(values).execute();
});
after(() => api.close());

const present = async (): Promise<{ version: number; settings: InstanceSettings }> => api.get("/settings");

async function save(...commands: object[]) {
  const { version } = await present();
  return api.ask("POST", "/settings/save", { version, commands });
}

/** As an earlier version could have stored it, which held no id against anything. */
async function store(change: (settings: InstanceSettings) => InstanceSettings): Promise<void> {
  const { version } = await present();
  const settings = change({ ...defaultSettings("main"), enabled: true, mapping: "Sales Team -> sales" });
  const values = { version: version + 1, document: JSON.stringify(settings), changed_by: null };
  await api.instance.database.insertInto("settings_versions").values(values).execute();
}

const listed = (settings: InstanceSettings, ...ids: string[]): InstanceSettings => ({
  ...settings,
  workspaces: [...settings.workspaces, ...ids.map((id) => ({ id, enabled: true }))],
});

describe("a command names a workspace that exists", () => {
  const faults: [object, string][] = [
    [{ type: "add-workspace", workspace: "nowhere" }, "workspace"],
    [{ type: "add-workspace", workspace: "__proto__" }, "workspace"],
    [{ type: "add-workspace", workspace: "Main" }, "workspace"],
    [{ type: "add-workspace", workspace: "a\ufffdb" }, "workspace"],
    [{ type: "set-default-workspace", workspace: "gone" }, "workspace"],
    [{ type: "enable-workspace", workspace: "gone" }, "workspace"],
    [{ type: "set-mapping", mapping: "a -> b", workspace: "gone" }, "workspace"],
    [{ type: "set-claim", claim: "roles", workspace: "gone" }, "workspace"],
    [{ type: "set-policy", policy: {}, workspace: "gone" }, "workspace"],
    [{ type: "inherit", workspace: "gone", field: "claim" }, "workspace"],
    [{ type: "remove-workspace", workspace: "main", newDefault: "gone" }, "newDefault"],
    [{ type: "remove-workspace", workspace: "main", newDefault: "gone", confirmed: true }, "newDefault"],
  ];
  for (const [command, field] of faults) {
    test(JSON.stringify(command), async () => {
      await store((settings) => listed(settings, "lab", "gone"));
      const { version } = await present();
      const one = await api.ask("POST", "/settings/commands", { version, command });
      assert.deepEqual([one.status, one.body.error.code], [422, "no-such-workspace"]);
      assert.equal(one.body.error.path, `command.${field}`);
      assert.match(one.body.error.message, /^the application has no workspace `/);
      const several = await save({ type: "disable" }, command);
      assert.deepEqual([several.status, several.body.error.path], [422, `commands[1].${field}`]);
      assert.equal((await present()).version, version);
    });
  }
  test("or takes one out that is gone", async () => {
    await store((settings) => listed(settings, "gone", "lost"));
    for (const command of [
      { type: "disable-workspace", workspace: "gone" },
      { type: "remove-workspace", workspace: "gone", confirmed: true },
      { type: "remove-workspace", workspace: "lost", confirmed: true },
    ]) {
      assert.equal((await save(command)).status, 200);
    }
    assert.deepEqual((await present()).settings.workspaces, [{ id: "main", enabled: true }]);
  });
  test("or is told what the engine says of one that is not in the list", async () => {
    await store((settings) => settings);
    const { status, body } = await save({ type: "enable-workspace", workspace: "nowhere" });
    assert.deepEqual([status, body.error.code], [422, "unknown-workspace"]);
  });
});

describe("what cannot be an id is refused", () => {
  for (const [kind, id] of Object.entries(impossible)) {
    test(kind, async () => {
      await store((settings) => listed(settings, "lab"));
      const { version, settings } = await present();
      for (const command of [
        { type: "add-workspace", workspace: id },
        { type: "set-default-workspace", workspace: id },
        { type: "set-mapping", mapping: "", workspace: id },
        { type: "remove-workspace", workspace: "lab", newDefault: id, confirmed: true },
      ]) {
        const { status, body } = await save(command);
        const field = "newDefault" in command ? "newDefault" : "workspace";
        assert.deepEqual([status, body.error.code, body.error.path], [400, "invalid-input", `commands[0].${field}`]);
        assert.match(body.error.message, /^a workspace's id (holds no control characters|has at most)/);
        assert.ok(body.error.message.length < 200);
      }
      assert.equal((await present()).version, version);
      const unsaved = listed(settings, id);
      for (const [path, more] of [
        ["/preview", { claims: { groups: [] } }],
        ["/impact", {}],
        ["/scenarios/run", { scenarios: [] }],
      ] as const) {
        const { status, body } = await api.ask("POST", path, { settings: unsaved, ...more });
        assert.deepEqual([status, body.error.code], [400, "invalid-input"], path);
        assert.match(body.error.path, /^settings\.workspaces\[2\]\.id/);
      }
    });
  }
  test("an address of the API with such an id has nothing, and says it in words", async () => {
    const { status, body } = await api.ask("GET", "/workspaces/a%00b/groups");
    assert.deepEqual([status, body.error.code, body.error.path], [400, "invalid-input", "workspace"]);
    assert.equal(body.error.message, "holds a character that cannot be stored");
  });
});

describe("stored settings with a workspace that cannot be looked up", () => {
  const kinds: [string, string, boolean][] = [
    ["gone", "gone", false],
    ["gone, and the default", "gone", true],
    ["a prototype", "__proto__", true],
    ...Object.entries(impossible).flatMap(([kind, id]): [string, string, boolean][] => [
      [kind, id, false],
      [`${kind}, and the default`, id, true],
    ]),
  ];
  for (const [index, [kind, id, isDefault]] of kinds.entries()) {
    test(kind, async () => {
      await store((settings) => {
        const all = listed(settings, id, "lab");
        return isDefault ? { ...all, defaultWorkspace: id } : all;
      });
      await everybodyComesIn(`ada-${index}`);

      // What is shown can be shown to the engine, and taken out.
      const { version, settings } = await present();
      const [, shown] = settings.workspaces.map((workspace) => workspace.id);
      assert.ok(shown !== undefined && shown.length <= 1024 && !/[\p{Cc}\p{Cs}]/u.test(shown));
      assert.equal(settings.defaultWorkspace, isDefault ? shown : "main");
      assert.deepEqual((await api.get(`/settings/versions/${version}`)).settings, settings);
      const preview = await api.post("/preview", { claims: { groups: ["Sales Team"] } });
      assert.equal(planOf(preview.outcome, shown).reason, "unknown-workspace");
      assert.equal((await api.ask("POST", "/impact", { settings })).status, 200);
      assert.equal((await api.ask("POST", "/scenarios/run", {})).status, 200);

      const asked = await save({ type: "remove-workspace", workspace: shown, newDefault: "main" });
      assert.equal(asked.body.status, "confirm");
      const removed = await save({ type: "remove-workspace", workspace: shown, newDefault: "main", confirmed: true });
      assert.equal(removed.body.status, "applied");
      const after = (await present()).settings;
      assert.deepEqual(
        after.workspaces.map((workspace) => workspace.id),
        ["main", "lab"],
      );
      assert.equal(after.defaultWorkspace, "main");
      await everybodyComesIn(`after-${index}`);
    });
  }

  test("several that are shown alike stay several", async () => {
    await store((settings) => listed(settings, "a\u0000b", "a\u0001b", "a\ufffdb"));
    const { settings } = await present();
    const ids = settings.workspaces.map(({ id }) => id);
    assert.deepEqual(ids, ["main", "a\ufffdb (2)", "a\ufffdb (3)", "a\ufffdb"]);
    await everybodyComesIn("many");
  });

  test("with group sync switched off, a new user is in no workspace that is gone", async () => {
    await store((settings) => ({ ...listed(settings, "gone"), defaultWorkspace: "gone", enabled: false }));
    const outcome = await api.instance.signIn("newcomer", ["Sales Team"]);
    assert.equal(outcome.allowed, true);
    assert.equal(await api.instance.has("newcomer", "gone"), "none");
  });

  /** With single sign-on, newly and again, with a password, and to the page that says why. */
  async function everybodyComesIn(subject: string): Promise<void> {
    const { instance } = api;
    const { settings } = await present();
    const gone = settings.workspaces.map(({ id }) => id).filter((id) => !["main", "lab"].includes(id));
    for (const groups of [["Sales Team"], ["Sales Team", "other"]]) {
      const outcome = await instance.signIn(subject, groups);
      assert.equal(outcome.allowed, true);
      for (const id of gone) {
        assert.deepEqual([planOf(outcome, id).status, planOf(outcome, id).reason], ["skipped", "unknown-workspace"]);
      }
    }
    const [entry] = (await api.get(`/audit?user=${await api.idOf(subject)}`)).entries;
    const reasons = entry.workspaces.flatMap(({ reason = null }) => (reason === "unknown-workspace" ? reason : []));
    assert.equal(reasons.length, gone.length);
    if (settings.defaultWorkspace === "main") assert.equal(await instance.has(subject), "end-user: sales");

    const { database } = instance;
    const server = await buildServer({ database, origin: new URL("http://localhost"), oidc: null });
    const browser = new Browser(server);
    const fields = { email: "pat@example.com", password: "correct horse" };
    assert.equal((await browser.post("/sign-in/password", fields)).statusCode, 303);
    assert.equal((await browser.get("/")).statusCode, 200);
    await server.close();
    assert.equal((await instance.login({ method: "oidc", issuer, claims: { sub: subject } })).outcome.allowed, true);
  }
});
