// Patterns with a star on both sides, against regular expressions made of them.

import assert from "node:assert/strict";
import { GroupSync } from "idp-group-sync";
import { measure } from "./support/measure.mjs";
import { milliseconds, times } from "./support/report.mjs";

const KINDS = [
  { name: "`*p…q*`", patterns: 2000, groups: 2000, pattern: (number) => `*p${number}q*` },
  { name: "`*abcde*`", patterns: 5000, groups: 10_000, pattern: (number) => `*${letters(number)}*` },
];

export function tables() {
  return [
    {
      heading: "Patterns",
      note: "Milliseconds to resolve a user's groups. By hand, each pattern is a regular expression that is tried on each group.",
      head: ["Patterns × groups", "Regular expressions", "Package", "Ratio", "Package, every reason", "Ratio"],
      rows: KINDS.map(row),
    },
  ];
}

function row({ name, patterns, groups, pattern }) {
  const sources = Array.from({ length: patterns }, (_, number) => pattern(number));
  const expressions = sources.map((source) => new RegExp(`^${source.replaceAll("*", "[^]*")}$`, "u"));
  const mapping = sources.map((source, number) => `${source} -> app-group-${number % 100}`).join("\n");
  const catalog = { groups: Array.from({ length: 100 }, (_, number) => ({ name: `app-group-${number}` })) };
  const sync = new GroupSync({ mapping, claim: { name: "groups" }, catalog });
  const fresh = (count) =>
    Array.from({ length: count }, (_, user) => ({
      groups: Array.from({ length: groups }, (_, index) => groupName(user, index)),
    }));
  const contenders = {
    hand: ({ groups: names }) => byHand(expressions, names),
    decision: (claims) => sync.resolve(claims, { explain: false }).groups,
    explained: (claims) => sync.resolve(claims).groups,
  };
  const [claims] = fresh(1);
  assert.deepEqual(contenders.decision(claims), contenders.hand(claims), name);
  const taken = measure(contenders, fresh);
  return [
    `${name}, ${patterns.toLocaleString("en-GB")} × ${groups.toLocaleString("en-GB")}`,
    milliseconds(taken.hand / 1000),
    milliseconds(taken.decision / 1000),
    times(taken.decision / taken.hand),
    milliseconds(taken.explained / 1000),
    times(taken.explained / taken.hand),
  ];
}

function byHand(expressions, names) {
  const matched = new Set();
  for (const name of names) {
    for (const [number, expression] of expressions.entries()) if (expression.test(name)) matched.add(number % 100);
  }
  return [...matched].sort((a, b) => a - b).map((number) => `app-group-${number}`);
}

function groupName(user, index) {
  return index % 10 === 0 ? `team ${letters(index)} p${index}q ${user}` : `a group of IdP ${user} called ${index}`;
}

/** Five letters that stand for a number. */
function letters(number) {
  let rest = number * 7919 + 11;
  let text = "";
  for (let place = 0; place < 5; place += 1) {
    text += String.fromCharCode(97 + (rest % 26));
    rest = Math.floor(rest / 26);
  }
  return text;
}
