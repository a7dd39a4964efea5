// What is typed but has errors, so that no login can go by it.

import { effectiveSettings } from "idp-group-sync";
import type { Attempt, Draft } from "./draft.js";
import type { Scope } from "./kept-scenarios.js";

/** What would hold for a workspace, or for the instance, if it had no errors: its own, or what it inherits. */
export function unfinishedFor(draft: Draft, scope: Scope): Attempt[] {
  const { settings } = draft;
  if (scope !== null && !settings.workspaces.some(({ id }) => id === scope)) return [];
  const effective = scope === null ? null : effectiveSettings(settings, scope);
  return (["claim", "mapping", "policy"] as const).flatMap((field) => {
    const own = scope === null ? undefined : draft.attempt(`set-${field}`, scope);
    const byEntry = scope === null || field !== "mapping" ? undefined : draft.attempt("set-entries", scope);
    // A workspace that differs by entry follows the instance in all else.
    const follows = effective === null || effective.inherited[field] || (field === "mapping" && effective.entries);
    return (
      own ?? [byEntry, follows ? draft.attempt(`set-${field}`) : undefined].filter((attempt) => attempt !== undefined)
    );
  });
}
