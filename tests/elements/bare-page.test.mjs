// The page of docs/elements.md that needs no bundler, with nothing beside it but the standalone files.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { emptyFolder } from "../package/support/project.mjs";
import { serve, withPage } from "./support/browse.mjs";
import { messagesOfGuide, pageOfGuide, policyOfGuide, stylesOfGuide, workerScriptOfGuide } from "./support/guide.mjs";
import { largeMapping } from "./support/large.mjs";
import { project } from "./support/project.mjs";

let dist;

before(async () => {
  dist = join(await project(), "node_modules", "idp-group-sync-elements", "dist");
});

/** A folder with a page and copies of files from the package. */
function site(html, files = ["standalone.js"]) {
  const folder = emptyFolder();
  for (const file of files) copyFileSync(join(dist, file), join(folder, file));
  writeFileSync(join(folder, "index.html"), html);
  return folder;
}

const withStyles = () => pageOfGuide().replace("</head>", `<style>${stylesOfGuide().join("")}</style></head>`);

test("the styles of the guide reach the parts", async (t) => {
  await withPage(await serve(t, site(withStyles())), async (embedding) => {
    await embedding.expectOutcome("builder", ["marketing"]);
    const styled = (selector, property) =>
      embedding.page.locator(selector).evaluate((box, name) => getComputedStyle(box)[name], property);
    assert.equal(await styled("group-sync-preview [part=role]", "fontSize"), "24px");
    assert.equal(await styled("group-mapping-editor [part=text]", "borderInlineStartWidth"), "4px");
  });
});

test("every part of the guide is in the elements", async (t) => {
  await withPage(await serve(t, site(pageOfGuide())), async (embedding) => {
    await embedding.write("sales -> nowhere");
    const parts = async () => [
      ...new Set(
        await embedding.page.locator("[part]").evaluateAll((boxes) => boxes.map((box) => box.getAttribute("part"))),
      ),
    ];
    await embedding.page.locator("group-mapping-editor [part=problems] li").first().waitFor();
    await embedding.write("Marketing Team -> marketing, Sales Team -> sales");
    await embedding.expectOutcome("builder", ["marketing", "sales"]);
    const asText = await parts();
    await embedding.editor.evaluate((editor) => {
      editor.view = "table";
    });
    await embedding.page.locator("[part=table]").waitFor();
    const expected = ["count", "groups", "keys", "matches", "problems", "role", "table", "text", "toolbar"];
    assert.deepEqual(
      [...new Set([...asText, ...(await parts())])].filter((part) => expected.includes(part)).sort(),
      expected,
    );
  });
});

test("what is typed in the editor is what the preview shows", async (t) => {
  await withPage(await serve(t, site(pageOfGuide())), async (embedding) => {
    await embedding.expectOutcome("builder", ["marketing"]);
    await embedding.type("\nSales Team -> sales");
    await embedding.expectOutcome("builder", ["marketing", "sales"]);
    assert.equal(await embedding.value(), "Marketing Team -> marketing\nSales Team -> sales");
  });
});

test("`mapping-change` and `diagnostics-change` say what was typed and what is wrong with it, and bubble", async (t) => {
  await withPage(await serve(t, site(pageOfGuide())), async (embedding) => {
    const { page } = embedding;
    await embedding.expectOutcome("builder", ["marketing"]);
    await page.evaluate(() => {
      window.heard = [];
      for (const name of ["mapping-change", "diagnostics-change", "outcome-change"]) {
        document.addEventListener(name, ({ type, detail, composed, cancelable }) => {
          const diagnostics = detail.diagnostics?.map(({ code }) => code);
          const kind = detail.preview?.kind;
          window.heard.push({ type, value: detail.value, diagnostics, kind, composed, cancelable });
        });
      }
    });
    const save = page.getByRole("button", { name: "Save" });
    assert.equal(await save.isEnabled(), true);
    await embedding.write("a => sales");
    await page.waitForFunction(() => window.heard.length === 3);
    const plain = { composed: false, cancelable: false };
    const heard = await page.evaluate(() => JSON.parse(JSON.stringify(window.heard)));
    assert.deepEqual(
      heard.sort((a, b) => a.type.localeCompare(b.type)),
      [
        { type: "diagnostics-change", value: "a => sales", diagnostics: ["missing-arrow"], ...plain },
        { type: "mapping-change", value: "a => sales", ...plain },
        { type: "outcome-change", kind: "invalid-mapping", ...plain },
      ],
    );
    assert.equal(await save.isEnabled(), false);
    await embedding.editor
      .getByRole("button", { name: /Replace|Write|arrow/i })
      .first()
      .click();
    await page.getByRole("button", { name: "Save", disabled: false }).waitFor();
    assert.equal(await embedding.value(), "a -> sales");
  });
});

test("a row of the preview leads the editor to its entry", async (t) => {
  await withPage(await serve(t, site(pageOfGuide())), async (embedding) => {
    await embedding.write("# first\nSales Team -> sales\nMarketing Team -> marketing");
    await embedding.expectOutcome("builder", ["marketing", "sales"]);
    await embedding.rows.getByRole("button", { name: /^Sales Team/ }).click();
    assert.equal(await embedding.selected(), "Sales Team -> sales");
    assert.ok(await embedding.text.evaluate((text) => text.getRootNode().activeElement === text));
  });
});

test("methods, attributes and the table", async (t) => {
  await withPage(await serve(t, site(pageOfGuide())), async (embedding) => {
    const { editor, page } = embedding;
    await embedding.write("  Sales Team->sales");
    await editor.evaluate((element) => element.format());
    await page.waitForFunction(() => document.querySelector("group-mapping-editor").value === "Sales Team -> sales");
    await editor.evaluate((element) => element.setAttribute("label", "Rules"));
    await page.getByRole("textbox", { name: "Rules" }).waitFor();
    await editor.evaluate((element) => element.setAttribute("view", "table"));
    await editor.getByRole("table").waitFor();
    await editor.evaluate((element) => element.focus());
    await page.waitForFunction(() => document.activeElement.localName === "group-mapping-editor");
    await editor.evaluate((element) => element.rename());
    await editor.locator("mapping-rename-form input").waitFor();
  });
});

test("the elements speak the language of the document, also when it changes", async (t) => {
  await withPage(await serve(t, site(pageOfGuide().replace('lang="en"', 'lang="de-CH"'))), async ({ page, editor }) => {
    await editor.getByRole("button", { name: "Tabelle" }).waitFor();
    await page.evaluate(() => document.documentElement.setAttribute("lang", "en"));
    await editor.getByRole("button", { name: "Table" }).waitFor();
  });
});

test("a page adds a language and puts its own words in the place of others, and what it leaves out stays", async (t) => {
  const script = messagesOfGuide().replace('"idp-group-sync-elements"', '"./standalone.js"');
  const html = pageOfGuide().replace("</body>", `<script type="module">${script}</script></body>`);
  await withPage(await serve(t, site(html)), async (embedding) => {
    const { page, editor } = embedding;
    await embedding.write("");
    await editor.getByText("Okta group -> role").waitFor();
    await editor.getByRole("button", { name: "Format", exact: true }).waitFor();
    await page.evaluate(() => document.documentElement.setAttribute("lang", "es-MX"));
    await editor.getByRole("button", { name: "Dar formato" }).waitFor();
    await editor.getByRole("button", { name: "Undo" }).waitFor();
  });
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing, in the colours of the guide too: ${colorScheme}`, async (t) => {
    const address = await serve(t, site(withStyles()));
    await withPage(
      address,
      async (embedding) => {
        await embedding.expectOutcome("builder", ["marketing"]);
        assert.deepEqual(await embedding.violations(), []);
        await embedding.write("a => nowhere");
        await embedding.preview.locator(".state", { hasText: "This mapping does not run" }).waitFor();
        assert.deepEqual(await embedding.violations(), []);
        await embedding.editor.getByRole("button", { name: "Table" }).click();
        await embedding.editor.getByRole("table").waitFor();
        assert.deepEqual(await embedding.violations(), []);
        const radius = await embedding.editor
          .getByRole("button", { name: "Undo" })
          .evaluate((button) => getComputedStyle(button).borderRadius);
        assert.equal(radius, "0px");
      },
      { colorScheme },
    );
  });
}

test("the policy of the guide suffices, with everything else forbidden, and a worker answers for a large mapping", async (t) => {
  const html = pageOfGuide()
    .replace('<link rel="icon" href="data:," />', "")
    .replace('<script type="module" src', `${workerScriptOfGuide()}<script type="module" src`);
  const hashes = [...html.matchAll(/<script type="module">([\s\S]*?)<\/script>/g)].map(
    ([, script]) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`,
  );
  const policy = `default-src 'none'; ${policyOfGuide().replace("'self'", `'self' ${hashes.join(" ")}`)}`;
  const folder = site(html, ["standalone.js", "standalone-engine-worker.js"]);
  writeFileSync(join(folder, "favicon.ico"), "");
  await withPage(await serve(t, folder, { "Content-Security-Policy": policy }), async (embedding) => {
    await embedding.expectOutcome("builder", ["marketing"]);
    await embedding.type("\nx -> ");
    await embedding.page.keyboard.press("Control+Space");
    await embedding.page.getByRole("option").first().waitFor();
    assert.equal(embedding.page.workers().length, 0);
    await embedding.editor.evaluate((editor, mapping) => {
      editor.value = mapping;
      document.querySelector("group-sync-preview").mapping = mapping;
    }, `${largeMapping}\nSales Team -> sales`);
    await embedding.expectOutcome("end-user", ["sales"]);
    assert.deepEqual(
      embedding.page.workers().map((worker) => new URL(worker.url()).pathname),
      ["/standalone-engine-worker.js"],
    );
  });
});

test("the package loaded twice registers its elements once, and the page works", async (t) => {
  const second = '<script type="module" src="./standalone.js?again"></script></head>';
  await withPage(await serve(t, site(pageOfGuide().replace("</head>", second))), async (embedding) => {
    await embedding.expectOutcome("builder", ["marketing"]);
    await embedding.write("Sales Team -> sales");
    await embedding.expectOutcome("end-user", ["sales"]);
  });
});

test("elements that are moved to another place go on there", async (t) => {
  await withPage(await serve(t, site(pageOfGuide())), async (embedding) => {
    await embedding.expectOutcome("builder", ["marketing"]);
    await embedding.page.evaluate(() => {
      const section = document.createElement("section");
      section.append(...document.querySelectorAll("main > *"));
      document.querySelector("main").append(section);
    });
    await embedding.write("Sales Team -> sales");
    await embedding.expectOutcome("end-user", ["sales"]);
  });
});
