// The token: pasted as a JWT, typed as JSON, wrong, or missing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./open-page.mjs";

const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };

function jwt(claims) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}.c2lnbmF0dXJl`;
}

async function paste({ page, token }, text) {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await token.focus();
  await page.keyboard.press("Control+v");
}

test("a pasted JWT is decoded in the page, whatever stood there before", () =>
  withPage(async (preview) => {
    const { page, token } = preview;
    await preview.write(preview.mapping, "café -> marketing");
    await paste(preview, jwt({ sub: "u1", groups: ["café", "sales"] }));
    assert.deepEqual(JSON.parse(await preview.text(token)), { sub: "u1", groups: ["café", "sales"] });
    await preview.expectOutcome({ groups: ["marketing", "sales"] });
    await page.getByText("JWT decoded in this page. Its signature was not checked, and nothing was sent.").waitFor();

    await paste(preview, `  Bearer ${jwt({ groups: ["admin"] })}\n`);
    await preview.expectOutcome({ role: "admin", groups: [] });

    await page.keyboard.press("Control+z");
    await preview.expectOutcome({ groups: ["marketing", "sales"] });
  }, clipboard));

test("three parts that hold no JSON are no JWT, and the page says so", () =>
  withPage(async (preview) => {
    await preview.write(preview.token, "");
    await paste(preview, "not.a.token");
    await preview.page.getByText(/neither a JSON value nor a JWT.*line 1, column 1/).waitFor();
    await preview.expectOutcome({ headline: "Waiting for a token" });
  }, clipboard));

test("a mistake in the JSON is shown with its place", () =>
  withPage(async (preview) => {
    const { page, token } = preview;
    await preview.write(token, '{\n  "groups": ["a" "b"]\n}');
    await page.getByText("A comma is missing here: line 2, column 18.").waitFor();
    assert.equal(await page.locator("claims-editor .cm-lintRange-error").textContent(), '"b"');
    await preview.expectOutcome({ headline: "Waiting for a token", role: null });
    await preview.write(token, "");
    await page.getByText("Paste the claims of a token here").waitFor();
  }));

test("claims that are no object are refused by the engine, with the path", () =>
  withPage(async (preview) => {
    await preview.write(preview.token, '["sales"]');
    await preview.expectOutcome({ headline: "This cannot be read yet" });
    await preview.outcome.getByText("claims", { exact: true }).first().waitFor();
  }));

test("claim options change what is read", () =>
  withPage(async (preview) => {
    const { page } = preview;
    await preview.pickSample("Keycloak: group paths");
    await preview.write(preview.mapping, "");
    await preview.write(preview.token, '{ "roles": "/a/sales;/a/marketing" }');
    await preview.claimName.fill("roles");
    await preview.expectOutcome({ groups: ["marketing"] });
    await page.getByText("Claim options and choices").click();
    await page.getByRole("textbox", { name: "Delimiter" }).fill(";");
    await preview.expectOutcome({ groups: ["marketing", "sales"] });
    await page.getByRole("combobox", { name: "Each item is" }).click();
    await page.getByRole("option", { name: "the group's name" }).click();
    await preview.expectOutcome({ headline: "No IdP group matches", groups: [] });
  }));
