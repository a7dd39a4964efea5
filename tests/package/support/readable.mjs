// Offsets turned into the text that they stand for, so that a case holds whether a surface counts bytes or UTF-16.

import { commandsOf, configOf, mappingOf } from "./given.mjs";

/** The result of an aspect, each of its places looked up in the text that it is in: mostly the mapping that is given. */
export function readable(aspect, given, result) {
  if (aspect === "imported") return withoutOffsets(given.import, result);
  if (aspect === "change") {
    const { mapping, entry, entries } = commandsOf(given).at(-1);
    return withoutOffsets(mapping ?? entry, result, ({ params }) => entries?.[params?.field]);
  }
  if (aspect === "effective") return withoutOffsets(workspaceEntries(given, given.workspace ?? "main").without, result);
  if (aspect === "error") return withoutOffsets(refusedMapping(given, result), result);
  if (aspect !== "login" && aspect !== "reconcile") return withoutOffsets(mappingOf(given), result);
  const workspaces = result.workspaces.map(({ id, plan }) => {
    const { add } = workspaceEntries(given, id);
    const own = ({ text, params }) => (text === "workspace" || params?.text === "workspace" ? add : undefined);
    return { id, plan: withoutOffsets(workspaceMapping(given, id), plan, own) };
  });
  return { ...result, workspaces };
}

/** The mapping that is at fault: of those that are compared or merged, the error's path says which. */
function refusedMapping(given, { path }) {
  if (["base", "mine", "theirs"].includes(path)) return given[path];
  const side = ["before", "after"].find((name) => path?.startsWith(name));
  return side === undefined ? mappingOf(given) : configOf(given[side]).mapping;
}

/** The mapping that holds for a workspace: its own, or the instance's. */
function workspaceMapping({ settings }, id) {
  return settings?.workspaces.find((workspace) => workspace.id === id)?.mapping ?? settings?.mapping ?? "";
}

/** The texts in which a workspace differs from the instance's. */
function workspaceEntries({ settings }, id) {
  return settings?.workspaces.find((workspace) => workspace.id === id)?.entries ?? {};
}

/** Places are in `around`, but for objects of which `own` knows another text. */
function withoutOffsets(around, value, own = () => undefined) {
  if (Array.isArray(value)) return value.map((item) => withoutOffsets(around, item, own));
  if (typeof value !== "object" || value === null) return value;
  const text = own(value) ?? around;
  const shown = Object.entries(value).flatMap(([name, item]) => {
    if (name === "span") return Object.entries({ at: at(text, item), line: item.line, column: item.column });
    if (name === "entry" && typeof item === "object") return [[name, at(text, item)]];
    if (name === "edits") return [["gives", applied(text, item)]];
    if (name === "edit") return [["gives", applied(text, [item])]];
    return [[name, withoutOffsets(text, item, own)]];
  });
  return Object.fromEntries(shown);
}

const at = (text, { start, end }) => text.slice(start, end);

function applied(text, edits) {
  let result = "";
  let done = 0;
  for (const edit of edits) {
    result += text.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  return result + text.slice(done);
}
