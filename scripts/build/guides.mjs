// The guides, as the npm package has them: they lead to each other, and whatever else of the repository they link to is there.

import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { repositoryAddress } from "../release/repository.mjs";
import { root } from "../setup/place.mjs";

/** Copies the Markdown of docs/ into the package's folder. */
export function writeGuides(packageFolder) {
  const folder = join(packageFolder, "docs");
  cpSync(join(root, "docs"), folder, { recursive: true, filter: (path) => !/\.(png|svg)$/.test(path) });
  for (const entry of readdirSync(folder, { recursive: true })) {
    if (!entry.endsWith(".md")) continue;
    const file = join(folder, entry);
    const place = posix.join("docs", posix.dirname(entry.split(sep).join("/")));
    writeFileSync(file, linkedOutside(readFileSync(file, "utf8"), place));
  }
}

/** Links to what is no guide lead into the repository. */
export function linkedOutside(text, place, address = repositoryAddress()) {
  return text.replace(/(!?)\[([^\]]*)\]\(([^)\s#:]+)(#[^)\s]*)?\)/g, (link, isImage, label, target, anchor = "") => {
    const path = posix.join(place, target);
    if (path.startsWith("docs/") && path.endsWith(".md")) return link;
    return `${isImage}[${label}](${address}/${isImage ? "raw" : "blob"}/HEAD/${path}${anchor})`;
  });
}

/** The links of a Markdown text to files beside it, from the folder that it is in. */
export function linkedFiles(text, place) {
  const prose = text.replace(/^```[\s\S]*?^```/gm, "");
  return [...prose.matchAll(/\]\(([^)\s#:]+)(?:#[^)\s]*)?\)/g)].map(([, target]) => posix.join(place, target));
}
