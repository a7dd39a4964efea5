import { type Completion, completeMapping, type Entry, GroupSyncError, parseMapping } from "idp-group-sync";

// How a name has to be written in mapping text, quotes and all, is the engine's to say: it completes names as they must stand.

/** A name as a source, or nothing if no entry can have it. */
export function sourceOf(name: string): string | undefined {
  const written = writtenAs(name, () => completeMapping("", 0, { groups: [] }, [name]));
  return written !== undefined && isSource(written, name, "name") ? written : undefined;
}

/** A name as a target, or nothing if no entry can have it. */
export function targetOf(name: string): string | undefined {
  const before = "x -> ";
  // A role of another name: one of the same name would be offered in the group's place.
  const catalog = { roles: [`${name}.`], groups: [{ name }] };
  const written = writtenAs(name, () =>
    completeMapping(before, before.length, catalog).filter(({ kind }) => kind === "group"),
  );
  return written !== undefined && isTarget("x", written, name, "name") ? written : undefined;
}

/** A pattern as a source, or nothing if this is none. */
export function patternOf(text: string): string | undefined {
  const written = text.trim();
  return isSource(written, written, "pattern") ? written : undefined;
}

/** A capture as the target of a source, which is given as it is written; or nothing if this is none there. */
export function captureOf(source: string, text: string): string | undefined {
  const written = text.trim();
  return isTarget(source, written, written, "capture") ? written : undefined;
}

/** How a name stands in a text, by the completions that offer it. */
function writtenAs(name: string, complete: () => Completion[]): string | undefined {
  return asked(complete).find(({ label }) => label === name)?.edit.text;
}

/** A condition as a source, or nothing if this is none. */
export function conditionOf(text: string): string | undefined {
  const written = text.trim();
  return onlyEntry(`${written} -> x`)?.source.kind === "condition" ? written : undefined;
}

function isSource(written: string, text: string, kind: "name" | "pattern"): boolean {
  const source = onlyEntry(`${written} -> x`)?.source;
  return source?.text === text && source.kind === kind;
}

function isTarget(source: string, written: string, text: string, kind: "name" | "capture"): boolean {
  const target = onlyEntry(`${source} -> ${written}`)?.target;
  return target?.text === text && target.kind === kind;
}

/** The entry that a text is, if it is one and nothing else. */
function onlyEntry(text: string): Entry | undefined {
  const { entries, diagnostics } = parseMapping(text);
  const read = entries.length === 1 && diagnostics.every(({ severity }) => severity !== "error");
  return read ? entries[0] : undefined;
}

/** The engine refuses names that nothing can bear, such as the empty one. */
function asked(completions: () => Completion[]): Completion[] {
  try {
    return completions();
  } catch (error) {
    if (error instanceof GroupSyncError) return [];
    throw error;
  }
}
