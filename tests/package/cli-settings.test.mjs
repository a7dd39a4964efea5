// Files of settings, as the admin page exports them, and the commands that it copies.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { transform } from "esbuild";
import { root } from "../../scripts/setup/place.mjs";
import { adminRepository, cli, shell } from "./support/command-line.mjs";

let folder;
let file;

before(async () => {
  folder = await adminRepository();
  file = JSON.parse(readFileSync(join(folder, "settings.json"), "utf8"));
});

const run = (...args) => cli(args, { folder });

/** Writes a file of settings that differs in some fields. */
function write(name, changes) {
  writeFileSync(join(folder, name), JSON.stringify({ ...file, ...changes }, null, 2));
  return name;
}

function withLab(changes) {
  const [main, lab] = file.workspaces;
  return { workspaces: [main, { ...lab, ...changes }] };
}

test("everything is held against what holds for it", async () => {
  const { code, stdout } = await run("test", "settings.json");
  assert.equal(code, 0);
  assert.match(stdout, /^ok {4}sales people sell\nok {4}IT makes admins\nok {4}lab: no sales people in the lab\n/);
  const one = await run("test", "settings.json", "--workspace", "lab", "--format", "json");
  assert.deepEqual(
    JSON.parse(one.stdout).map(({ workspace, scenarios, guarantees }) => [
      workspace,
      scenarios.length,
      guarantees.length,
    ]),
    [["lab", 0, 1]],
  );
});

test("what fails is told with its place in the file", async () => {
  const scenarios = [{ name: "researchers", groups: ["Researchers"], expect: { role: "builder" } }];
  const { code, stdout } = await run("test", write("failing.json", withLab({ scenarios })));
  assert.equal(code, 1);
  assert.match(stdout, /FAIL {2}lab: researchers \(failing\.json:\d+:\d+\)/);
  assert.match(stdout, /by failing\.json \(mapping of lab\):2: Researchers && !Sales Team -> labs/);
});

test("an option replaces its part", async () => {
  writeFileSync(join(folder, "nobody.txt"), "");
  const { code, stdout } = await run("test", "settings.json", "--mapping", "nobody.txt");
  assert.equal(code, 1);
  assert.match(stdout, /FAIL {2}sales people sell/);
  const twice = await run("test", "settings.json", "--config", "settings.json");
  assert.equal(twice.code, 2);
  assert.match(twice.stderr, /leave `--config` out/);
});

test("every mapping of the file is checked, or that of one workspace", async () => {
  const broken = write("broken-lab.json", withLab({ entries: { add: "Researchers => labs" } }));
  const all = await run("check", broken);
  assert.equal(all.code, 1);
  assert.match(all.stdout, /broken-lab\.json \(mapping\): 2 entries/);
  assert.match(all.stdout, /broken-lab\.json \(mapping of lab\):/);
  const main = await run("check", broken, "--workspace", "main");
  assert.equal(main.code, 0);
  const json = JSON.parse((await run("check", broken, "--format", "json")).stdout);
  const errorsOf = ({ diagnostics }) => diagnostics.filter(({ severity }) => severity === "error");
  assert.deepEqual(
    json.map((checked) => [checked.workspace, errorsOf(checked).map(({ code }) => code)]),
    [
      [null, []],
      ["lab", ["missing-arrow"]],
    ],
  );
});

test("a workspace explains and compares by what holds there", async () => {
  const explain = (workspace) =>
    run("explain", "--groups", "Researchers", "--config", "settings.json", "--workspace", workspace);
  assert.match((await explain("lab")).stdout, /groups {3}labs/);
  assert.match((await explain("main")).stdout, /groups {3}none/);
  const changed = write("changed.json", { mapping: "IT Operations -> admin" });
  const diff = await run("diff", "settings.json", changed, "--workspace", "main");
  assert.match(diff.stdout, /^Sales Team loses/);
  writeFileSync(join(folder, "some.jsonl"), '{ "id": "ada", "groups": ["Sales Team"] }\n');
  const sides = ["--before", "settings.json", "--after", changed, "--users", "some.jsonl"];
  assert.match((await run("impact", ...sides, "--workspace", "main")).stdout, /1 lose/);
  assert.match((await run("impact", ...sides, "--workspace", "lab")).stdout, /1 unchanged/);
});

test("what is wrong is told with its place", async () => {
  const refused = async (changes, ...more) => {
    const { code, stderr } = await run("test", write("wrong.json", changes), ...more);
    assert.equal(code, 2);
    return stderr;
  };
  assert.match(await refused({ version: 2 }), /^error: wrong\.json:3:3: version: version 2 is not one/);
  assert.match(
    await refused(withLab({ scenarios: [{ name: "x", expect: {} }] })),
    /workspaces\[1\]\.scenarios\[0\]: needs/,
  );
  assert.match(
    await refused(withLab({ guarantees: [{ name: "x" }] })),
    /workspaces\[1\]\.guarantees\[0\]: needs `only`/,
  );
  const elsewhere = [{ name: "x", only: { group: "nowhere", groups: ["a"] } }];
  assert.match(await refused({ guarantees: elsewhere }), /guarantees\[0\]\.only\.group: `nowhere` is not a group/);
  assert.match(
    await refused({}, "--workspace", "kitchen"),
    /there is no workspace `kitchen`; the file has `main`, `lab`/,
  );
  assert.match(await refused({ catalogs: {} }), /there is no catalog: give `--catalog FILE`/);
});

test("a workspace is one of a file of settings", async () => {
  const options = ["--groups", "a", "--workspace", "lab"];
  const plain = await run("explain", ...options, "--config", "group-sync.json");
  assert.equal(plain.code, 2);
  assert.match(plain.stderr, /group-sync\.json: `--workspace` is for a file of settings, and this is none/);
  const none = await run("explain", ...options, "--mapping", "mapping.txt", "--catalog", "catalog.json");
  assert.equal(none.code, 2);
  assert.match(none.stderr, /`--workspace` is for a file of settings/);
  assert.equal((await run("check", "mapping.txt", "--workspace", "lab")).code, 2);
});

/** What the admin page makes of a plan that it shows. */
async function pageCommand() {
  const file = join(root, "www", "admin", "src", "shared", "state", "command-line.ts");
  const { code } = await transform(readFileSync(file, "utf8"), { loader: "ts" });
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)).explainCommand;
}

test("a copied command gives the same explanation, whatever the names hold", async () => {
  const awkward = [
    "Sales Team",
    "it's",
    '"quoted"',
    "$HOME `id` $(id) !x *",
    "two\nlines",
    "-g",
    "--help",
    "back\\slash\\",
    "a;b|c&d>e<f(g)#h~",
    "é 日本 🙂",
    " ",
  ];
  const groups = awkward.map((_, index) => `g${index}`);
  const { addEntries, GroupSync } = await import("idp-group-sync");
  const entries = awkward.map((source, index) => ({ source, target: `g${index}` }));
  const { mapping } = addEntries("", entries);
  const catalogs = { main: { groups: groups.map((name) => ({ name })) } };
  const [main] = file.workspaces;
  const id = "the 'main' $1";
  write("group-sync.json", {
    mapping,
    defaultWorkspace: id,
    workspaces: [{ ...main, id }],
    catalogs: { [id]: catalogs.main },
    scenarios: [],
    guarantees: [],
  });
  const explainCommand = await pageCommand();
  const sync = new GroupSync({ mapping, claim: "groups", catalog: catalogs.main });
  const tokens = [
    { groups: awkward },
    { groups: [] },
    { groups: ["half \ud800 of a pair", "with \0", "it's"] },
    { "it's": "no groups\n$HOME" },
    { groups: 4 },
  ];
  for (const claims of tokens) {
    const resolution = sync.resolve(claims);
    const command = explainCommand({ claims, claim: resolution.claim }, id).replace("npx ", "");
    const { code, stdout, stderr } = await shell(`${command} --format json`, folder);
    assert.equal(code, 0, stderr);
    const said = JSON.parse(stdout);
    for (const field of ["outcome", "role", "groups", "matches", "unmet"]) {
      assert.deepEqual(said[field], JSON.parse(JSON.stringify(resolution[field])), `${field} of ${command}`);
    }
    assert.equal(said.claim.status, resolution.claim.status);
  }
  sync.free();
});
