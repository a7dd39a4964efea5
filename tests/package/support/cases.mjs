// The shared cases (tests/cases/README.md describes their format), read with their shorthands written out.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../scripts/setup/place.mjs";

const folder = join(root, "tests", "cases");

/** Every case file with its cases, their shorthands written out. */
export function caseFiles() {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => {
      const { cases } = JSON.parse(readFileSync(join(folder, file), "utf8"));
      return {
        file,
        cases: cases.map(({ name, given, expect }) => ({ name, given: expand(given), expect: expand(expect) })),
      };
    });
}

/** Writes out `$repeat`, `$numbered` and `$concat`. */
function expand(value) {
  if (Array.isArray(value)) return value.map(expand);
  if (typeof value !== "object" || value === null) return value;
  if ("$repeat" in value) {
    const item = expand(value.$repeat);
    return typeof item === "string" ? item.repeat(value.times) : Array(value.times).fill(item);
  }
  if ("$numbered" in value) {
    return Array.from({ length: value.count }, (_, index) => value.$numbered.replaceAll("{}", index + 1));
  }
  if ("$concat" in value) return value.$concat.map((part) => [expand(part)].flat().join("")).join("");
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, expand(item)]));
}

/** Keeps of `actual` what `expected` speaks of: the fields that it names, where `null` stands for an absent one too. */
export function spokenOf(expected, actual) {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    return actual.map((item, index) => (index < expected.length ? spokenOf(expected[index], item) : item));
  }
  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject(expected) || !isObject(actual)) return actual;
  return Object.fromEntries(
    Object.keys(expected).map((name) => [
      name,
      spokenOf(expected[name], (Object.hasOwn(actual, name) ? actual[name] : null) ?? null),
    ]),
  );
}
