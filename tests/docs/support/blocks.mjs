// The fenced code of a Markdown file.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../scripts/setup/place.mjs";

/**
 * Every fenced block of a page: its language, its text, and the line where its text begins; and `file`, where its first line is a
 * comment with nothing but the name of a file, perhaps in folders, which a reader would save it under.
 */
export function blocksOf(page) {
  const lines = readFileSync(join(root, page), "utf8").split("\n");
  const blocks = [];
  let open;
  for (const [index, line] of lines.entries()) {
    const fence = line.match(/^```(\S*)$/);
    if (fence === null) {
      open?.text.push(line);
    } else if (open === undefined) {
      open = { language: fence[1], line: index + 2, text: [] };
    } else {
      const file = open.text[0]?.match(/^(?:\/\/|--|#|<!--) (\S*\.\w+)(?: -->)?$/)?.[1];
      blocks.push({ ...open, file, text: `${open.text.join("\n")}\n` });
      open = undefined;
    }
  }
  if (open !== undefined) throw new Error(`${page}:${open.line}: this block is not closed`);
  return blocks;
}
