// Identity providers are made, tried out, given SCIM tokens, switched off and deleted in the settings; people are invited to one of them.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { eventually, withDemo, withServer } from "./support/admin-page.mjs";
import { focused } from "./support/keyboard.mjs";
import { startOtherProvider } from "./support/other-provider.mjs";
import { expectSound } from "./support/sound.mjs";

const section = (page) => page.getByRole("region", { name: "Identity providers" });
const environment = { ENCRYPTION_KEYS: randomBytes(32).toString("base64") };
const permissions = ["clipboard-read", "clipboard-write"];

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
      const revoke = dialog.getByRole("button", { name: "Revoke… their directory" });
      await revoke.waitFor();
      assert.equal(await dialog.getByRole("textbox", { name: "Token" }).count(), 0);

      // What stops is said first, and nothing does until that is answered.
      await revoke.click();
      await dialog.getByText("changes at Partners no longer arrive").waitFor();
      await eventually(async () => assert.equal(await focused(page), "Cancel"));
      await page.keyboard.press("Enter");
      await eventually(async () => assert.equal(await focused(page), "What it is for"));
      const tokens = async () => (await admin.api(`/providers/${(await stored()).id}/tokens`)).tokens;
      assert.equal((await tokens())[0].revokedAt, null);
      await revoke.click();
      await dialog.getByRole("button", { name: "Revoke the token" }).click();
      await dialog.getByText("revoked", { exact: true }).waitFor();
      assert.notEqual((await tokens())[0].revokedAt, null);
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
    { environment },
  ));

test("stored secrets stay until they are taken away, each by itself", () =>
  withServer(
    async (admin) => {
      const { page, dialog } = admin;
      const secrets = async () => (await admin.api("/providers")).providers[1].configuration.secrets;
      await add(admin, {
        clientSecret: "a-secret",
        directory: { kind: "keycloak", url: "https://id.partners.example", realm: "all", clientSecret: "another" },
      });
      const change = section(page).getByRole("button", { name: "Change… Partners" });
      const [own, ofDirectory] = ["Client secret", "Client secret for the directory"].map((label) => ({
        field: dialog.getByLabel(label, { exact: true }),
        takeAway: dialog.getByRole("checkbox", { name: `Remove the stored value ${label}`, exact: true }),
      }));
      const save = async () => {
        await dialog.getByRole("button", { name: "Save" }).click();
        await eventually(async () => assert.equal(await dialog.count(), 0));
      };

      await change.click();
      await ofDirectory.takeAway.check();
      assert.ok(await ofDirectory.field.isDisabled());
      await own.takeAway.check();
      await own.takeAway.uncheck();
      // What was entered and taken back is not entered.
      await own.field.fill("a");
      await own.field.fill("");
      await save();
      assert.deepEqual(await secrets(), ["clientSecret"]);

      await change.click();
      assert.equal(await ofDirectory.takeAway.count(), 0);
      await own.takeAway.check();
      await dialog.getByRole("combobox", { name: "Directory that is asked for groups" }).selectOption("none");
      await save();
      assert.deepEqual(await secrets(), []);
    },
    { environment },
  ));

test("addresses and a token are copied, and only what was copied last says so", () =>
  withServer(
    async (admin) => {
      const { page, dialog } = admin;
      const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
      await section(page).getByText("Addresses to enter there").click();
      const [{ addresses }] = (await admin.api("/providers")).providers;
      for (const [label, address] of [
        ["Redirect", addresses.callback],
        ["Back-channel logout", addresses.backChannelLogout],
        ["SCIM", addresses.scim],
      ]) {
        await section(page)
          .getByRole("button", { name: `Copy ${label}`, exact: true })
          .click();
        await section(page).locator("copy-value", { hasText: label }).getByText("Copied.").waitFor();
        assert.equal(await section(page).getByText("Copied.").count(), 1);
        assert.equal(await clipboard(), address);
      }
      await section(page)
        .getByRole("button", { name: /^SCIM tokens…/ })
        .click();
      await dialog.getByRole("textbox", { name: "What it is for" }).fill("their directory");
      await page.keyboard.press("Enter");
      await dialog.getByRole("button", { name: "Copy Token" }).click();
      await dialog.getByText("Copied.").waitFor();
      assert.equal(await clipboard(), await dialog.getByRole("textbox", { name: "Token" }).inputValue());
    },
    { environment, permissions },
  ));

test("a sign-in is tested at the provider that is chosen, also at one that is off; an invitation is for the one that is chosen", async () => {
  const partners = await startOtherProvider();
  try {
    await withServer(
      async (admin) => {
        const { page, dialog } = admin;
        const { options } = partners;
        const of = { issuer: options.issuer.href, clientId: options.clientId, clientSecret: options.clientSecret };
        const id = await add(admin, { ...of, enabled: false });
        const claims = page.locator("preview-view claims-input textarea");
        const expectTested = (subject) =>
          eventually(async () => assert.equal(JSON.parse(await claims.inputValue()).sub, subject));

        partners.claims = { sub: "tried before", groups: ["partners"] };
        await section(page)
          .getByRole("button", { name: "Test sign-in Partners" })
          .or(section(page).getByRole("link", { name: "Test sign-in Partners" }))
          .click();
        await page.getByText("This is what the identity provider says. Nobody was signed in.").waitFor();
        await expectTested("tried before");

        partners.claims = { sub: "from the preview", groups: [] };
        await page.getByRole("combobox", { name: "Identity provider" }).selectOption("Partners");
        const start = page
          .getByRole("button", { name: "Test sign-in" })
          .or(page.getByRole("link", { name: "Test sign-in" }));
        await start.click();
        await expectTested("from the preview");

        // The first one, unless another is chosen.
        await start.click();
        await page.getByRole("button", { name: "Mara Marketing" }).click();
        await expectTested("mara");

        // Nobody is invited to one that is off.
        await admin.goTo("People");
        const invite = async (email, provider) => {
          await page.getByRole("button", { name: "Invite…" }).click();
          await dialog.getByRole("textbox", { name: "E-mail address" }).fill(email);
          await dialog.getByRole("checkbox", { name: "As a super admin" }).check();
          if (provider) await dialog.getByRole("combobox", { name: "Identity provider" }).selectOption(provider);
          await dialog.getByRole("button", { name: "Invite", exact: true }).click();
          const link = await dialog.getByRole("textbox", { name: "Link of the invitation" }).inputValue();
          await dialog.getByRole("button", { name: "Close" }).click();
          await page.getByRole("link", { name: "All people" }).click();
          return new URL(link).pathname;
        };
        assert.equal(await dialog.getByRole("combobox", { name: "Identity provider" }).count(), 0);
        assert.equal(await invite("nora@example.com"), "/sign-in/oidc");

        await admin.goTo("Settings");
        await section(page).getByRole("button", { name: "Change… Partners" }).click();
        await dialog.getByRole("checkbox", { name: "People may sign in with it" }).check();
        await dialog.getByRole("button", { name: "Save" }).click();
        await section(page).getByText("Partners is saved.").waitFor();
        await admin.goTo("People");
        assert.equal(await invite("paul@example.com", "Partners"), `/sign-in/oidc/${id}`);
      },
      { environment },
    );
  } finally {
    await partners.stop();
  }
});

test("providers and what is asked about them are sound in each language, theme and width", () =>
  withServer(
    async (admin) => {
      const { page, dialog } = admin;
      await add(admin, { clientSecret: "a-secret", enabled: false });
      const spoken = page.locator("admin-page header select");
      for (const language of ["de", "fr", "en"]) {
        await spoken.selectOption(language);
        await page.waitForFunction((lang) => document.documentElement.lang === lang, language);
      }
      for (const summary of await section(page).locator("summary").all()) await summary.click();
      await expectSound(page, "the list");
      await section(page).getByRole("button", { name: "SCIM tokens… Partners" }).click();
      await dialog.getByRole("textbox", { name: "What it is for" }).fill("their directory");
      await page.keyboard.press("Enter");
      await dialog.getByRole("textbox", { name: "Token" }).waitFor();
      await expectSound(page, "a new token");
      await dialog.getByRole("button", { name: "Revoke… their directory" }).click();
      await dialog.getByRole("button", { name: "Revoke the token" }).waitFor();
      await expectSound(page, "the question");
      await page.keyboard.press("Escape");
      await section(page).getByRole("button", { name: "Change… Partners" }).click();
      await expectSound(page, "the form");
      await page.keyboard.press("Escape");
      await admin.goTo("Preview");
      await page.getByRole("combobox", { name: "Identity provider" }).waitFor();
      await expectSound(page, "the preview");
    },
    { environment },
  ));

test("the demonstration says that identity providers are the server's", () =>
  withDemo(async ({ page }) => {
    await section(page).getByText("The demonstration has none.").waitFor();
  }));

/** Adds the provider `Partners`, and shows the settings with it; gives its id. */
async function add(admin, provider) {
  await admin.post("/providers", {
    name: "Partners",
    issuer: "https://id.partners.example",
    enabled: true,
    clientId: "the-server",
    scope: "openid",
    claimsFrom: [],
    scimGroups: "displayName",
    directory: null,
    ...provider,
  });
  await admin.page.reload();
  await section(admin.page).getByRole("button", { name: "Change… Partners" }).waitFor();
  return (await admin.api("/providers")).providers[1].id;
}
