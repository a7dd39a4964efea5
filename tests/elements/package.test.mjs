// What is in the packed package, and what its manifest promises.

import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { faultsOf, published } from "../../scripts/release/contents.mjs";
import { manifestFaults } from "../../scripts/release/manifest.mjs";
import { limits, sizes } from "../../scripts/release/sizes.mjs";
import { run, tool } from "../package/support/project.mjs";
import { programOfReadme } from "./support/guide.mjs";
import { elementsTarball, project } from "./support/project.mjs";

const standalone = ["standalone.js", "standalone-engine-worker.js"];

let folder;
let installed;

before(async () => {
  folder = await project();
  installed = join(folder, "node_modules", "idp-group-sync-elements");
});

const manifest = () => JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));

test("publint and @arethetypeswrong/cli find nothing to say", async () => {
  assert.deepEqual(await manifestFaults("www/elements/pkg", await elementsTarball()), []);
});

test("the manifest says nothing of the sources and of what only the repository's own pages may import", () => {
  const { private: ofRepository, devDependencies, ...published } = manifest();
  assert.deepEqual([ofRepository, devDependencies], [undefined, undefined]);
  assert.doesNotMatch(JSON.stringify(published), /-source"|\.\/src\/|\/internal\//);
});

test("npm finds the libraries that the repository is tested with to be what the package asks for", async () => {
  await run("npm", ["ls", "--all"], folder);
});

test("the version is that of the engine's package, and the range of the peer includes it", () => {
  const { version } = JSON.parse(readFileSync(join(folder, "node_modules", "idp-group-sync", "package.json"), "utf8"));
  assert.equal(manifest().version, version);
  assert.equal(manifest().peerDependencies["idp-group-sync"], `^${version}`);
});

test("the package holds what is published, and nothing of the machine that built it", () => {
  assert.deepEqual(faultsOf(installed, published["www/elements/pkg"]), []);
});

test("modules leave libraries and the engine to the application; standalone files import nothing", () => {
  const importsOf = (file) =>
    [...readFileSync(join(installed, "dist", file), "utf8").matchAll(/(?:^|;)import\b[^"'();]*["']([^"']+)["']/gm)].map(
      ([, specifier]) => specifier,
    );
  const parts = readdirSync(join(installed, "dist", "parts")).map((name) => join("parts", name));
  const imported = new Set(parts.flatMap(importsOf));
  assert.ok(imported.has("idp-group-sync") && imported.has("lit") && imported.has("@codemirror/state"));
  for (const file of standalone) assert.deepEqual(importsOf(file), []);
});

test("the licences of everything that was taken in are there", () => {
  const licences = readFileSync(join(installed, "dist", "licences.txt"), "utf8");
  for (const name of Object.keys(manifest().dependencies)) assert.match(licences, new RegExp(`^${name} \\d`, "m"));
  assert.match(licences, /^bootstrap-icons \d/m);
});

for (const file of standalone) {
  const limit = limits[`www/elements/pkg/dist/${file}`];
  test(`${file} takes at most ${limit} bytes after brotli`, (t) => {
    const { raw, brotli } = sizes(readFileSync(join(installed, "dist", file)));
    t.diagnostic(`${brotli} bytes after brotli (${raw} before)`);
    assert.ok(brotli <= limit, `${brotli} bytes`);
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
