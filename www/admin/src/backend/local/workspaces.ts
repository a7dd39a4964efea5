// The workspaces of the demo, made and deleted as the server does it.

import { newIdFault, suggestedId } from "../../../../../server/src/workspaces/new-id.ts";
import type { NewWorkspace, Workspace, WorkspaceDetails } from "../answers.js";
import { BackendError } from "../backend.js";
import type { LocalData } from "./data.js";

/** The roles of every workspace there is. */
const roles = ["end-user", "builder", "admin"];

export function shownWorkspaces({ workspaces, users }: LocalData): Workspace[] {
  return workspaces.map((workspace) => ({
    ...workspace,
    catalogVersion: workspace.catalogVersion ?? 1,
    members: users.filter(({ memberships }) => workspace.id in memberships).length,
  }));
}

export function createWorkspace(data: LocalData, { id: given, name }: NewWorkspace): Workspace {
  const taken = new Set(data.workspaces.map(({ id }) => id));
  const id = given ?? suggestedId(name, taken);
  const fault = newIdFault(id);
  if (fault !== null) throw new BackendError({ code: "invalid-input", message: fault, path: "id" });
  if (taken.has(id)) {
    const message = "there is a workspace of this id already";
    throw new BackendError({ code: "workspace-exists", message, path: "id" });
  }
  const made = { id, name: name.trim(), catalog: { roles: [...roles], groups: [] }, catalogVersion: 1 };
  data.workspaces.push(made);
  return { ...made, members: 0 };
}

export function renameWorkspace({ workspaces }: LocalData, id: string, name: string): void {
  const workspace = workspaces.find((one) => one.id === id);
  if (!workspace) throw new BackendError({ code: "not-found", message: "there is no such workspace" });
  workspace.name = name.trim();
}

export function detailsOf(data: LocalData, id: string): WorkspaceDetails {
  const workspace = shownWorkspaces(data).find((one) => one.id === id);
  if (!workspace) throw new BackendError({ code: "not-found", message: "there is no such workspace" });
  const members = data.users.filter(({ memberships }) => id in memberships);
  const { set } = data.scenarios.find((kept) => kept.workspace === id) ?? {};
  const { settings } = data.versions.at(-1) ?? {};
  return {
    workspace,
    losses: {
      members: members.length,
      membersOnlyHere: members.filter(({ memberships }) => Object.keys(memberships).length === 1).length,
      groups: workspace.catalog.groups.length,
      scenarios: set?.scenarios.length ?? 0,
      guarantees: set?.guarantees.length ?? 0,
    },
    listed: settings?.workspaces.some((listed) => listed.id === id) ?? false,
    default: settings?.defaultWorkspace === id,
  };
}

/** With everything that is in it, once the settings do not name it any more. */
export function forgetWorkspace(data: LocalData, id: string): void {
  data.workspaces = data.workspaces.filter((one) => one.id !== id);
  data.scenarios = data.scenarios.filter(({ workspace }) => workspace !== id);
  for (const { memberships } of data.users) delete memberships[id];
}
