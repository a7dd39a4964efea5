// What a super admin changes through the API changes what the next login does, which people see in Chromium and the database holds.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { InstanceSettings, SettingsCommand } from "idp-group-sync";
import { developmentPassword } from "../../src/development/seed.ts";
import { shownPlaces, signInAs, withBrowser } from "./support/chromium.ts";
import { addWorkspace, type Deployment, developmentDeployment } from "./support/deployment.ts";
import type { HttpBrowser } from "./support/http-browser.ts";
import { giveByHand, type Places, placesOf } from "./support/memberships.ts";

let deployed: Deployment;
let superAdmin: HttpBrowser;
before(async () => {
  deployed = await developmentDeployment();
  superAdmin = await signedIn("super@example.com");
});
after(() => deployed.close());

async function signedIn(email: string): Promise<HttpBrowser> {
  const browser = deployed.newBrowser();
  assert.equal((await browser.signInWithPassword(email, developmentPassword)).status, 303);
  return browser;
}

async function settings(): Promise<{ version: number; settings: InstanceSettings }> {
  const { status, answer } = await superAdmin.api("GET", "/settings");
  assert.equal(status, 200);
  return answer as { version: number; settings: InstanceSettings };
}

async function send(command: SettingsCommand, browser = superAdmin) {
  const { version } = await settings();
  return browser.api("POST", "/settings/commands", { version, command });
}

async function change(...commands: SettingsCommand[]): Promise<void> {
  for (const command of commands) {
    const { status, answer } = await send(command);
    assert.equal((answer as { status?: string }).status, "applied", `${status} ${JSON.stringify(answer)}`);
  }
}

/** Why a command is not carried out. */
async function refusal(command: SettingsCommand): Promise<string> {
  const { status, answer } = await send(command);
  assert.equal(status, 422, JSON.stringify(answer));
  return (answer as { error: { code: string } }).error.code;
}

/** Signs in with Chromium; what the page says must be what the database holds. */
async function signIn(subject: string): Promise<Places> {
  const shown = await withBrowser(async (page) => {
    assert.equal((await signInAs(page, deployed.server.origin, subject)).status, 200);
    return shownPlaces(page);
  });
  if (deployed.store.shared) assert.deepEqual((await deployed.withDatabase(placesOf))[subject], shown);
  return shown;
}

/** The embedded database can only be looked at while no server runs, so each test does it once. */
async function databaseHolds(expected: Record<string, Places>): Promise<void> {
  const held = await deployed.withDatabase(placesOf);
  for (const [subject, places] of Object.entries(expected)) assert.deepEqual(held[subject], places, subject);
}

test("nobody but a super admin changes the settings or sees them", async () => {
  const before = await settings();
  const pat = await signedIn("pat@example.com");
  for (const asker of [pat, deployed.newBrowser()]) {
    const read = await asker.api("GET", "/settings");
    assert.ok([401, 403].includes(read.status));
    assert.doesNotMatch(JSON.stringify(read.answer), /mapping|Marketing|workspaces/);
  }
  assert.equal((await send({ type: "disable" }, pat)).status, 403);
  assert.deepEqual(await settings(), before);
});

test("switched off, a login changes nothing and the settings are kept; switched on, the next login syncs again", async () => {
  assert.deepEqual(await signIn("mara"), { main: "end-user: marketing" });
  const before = await settings();
  await deployed.withDatabase((database) =>
    giveByHand(database, "mara", "main", { role: "builder", groups: ["sales"] }),
  );
  await change({ type: "disable" });
  assert.deepEqual(await signIn("mara"), { main: "builder: sales" });
  // Somebody new gets a place all the same.
  assert.deepEqual(await signIn("olga"), { main: "end-user" });
  await change({ type: "enable" });
  assert.deepEqual((await settings()).settings, before.settings);
  assert.deepEqual(await signIn("mara"), { main: "end-user: marketing" });
  assert.deepEqual(await signIn("olga"), { main: "builder: operators" });
  await databaseHolds({ mara: { main: "end-user: marketing" }, olga: { main: "builder: operators" } });
});

test("an added workspace inherits claim and mapping, follows the instance, and overrides either", async () => {
  await deployed.withDatabase((database) =>
    addWorkspace(database, "lab", [{ name: "marketing" }, { name: "sales" }, { name: "Research, Europe" }]),
  );
  await change({ type: "add-workspace", workspace: "lab" });
  assert.deepEqual(await signIn("mara"), { main: "end-user: marketing", lab: "end-user: marketing" });

  await change({ type: "set-mapping", mapping: "Marketing Team -> sales" });
  assert.deepEqual(await signIn("mara"), { main: "end-user: sales", lab: "end-user: sales" });

  await change({ type: "set-mapping", mapping: "Marketing Team -> marketing", workspace: "lab" });
  assert.deepEqual(await signIn("mara"), { main: "end-user: sales", lab: "end-user: marketing" });

  await change({ type: "inherit", workspace: "lab", field: "mapping" });
  assert.deepEqual(await signIn("mara"), { main: "end-user: sales", lab: "end-user: sales" });

  const ldap = { name: "ldap_groups", item: "ldap-cn" } as const;
  await change({ type: "set-claim", claim: ldap, workspace: "lab" });
  const lena = {
    main: "end-user",
    directory: "builder: Research, Europe, sales",
    lab: "end-user: Research, Europe, sales",
  };
  assert.deepEqual(await signIn("lena"), lena);
  // The claim is not in her token: no groups there any more.
  assert.deepEqual(await signIn("mara"), { main: "end-user: sales", lab: "end-user" });
  await change({ type: "inherit", workspace: "lab", field: "claim" });
  assert.deepEqual(await signIn("mara"), { main: "end-user: sales", lab: "end-user: sales" });
  await databaseHolds({ lena, mara: { main: "end-user: sales", lab: "end-user: sales" } });
});

test("a workspace that is switched off, the default one too, is left alone by logins that sync the others", async () => {
  await change(
    { type: "disable-workspace", workspace: "main" },
    { type: "set-mapping", mapping: "Marketing Team -> marketing" },
  );
  assert.deepEqual(await signIn("mara"), { main: "end-user: sales", lab: "end-user: marketing" });
  await change({ type: "enable-workspace", workspace: "main" });
  assert.deepEqual(await signIn("mara"), { main: "end-user: marketing", lab: "end-user: marketing" });
  await databaseHolds({ mara: { main: "end-user: marketing", lab: "end-user: marketing" } });
});

test("one login syncs every enabled workspace, each by its own settings", async () => {
  assert.deepEqual(await signIn("eli"), { main: "end-user: engineers", product: "builder: developers" });
  assert.deepEqual(await signIn("ada"), { main: "admin: developers", product: "admin: developers", lab: "admin" });
  await databaseHolds({ ada: { main: "admin: developers", product: "admin: developers", lab: "admin" } });
});

test("a workspace is removed once the admin has confirmed it, and is left alone from then on", async () => {
  const asked = await send({ type: "remove-workspace", workspace: "product" });
  const { status, warnings } = asked.answer as { status: string; warnings: { warning: string }[] };
  assert.deepEqual([asked.status, status, warnings.length], [200, "confirm", 1]);
  assert.match(warnings[0]?.warning ?? "", /product/);
  assert.deepEqual(await signIn("eli"), { main: "end-user: engineers", product: "builder: developers" });

  await change({ type: "remove-workspace", workspace: "product", confirmed: true });
  await deployed.withDatabase((database) =>
    giveByHand(database, "eli", "product", { role: "admin", groups: ["designers"] }),
  );
  assert.deepEqual(await signIn("eli"), { main: "end-user: engineers", product: "admin: designers" });
  // Somebody new has no place there any more.
  assert.deepEqual(await signIn("ben"), { main: "builder", lab: "builder" });
  await databaseHolds({ eli: { main: "end-user: engineers", product: "admin: designers" } });
});

test("another workspace takes the place of the default one, and at least one stays enabled", async () => {
  const removal = { type: "remove-workspace", workspace: "main", confirmed: true } as const;
  assert.equal(await refusal(removal), "default-needs-successor");
  await change({ ...removal, newDefault: "lab" });
  assert.equal((await settings()).settings.defaultWorkspace, "lab");
  // Nobody's groups grant anything to Nils, and the default workspace is joined all the same.
  assert.deepEqual(await signIn("nils"), { lab: "end-user" });

  await change({ type: "remove-workspace", workspace: "directory", confirmed: true });
  assert.equal(await refusal({ type: "disable-workspace", workspace: "lab" }), "last-enabled-workspace");
  assert.equal(
    await refusal({ type: "remove-workspace", workspace: "lab", confirmed: true }),
    "last-enabled-workspace",
  );
  await databaseHolds({ nils: { lab: "end-user" } });
});
