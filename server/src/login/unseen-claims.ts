// Claims that no token has ever carried: that one lacks such a claim says nothing about its groups, and takes nothing from anybody. The admin page
// runs this very code. The engine is told by `claimSeen`, one fact for a login; workspaces with a claim of their own may differ in it, so those
// whose claim nobody has ever had keep what a missing one finds, by their policy.

import { type ClaimOptions, GroupSyncError, type InstanceSettings, readGroups } from "idp-group-sync";

/** The claims by which logins go, each once. */
export function claimsOf({ claim, workspaces }: InstanceSettings): ClaimOptions[] {
  const effective = workspaces.map((workspace) => workspace.claim ?? claim);
  return [...new Map(effective.map((one) => [claimKey(one), one])).values()];
}

/** The same for all options by which a claim is missing from the same tokens, whatever is read from it. */
export function claimKey(claim: ClaimOptions): string {
  const sources = [claim].flat().map((source) => (typeof source === "string" ? { name: source } : source));
  return JSON.stringify(sources.map(({ name, required = false }) => [[name].flat(), required]));
}

/** Whether the claim is there, readable or not. What the engine refuses to look at, it refuses when it decides. */
export function isCarried(token: object, claim: ClaimOptions): boolean {
  try {
    return readGroups(token, claim).status !== "missing";
  } catch (error) {
    if (error instanceof GroupSyncError) return true;
    throw error;
  }
}

/** The engine's fact about a login with this token: `false` if nobody has ever had any of the claims that it lacks. */
export function claimSeen(token: object, settings: InstanceSettings, unseen: readonly ClaimOptions[]): boolean {
  if (unseen.length === 0) return true;
  const keys = new Set(unseen.map(claimKey));
  const missing = claimsOf(settings).filter((claim) => !isCarried(token, claim));
  return missing.length === 0 || missing.some((claim) => !keys.has(claimKey(claim)));
}

/** The settings as logins go by them: where a claim was never seen, a missing one changes nothing. */
export function sparingUnseen(settings: InstanceSettings, unseen: readonly ClaimOptions[]): InstanceSettings {
  if (unseen.length === 0) return settings;
  const keys = new Set(unseen.map(claimKey));
  const workspaces = settings.workspaces.map((workspace) => {
    if (!keys.has(claimKey(workspace.claim ?? settings.claim))) return workspace;
    return { ...workspace, policy: { ...(workspace.policy ?? settings.policy), missingClaim: "keep" as const } };
  });
  return { ...settings, workspaces };
}
