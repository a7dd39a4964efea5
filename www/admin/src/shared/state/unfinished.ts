// What is typed but has errors, so that no login can go by it.

import { effectiveSettings } from "idp-group-sync";
import type { Attempt, Draft } from "./draft.js";
import type { Scope } from "./kept-scenarios.js";

/** What would hold for a workspace, or for the instance, if it had no errors: its own, or what it inherits. */
export function unfinishedFor(draft: Draft, scope: Scope): Attempt[] {
  const { settings } = draft;
  if (scope !== null && !settings.workspaces.some(({ id }) => id === scope)) return [];
  const inherited = scope === null ? null : effectiveSettings(settings, scope).inherited;
  return (["claim", "mapping", "policy"] as const).flatMap((field) => {
    const own = scope === null ? undefined : draft.attempt(`set-${field}`, scope);
    return own ?? (inherited?.[field] === false ? undefined : draft.attempt(`set-${field}`)) ?? [];
  });
}
