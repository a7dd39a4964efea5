// Stored settings as they can be used. An earlier version took what this one refuses, and documents are never changed.
//
// An id that no workspace can have is shown with U+FFFD where it holds what cannot be stored, and cut if it is long; such a workspace is one of
// those that do not exist: logins skip it, and an admin can remove it. If the engine refuses anything else, group sync is off until an admin has
// seen to it: it then stands as it was, but for U+FFFD where it holds what cannot be, or as in new settings.

import { defaultSettings, effectiveSettings, GroupSyncError, type InstanceSettings } from "idp-group-sync";
import { idFault } from "../workspaces/ids.ts";

/** The same object if it can be used as it is. */
export function usableSettings(document: InstanceSettings): InstanceSettings {
  const settings = withUsableIds(document);
  return isAccepted(settings) ? settings : mended(settings);
}

function withUsableIds(document: InstanceSettings): InstanceSettings {
  const ids = document.workspaces.map(({ id }) => id);
  const names = usableNames(new Set([...ids, document.defaultWorkspace]));
  if (names.size === 0) return document;
  const usable = (id: string) => names.get(id) ?? id;
  return {
    ...document,
    defaultWorkspace: usable(document.defaultWorkspace),
    workspaces: document.workspaces.map((workspace) => ({ ...workspace, id: usable(workspace.id) })),
  };
}

function isAccepted(settings: InstanceSettings): boolean {
  try {
    effectiveSettings(settings, settings.defaultWorkspace);
    return true;
  } catch (error) {
    if (error instanceof GroupSyncError && error.code === "invalid-input") return false;
    throw error;
  }
}

const fields = ["claim", "mapping", "policy"] as const;
type Field = (typeof fields)[number];

/** A mapping has lines. */
const unusable = { claim: /[\p{Cc}\p{Cs}]/gu, mapping: /\0|\p{Cs}/gu, policy: /[\p{Cc}\p{Cs}]/gu };

function mended(document: InstanceSettings): InstanceSettings {
  const ids = [...new Set(document.workspaces.map(({ id }) => id))].filter((id) => id !== "");
  const isListed = ids.includes(document.defaultWorkspace);
  const defaultWorkspace = (isListed ? document.defaultWorkspace : ids[0]) || document.defaultWorkspace || "main";
  const fresh = defaultSettings(defaultWorkspace);
  const usable = (field: Field, value: unknown) =>
    [value, shown(value, unusable[field])].find((candidate) => isAccepted({ ...fresh, [field]: candidate })) ??
    fresh[field];
  const mend = (from: Partial<InstanceSettings>, names: readonly Field[]) =>
    Object.fromEntries(names.map((field) => [field, usable(field, from[field])]));

  const entriesOf = ({ mapping, entries }: Partial<InstanceSettings["workspaces"][number]> = {}) => {
    if (mapping !== undefined || entries === undefined) return {};
    const own = (candidate: typeof entries) => [{ id: defaultWorkspace, enabled: true, entries: candidate }];
    const candidates = [entries, shown(entries, unusable.mapping) as typeof entries];
    const kept = candidates.find((candidate) => isAccepted({ ...fresh, workspaces: own(candidate) }));
    return kept === undefined ? {} : { entries: kept };
  };

  const workspaces = ids.map((id) => {
    const workspace = document.workspaces.find((one) => one.id === id);
    const overrides = fields.filter((field) => workspace?.[field] !== undefined);
    return { id, enabled: workspace?.enabled === true, ...mend(workspace ?? {}, overrides), ...entriesOf(workspace) };
  });
  if (workspaces.length === 0) workspaces.push({ id: defaultWorkspace, enabled: true });
  if (!workspaces.some(({ enabled }) => enabled)) {
    for (const workspace of workspaces) workspace.enabled = workspace.id === defaultWorkspace;
  }
  return { ...fresh, ...mend(document, fields), workspaces };
}

/** The same with U+FFFD for what is to be replaced. */
function shown(value: unknown, replaced: RegExp): unknown {
  if (typeof value === "string") return value.replace(replaced, "\ufffd");
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(inner, replaced)]));
}

/** What each of the ids is called that cannot be one. */
function usableNames(ids: Set<string>): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set(ids);
  for (const id of ids) {
    if (idFault(id) === null) continue;
    const characters = [...id.replace(/[\p{Cc}\p{Cs}]/gu, "\ufffd")];
    const short = characters.length > most ? `${characters.slice(0, most).join("")}\u2026` : characters.join("");
    let name = short;
    for (let number = 2; taken.has(name); number += 1) name = `${short} (${number})`;
    taken.add(name);
    names.set(id, name);
  }
  return names;
}

const most = 100;
