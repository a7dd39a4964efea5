// The declarations that the entries lead to, and none of the other insides.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { workFolder } from "../build/stamp.mjs";
import { Stop, succeeds } from "../setup/command.mjs";
import { root } from "../setup/place.mjs";

const entries = ["index", "group-mapping-editor", "group-sync-preview", "engine-worker", "react", "standalone"];

/** The settings are the admin page's: its declarations stand beside the others, in a folder of their own. */
const settings = {
  entry: "www/admin/src/embed/group-sync-settings.d.ts",
  from: "www/admin/src/",
  to: "settings/",
  about: `/**
 * The whole page of settings: \`<group-sync-settings>\`, and what your application gives it and is asked to save.
 *
 * @packageDocumentation
 * @category Custom elements
 */
`,
};

/** What one declaration file imports of the others. */
const specifier = /(?<=\b(?:from|import|import\() ?")\.[^"]+(?=")/g;

export function writeDeclarations(folder) {
  const all = compiled("elements");
  const kept = new Set();
  const keep = (file) => {
    if (kept.has(file)) return;
    kept.add(file);
    const text = readFileSync(join(all, file), "utf8");
    write(join(folder, file), text);
    for (const path of importedBy(file, text)) keep(path);
  };
  for (const name of entries) keep(`${name}.d.ts`);
  writeSettings(folder, keep);
  rmSync(all, { recursive: true });
}

/** Whatever they need of the elements' declarations is kept too. */
function writeSettings(folder, keepElements) {
  const all = compiled(join("admin", "src", "embed"));
  const kept = new Set();
  const keep = (file) => {
    if (kept.has(file)) return;
    kept.add(file);
    // What is only loaded declares nothing that anybody uses.
    const text = readFileSync(join(all, file), "utf8").replaceAll(/^import "[^"]+";\n/gm, "");
    const place = file.replace(settings.from, settings.to);
    const up = posix.relative(posix.dirname(place), ".");
    const internal = /"idp-group-sync-elements\/internal\/([^"]+)"/g;
    for (const [, path] of text.matchAll(internal)) keepElements(path.replace(/\.js$/, ".d.ts"));
    write(join(folder, place), text.replaceAll(internal, `"${up}/$1"`));
    for (const path of importedBy(file, text)) keep(path);
  };
  keep(settings.entry);
  write(
    join(folder, "group-sync-settings.d.ts"),
    `${settings.about}export * from "./settings/embed/group-sync-settings.js";\n`,
  );
  rmSync(all, { recursive: true });
}

/** The declarations of a workspace of www/, or of a part of one, in a folder of their own: two builds may want them at once. */
function compiled(project) {
  mkdirSync(workFolder, { recursive: true });
  const all = mkdtempSync(join(workFolder, "declarations-"));
  if (!succeeds("tsc", ["--project", join(root, "www", project), "--outDir", all])) {
    throw new Stop("the elements do not compile; the messages above say where");
  }
  return all;
}

function importedBy(file, text) {
  return [...text.matchAll(specifier)].map(([path]) => posix.join(posix.dirname(file), path.replace(/\.js$/, ".d.ts")));
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  // The compiler names the package that a type comes from; an application need only have the one that hands it on.
  writeFileSync(file, text.replaceAll('import("lit-html")', 'import("lit")'));
}
