// The licences of the libraries of which something was taken into a file, as their licences ask for.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export function licences(inModules, standalone) {
  const about = [
    `The modules hold parts of ${namesOf(inModules)}; standalone.js and standalone-engine-worker.js hold parts of`,
    `${namesOf(standalone)}.`,
  ].join("\n");
  return [about, ...foldersOf([...inModules, ...standalone]).map(licenceOf)].join(`\n\n${"-".repeat(80)}\n\n`);
}

function foldersOf(modules) {
  const folders = modules.map((path) => path.match(/^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]).filter(Boolean);
  return [...new Set(folders)].sort();
}

const namesOf = (modules) =>
  foldersOf(modules)
    .map((folder) => manifestOf(folder).name)
    .join(", ");

const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

function licenceOf(folder) {
  const { name, version } = manifestOf(folder);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} is taken in and has no licence file`);
  return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").trim()}`;
}
