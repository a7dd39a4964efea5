// People who leave, in Chromium: disabled at the identity provider, or signing out there.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { signInAs, withBrowser } from "./support/chromium.ts";
import { type Deployment, developmentDeployment } from "./support/deployment.ts";

let deployed: Deployment;
let idp: string;
before(async () => {
  deployed = await developmentDeployment();
  const { location } = await deployed.newBrowser().get("/sign-in/oidc");
  idp = new URL(String(location)).origin;
});
after(() => deployed.close());

test("who is disabled at the identity provider is out at once, and comes back when they are enabled", () =>
  withBrowser((page) =>
    withBrowser(async (administrator) => {
      const { origin } = deployed.server;
      assert.equal((await signInAs(page, origin, "ben")).status, 200);
      await administrator.goto(`${idp}/accounts`);
      await administrator.getByRole("button", { name: "Disable Ben Builder" }).click();
      await administrator.getByRole("button", { name: "Enable Ben Builder" }).waitFor();

      await page.goto(`${origin}/`);
      assert.equal(new URL(page.url()).pathname, "/sign-in");
      await page.getByRole("link", { name: "Sign in with single sign-on" }).click();
      await page.getByRole("button", { name: "Eve Enduser" }).waitFor();
      assert.equal(await page.getByRole("button", { name: "Ben Builder" }).count(), 0);

      await administrator.getByRole("button", { name: "Enable Ben Builder" }).click();
      await administrator.getByRole("button", { name: "Disable Ben Builder" }).waitFor();
      // Tokens know whole seconds: within the one of the sign-out, nobody can tell which came first.
      await page.waitForTimeout(1100);
      await page.goto(`${origin}/sign-in/oidc`); // the identity provider knows them still
      assert.equal(page.url(), `${origin}/`);
    }),
  ));

test("signing out at the identity provider too: the next sign-in asks who it is", () =>
  withBrowser(async (page) => {
    const { origin } = deployed.server;
    await signInAs(page, origin, "eve");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "You are signed out here" }).waitFor();
    await page.getByRole("link", { name: "Sign out there too" }).click();
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await page.waitForURL(`${origin}/sign-in?signed-out`);
    await page.getByRole("link", { name: "Sign in with single sign-on" }).click();
    await page.getByRole("heading", { name: "Choose an account" }).waitFor();
  }));
