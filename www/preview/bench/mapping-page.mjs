// The preview page.

import { groups, idpGroups, typedMapping, watchTyping } from "./typed-page.mjs";

export async function openMappingPage(browser, address, entries) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
  await page.goto(address);
  await page.evaluate(fill, { ...typedMapping(entries), groups, idpGroups });
  return watchTyping(page, { find, shown });
}

/** Runs in the page. */
function find() {
  const root = document.querySelector("preview-page").shadowRoot;
  return {
    content: root.querySelector("group-mapping-editor").shadowRoot.querySelector(".cm-content"),
    outcome: root.querySelector("group-sync-preview").shadowRoot,
  };
}

/** Runs in the page. */
function shown() {
  const { outcome } = globalThis.findParts();
  return [...outcome.querySelectorAll(".groups li")].map((group) => group.textContent.trim());
}

/** Runs in the page: puts mapping, token and catalog in place, and the cursor behind the entry that is typed into. */
async function fill({ mapping, line, groups, idpGroups }) {
  const root = document.querySelector("preview-page").shadowRoot;
  const settled = () => new Promise((resolve) => setTimeout(resolve, 100));
  const catalog = root.querySelector("catalog-editor");
  catalog.dispatchEvent(new CustomEvent("catalog-change", { detail: { catalog: { groups } } }));
  const claims = root.querySelector("claims-editor");
  claims.dispatchEvent(
    new CustomEvent("claims-change", { detail: { value: JSON.stringify({ groups: idpGroups }, null, 2) } }),
  );
  const editor = root.querySelector("group-mapping-editor");
  editor.dispatchEvent(new CustomEvent("mapping-change", { detail: { value: mapping } }));
  await settled();
  const end = mapping
    .split("\n")
    .slice(0, line + 1)
    .join("\n").length;
  editor.selectSpans([{ start: end, end }]);
  await settled();
}
