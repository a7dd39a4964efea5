// One command of a part: run with its output shown, and judged by its exit code and by what it counted.

import { spawn } from "node:child_process";
import { basename } from "node:path";
import { environment, root } from "../setup/place.mjs";
import { evidence } from "./evidence.mjs";

/** Longer than the slowest step on a slow machine from nothing; a step that hangs must not hang the rest. */
const limit = 30 * 60 * 1000;

/**
 * `problem` is null, or says in a few words why the step failed, and `evidence` is then what to read first of its output; `count` is null
 * where nothing is counted. `write` takes what is to be shown.
 */
export async function runStep(step, write = (text) => process.stdout.write(text)) {
  let args;
  try {
    args = typeof step.args === "function" ? step.args() : step.args;
  } catch (error) {
    write(`${error.message}\n`);
    return { count: null, problem: error.message, evidence: "" };
  }
  const title = [basename(step.command), ...args].join(" ");
  write(`\n$ ${title}\n`);
  const { output, failure } = await run(step, args, write);
  const count = step.count?.(output) ?? null;
  const short = title.length > 60 ? `${title.slice(0, 59)}…` : title;
  const problem = failure ?? complaint(count);
  if (!problem) return { count, problem: null, evidence: "" };
  return { count, problem: `\`${short}\` ${problem}`, evidence: evidence(output) };
}

/** Success that tested nothing, or left something out, is no success. */
function complaint(count) {
  if (!count) return null;
  if (count.failed > 0) return `counted ${count.failed} failed`;
  if (count.skipped > 0) return `left out ${count.skipped} ${count.unit}`;
  if (count.passed === 0) return `ran no ${count.unit}`;
  return null;
}

/** Of the steps that run now. */
const groups = new Set();

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    for (const group of groups) endGroup(group);
    process.exit(130);
  });
}

function run({ command, env }, args, write) {
  return new Promise((resolve) => {
    // A process group of its own, so that a step's browsers and servers end with it.
    const child = spawn(command, args, {
      cwd: root,
      env: environment({ ...(process.stdout.isTTY && { CARGO_TERM_COLOR: "always", FORCE_COLOR: "1" }), ...env }),
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let output = "";
    let timedOut = false;
    for (const from of [child.stdout, child.stderr]) {
      from.setEncoding("utf8");
      from.on("data", (text) => {
        output += text;
        write(text);
      });
    }
    const end = () => endGroup(child.pid);
    const timer = setTimeout(() => {
      timedOut = true;
      end();
    }, limit);
    groups.add(child.pid);
    const done = (failure) => {
      clearTimeout(timer);
      groups.delete(child.pid);
      end();
      resolve({ output, failure });
    };
    child.on("error", (error) => done(`cannot be started: ${error.message}`));
    child.on("exit", (code, signal) => {
      // What the command leaves behind would keep its output open.
      end();
      child.once("close", () => {
        if (timedOut) return done(`did not end within ${limit / 60_000} minutes`);
        return done(code === 0 ? null : `ended with ${signal ?? `exit code ${code}`}`);
      });
    });
  });
}

function endGroup(pid) {
  if (!pid) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nothing of it is left.
  }
}
