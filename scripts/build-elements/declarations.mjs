// The declarations that the entries lead to, and none of the other insides.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { workFolder } from "../build/stamp.mjs";
import { Stop, succeeds } from "../setup/command.mjs";
import { root } from "../setup/place.mjs";

const entries = ["index", "group-mapping-editor", "group-sync-preview", "engine-worker", "react", "standalone"];

/** What one declaration file imports of the others. */
const specifier = /(?<=\b(?:from|import|import\() ?")\.[^"]+(?=")/g;

export function writeDeclarations(folder) {
  const all = join(workFolder, "elements-declarations");
  rmSync(all, { recursive: true, force: true });
  if (!succeeds("tsc", ["--project", join(root, "www", "elements"), "--outDir", all])) {
    throw new Stop("the elements do not compile; the messages above say where");
  }
  const kept = new Set();
  const keep = (file) => {
    if (kept.has(file)) return;
    kept.add(file);
    const text = readFileSync(join(all, file), "utf8");
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    // The compiler names the package that a type comes from; an application need only have the one that hands it on.
    writeFileSync(join(folder, file), text.replaceAll('import("lit-html")', 'import("lit")'));
    for (const [path] of text.matchAll(specifier)) {
      keep(posix.join(posix.dirname(file), path.replace(/\.js$/, ".d.ts")));
    }
  };
  for (const name of entries) keep(`${name}.d.ts`);
}
