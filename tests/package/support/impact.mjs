// Users as a comparison is fed with them: as text and as bytes, cut anywhere.

import assert from "node:assert/strict";

const utf8 = new TextEncoder();

/** What comes of the chunks that are given; the same has to come of the whole text however it is cut. */
export function impact(given, newImpact) {
  const chunks = chunksOf(given);
  const { pushes, ...result } = fed(newImpact(), chunks);
  const whole = Buffer.concat(chunks.map((chunk) => (typeof chunk === "string" ? utf8.encode(chunk) : chunk)));
  const text = chunks.every((chunk) => typeof chunk === "string") ? chunks.join("") : undefined;
  for (const length of whole.length < 10_000 ? [1, 7] : [65_536, 1_000_003]) {
    const isSame = (cut, what) => {
      const { changes, summary } = fed(newImpact(), cut);
      assert.deepEqual({ changes, summary }, result, `in pieces of ${length} ${what}`);
    };
    isSame(
      pieces(length, whole.length, (start, end) => whole.subarray(start, end)),
      "bytes",
    );
    if (text !== undefined) {
      isSame(
        pieces(length, text.length, (start, end) => text.slice(start, end)),
        "UTF-16 code units",
      );
    }
  }
  return { ...result, pushes };
}

/** The chunks that are given, or the users, a line each, in one. */
function chunksOf({ chunks, users }) {
  if (chunks !== undefined) return chunks.map((chunk) => (typeof chunk === "string" ? chunk : Uint8Array.from(chunk)));
  const lines = users.flat(Number.POSITIVE_INFINITY);
  return [lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("")];
}

const pieces = (length, end, piece) =>
  Array.from({ length: Math.ceil(end / length) }, (_, index) => piece(index * length, (index + 1) * length));

function fed(impact, chunks) {
  const pushed = chunks.map((chunk) => impact.push(chunk));
  const { changes, summary } = impact.finish();
  pushed.push(changes);
  return { changes: pushed.flat(), pushes: pushed.map((changes) => changes.map(({ id }) => id)), summary };
}
