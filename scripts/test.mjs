// `npm test`: everything, or the parts that are named (`npm test -- native types`), or those that can notice what was changed
// (`npm test -- --changed`), and one summary at the end.

import { availableParallelism } from "node:os";
import { performance } from "node:perf_hooks";
import { main, Stop } from "./setup/command.mjs";
import { setUp } from "./setup/set-up.mjs";
import { changedFiles, concerned } from "./test/changed.mjs";
import { parts } from "./test/parts.mjs";
import { runParts } from "./test/schedule.mjs";
import { runStep } from "./test/step.mjs";
import { summary } from "./test/summary.mjs";

await main(async () => {
  const chosen = choose(process.argv.slice(2));
  setUp([...new Set(chosen.flatMap((part) => part.needs))]);
  // Each part has more processes than one; more parts than two at once only make each other late.
  const lanes = Math.min(2, chosen.length, availableParallelism());
  const results = await runParts(chosen, lanes, (part, earlier) => runPart(part, earlier, lanes > 1));
  console.log(summary(results));
  return results.every((result) => result.problem === null) ? 0 : 1;
});

/** The named parts, and those that they build on, in their usual order. */
function choose(args) {
  const names = args.flatMap(named);
  const unknown = names.find((name) => !parts.some((part) => part.name === name));
  if (unknown) {
    throw new Stop(`there is no part called \`${unknown}\`: choose from ${parts.map((part) => part.name).join(", ")}`);
  }
  if (names.length === 0) return parts.filter((part) => !part.byName);
  const wanted = new Set(names.flatMap((name) => [name, ...(parts.find((part) => part.name === name).after ?? [])]));
  return parts.filter((part) => wanted.has(part.name));
}

/** What an argument stands for: a part, or those that a change concerns. */
function named(arg) {
  const changed = arg.match(/^--changed(?:=(.+))?$/);
  if (changed === null) return [arg];
  const files = changedFiles(changed[1]);
  const names = concerned(
    files,
    parts.filter((part) => !part.byName).map((part) => part.name),
  );
  console.log(`[changed] ${files.length} files, which concern ${names.join(", ")}`);
  return names;
}

/** Where another part runs beside it, its output is kept until it ends, so that what belongs together stands together. */
async function runPart(part, earlier, isBesideOthers) {
  const start = performance.now();
  const kept = [];
  const write = isBesideOthers ? (text) => kept.push(text) : (text) => process.stdout.write(text);
  if (isBesideOthers) console.log(`[started] ${part.name}`);
  write(`\n━━ ${part.name}: ${part.about}\n`);
  const outcome = await runSteps(part, earlier, write);
  process.stdout.write(kept.join(""));
  return { name: part.name, ...outcome, seconds: (performance.now() - start) / 1000 };
}

/** Every step of a part is run, also after one that fails: one run shows everything that is wrong. */
async function runSteps(part, earlier, write) {
  // On top of something that failed, a part would test what an earlier build left behind.
  const missing = part.after?.find((name) => earlier.find((result) => result.name === name)?.problem !== null);
  if (missing) return { counts: [], problem: `not run, because ${missing} failed`, evidence: "" };
  const outcomes = [];
  for (const step of part.steps) outcomes.push(await runStep(step, write));
  return {
    counts: outcomes.map((outcome) => outcome.count).filter((count) => count !== null),
    problem:
      outcomes
        .map((outcome) => outcome.problem)
        .filter((problem) => problem !== null)
        .join("; ") || null,
    evidence: outcomes.map((outcome) => outcome.evidence).join(""),
  };
}
