// Builds the site: the API reference first, as its pages are pages like the others.

import { fileURLToPath } from "node:url";
import { build } from "vitepress";
import { writeApiReference } from "./api-reference.mjs";

/** `options` go to VitePress, such as `outDir`. */
export async function buildSite(options = {}) {
  await writeApiReference();
  await build(fileURLToPath(new URL(".", import.meta.url)), options);
}
