// A mapping while it is written: parsed, checked and completed, against a split by hand that keeps the places.

import assert from "node:assert/strict";
import { checkMapping, completeMapping, parseMapping } from "idp-group-sync";
import { configuration } from "./decide/inputs.mjs";
import { measure } from "./support/measure.mjs";
import { milliseconds, times } from "./support/report.mjs";

const ENTRIES = [100, 1000, 10_000, 50_000];

export function tables() {
  return [
    {
      heading: "A mapping while it is written",
      note:
        "Milliseconds a call. By hand, a mapping is split at `->` with the place of every name, and nothing is checked. The " +
        "ratio is of `parseMapping`, which yields the same places; the last column has it for each entry checked.",
      head: [
        "Entries",
        "Split by hand",
        "`parseMapping`",
        "Ratio",
        "`checkMapping`",
        "`completeMapping`",
        "Check, µs an entry",
      ],
      rows: ENTRIES.map(row),
    },
  ];
}

function row(entries) {
  // The last entry is the one that is being typed.
  const { mapping, catalog } = configuration(entries - 1);
  // Each call gets a text of its own, as each keystroke makes one.
  const texts = (count) => Array.from({ length: count }, (_, index) => `${mapping}\nIdP Team ${index} -> app-gr`);
  const [text] = texts(1);
  assert.deepEqual(splitByHand(text).map(places), parseMapping(text).entries.map(places));
  assert.ok(completeMapping(text, text.length, catalog, []).length > 0);
  const taken = measure(
    {
      hand: splitByHand,
      parse: parseMapping,
      check: (given) => checkMapping(given, catalog),
      complete: (given) => completeMapping(given, given.length, catalog, []),
    },
    texts,
  );
  return [
    entries.toLocaleString("en-GB"),
    milliseconds(taken.hand / 1000),
    milliseconds(taken.parse / 1000),
    times(taken.parse / taken.hand),
    milliseconds(taken.check / 1000),
    milliseconds(taken.complete / 1000),
    (taken.check / entries).toFixed(2),
  ];
}

function places({ source, target }) {
  return [source.text, source.span, target.text, target.span];
}

function splitByHand(text) {
  const entries = [];
  let start = 0;
  for (const [index, line] of text.split("\n").entries()) {
    const arrow = line.indexOf("->");
    const source = line.slice(0, arrow).trim();
    const target = line.slice(arrow + 2).trim();
    const place = (name, from) => {
      const column = line.indexOf(name, from);
      return {
        text: name,
        span: { start: start + column, end: start + column + name.length, line: index + 1, column: column + 1 },
      };
    };
    entries.push({ source: place(source, 0), target: place(target, arrow + 2) });
    start += line.length + 1;
  }
  return entries;
}
