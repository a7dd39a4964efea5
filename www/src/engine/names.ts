import { type Completion, completeMapping, type Entry, GroupSyncError, parseMapping } from "idp-group-sync";

// How a name has to be written in mapping text, quotes and all, is the engine's to say: it completes names as they must stand.

/** A name as a source, or nothing if no entry can have it. */
export function sourceOf(name: string): string | undefined {
  const written = sourcesOf([name]).get(name);
  return written !== undefined && isSource(written, name, "name") ? written : undefined;
}

/** A name as a target, or nothing if no entry can have it. */
export function targetOf(name: string): string | undefined {
  const written = targetsOf([name]).get(name);
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

function sourcesOf(names: string[]): Map<string, string> {
  return byLabel(asked(() => completeMapping("", 0, { groups: [] }, names)));
}

function targetsOf(names: string[]): Map<string, string> {
  const before = "x -> ";
  // A role of another name than all of them: one of the same name would be offered in a group's place.
  const roles = [`${names.join("")}.`];
  const groups = names.map((name) => ({ name }));
  const completions = asked(() => completeMapping(before, before.length, { roles, groups }));
  return byLabel(completions.filter(({ kind }) => kind === "group"));
}

function byLabel(completions: Completion[]): Map<string, string> {
  return new Map(completions.map(({ label, edit }) => [label, edit.text]));
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
