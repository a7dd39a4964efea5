// Stored settings as they can be used. An earlier version took any text as the id of a workspace, and documents are never changed. An id that no
// workspace can have is shown with U+FFFD where it holds what cannot be stored, and cut if it is long; such a workspace is one of those that
// do not exist: logins skip it, and an admin can remove it.

import type { InstanceSettings } from "idp-group-sync";
import { idFault } from "../workspaces/ids.ts";

export function usableSettings(document: InstanceSettings): InstanceSettings {
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
