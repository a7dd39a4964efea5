// docs/settings.md: what a valid document is, and what a workspace inherits.

import type { ClaimOptions, EffectiveSettings, InstanceSettings, Policy, WorkspaceSettings } from "idp-group-sync";
import { listOf, sourcesOf } from "./claims.ts";
import { followedBy } from "./entries.ts";
import type { Mapping, Reader } from "./mapping.ts";
import { noSources } from "./requirements.ts";

export function defaultSettings(id: string): InstanceSettings {
  return {
    version: 1,
    enabled: false,
    claim: "groups",
    mapping: "",
    policy: {},
    defaultWorkspace: id,
    workspaces: [{ id, enabled: true }],
  };
}

export function listed(settings: InstanceSettings, id: string): WorkspaceSettings | undefined {
  return settings.workspaces.find((workspace) => workspace.id === id);
}

/** "What a valid document is", from `version` on: the path of the first fault. */
export function settingsFault(settings: InstanceSettings): string | undefined {
  if (settings.version !== 1) return "settings.version";
  const instance = claimFault(settings.claim);
  if (instance) return `settings.${instance}`;
  if (settings.mapping.includes("\0")) return "settings.mapping";
  if (isNoSource(settings.policy)) return "settings.policy.require";
  for (const [place, { id, claim, mapping, entries, policy }] of settings.workspaces.entries()) {
    const isRepeated = settings.workspaces.slice(0, place).some((workspace) => workspace.id === id);
    if (id === "" || hasControl(id) || isRepeated) return `settings.workspaces[${place}].id`;
    const fault = claim == null ? undefined : claimFault(claim);
    if (fault) return `settings.workspaces[${place}].${fault}`;
    if (mapping?.includes("\0")) return `settings.workspaces[${place}].mapping`;
    if (entries != null && mapping != null) return `settings.workspaces[${place}].entries`;
    for (const field of ["add", "without"] as const) {
      if (entries?.[field]?.includes("\0")) return `settings.workspaces[${place}].entries.${field}`;
    }
    if (isNoSource(policy)) return `settings.workspaces[${place}].policy.require`;
  }
  if (!settings.workspaces.some((workspace) => workspace.enabled)) return "settings.workspaces";
  if (!listed(settings, settings.defaultWorkspace)) return "settings.defaultWorkspace";
  return undefined;
}

/** "`require` is a source, or blank." */
function isNoSource(policy: Policy | null | undefined): boolean {
  return noSources.includes(policy?.require ?? "");
}

/** "A control character (Unicode's `Cc`)". */
export function hasControl(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

/** "The claim can find something". */
export function claimFault(claim: ClaimOptions): string | undefined {
  for (const { name: names, delimiter, item } of sourcesOf(claim)) {
    for (const name of listOf(names)) {
      const isIllFormed = name.startsWith("/") && /~(?![01])/.test(name);
      if (name === "" || [...name].length > 1024 || hasControl(name) || isIllFormed) return "claim.name";
    }
    const isFaulty = (text: string) => text === "" || hasControl(text.replace(/[\t\n\r]/g, ""));
    if (listOf(delimiter).some(isFaulty)) return "claim.delimiter";
    if (typeof item === "object" && item !== null && (item.field === "" || hasControl(item.field))) {
      return "claim.item.field";
    }
  }
  return undefined;
}

/** With what the mapping means in the place of its text. */
export interface ModelEffective extends Omit<EffectiveSettings, "mapping" | "diagnostics"> {
  mapping: Mapping;
  /** Of `diagnostics`. */
  codes: string[];
}

/** "Inheritance"; `undefined` for a workspace that is not in the list. */
export function effectiveSettings(settings: InstanceSettings, id: string, read: Reader): ModelEffective | undefined {
  const workspace = listed(settings, id);
  if (!workspace) return undefined;
  const { entries } = workspace;
  const own = read(workspace.mapping ?? settings.mapping);
  const { mapping, codes } = entries == null ? { mapping: own, codes: [] } : followedBy(own, entries, read);
  return {
    workspace: id,
    enabled: workspace.enabled && settings.enabled,
    claim: workspace.claim ?? settings.claim,
    mapping,
    ...(entries != null && { entries }),
    codes,
    policy: workspace.policy ?? settings.policy,
    inherited: {
      claim: workspace.claim == null,
      mapping: workspace.mapping == null && entries == null,
      policy: workspace.policy == null,
    },
  };
}
