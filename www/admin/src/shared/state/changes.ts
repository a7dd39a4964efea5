// What leads from one document of settings to another one, as commands: each field that differs is one change, however it came about.

import type { InstanceSettings, SettingsCommand } from "idp-group-sync";

export const fields = ["claim", "mapping", "policy"] as const;
export type Field = (typeof fields)[number];
/** What the instance has of its own, and a workspace may have. */
export type Own = Partial<Pick<InstanceSettings, Field> & Pick<InstanceSettings["workspaces"][number], "entries">>;

/** In an order in which each can be carried out: what is needed comes before what needs it. */
export function commandsBetween(from: InstanceSettings, to: InstanceSettings): SettingsCommand[] {
  const before = new Map(from.workspaces.map((workspace) => [workspace.id, workspace]));
  const after = new Map(to.workspaces.map((workspace) => [workspace.id, workspace]));
  const commands: SettingsCommand[] = [];
  if (from.enabled !== to.enabled) commands.push({ type: to.enabled ? "enable" : "disable" });
  commands.push(...fieldCommands(from, to));
  const off: SettingsCommand[] = [];
  for (const [workspace, now] of after) {
    const then = before.get(workspace) ?? { id: workspace, enabled: true };
    if (!before.has(workspace)) commands.push({ type: "add-workspace", workspace });
    if (!then.enabled && now.enabled) commands.push({ type: "enable-workspace", workspace });
    if (then.enabled && !now.enabled) off.push({ type: "disable-workspace", workspace });
    commands.push(...fieldCommands(then, now, workspace));
  }
  const { defaultWorkspace } = to;
  if (from.defaultWorkspace !== defaultWorkspace && after.has(from.defaultWorkspace)) {
    commands.push({ type: "set-default-workspace", workspace: defaultWorkspace });
  }
  for (const workspace of before.keys()) {
    if (after.has(workspace)) continue;
    const newDefault = from.defaultWorkspace === workspace && { newDefault: defaultWorkspace };
    // What is lost by it was asked when it was removed.
    commands.push({ type: "remove-workspace", workspace, confirmed: true, ...newDefault });
  }
  return [...commands, ...off];
}

/** The command that gives a field what `own` has of it; a workspace that has nothing of its own inherits. */
export function setOwn(field: Field, own: Own, workspace?: string): SettingsCommand {
  const value = own[field];
  if (workspace !== undefined) {
    // A workspace's mapping is its own, or differs from the instance's by entry.
    if (field === "mapping" && own.entries) return { type: "set-entries", entries: own.entries, workspace };
    if (value === undefined) return { type: "inherit", workspace, field };
  }
  return { type: `set-${field}`, [field]: value, ...(workspace !== undefined && { workspace }) } as SettingsCommand;
}

export function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function fieldCommands(from: Own, to: Own, workspace?: string): SettingsCommand[] {
  return fields
    .filter((field) => !same(from[field], to[field]) || (field === "mapping" && !same(from.entries, to.entries)))
    .map((field) => setOwn(field, to, workspace));
}
