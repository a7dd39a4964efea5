// A version of the past, made the unsaved changes: it is reviewed and saved as any others are.

import type { InstanceSettings } from "idp-group-sync";
import type { StoredSettings } from "../../backend/answers.js";
import type { App } from "./app.js";
import { commandsBetween } from "./changes.js";
import { Draft } from "./draft.js";

/** What was unsaved before can be brought back until something else is edited. */
export function restore(
  app: App,
  { version, settings, mended }: Pick<StoredSettings, "version" | "settings" | "mended">,
): void {
  const { stored, draft: before } = app;
  const current = app.conflict ?? stored;
  const { possible, missing } = asFarAsPossible(app, settings, current.settings);
  const { draft, refused } = Draft.of(current.settings, commandsBetween(current.settings, possible));
  app.take(current);
  const discarded = before.changed ? { stored, draft: before } : null;
  Object.assign(app, { draft, refused, discarded, restoredVersion: { version, missing, mended } });
  app.changed();
}

/** Without the workspaces that the application no longer has. */
function asFarAsPossible(app: App, wanted: InstanceSettings, current: InstanceSettings) {
  const known = new Set([...app.workspaces, ...current.workspaces].map(({ id }) => id));
  const missing = wanted.workspaces.map(({ id }) => id).filter((id) => !known.has(id));
  if (missing.length === 0) return { possible: wanted, missing };
  const workspaces = wanted.workspaces.filter(({ id }) => known.has(id));
  const defaults = [wanted.defaultWorkspace, current.defaultWorkspace, workspaces[0]?.id];
  const defaultWorkspace = defaults.find((id) => workspaces.some((listed) => listed.id === id));
  return {
    possible: { ...wanted, workspaces, defaultWorkspace: defaultWorkspace ?? wanted.defaultWorkspace },
    missing,
  };
}
