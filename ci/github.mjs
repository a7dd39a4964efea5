// What action.yml runs, with the command line on the path: the checks, and for a pull request its impact, as a comment and in the
// summary of the run.

import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { env } = process;
const input = (name) => env[`INPUT_${name}`] ?? "";
const option = (name, value) => (value === "" ? [] : [name, value]);

/** The exit codes of the command line that are told apart here. */
const heldCode = 3;

/** Runs the command line; what it prints is shown, or returned where an output is "pipe". */
function groupSync(args, { stdout = "inherit", stderr = "inherit" } = {}) {
  const ended = spawnSync("idp-group-sync", args, {
    stdio: ["inherit", stdout, stderr],
    encoding: "utf8",
    shell: process.platform === "win32",
    maxBuffer: 1 << 26,
  });
  if (ended.error) throw ended.error;
  return { code: ended.status ?? 1, stdout: ended.stdout ?? "", stderr: ended.stderr ?? "" };
}

const workspace = option("--workspace", input("WORKSPACE"));
const denyWarnings = input("DENY_WARNINGS") === "true" ? ["--deny-warnings"] : [];

/** A message that GitHub shows with the run. */
function annotate(kind, message) {
  const escaped = message.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  console.log(`::${kind} title=Group sync::${escaped}`);
}

function writeTo(variable, text) {
  if (env[variable]) appendFileSync(env[variable], `${text}\n`);
}

async function main() {
  const checked = groupSync(["check", input("CONFIG"), ...workspace, ...denyWarnings, "--format", "github"]);
  const tested =
    input("SCENARIOS") === ""
      ? { code: 0 }
      : groupSync(["test", input("SCENARIOS"), "--config", input("CONFIG"), ...workspace, "--format", "github"]);
  const event = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, "utf8"));
  const isCompared = checked.code === 0 && event.pull_request !== undefined && input("USERS") !== "";
  const compared = isCompared ? await compare(event) : { code: 0 };
  writeTo("GITHUB_OUTPUT", `held=${compared.code === heldCode}`);
  return [checked, tested, compared].map(({ code }) => code).find((code) => code !== 0) ?? 0;
}

/** What changes for whom between the branch that the pull request is for and itself. */
async function compare({ pull_request: { number, base } }) {
  const before = checkOut(base.sha);
  try {
    const config = join(before, input("CONFIG"));
    if (!existsSync(config)) {
      annotate("notice", `${input("CONFIG")} is new, so there is nothing to compare it with`);
      return { code: 0 };
    }
    const quiet = { stdout: "pipe", stderr: "pipe" };
    if (groupSync(["check", config, ...workspace], quiet).code !== 0) {
      // Else nobody could mend it by a pull request.
      annotate("notice", `${input("CONFIG")} of the target branch is wrong, so there is nothing to compare it with`);
      return { code: 0 };
    }
    const limits = [...option("--max-losses", input("MAX_LOSSES")), ...option("--max-share", input("MAX_SHARE"))];
    const result = groupSync(
      [
        ...["impact", "--before", config, "--after", input("CONFIG"), "--users", input("USERS")],
        ...[...workspace, ...limits, "--format", "markdown"],
      ],
      quiet,
    );
    process.stderr.write(result.stderr);
    if (![0, heldCode].includes(result.code)) annotate("error", result.stderr.trim());
    if (result.stdout.trim() === "") return result;
    writeTo("GITHUB_STEP_SUMMARY", result.stdout);
    if (result.code === heldCode) annotate("error", "more users would lose something than is allowed");
    if (input("COMMENT") === "true") await comment(number, result.stdout);
    return result;
  } finally {
    git("worktree", "remove", "--force", before);
  }
}

/** The files as they are at a commit, in a folder of their own. */
function checkOut(commit) {
  const folder = mkdtempSync(join(env.RUNNER_TEMP ?? tmpdir(), "group-sync-"));
  rmSync(folder, { recursive: true });
  try {
    git("cat-file", "-e", `${commit}^{commit}`);
  } catch {
    // A checkout without history has not got it.
    git("fetch", "--no-tags", "--depth=1", "origin", commit);
  }
  git("worktree", "add", "--detach", folder, commit);
  return folder;
}

function git(...args) {
  return execFileSync("git", args, { stdio: ["ignore", "pipe", "pipe"] });
}

/** Posts the comment, or writes it anew where an earlier run has posted it: its first line is the mark of such a comment. */
async function comment(number, body) {
  const [mark] = body.split("\n");
  const path = `/repos/${env.GITHUB_REPOSITORY}/issues`;
  try {
    const earlier = await findComment(`${path}/${number}/comments`, mark);
    if (earlier) await call("PATCH", `${path}/comments/${earlier.id}`, { body });
    else await call("POST", `${path}/${number}/comments`, { body });
  } catch (error) {
    // A pull request from a fork has a token that may only read.
    annotate("warning", `the comment could not be posted, and stands in the summary of the run: ${error.message}`);
  }
}

async function findComment(path, mark) {
  for (let page = 1; ; page++) {
    const comments = await call("GET", `${path}?per_page=100&page=${page}`);
    const found = comments.find(({ body }) => body?.startsWith(mark));
    if (found || comments.length < 100) return found;
  }
}

async function call(method, path, body) {
  const response = await fetch(`${env.GITHUB_API_URL}${path}`, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${input("TOKEN")}`,
      "x-github-api-version": "2022-11-28",
      ...(body && { "content-type": "application/json" }),
    },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`GitHub answered ${response.status} to ${method} ${path.split("?")[0]}`);
  return response.json();
}

process.exitCode = await main();
