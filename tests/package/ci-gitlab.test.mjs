// The job for GitLab, as a runner runs it: the very script of ci/gitlab.yml, with the packed package and GitLab's API on this machine.
// One test has it install the package; the others find it on the path, where that leads.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { parseAllDocuments } from "yaml";
import { root } from "../../scripts/setup/place.mjs";
import { changedRepository, codeHost } from "./support/code-host.mjs";
import { cliProject } from "./support/command-line.mjs";
import { emptyFolder, tarball } from "./support/project.mjs";

const text = readFileSync(join(root, "ci", "gitlab.yml"), "utf8");
const [{ spec }, jobs] = parseAllDocuments(text).map((document) => document.toJS());
const mapping = readFileSync(join(root, "examples", "admin-repository", "mapping.txt"), "utf8");
const fewer = { "mapping.txt": mapping.replace("Engineering -> developers\n", "") };
const job = jobs["group-sync"];
const [install, work] = job.script;

/** Runs the job for a merge request to the commit `base`; `inputs` are those of the `include`. */
async function runJob(change, host, inputs = {}, env = {}) {
  const path = [join(await cliProject(), "node_modules", ".bin"), process.env.PATH].join(delimiter);
  return runScript(`set -eu\n${work}`, change, host, inputs, { PATH: path, ...env });
}

async function runScript(script, { folder, base }, host, inputs, env) {
  const defaults = Object.entries(spec.inputs).map(([name, input]) => [name, input.default]);
  const values = { ...Object.fromEntries(defaults), ...inputs };
  const given = /^\$\[\[ inputs\.(\w+) \]\]$/;
  const variables = Object.entries(job.variables).map(([name, value]) => [name, values[value.match(given)[1]]]);
  const child = spawn("bash", ["-c", script], {
    cwd: folder,
    env: {
      ...process.env,
      ...Object.fromEntries(variables),
      CI_API_V4_URL: `${host.address}/api/v4`,
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
      CI_MERGE_REQUEST_IID: "17",
      CI_PROJECT_ID: "4",
      ...env,
    },
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk) => {
      printed += chunk;
    });
  }
  const code = await new Promise((resolve) => child.on("close", resolve));
  const read = (file) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : "");
  return {
    code,
    printed,
    report: job.artifacts.reports.junit.map(read).join(""),
    impact: read(job.artifacts.paths[0]),
  };
}

const users = { users: "users.jsonl" };

test("the package is installed, and what it ends with is the job's", async (t) => {
  const host = await codeHost(t);
  const npm = { npm_config_cache: emptyFolder(), npm_config_offline: "true" };
  const inputs = { ...users, package: await tarball(), options: "--max-losses 0" };
  const { code, printed, impact } = await runScript(`${install}\n${work}`, changedRepository(fewer), host, inputs, npm);
  assert.equal(code, 3, printed);
  assert.match(impact, /\bada\b/);
});

test("the impact is an artifact, and a note that the next run writes anew", async (t) => {
  const host = await codeHost(t);
  const change = changedRepository(fewer);
  const token = { GROUP_SYNC_TOKEN: "a-token" };
  const { code, printed, report, impact } = await runJob(change, host, users, token);
  assert.equal(code, 0, printed);
  assert.match(report, /<testsuite/);
  assert.match(impact, /\bada\b/);
  assert.deepEqual(host.comments, [{ id: 1, body: impact }]);
  const notes = "/api/v4/projects/4/merge_requests/17/notes";
  assert.deepEqual(host.calls.at(-1), { method: "POST", path: notes, token: "a-token" });
  await runJob(change, host, users, token);
  assert.deepEqual(host.comments, [{ id: 1, body: impact }]);
  assert.deepEqual(host.calls.at(-1), { method: "PUT", path: `${notes}/1`, token: "a-token" });
});

test("a token that may not write leaves the artifact and a sentence", async (t) => {
  const host = await codeHost(t, { refuses: 403 });
  const { code, printed, impact } = await runJob(changedRepository(fewer), host, users, {
    GROUP_SYNC_TOKEN: "a-token",
  });
  assert.equal(code, 0, printed);
  assert.match(printed, /GitLab answered 403 to POST notes[\s\S]*^the note could not be written/m);
  assert.match(impact, /\bada\b/);
});

test("more losers than allowed fail the job, and without a token nobody is called", async (t) => {
  const host = await codeHost(t);
  const { code, impact } = await runJob(changedRepository(fewer), host, { ...users, options: "--max-losses 0" });
  assert.equal(code, 3);
  assert.match(impact, /\bada\b/);
  assert.deepEqual(host.calls, []);
});

test("an expectation that is not met fails the job, once it is told who would lose what", async (t) => {
  const host = await codeHost(t);
  const inputs = { ...users, scenarios: "scenarios.json" };
  const { code, printed, report, impact } = await runJob(changedRepository(fewer), host, inputs);
  assert.equal(code, 1);
  assert.match(printed, /^FAIL {2}engineers build/m);
  assert.match(report, /<testcase[^>]*engineers build[\s\S]*<failure/);
  assert.match(impact, /\bada\b/);
  const more = changedRepository({ "mapping.txt": `${mapping}Interns -> crm\n` });
  const held = await runJob(more, host, inputs);
  assert.equal(held.code, 0, held.printed);
});

test("a mapping that is wrong fails the job, and is in the report", async (t) => {
  const host = await codeHost(t);
  const wrong = changedRepository({ "mapping.txt": `${mapping}Sales Team ->\n` });
  const { code, printed, report, impact } = await runJob(wrong, host, users);
  assert.equal(code, 1, printed);
  assert.match(report, /<failure/);
  assert.equal(impact, "");
});

test("a mapping that is wrong on the target branch can be mended", async (t) => {
  const host = await codeHost(t);
  const mended = changedRepository({ "mapping.txt": mapping }, { "mapping.txt": `${mapping}Sales Team ->\n` });
  const { code, printed, impact } = await runJob(mended, host, users);
  assert.equal(code, 0, printed);
  assert.match(printed, /group-sync\.json of the target branch is wrong/);
  assert.equal(impact, "");
});
