// What other systems write, pasted as it is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./open-page.mjs";

const forms = {
  "a JSON object, with one target or several": {
    pasted: '{ "Sales Team": "sales", "CN=Dev,OU=Groups": ["developers", "a \\"b\\""] }',
    becomes: 'Sales Team -> sales\n"CN=Dev,OU=Groups" -> developers\n"CN=Dev,OU=Groups" -> a "b"',
    notice: "JSON was converted to 3 entries.",
  },
  "two columns of CSV, once it is said which side is which": {
    pasted: 'Sales Team,sales\n"Dev, EMEA",developers\n',
    choice: "On the left",
    becomes: 'Sales Team -> sales\n"Dev, EMEA" -> developers',
    notice: "A table was converted to 2 entries.",
  },
  "two columns of CSV with semicolons, the other way round": {
    pasted: "admin;Sales Team\r\n\r\ndevelopers;Dev",
    choice: "On the right",
    becomes: "Sales Team -> admin\nDev -> developers",
    notice: "A table was converted to 2 entries.",
  },
  "columns with a header, whose star is meant as it stands": {
    pasted: "IdP group\tRole\nokta-*\tsales",
    becomes: '"okta-*" -> sales',
    notice: "A table was converted to 1 entry.",
  },
  "JSON with a name that no entry can have": {
    pasted: '{ "": "sales", "a": "sales" }',
    choice: "On the left",
    becomes: "a -> sales",
    notice:
      'JSON was converted to 1 entry. "sales" can\'t be said in a mapping: no entry can have such names, or so many.',
  },
  "a policy of Argo CD, of which something is left": {
    pasted: "g, my-org:team-beta, role:admin\np, role:dev, logs, get, */*, allow",
    becomes: "my-org:team-beta -> admin",
    notice:
      "A policy of Argo CD was converted to 1 entry. p, role:dev, logs, get, */*, allow can't be said in a mapping: a mapping gives roles and groups, and no permissions.",
  },
};

for (const [form, { pasted, choice, becomes, notice }] of Object.entries(forms)) {
  test(`${form} becomes entries, with a notice and a way back`, () =>
    withPage(async (preview) => {
      const { page, mapping } = preview;
      await preview.write(mapping, "first -> marketing\n");
      await preview.paste(pasted);
      if (choice !== undefined) {
        assert.equal(await preview.text(mapping), `first -> marketing\n${pasted.replaceAll("\r\n", "\n")}`);
        await page.getByRole("status").getByRole("button", { name: choice }).click();
      }
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
