// `npm run bench [-- NAME…] [--write]`: measures the built package against named alternatives, each in the same run, and prints
// tables. With --write they go into docs/performance.md too. `native` measures the crate by itself, with `cargo bench`.

import { spawnSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { machine, markdown } from "./support/report.mjs";

const DOCUMENT = new URL("../docs/performance.md", import.meta.url);
const NATIVE = "native";

/** Each file beside this one exports `tables()`: what it measured. */
const files = (await readdir(import.meta.dirname)).filter((file) => file.endsWith(".mjs") && file !== "run.mjs");
const benches = [...files.map((file) => file.slice(0, -".mjs".length)), NATIVE];

const { values, positionals } = parseArgs({ options: { write: { type: "boolean" } }, allowPositionals: true });
const unknown = positionals.filter((name) => !benches.includes(name));
if (unknown.length > 0) {
  console.error(`There is no bench called ${unknown.join(", ")}; there are ${benches.join(", ")}.`);
  process.exit(2);
}

console.log(`${machine()}\n`);
const chosen = positionals.length > 0 ? positionals : benches;
for (const name of chosen.filter((name) => name !== NATIVE)) {
  const { tables } = await import(`./${name}.mjs`);
  const text = (await tables()).map(markdown).join("\n\n");
  console.log(`${text}\n`);
  if (values.write) await keep(name, `${text}\n\nMeasured on ${machine()}.`);
}
if (chosen.includes(NATIVE)) {
  process.exitCode = spawnSync("cargo", ["bench", "--locked", "--quiet"], { stdio: "inherit" }).status ?? 1;
}

/** Puts the tables of a bench between its marks in the document. */
async function keep(name, text) {
  const document = await readFile(DOCUMENT, "utf8");
  const [begin, end] = [`<!-- bench ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no marks for ${name}`);
  await writeFile(DOCUMENT, `${document.slice(0, from + begin.length)}\n\n${text}\n\n${document.slice(to)}`);
}
