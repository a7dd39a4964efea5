// The groups of the demo's workspaces.

import type { NewGroup } from "../answers.js";
import { BackendError } from "../backend.js";
import type { LocalData } from "./data.js";

export function addGroup({ workspaces }: LocalData, id: string, { name, requires }: NewGroup): void {
  const workspace = workspaces.find((one) => one.id === id);
  if (!workspace) throw new BackendError({ code: "not-found", message: "there is no such workspace" });
  const { catalog } = workspace;
  if (catalog.groups.some((group) => group.name === name)) {
    const message = "there is a group of this name already";
    throw new BackendError({ code: "group-exists", message, path: "name" });
  }
  const groups = [...catalog.groups, requires ? { name, requires } : { name }];
  workspace.catalog = { ...catalog, groups };
  workspace.catalogVersion = (workspace.catalogVersion ?? 1) + 1;
}
