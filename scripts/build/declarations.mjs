// Which declaration files are published: those that an entry point leads to.

import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join, posix } from "node:path";

const entryPoints = ["index.d.ts", "slim.d.ts", "wasm.d.ts", "directory/index.d.ts"];

/** Folders of which every file is one, or leads to one. */
const folders = /^(app|integrations|stores|store-test)\//;

/** What one declaration file imports. */
const specifier = /(?<=\bfrom "|\bimport\(")\.[^"]+(?=")/g;

/** Deletes the declarations of the wrapper's insides, which consumers could not compile without types of the platform. */
export function keepPublicDeclarations(dist) {
  const kept = new Set();
  const visit = (file) => {
    if (kept.has(file)) return;
    kept.add(file);
    for (const [path] of readFileSync(join(dist, file), "utf8").matchAll(specifier)) {
      visit(posix.join(posix.dirname(file), path.replace(/\.js$/, ".d.ts")));
    }
  };
  for (const file of entryPoints) visit(file);
  for (const file of readdirSync(dist, { recursive: true }).map((path) => path.replaceAll("\\", "/"))) {
    if (file.endsWith(".d.ts") && !kept.has(file) && !folders.test(file)) rmSync(join(dist, file));
  }
}
