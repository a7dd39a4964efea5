// docs/security.md: what it says to be held by a case or a test is, its programs run, and what nothing else holds is held here.

import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { before, test } from "node:test";
import { build } from "esbuild";
import { completeMapping, diffMappings, GroupSync, Impact, LoginSync, parseMapping } from "idp-group-sync";
import { root } from "../../scripts/setup/place.mjs";
import { run } from "../package/support/project.mjs";
import { guide } from "./backend/guide.mjs";
import { blocksOf } from "./support/blocks.mjs";

const page = "docs/security.md";
const read = (...path) => readFileSync(join(root, ...path), "utf8");
const dist = join(root, "pkg", "dist");

/** Each item that says by what a guarantee is held: the file, and the names of cases or tests in it. */
const held = [...read(page).matchAll(/^ {2}- \[[^\]]+\]\(([^)]+)\): (.+\n(?: {4}.+\n)*)/gm)].map(
  ([text, path, names]) => ({
    text,
    path: join(dirname(page), path),
    names: [...names.matchAll(/`([^`]+)`|"([^"]+)"/g)].map(([, plain, quoted]) =>
      (quoted ?? plain).replace(/\s+/g, " "),
    ),
  }),
);

for (const guarantee of read(page)
  .split("\n## ")
  .find((section) => section.startsWith("What the engine"))
  .split(/^- /m)
  .slice(1)) {
  test(`a test holds this: ${guarantee.match(/\*\*(.+?)\*\*/s)[1].replaceAll("\n", " ")}`, () => {
    const lines = held.filter(({ text }) => guarantee.includes(text));
    assert.ok(lines.length > 0, "nothing is named");
    for (const { path, names } of lines) {
      assert.ok(existsSync(join(root, path)), `there is no ${path}`);
      assert.ok(names.length > 0, `nothing of ${path} is named`);
      for (const name of names) assert.ok(has(path, name), `${path} has no \`${name}\``);
    }
  });
}

/** Whether a file of cases has this case, or another file this test. */
function has(path, name) {
  const text = read(path);
  if (path.endsWith(".json")) return JSON.parse(text).cases.filter((one) => one.name === name).length === 1;
  if (path.endsWith(".rs")) return text.includes(`fn ${name}(`) || text.includes(name);
  return ['"', "`"].some((quote) =>
    ["test", "describe"].some((kind) => text.includes(`${kind}(${quote}${name}${quote}`)),
  );
}

let folder;

before(async () => {
  folder = await guide();
  for (const { file, text } of blocksOf(page)) if (file !== undefined) writeFileSync(join(folder, file), text);
});

for (const { language, file, line, text } of blocksOf(page)) {
  if (language !== "js" || file !== undefined) continue;
  test(`${page}:${line}`, async () => {
    assert.match(text, /\bassert\./);
    writeFileSync(join(folder, `security-${line}.mjs`), text);
    await run(process.execPath, [`security-${line}.mjs`], folder);
  });
}

test("no input reaches a prototype", () => {
  const prototypes = [Object, Array, Function, String, Map, Set].map(({ prototype }) => prototype);
  const properties = () => prototypes.map((prototype) => Object.getOwnPropertyDescriptors(prototype));
  const before = properties();
  for (const name of ["__proto__", "constructor", "prototype"]) {
    const own = (value) => JSON.parse(`{ ${JSON.stringify(name)}: ${JSON.stringify(value)} }`);
    const catalog = { roles: ["polluted", name], groups: [{ name, requires: name }] };
    const config = { mapping: `polluted -> ${name}, *${name} -> *`, claim: `${name}.polluted`, catalog };
    const sync = new GroupSync(config);
    const membership = { role: "polluted", groups: [{ name }] };
    const guards = { seats: { roles: own({ used: 1, limit: 1 }) } };
    const results = [
      sync.resolve(own({ polluted: ["polluted", name] })),
      sync.plan(own(own({ polluted: ["polluted"] })), membership, { guards }),
      diffMappings(config, { ...config, mapping: `${name} -> polluted` }),
      completeMapping(`a -> ${name}`, 5, catalog),
      parseMapping(`${name} => ${name}`),
      new Impact(config, config).finish(),
    ];
    const settings = {
      ...{ version: 1, enabled: true, claim: name, mapping: "", policy: {}, defaultWorkspace: name },
      workspaces: [{ id: name, enabled: true }],
    };
    const login = new LoginSync(settings, own(catalog));
    const licence = { status: "active", features: { sso: true, groupSync: true }, seats: guards.seats };
    const workspaces = [{ id: name, member: "active", membership, guards }];
    results.push(
      login.decide({ method: "oidc", claims: own(["polluted"]), user: { exists: true }, licence, workspaces }),
    );
    for (const result of results) assertPlain(result);
    assert.deepEqual(results.at(-1).workspaces[0].plan.role, { from: "polluted", to: "polluted" });
  }
  assert.equal({}.polluted, undefined);
  assert.deepEqual(properties(), before);
});

/** Asserts that a result is made of plain objects and arrays, whatever their properties are called. */
function assertPlain(value) {
  if (typeof value !== "object" || value === null) return;
  assert.ok([Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value)));
  for (const name of Object.keys(value)) assertPlain(Object.getOwnPropertyDescriptor(value, name).value);
}

test("the module imports nothing but errors and the console", () => {
  const imports = WebAssembly.Module.imports(
    new WebAssembly.Module(readFileSync(join(dist, "idp_group_sync_bg.wasm"))),
  );
  const bindings = read("pkg", "dist", "shared.js");
  const globals = new Set();
  for (const { kind, name } of imports) {
    assert.equal(kind, "function");
    const body = bindings.match(new RegExp(`\\b${name}\\b[^{]*\\{(.*?)\\n {0,12}\\}`, "s"))?.[1];
    assert.ok(body !== undefined, `the bindings have no ${name}`);
    for (const [, global] of body.matchAll(
      /(?<![.\w])([A-Z]\w+|console|globalThis|self|fetch|process|performance|crypto)\b(?=[.(])/g,
    )) {
      globals.add(global);
    }
  }
  const values = ["Error"];
  assert.deepEqual(
    [...globals].filter((name) => ![...values, "console"].includes(name)),
    [],
  );
  assert.ok(globals.has("Error") && globals.has("console"), "what the bindings use is found");
});

test("the main entry loads nothing", async () => {
  const entryPoints = [join(dist, "index.js")];
  const { metafile, outputFiles } = await build({
    entryPoints,
    bundle: true,
    format: "esm",
    write: false,
    metafile: true,
  });
  const inputs = Object.values(metafile.inputs);
  assert.ok(inputs.length > 1);
  assert.deepEqual(
    inputs.flatMap(({ imports }) => imports.filter(({ external }) => external)),
    [],
  );
  const code = outputFiles[0].text.replace(/"[A-Za-z0-9+/=]{1000,}"/, '""');
  assert.ok(code.length < 100_000, "the module is not part of the code that is looked at");
  assert.doesNotMatch(
    code,
    /\b(fetch|XMLHttpRequest|WebSocket|importScripts|require|eval|Function)\s*\(|\bimport\s*\(|node:/,
  );
});

test("the package has no dependencies and runs nothing when it is installed", () => {
  const manifest = JSON.parse(read("pkg", "package.json"));
  for (const field of ["dependencies", "optionalDependencies", "bundleDependencies", "scripts"]) {
    assert.equal(manifest[field], undefined, field);
  }
  // A store asks for the library that it is for, and nothing else does.
  for (const peer of Object.keys(manifest.peerDependencies)) {
    assert.equal(manifest.peerDependenciesMeta[peer].optional, true, peer);
  }
});
