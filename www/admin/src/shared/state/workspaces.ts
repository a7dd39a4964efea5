// Workspaces are made and deleted at once: the settings only name them.

import type { SettingsChange } from "idp-group-sync";
import type { NewWorkspace, Workspace } from "../../backend/answers.js";
import type { Deletion, DeletionAnswer } from "../../backend/backend.js";
import type { App } from "./app.js";
import { KeptScenarios } from "./kept-scenarios.js";

export async function createWorkspace(app: App, of: NewWorkspace): Promise<Workspace> {
  const made = await app.backend.createWorkspace(of);
  app.workspaces = await app.backend.workspaces();
  app.changed();
  return made;
}

export async function renameWorkspace(app: App, workspace: string, name: string): Promise<void> {
  await app.backend.renameWorkspace(workspace, name);
  app.workspaces = await app.backend.workspaces();
  app.changed();
}

/** What is deleted may be part of what is unsaved, so nothing may be. */
export function hasUnsaved(app: App): boolean {
  return app.draft.changed || app.scenarios.changed || app.conflict !== null;
}

export async function deleteWorkspace(
  app: App,
  workspace: string,
  deletion: Omit<Deletion, "version">,
): Promise<DeletionAnswer> {
  const { backend } = app;
  const answer = await backend.deleteWorkspace(workspace, { version: app.stored.version, ...deletion });
  if (answer.status !== "deleted") return answer;
  const [workspaces, scenarios] = await Promise.all([backend.workspaces(), backend.scenarios()]);
  app.workspaces = workspaces;
  app.scenarios = new KeptScenarios(backend, scenarios, () => app.changed());
  app.take(answer.stored);
  return answer;
}

/** What the engine says of taking a workspace off the sync list, before it is done. */
export function askRemoval(app: App, workspace: string, newDefault?: string): SettingsChange {
  return app.draft.ask({
    type: "remove-workspace",
    workspace,
    ...(newDefault !== undefined && { newDefault }),
  });
}

/** The workspaces that the engine takes as the next default one. */
export function successorsOf(app: App, workspace: string): string[] {
  const others = app.draft.settings.workspaces.map(({ id }) => id).filter((id) => id !== workspace);
  return others.filter((id) => askRemoval(app, workspace, id).status === "confirm");
}
