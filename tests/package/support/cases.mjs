// The shared cases (tests/cases/README.md describes their format): read, and computed with the package.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../scripts/setup/place.mjs";

const folder = join(root, "tests", "cases");
const cursor = "‸";

/** Every case file with its cases, their shorthands written out. */
export function caseFiles() {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => {
      const { cases } = JSON.parse(readFileSync(join(folder, file), "utf8"));
      return { file, cases: cases.map(({ name, given, expect }) => ({ name, given: expand(given), expect })) };
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

/** One aspect of what comes of a case, with its spans as the text and place that they stand for. */
export function compute(aspect, given, groupSync) {
  const text = mappingOf(given);
  return withoutOffsets(text, aspects[aspect](given, text, groupSync));
}

/** The mapping without its cursor; a case of bad input may give something that is no text at all. */
const mappingOf = ({ mapping = "" }) => (typeof mapping === "string" ? mapping.replace(cursor, "") : mapping);

function configOf({ claim = "groups", catalog = { groups: [] }, policy = {}, ...given }) {
  return { mapping: mappingOf(given), claim, catalog, policy };
}

function resolution(given, _text, { GroupSync }) {
  const sync = new GroupSync(configOf(given));
  try {
    return given.groups === undefined
      ? sync.resolve(given.claims, given.options)
      : sync.resolveGroups(given.groups, given.options);
  } finally {
    sync.free();
  }
}

function diff({ before, after }, _text, { diffMappings }) {
  return diffMappings(configOf(before), configOf(after));
}

const aspects = {
  parse: (_given, text, { parseMapping }) => parseMapping(text),
  check(given, text, { checkMapping }) {
    const { catalog, policy } = configOf(given);
    return checkMapping(text, catalog, policy);
  },
  format: (_given, text, { formatMapping }) => formatMapping(text),
  formatInline: (_given, text, { formatMapping }) => formatMapping(text, "inline"),
  claim: (given, _text, { readGroups }) => readGroups(given.claims, configOf(given).claim),
  resolution,
  completions(given, text, { completeMapping }) {
    return completeMapping(text, given.mapping.indexOf(cursor), configOf(given).catalog, given.idpGroups);
  },
  diff,
  error(given, text, groupSync) {
    try {
      (given.before === undefined ? resolution : diff)(given, text, groupSync);
    } catch (error) {
      if (!(error instanceof groupSync.GroupSyncError)) throw error;
      return { code: error.code, path: error.path ?? null, message: error.message, diagnostics: error.diagnostics };
    }
    throw new Error("nothing was thrown");
  },
};

function withoutOffsets(text, value) {
  if (Array.isArray(value)) return value.map((item) => withoutOffsets(text, item));
  if (typeof value !== "object" || value === null) return value;
  const readable = Object.entries(value).map(([name, item]) => {
    if (name === "span") return { at: text.slice(item.start, item.end), line: item.line, column: item.column };
    if (name === "entry") return { entry: text.slice(item.start, item.end) };
    if (name === "edits") return { gives: applied(text, item) };
    if (name === "edit") return { gives: applied(text, [item]) };
    return { [name]: withoutOffsets(text, item) };
  });
  return Object.assign({}, ...readable);
}

function applied(text, edits) {
  let result = "";
  let done = 0;
  for (const edit of edits) {
    result += text.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  return result + text.slice(done);
}

/** Keeps of `actual` what `expected` speaks of: the fields that it names, where `null` stands for an absent one too. */
export function spokenOf(expected, actual) {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    return actual.map((item, index) => (index < expected.length ? spokenOf(expected[index], item) : item));
  }
  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isObject(expected) || !isObject(actual)) return actual;
  return Object.fromEntries(
    Object.keys(expected).map((name) => [name, spokenOf(expected[name], actual[name] ?? null)]),
  );
}
