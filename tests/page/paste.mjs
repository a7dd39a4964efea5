// What other systems write, pasted as it is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./open-page.mjs";

const forms = {
  "a JSON object, with one target or several": {
    pasted: '{ "Sales Team": "sales", "CN=Dev,OU=Groups": ["developers", "a \\"b\\""] }',
    becomes: 'Sales Team -> sales\n"CN=Dev,OU=Groups" -> developers\n"CN=Dev,OU=Groups" -> a "b"',
    notice: "JSON was pasted, and turned into 3 entries.",
  },
  "two columns of CSV": {
    pasted: 'Sales Team,sales\n"Dev, EMEA",developers\n',
    becomes: 'Sales Team -> sales\n"Dev, EMEA" -> developers',
    notice: "A table was pasted, and turned into 2 entries.",
  },
  "two columns of CSV with semicolons": {
    pasted: "Sales Team;admin\r\n\r\nDev;developers",
    becomes: "Sales Team -> admin\nDev -> developers",
    notice: "A table was pasted, and turned into 2 entries.",
  },
  "a row of a spreadsheet, whose star is meant as it stands": {
    pasted: "okta-*\tsales",
    becomes: '"okta-*" -> sales',
    notice: "A table was pasted, and turned into 1 entry. Stars in it are taken as they are written, not as wildcards.",
  },
  "JSON with a name that no entry can have": {
    pasted: '{ "": "sales", "a": "sales" }',
    becomes: "a -> sales",
    notice: "JSON was pasted, and turned into 1 entry. Left out, since no entry can have such a name: 1.",
  },
};

for (const [form, { pasted, becomes, notice }] of Object.entries(forms)) {
  test(`${form} becomes entries, with a notice and a way back`, () =>
    withPage(async (preview) => {
      const { page, mapping } = preview;
      await preview.write(mapping, "first -> marketing\n");
      await preview.paste(pasted);
      assert.equal(await preview.text(mapping), `first -> marketing\n${becomes}`);
      await page.getByRole("status").getByText(notice, { exact: true }).waitFor();

      await page.getByRole("button", { name: "Keep it as pasted" }).click();
      assert.equal(await preview.text(mapping), `first -> marketing\n${pasted.replaceAll("\r\n", "\n")}`);
      await page.keyboard.press("Control+z");
      assert.equal(await preview.text(mapping), "first -> marketing\n");
    }));
}

for (const [what, text] of Object.entries({
  "mapping text": "a -> sales, b -> crm\nc -> sales, d -> crm",
  "one name with a comma": "Sales, EMEA",
  "three columns": "a,b,c\nd,e,f",
  "JSON of something else": '{ "groups": { "a": 1 } }',
})) {
  test(`${what} is pasted as it is`, () =>
    withPage(async (preview) => {
      await preview.write(preview.mapping, "");
      await preview.paste(text);
      assert.equal(await preview.text(preview.mapping), text);
      assert.equal(await preview.page.getByRole("button", { name: "Keep it as pasted" }).count(), 0);
    }));
}

test("inside an entry, nothing is turned into anything", () =>
  withPage(async (preview) => {
    await preview.write(preview.mapping, "a -> ");
    await preview.paste("x\ty");
    assert.equal(await preview.text(preview.mapping), "a -> x\ty");
  }));
