// What changes at the identity provider for development reaches the application by SCIM, once that is switched on: no sign-in is needed.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { developmentPassword } from "../../src/development/seed.ts";
import { shownPlaces, signInAs, signInWithPassword, withBrowser } from "./support/chromium.ts";
import { type Deployment, developmentDeployment } from "./support/deployment.ts";

let deployed: Deployment;
let accounts: string;
before(async () => {
  deployed = await developmentDeployment();
  const { location } = await deployed.newBrowser().get("/sign-in/oidc");
  accounts = new URL("/accounts", String(location)).href;
});
after(() => deployed.close());

test("a renamed group and a disabled account change open sessions with their next request", () =>
  inBrowsers(async (page, administrator, superAdmin) => {
    const { origin } = deployed.server;
    await signInWithPassword(superAdmin, origin, "super@example.com", developmentPassword);
    const main = async () => {
      await page.goto(`${origin}/`);
      return (await shownPlaces(page)).main;
    };
    await signInAs(page, origin, "olga");
    const before = await main();
    assert.deepEqual(before, "builder: operators");

    // Off at the start: nobody is told.
    await administrator.goto(accounts);
    const rename = async (group: string, name: string) => {
      await administrator.getByRole("textbox", { name: `Name of ${group}`, exact: true }).fill(name);
      await administrator.getByRole("button", { name: `Rename ${group}`, exact: true }).click();
      await administrator.getByRole("textbox", { name: `Name of ${name}`, exact: true }).waitFor();
    };
    await rename("operators", "nobody knows");
    assert.deepEqual(await main(), before);
    await rename("nobody knows", "operators");

    await administrator.getByRole("button", { name: "Push by SCIM" }).click();
    await administrator.getByText(/^The application took \d+ changes$/).waitFor();
    assert.equal(await administrator.getByText("The application refused").count(), 0);
    assert.deepEqual(await main(), before);

    await rename("operators", "marketing");
    await administrator.getByText("Group operators is called marketing now").waitFor();
    assert.deepEqual(await main(), "end-user: marketing");

    await administrator.getByRole("button", { name: "Disable Olga Operator" }).click();
    await administrator.getByText("Olga Operator is disabled").waitFor();
    await page.goto(`${origin}/`);
    assert.equal(new URL(page.url()).pathname, "/sign-in");
    const standing = async () => {
      const answer = await superAdmin.request.get(`${origin}/api/users?search=Olga`);
      const { users } = (await answer.json()) as { users: { name: string; archivedBySync: boolean }[] };
      return users.map(({ name, archivedBySync }) => ({ name, archivedBySync }));
    };
    assert.deepEqual(await standing(), [{ name: "Olga Operator", archivedBySync: true }]);

    await administrator.getByRole("button", { name: "Enable Olga Operator" }).click();
    await administrator.getByText("Olga Operator is enabled").waitFor();
    assert.deepEqual(await standing(), [{ name: "Olga Operator", archivedBySync: false }]);

    // Switched off, nothing is told any more.
    await administrator.getByRole("button", { name: "Stop pushing" }).click();
    await rename("marketing", "operators");
    assert.equal(await administrator.getByText(/^The application/).count(), 0);
  }));

function inBrowsers(work: (...pages: [Page, Page, Page]) => Promise<void>): Promise<void> {
  return withBrowser((one) => withBrowser((other) => withBrowser((third) => work(one, other, third))));
}
