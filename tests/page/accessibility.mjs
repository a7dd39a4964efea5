// Axe in both themes at both widths, and a layout that fits and stands still.

import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "../support/axe.mjs";
import { withPage } from "./open-page.mjs";

/** What the page can look like; each is brought about from the one before. */
const states = {
  "a sample": (preview) => preview.pickSample("Keycloak: group paths"),
  "every fold open": async ({ page }) => {
    await page.getByText("Claim options and choices").click();
    await page.getByText(/^Roles, lowest first/).click();
  },
  "mistakes of all severities": async (preview) => {
    await preview.write(preview.mapping, "Marketing Team => marketing\nx -> nowhere\nowners -> admin\n# note");
    await preview.expectOutcome({ headline: "This mapping does not run" });
  },
  "more problems than are listed": async (preview) => {
    const entries = Array.from({ length: 30 }, (_, index) => `Team ${index} -> nowhere`);
    await preview.write(preview.mapping, entries.join("\n"));
    await preview.page.getByText("And 10 warnings more.").waitFor();
  },
  "a table with a line that cannot be read": async (preview) => {
    const { page, mapping } = preview;
    await preview.write(
      mapping,
      'Marketing Team -> marketing\nteam-* -> *\nx -> nowhere\n"okta-*" -> sales\ny => sales',
    );
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Table", exact: true }).click();
    await page.getByRole("textbox", { name: "Line 5, which cannot be read" }).waitFor();
  },
  "a cell that is refused": async ({ page }) => {
    const cell = page.getByRole("combobox", { name: "IdP group, row 1" });
    await cell.fill("");
    await cell.press("Tab");
    await page.getByRole("alert").getByText("An entry cannot use this name.").waitFor();
  },
  "a table without entries": async (preview) => {
    const { page, mapping } = preview;
    await page.getByRole("button", { name: "Text", exact: true }).click();
    await preview.write(mapping, "# none");
    await page.getByRole("button", { name: "Table", exact: true }).click();
    await page.getByText("No entries yet.").waitFor();
  },
  "a table of several pages": async (preview) => {
    const { page, mapping } = preview;
    await page.getByRole("button", { name: "Text", exact: true }).click();
    await preview.write(mapping, Array.from({ length: 60 }, (_, index) => `Team ${index} -> sales`).join("\n"));
    await page.getByRole("button", { name: "Table", exact: true }).click();
    await page.getByText("Rows 1 to 50 of 60").waitFor();
  },
  "an explanation": async (preview) => {
    const { page, mapping } = preview;
    await page.getByRole("button", { name: "Text", exact: true }).click();
    await preview.write(mapping, "Marketing Team -> marketing");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+i");
    await page.locator(".cm-explanation").waitFor();
  },
  "a new name": async ({ page }) => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("F2");
    await page.getByRole("textbox", { name: "New name for marketing" }).waitFor();
  },
  "a new name that is refused": async ({ page }) => {
    await page.getByRole("textbox", { name: "New name for marketing" }).fill("");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
  },
  "a paste that became entries": async (preview) => {
    await preview.page.keyboard.press("Escape");
    await preview.write(preview.mapping, "");
    await preview.paste('{ "Marketing Team": "marketing", "okta-*": "sales" }');
    await preview.page.getByRole("button", { name: "On the left" }).click();
    await preview.page.getByRole("button", { name: "Keep it as pasted" }).waitFor();
  },
  completions: async (preview) => {
    await preview.write(preview.mapping, "x -> ");
    await preview.page.keyboard.press("Control+Space");
    await preview.page.getByRole("option").first().waitFor();
  },
  "unreadable claims": async (preview) => {
    await preview.write(preview.token, '{ "groups": [');
    await preview.expectOutcome({ headline: "Waiting for a token" });
  },
  "groups left out of the token": (preview) => preview.pickSample("Entra ID: overage"),
  "the menu": async ({ page }) => {
    await page.getByRole("button", { name: "Samples" }).click();
    await page.getByRole("menuitem").last().waitFor();
  },
};

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1440, 360]) {
    test(`axe finds nothing, and nothing runs off the side: ${colorScheme}, ${width} pixels`, () =>
      withPage(
        async (preview) => {
          for (const [state, reach] of Object.entries(states)) {
            await reach(preview);
            const found = await violations(preview.page);
            assert.equal(found.join("\n"), "", `${state}: ${found.join("\n")}`);
            const wide = await preview.page.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(wide <= width, `${state}: ${wide} pixels wide`);
          }
        },
        { colorScheme, width, height: 800 },
      ));
  }
}

for (const width of [1440, 360]) {
  test(`nothing moves while the page loads: ${width} pixels`, () =>
    withPage(
      async ({ page }) => {
        const moved = await page.evaluate(
          () =>
            new Promise((resolve) => {
              let sum = 0;
              new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) sum += entry.value;
              }).observe({ type: "layout-shift", buffered: true });
              setTimeout(() => resolve(sum), 800);
            }),
        );
        assert.ok(moved < 0.01, `cumulative layout shift ${moved}`);
      },
      { width, height: 800 },
    ));
}
