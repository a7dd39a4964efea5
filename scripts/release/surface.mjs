// The names that a package has for TypeScript, entry by entry, and whether a version may lack some of them.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Entries and names of the package in one folder that the one in another no longer has. */
export function lostNames(before, after) {
  const names = namesOf(after);
  return [...namesOf(before)].filter((name) => !names.has(name)).sort();
}

/** Whether a version may break what worked with an earlier one. */
export function isBreaking(before, after) {
  const [[oldMajor, oldMinor], [major, minor]] = [before, after].map((version) => version.split(".").map(Number));
  return major !== oldMajor || (major === 0 && minor !== oldMinor);
}

function namesOf(folder) {
  const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return new Set(
    Object.entries(exports).flatMap(([entry, target]) => [
      entry,
      ...declarationsOf(target).flatMap((file) => exportedNames(join(folder, file)).map((name) => `${entry} ${name}`)),
    ]),
  );
}

/** The declarations for `import`, which those for `require` repeat. */
function declarationsOf(target) {
  if (typeof target === "string") return target.endsWith(".d.ts") ? [target] : [];
  return [...new Set(Object.values(target ?? {}).flatMap(declarationsOf))];
}

function exportedNames(file, seen = new Set()) {
  if (seen.has(file) || !existsSync(file)) return [];
  seen.add(file);
  const text = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  const declared = text.matchAll(
    /\bexport (?:declare )?(?:abstract )?(?:class|function|const|let|interface|type|enum|namespace) (\w+)/g,
  );
  const listed = [...text.matchAll(/\bexport (?:type )?\{([^}]*)\}/g)].flatMap(([, list]) => list.split(","));
  const passedOn = [...text.matchAll(/\bexport (?:type )?\* from ["'](\.[^"']+)["']/g)].map(([, path]) =>
    join(dirname(file), path.replace(/\.js$/, ".d.ts")),
  );
  return [
    ...[...declared].map(([, name]) => name),
    ...listed.map((name) => name.trim().split(/\s+/).at(-1)).filter(Boolean),
    ...passedOn.flatMap((path) => exportedNames(path, seen)),
  ];
}
