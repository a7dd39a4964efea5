// The fenced code of a Markdown file.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../scripts/setup/place.mjs";

/** Every fenced block of a file: its language, its text, and the line where its text begins. */
export function blocksOf(file) {
  const lines = readFileSync(join(root, file), "utf8").split("\n");
  const blocks = [];
  let open;
  for (const [index, line] of lines.entries()) {
    const fence = line.match(/^```(\S*)$/);
    if (fence === null) {
      open?.text.push(line);
    } else if (open === undefined) {
      open = { language: fence[1], line: index + 2, text: [] };
    } else {
      blocks.push({ ...open, text: `${open.text.join("\n")}\n` });
      open = undefined;
    }
  }
  if (open !== undefined) throw new Error(`${file}:${open.line}: this block is not closed`);
  return blocks;
}
