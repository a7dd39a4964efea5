// docs/admin.md calls what is on the admin page as the page calls it.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/setup/place.mjs";

const read = (...path) => readFileSync(join(root, ...path), "utf8");

test("what stands in bold in docs/admin.md is written so on the page", () => {
  const english = (...folder) =>
    readdirSync(join(root, ...folder))
      .filter((file) => /(^|-)en\.ts$/.test(file))
      .map((file) => read(...folder, file));
  const page = [
    ...english("www", "admin", "src", "messages", "languages"),
    ...english("www", "admin", "src", "messages", "providers"),
    ...english("www", "elements", "src", "messages", "languages"),
    read("server", "src", "pages", "home-page.ts"),
  ].join("\n");
  const named = [...read("docs", "admin.md").matchAll(/\*\*([^*]+)\*\*/g)].map((match) => match[1]);
  assert.ok(named.length > 20);
  assert.deepEqual(
    [...new Set(named)].filter((name) => !new RegExp(`["\`>]${name}["\`<]`).test(page)),
    [],
  );
});
