// What starting costs: programs, each in a process of its own, against one that does nothing.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { median } from "./support/measure.mjs";
import { milliseconds, times } from "./support/report.mjs";

const ROUNDS = 41;

const program = (name) => [fileURLToPath(new URL(`start/${name}.mjs`, import.meta.url))];
const commandLine = fileURLToPath(new URL("cli.js", import.meta.resolve("idp-group-sync")));

/** What is measured, and what it is compared with: both are the arguments of Node. */
const STARTS = [
  { name: "`import` and the first decision", of: program("decision"), than: program("empty") },
  { name: "`await init()` of `idp-group-sync/slim`", of: program("init"), than: program("empty") },
  { name: "`initSync` with the file's bytes", of: program("init-sync"), than: program("empty") },
  { name: "`idp-group-sync --version`", of: [commandLine, "--version"], than: ["-e", "0"] },
  { name: "`idp-group-sync --help`", of: [commandLine, "--help"], than: ["-e", "0"] },
];

export function tables() {
  const taken = new Map(STARTS.flatMap(({ of, than }) => [of, than]).map((args) => [key(args), []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [args, all] of taken) all.push(start(JSON.parse(args)));
  }
  const middle = (args) => median(taken.get(key(args)));
  return [
    {
      heading: "Start",
      note: "Milliseconds of a whole process in Node, against an empty program: `node empty.mjs`, and `node -e 0` for the command line.",
      head: ["Program", "Empty", "Program", "More", "Ratio"],
      rows: STARTS.map(({ name, of, than }) => {
        const [empty, whole] = [middle(than), middle(of)];
        return [name, milliseconds(empty), milliseconds(whole), milliseconds(whole - empty), times(whole / empty)];
      }),
    },
  ];
}

const key = (args) => JSON.stringify(args);

function start(args) {
  const begin = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  const taken = performance.now() - begin;
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
  return taken;
}
