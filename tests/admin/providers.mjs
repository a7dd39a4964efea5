// Identity providers are made, given SCIM tokens, switched off and deleted in the settings.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { withDemo, withServer } from "./support/admin-page.mjs";

const section = (page) => page.getByRole("region", { name: "Identity providers" });

test("a provider is made, its SCIM token shown once and revoked, switched off and deleted", () =>
  withServer(
    async (admin) => {
      const { page, dialog } = admin;
      const stored = async () => (await admin.api("/providers")).providers.find(({ name }) => name === "Partners");
      await section(page).getByText("from the environment").waitFor();
      await page.getByRole("button", { name: "Add a provider" }).click();
      await dialog.getByRole("textbox", { name: "Name on the button" }).fill("Partners");
      await dialog.getByRole("textbox", { name: "Issuer" }).fill("https://id.partners.example");
      await dialog.getByRole("textbox", { name: "Client id" }).fill("the-server");
      await dialog.getByLabel("Client secret").fill("a-secret");
      await dialog.getByRole("button", { name: "Save" }).click();
      await section(page).getByText("Partners is saved.").waitFor();
      assert.deepEqual((await stored()).configuration.secrets, ["clientSecret"]);

      await section(page).getByRole("button", { name: "SCIM tokens… Partners" }).click();
      await dialog.getByRole("textbox", { name: "What it is for" }).fill("their directory");
      await page.keyboard.press("Enter");
      const secret = await dialog.getByRole("textbox", { name: "Token" }).inputValue();
      assert.ok(secret.length > 20);
      await page.keyboard.press("Escape");
      await section(page).getByRole("button", { name: "SCIM tokens… Partners" }).click();
      const revoke = dialog.getByRole("button", { name: "Revoke their directory" });
      await revoke.waitFor();
      assert.equal(await dialog.getByRole("textbox", { name: "Token" }).count(), 0);
      await revoke.click();
      await dialog.getByText("revoked", { exact: true }).waitFor();
      await page.keyboard.press("Escape");

      await section(page).getByRole("button", { name: "Change… Partners" }).click();
      await dialog.getByRole("checkbox", { name: "People may sign in with it" }).uncheck();
      await dialog.getByText("Its sessions end").waitFor();
      await dialog.getByRole("button", { name: "Save" }).click();
      await section(page).getByText("off", { exact: true }).waitFor();
      const { enabled, configuration } = await stored();
      assert.deepEqual([enabled, configuration.secrets], [false, ["clientSecret"]], "the secret stays");

      await section(page).getByRole("button", { name: "Delete… Partners" }).click();
      await dialog.getByText("can no longer sign in with it").waitFor();
      await dialog.getByRole("button", { name: "Delete the provider" }).click();
      await section(page).getByText("Partners is deleted.").waitFor();
      assert.equal(await stored(), undefined);
    },
    { environment: { ENCRYPTION_KEYS: randomBytes(32).toString("base64") } },
  ));

test("the demonstration says that identity providers are the server's", () =>
  withDemo(async ({ page }) => {
    await section(page).getByText("The demonstration has none.").waitFor();
  }));
