// Two versions of the settings that were made of one: what either side changed is taken, and only where both changed one thing
// differently is somebody asked. Of mappings, the engine merges the entries.

import { GroupSyncError, type InstanceSettings, mergeMappings, type Policy } from "idp-group-sync";
import { type Field, fields, type Own, same } from "./changes.js";

type Listed = InstanceSettings["workspaces"][number];
export type Side = "mine" | "theirs";
/** The answers to questions, by their keys. */
export type Choices = ReadonlyMap<string, Side>;

/** Something that both sides changed, and not alike. `workspace` is `null` for the instance. */
export interface Question {
  key: string;
  workspace: string | null;
  about:
    | { kind: "source"; source: string; of?: "add" | "without" }
    | { kind: "policy"; field: keyof Policy }
    | { kind: Field | "default-workspace" | "listed" };
  /** What it is on each side: entries as they are written, a value, or `undefined` for nothing of its own. */
  mine: unknown;
  theirs: unknown;
}

export interface Merge {
  /** A question that is not answered yet counts as mine. */
  settings: InstanceSettings;
  questions: Question[];
}

/** What one side alone has changed is taken; of what both have, and not alike, `both` decides. */
export function ofEither<Value>(base: Value, mine: Value, theirs: Value, both: () => Value): Value {
  if (same(mine, theirs) || same(theirs, base)) return mine;
  return same(mine, base) ? theirs : both();
}

export function merge(
  base: InstanceSettings,
  mine: InstanceSettings,
  theirs: InstanceSettings,
  choices: Choices = new Map(),
): Merge {
  const questions: Question[] = [];

  function ask<Value>(workspace: string | null, about: Question["about"], mine: Value, theirs: Value): Value {
    const key = JSON.stringify([workspace, about]);
    questions.push({ key, workspace, about, mine, theirs });
    return choices.get(key) === "theirs" ? theirs : mine;
  }

  function value<Value>(workspace: string | null, about: Question["about"], b: Value, m: Value, t: Value): Value {
    return ofEither(b, m, t, () => ask(workspace, about, m, t));
  }

  /** `of` says which of the two texts in which a workspace differs from the instance's mapping. */
  function mapping(workspace: string | null, b: string, m: string, t: string, of?: "add" | "without"): string {
    const merged = same(m, b) || same(t, b) ? undefined : merged3(b, m, t);
    if (!merged) return value(workspace, { kind: "mapping" }, b, m, t);
    const theirs = merged.conflicts.filter(
      ({ source, mine, theirs }) =>
        ask<Side | string[]>(workspace, { kind: "source", source, ...(of && { of }) }, mine, theirs) === theirs,
    );
    if (theirs.length === 0) return merged.mapping;
    // The same again: what was mine about these sources is the common version, and what was theirs the change.
    const entries = (side: Side) => theirs.flatMap((conflict) => conflict[side]).join("\n");
    return mergeMappings(entries("mine"), merged.mapping, entries("theirs")).mapping;
  }

  function policy(workspace: string | null, b: Policy, m: Policy, t: Policy): Policy {
    const names = [...new Set([...Object.keys(t), ...Object.keys(m)])] as (keyof Policy)[];
    const values = names.map((field) => [
      field,
      value<unknown>(workspace, { kind: "policy", field }, b[field], m[field], t[field]),
    ]);
    return Object.fromEntries(values.filter(([, chosen]) => chosen !== undefined));
  }

  function own(workspace: string | null, b: Own, m: Own, t: Own): Own {
    // Who overrides begins with what was inherited.
    const common = { claim: base.claim, mapping: base.mapping, policy: base.policy, ...defined(b) };
    const merged: Own = {};
    for (const field of fields) {
      if (field === "mapping" && m.entries && t.entries) {
        const common = b.entries ?? {};
        const text = (of: "add" | "without") =>
          mapping(workspace, common[of] ?? "", m.entries?.[of] ?? "", t.entries?.[of] ?? "", of);
        const [add, without] = [text("add"), text("without")];
        merged.entries = { ...(add !== "" && { add }), ...(without !== "" && { without }) };
      } else if (field === "mapping" && (b.entries || m.entries || t.entries)) {
        // One of them has a mapping of its own, or inherits: that is taken whole.
        const of = ({ mapping, entries }: Own) => defined({ mapping, entries });
        Object.assign(merged, value(workspace, { kind: field }, of(b), of(m), of(t)));
      } else if (m[field] === undefined || t[field] === undefined) {
        Object.assign(merged, { [field]: value(workspace, { kind: field }, b[field], m[field], t[field]) });
      } else if (field === "mapping") {
        merged.mapping = mapping(workspace, common.mapping, m[field] ?? "", t[field] ?? "");
      } else if (field === "policy") {
        merged.policy = policy(workspace, common.policy, m[field] ?? {}, t[field] ?? {});
      } else {
        merged.claim = value(workspace, { kind: field }, common.claim, m[field], t[field]) ?? common.claim;
      }
    }
    return defined(merged);
  }

  function workspace(id: string): Listed | undefined {
    const [b, m, t] = [base, mine, theirs].map(({ workspaces }) => workspaces.find((listed) => listed.id === id));
    if (m && t) {
      const common = b ?? { id, enabled: true };
      // Both are switched on or off, so that one of them at least is as it was.
      const enabled = m.enabled === common.enabled ? t.enabled : m.enabled;
      return { id, enabled, ...own(id, common, m, t) };
    }
    return value(id, { kind: "listed" }, b, m, t);
  }

  const ids = new Set([...theirs.workspaces, ...mine.workspaces].map(({ id }) => id));
  const workspaces = [...ids].map(workspace).filter((listed) => listed !== undefined);
  const wanted = value(
    null,
    { kind: "default-workspace" },
    base.defaultWorkspace,
    mine.defaultWorkspace,
    theirs.defaultWorkspace,
  );
  const settings = {
    ...theirs,
    ...own(null, base, mine, theirs),
    enabled: mine.enabled === base.enabled ? theirs.enabled : mine.enabled,
    workspaces,
    defaultWorkspace:
      [wanted, theirs.defaultWorkspace, mine.defaultWorkspace].find((id) =>
        workspaces.some((listed) => listed.id === id),
      ) ?? wanted,
  };
  return { settings, questions };
}

function merged3(base: string, mine: string, theirs: string) {
  try {
    return mergeMappings(base, mine, theirs);
  } catch (error) {
    if (error instanceof GroupSyncError) return undefined;
    throw error;
  }
}

function defined<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Value;
}
