// What the pages and the elements say, as their files have it.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../../../scripts/setup/place.mjs";

const workspaces = ["elements", "preview", "admin"];

const folderOf = (workspace) => join(root, "www", workspace, "src", "messages", "languages");

/** The words of each workspace, by the tags of the languages that it has a file of. */
export async function catalogues() {
  const found = {};
  for (const workspace of workspaces) {
    const tags = readdirSync(folderOf(workspace)).map((name) => name.replace(/\.ts$/, ""));
    const words = await Promise.all(tags.map((tag) => wordsIn(join(folderOf(workspace), `${tag}.ts`))));
    found[workspace] = Object.fromEntries(tags.map((tag, place) => [tag, words[place]]));
  }
  return found;
}

async function wordsIn(file) {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    conditions: ["idp-group-sync-source"],
  });
  const { words } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString("base64")}`);
  return words;
}

/** Each thing that is said, by its path: a text as it is, and of a function how much it is told. */
export function leaves(words, path = "") {
  return Object.entries(words ?? {}).flatMap(([name, value]) => {
    const at = path === "" ? name : `${path}.${name}`;
    if (typeof value === "function") return [[at, { told: value.length }]];
    if (typeof value === "string") return [[at, { text: value }]];
    return typeof value === "object" && value !== null ? leaves(value, at) : [[at, {}]];
  });
}
