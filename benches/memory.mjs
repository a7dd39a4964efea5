// What compiled objects take, each measured in a process of its own: against the text that they were compiled from, and against
// the same look-ups as JavaScript Maps.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const KINDS = [
  { name: "`GroupSync`, 1,000 entries", kind: "group-sync", entries: 1000, workspaces: 1 },
  { name: "`LoginSync`, 1,000 entries", kind: "login-sync", entries: 1000, workspaces: 1 },
  {
    name: "`LoginSync`, 100 entries, 200 workspaces that inherit them",
    kind: "login-sync",
    entries: 100,
    workspaces: 200,
  },
];

const PROGRAM = fileURLToPath(new URL("memory/compiled.mjs", import.meta.url));

export function tables() {
  return [
    {
      heading: "Memory",
      note: "KiB of one compiled object. By hand, it is Maps from names to what they grant.",
      head: ["Object", "Text and catalog as JSON", "By hand", "Package", "Milliseconds to compile"],
      rows: KINDS.map(({ name, kind, entries, workspaces }) => {
        const output = execFileSync(process.execPath, ["--expose-gc", PROGRAM, kind, entries, workspaces], {
          encoding: "utf8",
        });
        const { input, hand, compiled, milliseconds } = JSON.parse(output);
        return [name, kib(input), kib(hand), kib(compiled), milliseconds.toFixed(1)];
      }),
    },
  ];
}

function kib(bytes) {
  return Math.round(bytes / 1024).toLocaleString("en-GB");
}
