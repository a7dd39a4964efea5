// The workspaces that commands name, held against those that there are. The engine knows the sync list, and not the application's workspaces.

import type { SettingsCommand } from "idp-group-sync";
import type { Database } from "../database/schema.ts";
import { idFault } from "../workspaces/ids.ts";

export interface WorkspaceFault {
  status: "workspace-fault";
  /** Of the command. */
  index: number;
  field: "workspace" | "newDefault";
  code: "invalid-input" | "no-such-workspace";
  message: string;
}

interface Named {
  index: number;
  field: WorkspaceFault["field"];
  id: string;
}

/** The first id that no workspace can have. */
export function unusableWorkspace(commands: SettingsCommand[]): WorkspaceFault | null {
  for (const { id, ...place } of commands.flatMap(workspacesOf)) {
    const message = idFault(id);
    if (message !== null) return { status: "workspace-fault", ...place, code: "invalid-input", message };
  }
  return null;
}

/** The first workspace that is to be used and does not exist. What switches one off, or takes it out, is for those too that are gone. */
export async function missingWorkspace(
  transaction: Database,
  commands: SettingsCommand[],
): Promise<WorkspaceFault | null> {
  const used = commands
    .flatMap(workspacesOf)
    .filter(({ index, field }) => field === "newDefault" || !forGone.has(commands[index]?.type ?? ""));
  if (used.length === 0) return null;
  const wanted = used.map(({ id }) => id);
  const rows = await transaction.selectFrom("workspaces").select("id").where("id", "in", wanted).execute();
  const existing = new Set(rows.map(({ id }) => id));
  const missing = used.find(({ id }) => !existing.has(id));
  if (!missing) return null;
  const { id, ...place } = missing;
  const message = `the application has no workspace \`${id}\``;
  return { status: "workspace-fault", ...place, code: "no-such-workspace", message };
}

const forGone = new Set<string>(["disable-workspace", "remove-workspace"] satisfies SettingsCommand["type"][]);

function workspacesOf(command: SettingsCommand, index: number): Named[] {
  const named: Named[] = [];
  if ("workspace" in command && command.workspace !== undefined) {
    named.push({ index, field: "workspace", id: command.workspace });
  }
  if ("newDefault" in command && command.newDefault !== undefined) {
    named.push({ index, field: "newDefault", id: command.newDefault });
  }
  return named;
}
