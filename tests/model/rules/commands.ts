// docs/settings.md, "Commands": the reducer.

import type { InstanceSettings, SettingsCommand, WorkspaceSettings } from "idp-group-sync";
import { setEntry, type Texts, withoutCodes } from "./entries.ts";
import { claimFault, hasControl, listed } from "./settings.ts";

export type ModelChange =
  | { status: "applied"; settings: InstanceSettings; codes: string[] }
  | { status: "confirm"; warning: string; codes: string[] }
  | { status: "rejected"; code: string; codes: string[] };

export function applyCommand(
  settings: InstanceSettings,
  command: SettingsCommand,
  superAdmin: boolean,
  texts: Texts,
): ModelChange {
  const code = rejection(settings, command, superAdmin);
  if (code) return { status: "rejected", code, codes: [] };
  const { broken, codes } = setTexts(settings, command, texts);
  if (broken) return { status: "rejected", code: "invalid-mapping", codes };
  if (command.type === "set-claim" && claimFault(command.claim)) {
    return { status: "rejected", code: "invalid-claim-name", codes: [] };
  }
  if (command.type === "add-workspace" && (command.workspace === "" || hasControl(command.workspace))) {
    return { status: "rejected", code: "invalid-settings", codes: [] };
  }
  // "Without `confirmed: true` the answer is `confirm`, even for a workspace without overrides."
  if (command.type === "remove-workspace" && command.confirmed !== true) {
    return { status: "confirm", warning: warning(settings, command.workspace), codes: [] };
  }
  return { status: "applied", settings: applied(settings, command, texts), codes };
}

/** "Rejections": "where several apply, the first of this list is given". */
function rejection(settings: InstanceSettings, command: SettingsCommand, superAdmin: boolean) {
  if (!superAdmin) return "not-super-admin";
  if (namesUnknown(settings, command)) return "unknown-workspace";
  if (command.type === "disable-workspace" || command.type === "remove-workspace") {
    const others = settings.workspaces.filter((workspace) => workspace.id !== command.workspace);
    if (!others.some((workspace) => workspace.enabled)) return "last-enabled-workspace";
  }
  if (needsSuccessor(settings, command)) return "default-needs-successor";
  if (command.type === "add-workspace" && listed(settings, command.workspace)) return "already-listed";
  return undefined;
}

/** The texts that a command sets: whether one has errors, and what is reported of them, `field` before the code. */
function setTexts(settings: InstanceSettings, command: SettingsCommand, texts: Texts) {
  const { read } = texts;
  if (command.type === "set-mapping") return read(command.mapping);
  if (command.type === "set-entries") return ofWorkspace(settings, { entries: command.entries }, texts);
  if (command.type !== "set-entry") return { broken: false, codes: [] };
  const entry = read(command.entry);
  if (entry.broken) return entry;
  // "`diagnostics` are about the texts that the workspace has then", and no command leaves one with errors there.
  return ofWorkspace(settings, heldBy(settings, command, texts), texts);
}

function ofWorkspace(
  settings: InstanceSettings,
  { mapping, entries }: Pick<WorkspaceSettings, "mapping" | "entries">,
  { read }: Texts,
) {
  if (mapping != null) return read(mapping);
  const [add, without] = [read(entries?.add ?? ""), read(entries?.without ?? "")];
  const codes = [
    ...add.codes.map((code) => `add: ${code}`),
    ...withoutCodes(read(settings.mapping), without).map((code) => `without: ${code}`),
  ];
  return { broken: add.broken || without.broken, codes };
}

function heldBy(settings: InstanceSettings, command: Extract<SettingsCommand, { type: "set-entry" }>, texts: Texts) {
  const workspace = listed(settings, command.workspace);
  if (!workspace) throw new Error("an unknown workspace is rejected before");
  return setEntry(settings, workspace, texts.read(command.entry).entries, command.holds, texts);
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
  const lost = (["claim", "mapping", "entries", "policy"] as const).filter((field) => workspace?.[field] != null);
  const ends = `logins will no longer sync the workspace \`${id}\``;
  if (lost.length === 0) return `${ends}; it has no settings of its own to lose`;
  return `${ends}, and its own settings will be lost: ${lost.join(", ")}`;
}

/** The table of commands. */
function applied(settings: InstanceSettings, command: SettingsCommand, texts: Texts): InstanceSettings {
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
      return command.workspace == null
        ? set({ mapping: command.mapping })
        : change(command.workspace, { mapping: command.mapping, entries: undefined });
    case "set-entries":
      return change(command.workspace, { mapping: undefined, entries: command.entries });
    case "set-entry":
      return change(command.workspace, heldBy(settings, command, texts));
    case "set-policy":
      return set({ policy: command.policy }, command.workspace);
    case "inherit":
      return change(command.workspace, {
        [command.field]: undefined,
        ...(command.field === "mapping" && { entries: undefined }),
      });
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
    case "set-default-workspace":
      return { ...settings, defaultWorkspace: command.workspace };
  }
}
