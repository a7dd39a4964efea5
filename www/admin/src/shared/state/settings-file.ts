// Settings with everything that is expected of them as one file, which the command line reads too.

import {
  type Expectations,
  GroupSyncError,
  readSettingsFile,
  type SettingsCommand,
  type SettingsFile,
} from "idp-group-sync";
import type { App } from "./app.js";
import { commandsBetween } from "./changes.js";
import { FILE_NAME } from "./command-line.js";
import { Draft, type Rejection } from "./draft.js";

/** The file of what is edited, with what can be granted, so that nothing else is needed to try it. */
export function settingsFile({ draft: { settings }, scenarios, workspaces }: App): string {
  const listed = workspaces.filter(({ id }) => settings.workspaces.some((workspace) => workspace.id === id));
  const file: SettingsFile = {
    ...settings,
    workspaces: settings.workspaces.map((workspace) => ({ ...workspace, ...scenarios.in(workspace.id) })),
    ...scenarios.in(null),
    catalogs: Object.fromEntries(listed.map(({ id, catalog }) => [id, catalog])),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Has the browser save that file. */
export function downloadSettings(app: App): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([settingsFile(app)], { type: "application/json" }));
  link.download = FILE_NAME;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** What keeps a file from being taken, and where in it. */
export type Mistake =
  | { place: string; message: string }
  | { place: string; rejection: Rejection }
  | { place: string; workspace: string };

/** What a file would have the page come to. */
export interface Imported {
  draft: Draft;
  expectations: Expectations[];
}

/** Reads a file as changes of what is stored: all of it, or the mistakes. */
export function readImport({ stored, workspaces }: App, text: string): Imported | Mistake[] {
  try {
    const { settings, expectations } = readSettingsFile(text);
    const known = new Set(workspaces.map(({ id }) => id));
    const missing = settings.workspaces.flatMap(({ id }, index) =>
      known.has(id) ? [] : [{ place: `workspaces[${index}].id`, workspace: id }],
    );
    const { draft, refused } = Draft.of(stored.settings, commandsBetween(stored.settings, settings));
    const rejected = [...draft.attempts, ...refused].map(({ command, rejection }) => ({
      place: placeOf(command, settings),
      rejection,
    }));
    const mistakes = [...missing, ...rejected];
    return mistakes.length > 0 ? mistakes : { draft, expectations };
  } catch (error) {
    if (!(error instanceof GroupSyncError)) throw error;
    return [{ place: (error.path ?? "").replace(/^file\.?/, ""), message: error.problem }];
  }
}

/** Where in the file stands what a command sets. */
function placeOf(command: SettingsCommand, { workspaces }: Pick<SettingsFile, "workspaces">): string {
  const field = command.type.replace("set-", "");
  if (!("workspace" in command) || command.workspace === undefined) return field;
  return `workspaces[${workspaces.findIndex(({ id }) => id === command.workspace)}].${field}`;
}
