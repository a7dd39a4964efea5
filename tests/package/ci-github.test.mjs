// The Action, as a runner runs it: the very command of action.yml, with the packed package, events as GitHub sends them, and its API
// on this machine. One test has it fetch the package; the others find it on the path, where that command leads.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { parse } from "yaml";
import { root } from "../../scripts/setup/place.mjs";
import { changedRepository, codeHost } from "./support/code-host.mjs";
import { cliProject } from "./support/command-line.mjs";
import { emptyFolder, tarball } from "./support/project.mjs";

const action = parse(readFileSync(join(root, "action.yml"), "utf8"));
const mapping = readFileSync(join(root, "examples", "admin-repository", "mapping.txt"), "utf8");
const fewer = { "mapping.txt": mapping.replace("Engineering -> developers\n", "") };

const given = JSON.parse(readFileSync(new URL("./fixtures/ci/pull-request.json", import.meta.url), "utf8"));

const fetching = /^npx .+? -- /;

/** Runs the action in a checkout, for a pull request to the commit `base`; `inputs` are those of a workflow's `with`. */
async function runAction({ folder, base, head }, host, inputs = {}, event = {}) {
  const [step] = action.runs.steps;
  const program = step.run.replace(fetching, "");
  assert.notEqual(program, step.run);
  const path = [join(await cliProject(), "node_modules", ".bin"), process.env.PATH].join(delimiter);
  return runCommand(program, { PATH: path }, { folder, base, head }, host, inputs, event);
}

async function runCommand(command, environment, { folder, base, head }, host, inputs, event = {}) {
  const place = emptyFolder();
  const files = Object.fromEntries(["summary", "output", "event"].map((name) => [name, join(place, name)]));
  const pull = { ...given.pull_request, base: { ...given.pull_request.base, sha: base }, head: { sha: head } };
  writeFileSync(files.event, JSON.stringify({ ...given, pull_request: pull, ...event }));
  const values = {
    ...Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, input.default])),
    token: "a-token",
    ...inputs,
  };
  const [step] = action.runs.steps;
  const env = Object.fromEntries(
    Object.entries(step.env).map(([name, text]) => [
      name,
      text.replace(/^\$\{\{ inputs\.([\w-]+) \}\}$/, (_, input) => values[input]),
    ]),
  );
  const child = spawn(step.shell, ["-c", command], {
    cwd: folder,
    env: {
      ...process.env,
      ...env,
      ...environment,
      GITHUB_ACTION_PATH: root,
      GITHUB_API_URL: host.address,
      GITHUB_EVENT_PATH: files.event,
      GITHUB_OUTPUT: files.output,
      GITHUB_REPOSITORY: given.repository.full_name,
      GITHUB_STEP_SUMMARY: files.summary,
      GITHUB_WORKSPACE: folder,
      RUNNER_TEMP: place,
    },
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (printed += text));
  const code = await new Promise((resolve) => child.on("close", resolve));
  const left = readdirSync(place).filter((name) => name.startsWith("group-sync-"));
  assert.deepEqual(left, [], "the files of the other commit are gone");
  const read = (file) => (existsSync(file) ? readFileSync(file, "utf8") : "");
  return { code, printed, summary: read(files.summary), output: read(files.output) };
}

const users = { users: "users.jsonl" };

test("the package is fetched, and what it prints and ends with is the action's", async (t) => {
  const host = await codeHost(t);
  const [{ run }] = action.runs.steps;
  const npm = { npm_config_cache: emptyFolder(), npm_config_offline: "true" };
  const inputs = { ...users, package: await tarball(), "max-losses": "0" };
  const { code, printed, summary } = await runCommand(run, npm, changedRepository(fewer), host, inputs);
  assert.equal(code, 3, printed);
  assert.match(printed, /^mapping\.txt: 6 entries/m);
  assert.match(summary, /\bada\b/);
});

test("who would lose what stands in a comment and in the summary, and the next run writes that comment anew", async (t) => {
  const others = Array.from({ length: 120 }, (_, index) => ({ id: index + 1, body: "looks good" }));
  const host = await codeHost(t, { comments: others });
  const change = changedRepository(fewer);
  const { code, printed, summary, output } = await runAction(change, host, users);
  assert.equal(code, 0, printed);
  assert.equal(output, "held=false\n");
  assert.match(summary, /\bada\b/);
  assert.equal(host.comments.length, 121);
  const { id, body } = host.comments.at(-1);
  assert.equal(summary.trim(), body.trim());
  const path = `/repos/${given.repository.full_name}/issues/${given.pull_request.number}/comments`;
  assert.deepEqual(host.calls.at(-1), { method: "POST", path, token: "Bearer a-token" });

  await runAction(change, host, users);
  assert.equal(host.comments.length, 121);
  assert.equal(host.calls.at(-1).method, "PATCH");
  assert.equal(host.calls.at(-1).path, `/repos/${given.repository.full_name}/issues/comments/${id}`);
});

test("more losers than allowed fail the run, once the comment says who they are", async (t) => {
  const host = await codeHost(t);
  const { code, printed, output } = await runAction(changedRepository(fewer), host, { ...users, "max-losses": "0" });
  assert.equal(code, 3);
  assert.equal(output, "held=true\n");
  assert.match(printed, /^::error title=Group sync::more users would lose something than is allowed$/m);
  assert.match(host.comments[0].body, /\bada\b/);
});

test("a mapping that is wrong is annotated at its line, and not compared", async (t) => {
  const host = await codeHost(t);
  const wrong = changedRepository({ "mapping.txt": `${mapping}Sales Team ->\n` });
  const { code, printed, summary } = await runAction(wrong, host, users);
  assert.equal(code, 1);
  const line = mapping.split("\n").length;
  assert.match(printed, new RegExp(`^::error file=mapping\\.txt,line=${line},`, "m"));
  assert.deepEqual([host.calls, summary], [[], ""]);
});

test("a file that cannot be read is annotated at its line", async (t) => {
  const host = await codeHost(t);
  const { code, printed } = await runAction(
    changedRepository({ "catalog.json": '{\n  "roles": [,]\n}\n' }),
    host,
    users,
  );
  assert.equal(code, 2);
  assert.match(printed, /^::error file=catalog\.json,line=2,col=13,title=input::this is no JSON/m);
  const people = readFileSync(join(root, "examples", "admin-repository", "users.jsonl"), "utf8");
  const faulty = await runAction(changedRepository({ "users.jsonl": `${people}{ "id": "x", groups }\n` }), host, users);
  assert.equal(faulty.code, 1);
  assert.match(faulty.printed, /^::error title=Group sync::error: users\.jsonl:\d+: user x: no JSON/m);
});

test("a mapping that is wrong on the target branch can be mended", async (t) => {
  const host = await codeHost(t);
  const mended = changedRepository({ "mapping.txt": mapping }, { "mapping.txt": `${mapping}Sales Team ->\n` });
  const { code, printed } = await runAction(mended, host, users);
  assert.equal(code, 0, printed);
  assert.match(printed, /^::notice title=Group sync::group-sync\.json of the target branch is wrong/m);
  assert.deepEqual(host.calls, []);
});

test("that nobody would have the highest role any more is said first", async (t) => {
  const host = await codeHost(t);
  const demoted = changedRepository({ "mapping.txt": mapping.replace(/^.* -> admin\n/m, "") });
  const { code, summary } = await runAction(demoted, host, users);
  assert.equal(code, 0);
  assert.match(
    summary,
    /^\*\*Nobody would have the highest role\*\*, `admin`, any more\.\n\n<details open>\n.*<b>1 user<\/b> loses the/m,
  );
});

test("an expectation that is not met fails", async (t) => {
  const host = await codeHost(t);
  const { code, printed } = await runAction(changedRepository(fewer), host, { scenarios: "scenarios.json" });
  assert.equal(code, 1, printed);
  assert.match(printed, /engineers build/);
});

test("a token that may not write, as of a fork, leaves the summary and a warning", async (t) => {
  const host = await codeHost(t, { refuses: 403 });
  const { code, printed, summary } = await runAction(changedRepository(fewer), host, users);
  assert.equal(code, 0);
  assert.match(printed, /^::warning title=Group sync::the comment could not be posted.*GitHub answered 403 to POST/m);
  assert.match(summary, /\bada\b/);
});

test("nothing is compared without users, outside of a pull request, or where the configuration is new", async (t) => {
  const host = await codeHost(t);
  const change = changedRepository(fewer);
  assert.equal((await runAction(change, host)).code, 0);
  assert.equal((await runAction(change, host, users, { pull_request: undefined })).code, 0);
  const config = readFileSync(join(change.folder, "group-sync.json"), "utf8");
  const added = changedRepository({ "added.json": config });
  const { code, printed } = await runAction(added, host, { ...users, config: "added.json" });
  assert.equal(code, 0);
  assert.match(printed, /^::notice title=Group sync::added\.json is new/m);
  assert.deepEqual(host.calls, []);
});

test("the guide lists every input", () => {
  const guide = readFileSync(join(root, "docs", "ci.md"), "utf8");
  for (const name of Object.keys(action.inputs)) assert.match(guide, new RegExp(`^\\| .*\`${name}\``, "m"), name);
});
