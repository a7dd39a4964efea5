// What became of each check of a release, and the table of them all.

import { spawnSync } from "node:child_process";
import { environment, root } from "../setup/place.mjs";

/** A check that could not be run here, and why. */
export class NotRun extends Error {}

/** Something that only a maintainer can do. */
export class LeftToDo extends Error {}

/** A check for which there is nothing yet. */
export class NothingToDo extends Error {}

const marks = { passed: "✓", failed: "✗", "not run": "–", "to do": "!", "not needed": "·" };

const states = new Map([
  [NotRun, "not run"],
  [LeftToDo, "to do"],
  [NothingToDo, "not needed"],
]);

/** Runs a check, which returns what there is to say, or throws; anything that it throws, and only a check that ran, counts. */
export async function check(outcomes, name, body) {
  console.log(`\n━━ ${name}`);
  const outcome = await outcomeOf(body);
  outcomes.push({ name, ...outcome });
  console.log(`${marks[outcome.state]} ${outcome.detail}`);
}

async function outcomeOf(body) {
  try {
    return { state: "passed", detail: (await body()) ?? "" };
  } catch (error) {
    return { state: states.get(error.constructor) ?? "failed", detail: error.message };
  }
}

/** Stops with everything that is wrong. */
export function demandNone(faults) {
  if (faults.length > 0) throw new Error(faults.join("\n"));
}

/** Runs a program and returns what it prints; a failure carries all of that. */
export function run(program, args, { cwd = root, env = {} } = {}) {
  // Programs in JavaScript are scripts of the shell on Windows.
  const shell = process.platform === "win32" && /^np[mx]$/.test(program);
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    env: environment({ NODE_OPTIONS: "", ...env }),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    shell,
    maxBuffer: 1 << 26,
  });
  if (status === 0) return stdout;
  throw new Error(
    [`\`${[program, ...args].join(" ")}\` failed`, error?.message, stdout, stderr].filter(Boolean).join("\n"),
  );
}

export function table(outcomes) {
  const width = Math.max(...outcomes.map(({ name }) => name.length));
  const rows = outcomes.map(({ name, state, detail }) => {
    const [first, ...more] = detail.trim().split("\n");
    return `${marks[state]} ${name.padEnd(width)}  ${state === "passed" ? "" : `${state.toUpperCase()}: `}${first}${more.length > 0 ? " …" : ""}`;
  });
  return [...rows, "", totals(outcomes)].join("\n");
}

function totals(outcomes) {
  const counted = Object.keys(marks).map((state) => [state, outcomes.filter((one) => one.state === state).length]);
  return counted
    .filter(([state, number]) => number > 0 || state === "passed" || state === "failed")
    .map(([state, number]) => `${number} ${state}`)
    .join(", ");
}

const isAskedStrictly = () => process.argv.includes("--strict");

/** With `--strict`, what could not be run and what is left to do are no success. */
export function exitCode(outcomes, isStrict = isAskedStrictly()) {
  const stops = isStrict ? ["failed", "not run", "to do"] : ["failed"];
  return outcomes.some(({ state }) => stops.includes(state)) ? 1 : 0;
}

/** What stands between this and a release, in sentences. */
export function verdict(outcomes, isStrict = isAskedStrictly()) {
  const named = (state) => outcomes.filter((one) => one.state === state).map(({ name }) => name);
  const told = [
    ["failed", "Mend"],
    ["to do", "Fill in before the release"],
    ["not run", "Not run here, so nobody knows"],
  ]
    .filter(([state]) => named(state).length > 0)
    .map(([state, what]) => `${what}: ${named(state).join(", ")}.`);
  if (told.length === 0) return "Ready to be released.";
  const isRefused = exitCode(outcomes, isStrict) !== 0;
  const rehearsed = "As a rehearsal, this is a success; the release itself (`--strict`) refuses it.";
  return [...told, ...(isRefused ? [] : [rehearsed])].join("\n");
}
