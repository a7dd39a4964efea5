// The workspaces of `www/` know each other by name, and imports within the admin page point one way; see docs/architecture.md.

import assert from "node:assert/strict";
import { posix } from "node:path";
import { test } from "node:test";
import { linesOf } from "./tracked-files.mjs";

/** The rooms of the admin page: each may use itself and those before it. Views have one place: none of them uses another. */
const views = [
  "settings",
  "live",
  "matrix",
  "preview",
  "review",
  "scenarios",
  "people",
  "activity",
  "directory",
  "history",
];
const order = [["backend"], ["messages"], ["shared"], views, ["shell"], ["embed"], ["engine-worker.ts"], ["main.ts"]];

const specifier = /\b(?:from|import|import\(|new URL\((?="[^"]*", import\.meta))\s*"([^"]+)"/g;

/** Every import below a folder, as its file, what it names, and where that is in the repository if it is a path. */
const importsBelow = (folder) =>
  linesOf((file) => file.startsWith(`${folder}/`) && file.endsWith(".ts")).flatMap(({ file, lines }) =>
    [...lines.join("\n").matchAll(specifier)].map(([, name]) => {
      const path = name.startsWith(".") ? posix.join(posix.dirname(file), name) : null;
      return { file, name, path, shown: `${file} imports ${name}` };
    }),
  );

const shown = (imports) => imports.map((one) => one.shown);

for (const workspace of ["elements", "preview", "admin"]) {
  const own = `www/${workspace}`;
  const imports = importsBelow(`${own}/src`);

  test(`www/${workspace} reaches no other workspace by a path`, () => {
    assert.ok(imports.some(({ path }) => path?.startsWith(own)));
    const outside = imports.filter(({ path }) => path?.startsWith("www/") && !path.startsWith(`${own}/`));
    assert.deepEqual(shown(outside), []);
  });
}

test("the elements know neither page, and nothing of what only pages share", () => {
  const imports = importsBelow("www/elements/src").filter(({ file }) => !file.startsWith("www/elements/src/pages/"));
  const wrong = imports.filter(({ name }) => /(^|\/)pages\/|^idp-group-sync-/.test(name));
  assert.deepEqual(shown(wrong), []);
});

test("imports within the admin page point one way, and no view imports another", () => {
  const roomOf = (path) => path.replace(/^www\/admin\/src\//, "").split("/")[0];
  const place = (room) => order.findIndex((rooms) => rooms.includes(room));
  const within = importsBelow("www/admin/src").filter(({ path }) => path?.startsWith("www/admin/src/"));
  const wrong = within.filter(({ file, path }) => {
    const [from, to] = [roomOf(file), roomOf(path)];
    assert.ok(place(from) >= 0 && place(to) >= 0, `${from} and ${to} have a place in the order`);
    return from !== to && place(to) >= place(from);
  });
  assert.deepEqual(shown(wrong), []);
});
