// docs/settings.md, "Commands": the reducer.

import type { InstanceSettings, SettingsCommand, WorkspaceSettings } from "idp-group-sync";
import type { Mapping } from "./mapping.ts";
import { claimFault, hasControl, listed } from "./settings.ts";

export type ModelChange =
  | { status: "applied"; settings: InstanceSettings; codes: string[] }
  | { status: "confirm"; warning: string; codes: string[] }
  | { status: "rejected"; code: string; codes: string[] };

/** What a text means that a command may set. */
export type Reader = (text: string) => Mapping;

export function applyCommand(
  settings: InstanceSettings,
  command: SettingsCommand,
  superAdmin: boolean,
  read: Reader,
): ModelChange {
  const codes = command.type === "set-mapping" ? read(command.mapping).codes : [];
  const code = rejection(settings, command, superAdmin, read);
  if (code) return { status: "rejected", code, codes: code === "invalid-mapping" ? codes : [] };
  // "Without `confirmed: true` the answer is `confirm`, even for a workspace without overrides."
  if (command.type === "remove-workspace" && command.confirmed !== true) {
    return { status: "confirm", warning: warning(settings, command.workspace), codes: [] };
  }
  return { status: "applied", settings: applied(settings, command), codes };
}

/** "Rejections": "where several apply, the first of this list is given". */
function rejection(settings: InstanceSettings, command: SettingsCommand, superAdmin: boolean, read: Reader) {
  if (!superAdmin) return "not-super-admin";
  if (namesUnknown(settings, command)) return "unknown-workspace";
  if (command.type === "disable-workspace" || command.type === "remove-workspace") {
    const others = settings.workspaces.filter((workspace) => workspace.id !== command.workspace);
    if (!others.some((workspace) => workspace.enabled)) return "last-enabled-workspace";
  }
  if (needsSuccessor(settings, command)) return "default-needs-successor";
  if (command.type === "add-workspace" && listed(settings, command.workspace)) return "already-listed";
  if (command.type === "set-mapping" && (read(command.mapping).broken || command.mapping.includes("\0")))
    return "invalid-mapping";
  if (command.type === "set-claim" && claimFault(command.claim)) return "invalid-claim-name";
  const isInvalidId = (id: string) => id === "" || hasControl(id);
  if (command.type === "add-workspace" && isInvalidId(command.workspace)) return "invalid-settings";
  return undefined;
}

function namesUnknown(settings: InstanceSettings, command: SettingsCommand): boolean {
  if (command.type === "add-workspace") return false;
  const named = [
    ...("workspace" in command ? [command.workspace] : []),
    ...("newDefault" in command ? [command.newDefault] : []),
  ];
  return named.some((id) => id != null && !listed(settings, id));
}

function needsSuccessor(settings: InstanceSettings, command: SettingsCommand): boolean {
  if (command.type === "set-default-workspace") return listed(settings, command.workspace)?.enabled !== true;
  if (command.type !== "remove-workspace" || command.workspace !== settings.defaultWorkspace) return false;
  const { workspace, newDefault } = command;
  return newDefault == null || newDefault === workspace || listed(settings, newDefault)?.enabled !== true;
}

/** "What is lost is what the workspace overrides, and the warning names it." */
function warning(settings: InstanceSettings, id: string): string {
  const workspace = listed(settings, id);
  const lost = (["claim", "mapping", "policy"] as const).filter((field) => workspace?.[field] != null);
  const ends = `logins will no longer sync the workspace \`${id}\``;
  if (lost.length === 0) return `${ends}; it has no settings of its own to lose`;
  return `${ends}, and its own settings will be lost: ${lost.join(", ")}`;
}

/** The table of commands. */
function applied(settings: InstanceSettings, command: SettingsCommand): InstanceSettings {
  const change = (id: string, changed: Partial<WorkspaceSettings>): InstanceSettings => ({
    ...settings,
    workspaces: settings.workspaces.map((workspace) =>
      workspace.id === id ? { ...workspace, ...changed } : workspace,
    ),
  });
  const set = (changed: Partial<InstanceSettings & WorkspaceSettings>, workspace?: string | null): InstanceSettings =>
    workspace == null ? { ...settings, ...changed } : change(workspace, changed);
  switch (command.type) {
    case "enable":
      return { ...settings, enabled: true };
    case "disable":
      return { ...settings, enabled: false };
    case "set-claim":
      return set({ claim: command.claim }, command.workspace);
    case "set-mapping":
      return set({ mapping: command.mapping }, command.workspace);
    case "set-policy":
      return set({ policy: command.policy }, command.workspace);
    case "inherit":
      return change(command.workspace, { [command.field]: undefined });
    case "add-workspace":
      return { ...settings, workspaces: [...settings.workspaces, { id: command.workspace, enabled: true }] };
    case "enable-workspace":
      return change(command.workspace, { enabled: true });
    case "disable-workspace":
      return change(command.workspace, { enabled: false });
    case "remove-workspace": {
      const workspaces = settings.workspaces.filter((workspace) => workspace.id !== command.workspace);
      const wasDefault = settings.defaultWorkspace === command.workspace;
      const successor = wasDefault ? command.newDefault : undefined;
      return { ...settings, workspaces, defaultWorkspace: successor ?? settings.defaultWorkspace };
    }
    case "set-entries":
    case "set-entry":
      throw new Error("no random command gives a workspace entries of its own");
    case "set-default-workspace":
      return { ...settings, defaultWorkspace: command.workspace };
  }
}
