// The facts by which an impact is foretold are those of a login: guards, refusals, seats, the licence, and group sync that is off.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { InstanceSettings, SettingsCommand } from "idp-group-sync";
import { type Api, newApi } from "./support/api.ts";
import { changedBy as impactChangedBy, impactOf } from "./support/impact.ts";

let api: Api;
after(() => api.close());

const impact = (settings: InstanceSettings) => impactOf(api, settings);
const changedBy = (...commands: SettingsCommand[]) => impactChangedBy(api, ...commands);

before(async () => {
  api = await newApi();
  const { instance } = api;
  await instance.addGroup("main", "sales");
  await instance.command({ type: "set-mapping", mapping: "IT -> admin\nSales Team -> sales" }, { type: "enable" });
  await instance.signIn("ada", ["IT"]);
  await instance.signIn("bob", ["Sales Team"]);
});

test("the last admin keeps the role, and that a guard keeps it is said", async () => {
  const settings = await changedBy({ type: "set-mapping", mapping: "Sales Team -> sales" });
  const { changes, totals } = await impact(settings);
  assert.deepEqual([changes, totals.toConfirm], [[], 0]);
  await api.instance.command({ type: "set-mapping", mapping: "Sales Team -> sales" });
  await api.instance.signIn("ada", ["IT"]);
  assert.equal(await api.instance.has("ada"), "admin");
  await api.instance.command({ type: "set-mapping", mapping: "IT -> admin\nSales Team -> sales" });
  await api.instance.signIn("eve", ["IT"]);
  const two = await impact(settings);
  assert.deepEqual([two.changes.map(({ topRoleLost }) => topRoleLost), two.totals.toConfirm], [[true, true], 2]);
});

test("whoever is refused is denied, not a gain, and the login as a whole is told of", async () => {
  const policy = { noMatch: "deny" as const };
  const settings = await changedBy({ type: "set-mapping", mapping: "IT -> admin" }, { type: "set-policy", policy });
  const { changes, logins, totals } = await impact(settings);
  assert.deepEqual(
    changes.map(({ user, effect, after }) => [user.name, effect, after]),
    [[null, "denied", { role: null, groups: [], denied: true }]],
  );
  assert.deepEqual(
    logins.map(({ refused }) => refused),
    [{ after: "denied-by-policy" }],
  );
  assert.deepEqual([totals.denied, totals.refused, totals.toConfirm], [1, 1, 1]);
});

test("with group sync off before and after, nothing changes, and it says so", async () => {
  await api.instance.command({ type: "disable" });
  const { start, changes, logins } = await impact(await changedBy({ type: "set-mapping", mapping: "" }));
  assert.deepEqual([start.groupSync, changes, logins], [{ before: false, after: false }, [], []]);
  await api.instance.command({ type: "enable" });
});

test("seats of a role, and a licence without single sign-on", async () => {
  const { database } = api.instance;
  const settings = await changedBy({ type: "set-mapping", mapping: "IT -> admin\nSales Team -> builder" });
  const setLicence = (licence: object) => database.updateTable("licence").set(licence).execute();
  await setLicence({ seats_by_role: JSON.stringify({ builder: 0 }) });
  const withoutSeat = (await impact(settings)).changes;
  assert.ok(withoutSeat.every(({ after }) => after.role !== "builder"));
  await setLicence({ seats_by_role: JSON.stringify({ builder: 1, admin: 2 }) });
  const withSeat = (await impact(settings)).changes;
  assert.deepEqual(
    withSeat.map(({ after }) => after.role),
    ["builder"],
  );
  await setLicence({ seats_by_role: null, status: "expired" });
  assert.deepEqual((await impact(settings)).changes, []);
  await setLicence({ status: "active" });
});
