// docs/settings.md, "Entries" and "One entry: here, or not here".

import type { InstanceSettings, WorkspaceEntries, WorkspaceSettings } from "idp-group-sync";
import { doubtsOf, type Entry, type Mapping, type Reader, standsIn } from "./mapping.ts";

/** "Every entry of the instance's mapping that does not stand in `without`, in its order, and then every entry of `add`." */
export function followedBy(
  instance: Mapping,
  { add, without }: WorkspaceEntries,
  read: Reader,
): { mapping: Mapping; codes: string[] } {
  const [added, leftOut] = [read(add ?? ""), read(without ?? "")];
  const entries = [
    ...lacking(instance.entries, leftOut.entries).map((entry) => ({ ...entry, text: "instance" as const })),
    ...added.entries.map((entry) => ({ ...entry, text: "workspace" as const })),
  ];
  const codes = [...doubtsOf(entries), ...mistakesOf(instance), ...mistakesOf(added)];
  const broken = instance.broken || added.broken || leftOut.broken;
  return { mapping: { text: "", entries, codes, broken }, codes: withoutCodes(instance, leftOut) };
}

/** "What is wrong or doubtful about the text `entries.without`": an entry "that the instance does not have" too. */
export function withoutCodes(instance: Mapping, leftOut: Mapping): string[] {
  return [...leftOut.codes, ...lacking(leftOut.entries, instance.entries).map(() => "without-nothing")];
}

function mistakesOf({ broken, codes }: Mapping): string[] {
  return broken ? codes.filter((code) => !["contradiction", "duplicate-entry", "empty-entry"].includes(code)) : [];
}

function lacking(entries: Entry[], others: Entry[]): Entry[] {
  return entries.filter((entry) => !standsIn(others, entry));
}

/** How the model writes entries down, and reads what was written. */
export interface Texts {
  read: Reader;
  /** Mistakes stay where they are. */
  write: (entries: Entry[], mistakes: string[]) => string;
}

/** What the workspace has then; a text that keeps its entries "stays as it is". */
export function setEntry(
  settings: InstanceSettings,
  workspace: WorkspaceSettings,
  asked: Entry[],
  holds: boolean,
  { read, write }: Texts,
): Pick<WorkspaceSettings, "mapping" | "entries"> {
  const rewritten = (text: string | null | undefined, change: (entries: Entry[]) => Entry[]) => {
    const old = read(text ?? "");
    const { entries } = old;
    const changed = change(entries);
    const isKept = changed.length === entries.length && changed.every((entry, place) => entry === entries[place]);
    return isKept ? text : changed.length > 0 || old.broken ? write(changed, mistakesOf(old)) : undefined;
  };
  const into = (more: Entry[]) => (entries: Entry[]) => [
    ...entries,
    ...lacking(more, entries).filter((entry, place, all) => !standsIn(all.slice(0, place), entry)),
  ];
  const outOf = (fewer: Entry[]) => (entries: Entry[]) => lacking(entries, fewer);
  if (workspace.mapping != null) {
    return { mapping: rewritten(workspace.mapping, holds ? into(asked) : outOf(asked)) ?? "" };
  }
  // "An entry that the instance has goes into `without`, or out of it, and any other one into `add`, or out of it.
  // Each stands there once then, and no longer in the other."
  const { entries: had } = read(settings.mapping);
  const others = lacking(asked, had);
  const both = asked.filter((entry) => standsIn(had, entry));
  const only = (more: Entry[]) => (entries: Entry[]) => into(more)(outOf(asked)(entries));
  const add = rewritten(workspace.entries?.add, only(holds ? others : []));
  const without = rewritten(workspace.entries?.without, only(holds ? [] : both));
  // "Where nothing is left in either, the workspace inherits again."
  const isLeft = [add, without].some((text) => read(text ?? "").entries.length > 0 || read(text ?? "").broken);
  return { entries: isLeft ? ({ add, without } as WorkspaceEntries) : undefined };
}
