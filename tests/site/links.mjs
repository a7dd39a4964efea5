// Whatever the built pages link to is there: pages, their anchors, pictures, and files of the repository.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { repositoryAddress } from "../../scripts/release/repository.mjs";
import { root } from "../../scripts/setup/place.mjs";
import { openSite, withSite } from "./open-site.mjs";

const host = "http://site.invalid/";

/** Runs in a page: where a page's text leads, and what can be led to in it. */
function linksAndAnchors(html) {
  const { head, body } = new DOMParser().parseFromString(html, "text/html");
  const values = (name) =>
    [head, body].flatMap((part) =>
      [...part.querySelectorAll(`[${name}]`)].map((element) => element.getAttribute(name)),
    );
  return { links: [...new Set([...values("href"), ...values("src")])], anchors: values("id") };
}

test("every link, anchor and picture of every page leads somewhere", async () => {
  const { folder } = await openSite();
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".html"));
  assert.ok(files.includes("mapping.html") && files.includes("index.html"));
  const pages = new Map();
  await withSite(async (page) => {
    for (const file of files) {
      pages.set(file, await page.evaluate(linksAndAnchors, readFileSync(join(folder, file), "utf8")));
    }
  });
  let checked = 0;
  const broken = [...pages].flatMap(([file, { links }]) =>
    links
      .filter((link) => {
        const { origin, pathname, hash } = new URL(link, host + file);
        if (`${origin}/` !== host) return !isKnown(link);
        checked++;
        const target = decodeURI(pathname.slice(1)).replace(/(^|\/)$/, "$1index.html");
        if (!existsSync(join(folder, target)) || statSync(join(folder, target)).isDirectory()) return true;
        return hash !== "" && !pages.get(target)?.anchors.includes(decodeURIComponent(hash.slice(1)));
      })
      .map((link) => `${file} → ${link}`),
  );
  assert.deepEqual(broken, []);
  assert.ok(checked > pages.size);
});

/** Links that leave the site: those into the repository lead to a file of it. */
function isKnown(link) {
  const files = `${repositoryAddress()}/blob/main/`;
  return !link.startsWith(files) || existsSync(join(root, link.slice(files.length).split("#")[0]));
}
