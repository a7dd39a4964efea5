// The program of the packed package, as a user has it: installed into a project, and run as a process of its own.

import { spawn } from "node:child_process";
import { cpSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "../../../scripts/setup/place.mjs";
import { project } from "./project.mjs";

let installed;

/** A project with the packed package and the files of fixtures/cli; one for every test of a file. */
export function cliProject() {
  installed ??= project("cli");
  return installed;
}

/** The same with the files of examples/admin-repository, for tests that write files of their own. */
export async function adminRepository() {
  const folder = await project("cli");
  cpSync(join(root, "examples", "admin-repository"), folder, { recursive: true });
  return folder;
}

/** Neither what this terminal looks like nor where these tests run may show. */
function environment(folder, extra) {
  const { NO_COLOR: _, FORCE_COLOR: __, GITHUB_WORKSPACE: ___, ...own } = process.env;
  const path = [join(folder, "node_modules", ".bin"), own.PATH].join(delimiter);
  return { ...own, NODE_OPTIONS: "", PATH: path, ...extra };
}

/** Runs `idp-group-sync` in a folder. Returns its exit code and what it printed on each output. */
export async function cli(args, { folder, input = "", env = {} } = {}) {
  return start("idp-group-sync", args, folder ?? (await cliProject()), input, env);
}

/** Runs a shell script in a folder. */
export function shell(script, folder, env = {}) {
  return start("sh", ["-c", script], folder, "", env);
}

function start(program, args, cwd, input, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: environment(cwd, env) });
    const printed = { stdout: "", stderr: "" };
    for (const name of Object.keys(printed)) {
      child[name].setEncoding("utf8").on("data", (text) => {
        printed[name] += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...printed }));
    // A program that refuses its options does not read what it is given.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}
