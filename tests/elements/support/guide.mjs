// The examples of docs/elements.md, as a reader would copy them.

import assert from "node:assert/strict";
import { blocksOf } from "../../docs/support/blocks.mjs";

const guide = "docs/elements.md";
const blocks = blocksOf(guide);

/** The block that a reader would save under this name. */
export function fileOfGuide(name) {
  const found = blocks.filter(({ file }) => file === name);
  assert.equal(found.length, 1, `${guide} has ${found.length} blocks that begin with // ${name}`);
  return found[0].text;
}

/** The page of the guide: the block that is a whole document. */
export function pageOfGuide() {
  return only(blocks.filter(({ language, text }) => language === "html" && text.startsWith("<!doctype html>")));
}

/** The script that starts a worker in a bare page. */
export function workerScriptOfGuide() {
  return only(blocks.filter(({ language, text }) => language === "html" && text.includes("useEngineWorker")));
}

/** The style sheets of the guide. */
export function stylesOfGuide() {
  return blocks.filter(({ language }) => language === "css").map(({ text }) => text);
}

/** The policy that the guide asks for. */
export function policyOfGuide() {
  return only(blocks.filter(({ text }) => text.startsWith("script-src "))).trim();
}

/** What defines words of the reader's own. */
export function messagesOfGuide() {
  return only(blocks.filter(({ language, text }) => language === "js" && text.includes("defineMessages")));
}

/** The program that the package's README begins with. */
export function programOfReadme() {
  return only(blocksOf("www/elements/README.md").filter(({ language }) => language === "ts"));
}

function only(found) {
  assert.equal(found.length, 1);
  return found[0].text;
}
