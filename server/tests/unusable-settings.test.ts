// Whatever an earlier version stored as settings, people come in, nothing is synced by what cannot be used, and an admin can mend it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { defaultSettings, type InstanceSettings } from "idp-group-sync";
import { buildServer } from "../src/server.ts";
import { hashPassword } from "../src/sign-in/passwords.ts";
import { type Api, newApi } from "./support/api.ts";
import { Browser } from "./support/browser.ts";
import { planOf } from "./support/instance.ts";

let api: Api;
before(async () => {
  api = await newApi();
  const { instance } = api;
  await instance.addGroup("main", "sales");
  await instance.addGroup("lab", "labs");
  const values = { email: "pat@example.com", password_hash: await hashPassword("correct horse") };
  await instance.database.insertInto("users").values(values).execute();
});
after(() => api.close());

const sound: InstanceSettings = {
  ...defaultSettings("main"),
  enabled: true,
  mapping: "Sales Team -> sales",
  workspaces: [
    { id: "main", enabled: true },
    { id: "lab", enabled: true, mapping: "Labs -> labs" },
  ],
};
const ofLab = (override: object) => ({ workspaces: [sound.workspaces[0], { ...sound.workspaces[1], ...override }] });

/** What was stored, and what is shown in its place; the rest is as it was. */
const documents: Record<string, [stored: object, shown: object]> = {
  "U+0000 in the mapping": [
    { mapping: 'Sales Team -> sales\n"a\u0000b" -> sales' },
    { mapping: 'Sales Team -> sales\n"a\ufffdb" -> sales' },
  ],
  "half a character in it": [{ mapping: "a\ud800 -> sales" }, { mapping: "a\ufffd -> sales" }],
  "a mapping that is no text": [{ mapping: 5 }, { mapping: "" }],
  "a line break in the claim's name": [{ claim: "gr\nups" }, { claim: "gr\ufffdups" }],
  "U+0000 as the delimiter": [
    { claim: { name: "g", delimiter: "\u0000" } },
    { claim: { name: "g", delimiter: "\ufffd" } },
  ],
  "a claim without a name": [{ claim: "" }, { claim: "groups" }],
  "a policy that is gone": [{ policy: { noMatch: "explode" } }, { policy: {} }],
  "a choice that is gone": [{ policy: { legacy: true } }, { policy: {} }],
  "a field that is gone": [{ legacy: 1 }, {}],
  "no policy": [{ policy: undefined }, { policy: {} }],
  "U+0000 in a workspace's mapping": [ofLab({ mapping: "a\u0000 -> labs" }), ofLab({ mapping: "a\ufffd -> labs" })],
  "a workspace's policy that is gone": [ofLab({ policy: { noMatch: "x" } }), ofLab({ policy: {} })],
  "a workspace's claim without a name": [ofLab({ claim: "" }), ofLab({ claim: "groups" })],
  "two at once": [
    { claim: "", ...ofLab({ mapping: 5 }) },
    { claim: "groups", ...ofLab({ mapping: "" }) },
  ],
  "a workspace twice": [
    { workspaces: [...sound.workspaces, { id: "lab", enabled: true }] },
    { workspaces: sound.workspaces },
  ],
  "a default workspace that is not listed": [{ defaultWorkspace: "lost" }, {}],
  "no workspace": [{ workspaces: [] }, { workspaces: [{ id: "main", enabled: true }] }],
  "not one that is enabled": [
    { workspaces: sound.workspaces.map((workspace) => ({ ...workspace, enabled: false })) },
    { workspaces: [sound.workspaces[0], { ...sound.workspaces[1], enabled: false }] },
  ],
};

const present = async (): Promise<{ version: number; settings: InstanceSettings; mended: boolean }> =>
  api.get("/settings");

for (const [index, [kind, [stored, shown]]] of Object.entries(documents).entries()) {
  test(kind, async () => {
    const { instance } = api;
    const { database } = instance;
    const { version } = await present();
    const values = { version: version + 1, document: JSON.stringify({ ...sound, ...stored }), changed_by: null };
    await database.insertInto("settings_versions").values(values).execute();

    const outcome = await instance.signIn(`ada-${index}`, ["Sales Team"]);
    assert.equal(outcome.allowed, true);
    assert.equal(planOf(outcome).reason, "sync-disabled");
    assert.equal(await instance.has(`ada-${index}`), "end-user");
    const server = await buildServer({ database, origin: new URL("http://localhost"), oidc: null });
    const browser = new Browser(server);
    const fields = { email: "pat@example.com", password: "correct horse" };
    assert.equal((await browser.post("/sign-in/password", fields)).statusCode, 303);
    await server.close();

    // It is shown switched off, can be shown to the engine, and mended.
    const { settings, mended } = await present();
    assert.deepEqual([settings, mended], [{ ...sound, ...shown, enabled: false }, true]);
    assert.deepEqual((await api.get(`/settings/versions/${version + 1}`)).settings, settings);
    assert.equal((await api.ask("POST", "/impact", { settings: { ...settings, mapping: "" } })).status, 200);
    const commands = [
      { type: "set-mapping", mapping: sound.mapping },
      { type: "set-claim", claim: "groups" },
      { type: "enable" },
    ];
    const saved = await api.ask("POST", "/settings/save", { version: version + 1, commands });
    assert.deepEqual([saved.status, saved.body.status], [200, "applied"], saved.text);
    assert.equal((await present()).mended, false);
    await instance.signIn(`ada-${index}`, ["Sales Team"]);
    assert.equal(await instance.has(`ada-${index}`), "end-user: sales");
  });
}
