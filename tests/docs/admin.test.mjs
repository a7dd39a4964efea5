// docs/admin.md calls what is on the admin page as the page calls it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/setup/place.mjs";

const read = (...path) => readFileSync(join(root, ...path), "utf8");

test("what stands in bold in docs/admin.md is written so on the page", () => {
  const page = [
    read("www", "admin", "src", "messages", "en.ts"),
    read("www", "src", "messages", "en.ts"),
    read("examples", "login-server", "src", "pages", "home-page.ts"),
  ].join("\n");
  const named = [...read("docs", "admin.md").matchAll(/\*\*([^*]+)\*\*/g)].map((match) => match[1]);
  assert.ok(named.length > 20);
  assert.deepEqual(
    [...new Set(named)].filter((name) => !new RegExp(`["\`>]${name}["\`<]`).test(page)),
    [],
  );
});
