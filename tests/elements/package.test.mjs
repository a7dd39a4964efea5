// What is in the packed package, and what its manifest promises.

import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { root } from "../../scripts/setup/place.mjs";
import { run, tool } from "../package/support/project.mjs";
import { programOfReadme } from "./support/guide.mjs";
import { elementsTarball, project } from "./support/project.mjs";

/** In bytes after Brotli. The engine is most of the worker, and CodeMirror and Lit most of the rest. */
const limits = { "standalone.js": 520 * 1024, "standalone-engine-worker.js": 360 * 1024 };

let folder;
let installed;

before(async () => {
  folder = await project();
  installed = join(folder, "node_modules", "idp-group-sync-elements");
});

const manifest = () => JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));

test("publint finds nothing to say", async () => {
  const { messages, pkg } = await publint({ pkgDir: join(root, "www", "elements", "pkg"), strict: true });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg, { color: false })),
    [],
  );
});

test("the manifest says nothing of the sources and of what only the repository's own pages may import", () => {
  const { private: ofRepository, devDependencies, ...published } = manifest();
  assert.deepEqual([ofRepository, devDependencies], [undefined, undefined]);
  assert.doesNotMatch(JSON.stringify(published), /-source"|\.\/src\/|\/internal\//);
});

test("@arethetypeswrong/cli finds no problem", async () => {
  const args = [await elementsTarball(), "--profile", "esm-only", "--format", "table", "--no-emoji"];
  await run(tool("attw"), args, root);
});

test("npm finds the libraries that the repository is tested with to be what the package asks for", async () => {
  await run("npm", ["ls", "--all"], folder);
});

test("the version is that of the engine's package, and the range of the peer includes it", () => {
  const { version } = JSON.parse(readFileSync(join(folder, "node_modules", "idp-group-sync", "package.json"), "utf8"));
  assert.equal(manifest().version, version);
  assert.equal(manifest().peerDependencies["idp-group-sync"], `^${version}`);
});

test("the package holds what is published, and nothing of the machine that built it", async () => {
  const files = (await run("tar", ["-tzf", await elementsTarball()], root)).trim().split("\n");
  assert.deepEqual(files.filter((file) => !file.startsWith("package/dist/")).sort(), [
    "package/LICENSE-APACHE",
    "package/LICENSE-MIT",
    "package/README.md",
    "package/custom-elements.json",
    "package/package.json",
  ]);
  const home = process.env.HOME ?? root;
  for (const file of files.map((name) => name.replace(/^package\//, ""))) {
    const text = readFileSync(join(installed, file), "latin1");
    for (const place of [root, home]) assert.ok(!text.includes(place), `${file} names ${place}`);
  }
});

test("modules leave libraries and the engine to the application; standalone files import nothing", () => {
  const importsOf = (file) =>
    [...readFileSync(join(installed, "dist", file), "utf8").matchAll(/(?:^|;)import\b[^"'();]*["']([^"']+)["']/gm)].map(
      ([, specifier]) => specifier,
    );
  const parts = readdirSync(join(installed, "dist", "parts")).map((name) => join("parts", name));
  const imported = new Set(parts.flatMap(importsOf));
  assert.ok(imported.has("idp-group-sync") && imported.has("lit") && imported.has("@codemirror/state"));
  for (const file of Object.keys(limits)) assert.deepEqual(importsOf(file), []);
});

test("the licences of everything that was taken in are there", () => {
  const licences = readFileSync(join(installed, "dist", "licences.txt"), "utf8");
  for (const name of Object.keys(manifest().dependencies)) assert.match(licences, new RegExp(`^${name} \\d`, "m"));
  assert.match(licences, /^bootstrap-icons \d/m);
});

for (const [file, limit] of Object.entries(limits)) {
  test(`${file} takes at most ${limit} bytes after brotli`, (t) => {
    const bytes = readFileSync(join(installed, "dist", file));
    const size = brotliCompressSync(bytes).length;
    t.diagnostic(`${size} bytes after brotli (${bytes.length} before)`);
    assert.ok(size <= limit, `${size} bytes`);
  });
}

test("TypeScript knows elements, properties and events, with the declarations of every package checked", async () => {
  const sources = fileURLToPath(new URL("./fixtures/types/", import.meta.url));
  cpSync(sources, join(folder, "types"), { recursive: true });
  writeFileSync(join(folder, "types", "readme.ts"), programOfReadme());
  const options = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom,dom.iterable", "--types", ""];
  for (const [module, resolution] of [
    ["esnext", "bundler"],
    ["nodenext", "nodenext"],
  ]) {
    const how = ["--module", module, "--moduleResolution", resolution, "--skipLibCheck", "false"];
    await run(tool("tsc"), [...options, ...how, join("types", "main.ts"), join("types", "readme.ts")], folder);
  }
});
