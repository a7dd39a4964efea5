import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { applyCommand, defaultSettings, type SettingsCommand, type SettingsDiff } from "idp-group-sync";
import { type Api, newApi } from "./support/api.ts";

const begun = Date.now();
let api: Api;
/** The version of the settings that a test begins with: those of an instance that nobody has configured. */
let first: number;
before(async () => {
  api = await newApi();
  for (const workspace of ["lab", "attic"]) await api.instance.addGroup(workspace, "everyone");
});
beforeEach(async () => {
  const { version } = await api.get("/settings");
  first = version + 1;
  const values = { version: first, document: JSON.stringify(defaultSettings("main")), changed_by: null };
  await api.instance.database.insertInto("settings_versions").values(values).execute();
});
after(() => api.close());

const command = (version: number, command: unknown) => api.ask("POST", "/settings/commands", { version, command });
const save = (version: number, commands: unknown[]) => api.ask("POST", "/settings/save", { version, commands });
const present = () => api.get("/settings");

const mapping = (mapping: string) => ({ type: "set-mapping", mapping });

test("the present settings come with what holds for each workspace, and who made them", async () => {
  const { body } = await save(first, [
    mapping("a -> sales"),
    { type: "add-workspace", workspace: "lab" },
    { type: "set-mapping", mapping: "b -> labs", workspace: "lab" },
  ]);
  const stored = await present();
  assert.deepEqual(stored, body.stored);
  assert.equal(stored.version, first + 1);
  assert.equal(stored.changedBy.email, "root@example.com");
  const changedAt = Date.parse(stored.changedAt);
  assert.ok(changedAt >= begun && changedAt <= Date.now(), stored.changedAt);
  assert.deepEqual(
    stored.effective.map((effective: { workspace: string; mapping: string; inherited: { mapping: boolean } }) => {
      return [effective.workspace, effective.mapping, effective.inherited.mapping];
    }),
    [
      ["main", "a -> sales", true],
      ["lab", "b -> labs", false],
    ],
  );
});

test("a command that is applied makes a version, with the engine's warnings", async () => {
  const { status, body } = await command(first, mapping("a -> b, , c -> d"));
  const direct = applyCommand(defaultSettings("main"), { type: "set-mapping", mapping: "a -> b, , c -> d" }, root);
  assert.equal(status, 200);
  assert.equal(body.status, "applied");
  assert.deepEqual([body.stored.version, body.stored.settings.mapping], [first + 1, "a -> b, , c -> d"]);
  assert.equal(direct.diagnostics.length, 1);
  assert.deepEqual(body.diagnostics, [direct.diagnostics]);
});

test("a command that changes nothing makes no version", async () => {
  const { status, body } = await command(first, { type: "disable" });
  assert.deepEqual([status, body.status, body.stored.version], [200, "applied", first]);
});

describe("a version that is no longer the present one", () => {
  test("is answered with what holds now, what it was, and what the commands make of it", async () => {
    await command(first, mapping("a -> theirs"));
    const { status, body } = await save(first, [mapping("a -> yours"), { type: "enable" }]);
    assert.deepEqual([status, body.error.code, body.error.path], [409, "stale-version", "version"]);
    assert.deepEqual([body.current.version, body.current.settings.mapping], [first + 1, "a -> theirs"]);
    assert.deepEqual(body.base, defaultSettings("main"));
    assert.deepEqual(body.yours, { ...defaultSettings("main"), mapping: "a -> yours", enabled: true });
    assert.equal((await present()).version, first + 1);
  });
  test("has nothing of yours if the engine refuses the commands", async () => {
    await command(first, mapping("a -> theirs"));
    const { status, body } = await command(first, mapping("a =>"));
    assert.deepEqual([status, body.yours], [409, null]);
  });
  test("that there never was is refused", async () => {
    const { status, body } = await command(first + 7, { type: "enable" });
    assert.deepEqual([status, body.error.code, body.error.path], [422, "unknown-version", "version"]);
  });
});

test("of saves at the same time, exactly one wins", async () => {
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) => save(first, [mapping(`a -> group-${index}`), { type: "enable" }])),
  );
  const won = answers.filter(({ status }) => status === 200);
  assert.equal(won.length, 1);
  assert.equal(answers.filter(({ status }) => status === 409).length, 11);
  const { version, settings } = await present();
  assert.equal(version, first + 1);
  assert.deepEqual(settings, won[0]?.body.stored.settings);
});

describe("what is lost has to be confirmed", () => {
  test("and until then nothing is stored", async () => {
    await command(first, { type: "add-workspace", workspace: "lab" });
    const remove = { type: "remove-workspace", workspace: "lab" };
    const { status, body } = await command(first + 1, remove);
    const { settings } = await present();
    const direct = applyCommand(settings, remove as SettingsCommand, root);
    assert.ok(direct.status === "confirm");
    assert.deepEqual(
      [status, body],
      [200, { status: "confirm", warnings: [{ path: "command", warning: direct.warning }] }],
    );
    assert.equal((await present()).version, first + 1);

    const confirmed = await command(first + 1, { ...remove, confirmed: true });
    assert.equal(confirmed.body.stored.settings.workspaces.length, 1);
  });
  test("all of it at once, where there are several commands", async () => {
    await save(first, [
      { type: "add-workspace", workspace: "lab" },
      { type: "add-workspace", workspace: "attic" },
    ]);
    const { body } = await save(first + 1, [
      { type: "remove-workspace", workspace: "lab" },
      { type: "enable" },
      { type: "remove-workspace", workspace: "attic" },
    ]);
    assert.equal(body.status, "confirm");
    assert.deepEqual(
      body.warnings.map(({ path }: { path: string }) => path),
      ["commands[0]", "commands[2]"],
    );
    assert.equal((await present()).version, first + 1);
  });
  test("but not of what cannot be done anyway", async () => {
    await command(first, { type: "add-workspace", workspace: "lab" });
    const { status, body } = await save(first + 1, [
      { type: "remove-workspace", workspace: "lab" },
      { type: "remove-workspace", workspace: "main" },
    ]);
    assert.deepEqual([status, body.error.code, body.error.path], [422, "last-enabled-workspace", "commands[1]"]);
  });
});

describe("a command that the engine rejects is answered with the engine's words", () => {
  const rejected: [SettingsCommand, string][] = [
    [{ type: "enable-workspace", workspace: "nowhere" }, "unknown-workspace"],
    [{ type: "disable-workspace", workspace: "main" }, "last-enabled-workspace"],
    [{ type: "remove-workspace", workspace: "main", confirmed: true }, "default-needs-successor"],
    [{ type: "add-workspace", workspace: "main" }, "already-listed"],
    [{ type: "set-mapping", mapping: "Sales Team => sales" }, "invalid-mapping"],
    [{ type: "set-claim", claim: "" }, "invalid-claim-name"],
    [{ type: "add-workspace", workspace: "" }, "invalid-settings"],
  ];
  for (const [rejectedCommand, code] of rejected) {
    test(code, async () => {
      if (code === "default-needs-successor") await command(first, { type: "add-workspace", workspace: "lab" });
      const { version, settings } = await present();
      const direct = applyCommand(settings, rejectedCommand, root);
      assert.ok(direct.status === "rejected");
      assert.equal(direct.code, code);
      const { message, diagnostics } = direct;

      const one = await command(version, rejectedCommand);
      assert.deepEqual([one.status, one.body], [422, { error: { code, message, path: "command", diagnostics } }]);
      const several = await save(version, [{ type: "enable" }, rejectedCommand, { type: "enable" }]);
      assert.deepEqual(
        [several.status, several.body],
        [422, { error: { code, message, path: "commands[1]", diagnostics } }],
      );
      assert.equal((await present()).version, version);
    });
  }
});

describe("a request of the wrong shape is told where", () => {
  const faults: [string, object, string][] = [
    ["/settings/commands", {}, "command"],
    ["/settings/commands", { version: "1", command: { type: "enable" } }, "version"],
    ["/settings/commands", { command: { type: "explode" } }, "command.type"],
    ["/settings/commands", { command: { type: "enable", colour: "red" } }, "command.colour"],
    ["/settings/commands", { command: { type: "set-mapping" } }, "command.mapping"],
    ["/settings/commands", { command: { type: "set-policy", policy: { removal: "some" } } }, "command.policy.removal"],
    ["/settings/commands", { command: { type: "enable" }, actor: { superAdmin: true } }, "actor"],
    ["/settings/save", {}, "commands"],
    [
      "/settings/save",
      { commands: [{ type: "enable" }, { type: "set-claim", claim: { name: 7 } }] },
      "commands[1].claim.name",
    ],
    // JSON can say it, and the database could not: the engine refuses it.
    ["/settings/save", { commands: [{ type: "enable" }, mapping("\ud800 -> sales")] }, "commands[1].mapping"],
  ];
  for (const [path, body, place] of faults) {
    test(`${path}: ${place}`, async () => {
      const answer = await api.ask("POST", path, { version: first, ...body });
      assert.deepEqual([answer.status, answer.body.error.code, answer.body.error.path], [400, "invalid-input", place]);
      assert.equal((await present()).version, first);
    });
  }
});

test("versions can be looked at, newest first and by pages", async () => {
  for (const step of [0, 1, 2]) await command(first + step, mapping(`a -> b${step}`));
  const { versions, next } = await api.get("/settings/versions?limit=3");
  const numbers = (list: { version: number }[]) => list.map(({ version }) => version);
  assert.deepEqual([numbers(versions), next], [[first + 3, first + 2, first + 1], first + 1]);
  const rest = await api.get(`/settings/versions?limit=200&before=${next}`);
  assert.deepEqual([numbers(rest.versions).slice(0, 2), rest.next], [[first, first - 1], null]);
  assert.equal(rest.versions[0].changedBy, null);
  assert.equal((await api.get(`/settings/versions/${first + 2}`)).settings.mapping, "a -> b1");

  const { status, body } = await api.ask("GET", "/settings/versions/999999");
  assert.deepEqual([status, body.error.code], [404, "not-found"]);
  assert.equal((await api.ask("GET", "/settings/versions/none")).body.error.path, "version");
  assert.equal((await api.ask("GET", "/settings/versions?colour=red")).body.error.path, "colour");
});

test("each version says what it changed", async () => {
  await save(first, [mapping("Sales Team -> sales\nOps -> admin"), { type: "enable" }]);
  await save(first + 1, [
    mapping("Sales Team -> marketing\nHR -> people"),
    { type: "set-policy", policy: { noMatch: "deny" } },
    { type: "add-workspace", workspace: "lab" },
  ]);
  const { versions } = await api.get("/settings/versions?limit=2");
  const nothing = { added: [], removed: [], changed: [] };
  const [second, firstChange] = versions;
  assert.deepEqual(second.changes, {
    scopes: [
      {
        choices: [{ field: "policy.noMatch", before: "default-role", after: "deny" }],
        entries: {
          added: ["HR -> people"],
          removed: ["Ops -> admin"],
          changed: [{ source: "Sales Team", before: ["sales"], after: ["marketing"] }],
        },
      },
      { workspace: "lab", listed: true, choices: [], entries: nothing },
    ],
  });
  assert.deepEqual(firstChange.changes, {
    enabled: true,
    scopes: [{ choices: [], entries: { ...nothing, added: ["Sales Team -> sales", "Ops -> admin"] } }],
  });
  assert.deepEqual([second.entriesLeftOut, firstChange.entriesLeftOut], [0, 0]);
  const oldest = (await api.get("/settings/versions?before=2")).versions;
  assert.deepEqual([oldest.length, oldest[0].changes], [1, null]);
});

test("of a long mapping, a list of versions has the first entries", async () => {
  const entries = Array.from({ length: 1000 }, (_, index) => `group ${index} -> sales`);
  await command(first, mapping(entries.join("\n")));
  await command(first + 1, mapping(entries.slice(0, -30).join("\n")));
  const { versions } = await api.get("/settings/versions?limit=2");
  const [removed, added] = versions;
  assert.deepEqual(added.changes.scopes[0].entries.added, entries.slice(0, 20));
  assert.equal(added.entriesLeftOut, 980);
  assert.deepEqual(removed.changes.scopes[0].entries.removed, entries.slice(-30, -10));
  assert.equal(removed.entriesLeftOut, 10);
});

test("a version that an earlier release stored is listed, compared and shown as far as it can be used", async () => {
  const document = JSON.stringify({ ...defaultSettings("main"), mapping: "a -> b\nc", version: 0 });
  const values = { version: first + 1, document, changed_by: null };
  await api.instance.database.insertInto("settings_versions").values(values).execute();
  await command(first + 1, mapping("a -> b\nc -> d"));
  const { versions } = await api.get("/settings/versions?limit=2");
  const entries = versions.map((version: { changes: SettingsDiff }) => version.changes.scopes[0]?.entries.added);
  assert.deepEqual(entries, [["c -> d"], ["a -> b"]]);
  assert.equal((await api.get(`/settings/versions/${first + 1}`)).settings.mapping, "a -> b\nc");
});

const root = { superAdmin: true };
