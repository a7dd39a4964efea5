// What the engine is asked about a login: facts that are read once, and settings that may change meanwhile. The admin page runs this very code,
// so what it shows while somebody types cannot differ from the server's preview.

import type { ClaimOptions, InstanceSettings, LoginRequest, LoginWorkspace } from "idp-group-sync";
import { claimSeen } from "./unseen-claims.ts";

/** What is known of somebody, whatever the settings are. `workspaces` has those in which they are something. */
export type LoginFacts = Omit<LoginRequest, "method" | "claims" | "claimSeen">;

/**
 * The request of a login with these claims, in the workspaces of the sync list and in all others that the facts have. It goes with the settings
 * of `sparingUnseen`.
 */
export function loginRequest(
  facts: LoginFacts,
  {
    settings,
    existing,
    claims,
    unseen,
  }: { settings: InstanceSettings; existing: string[]; claims: object; unseen: readonly ClaimOptions[] },
): LoginRequest {
  const listed = settings.workspaces.map(({ id }) => id);
  const workspaces = workspacesOfLogin(facts.workspaces, listed, existing);
  return { method: "oidc", ...facts, claims, claimSeen: claimSeen(claims, settings, unseen), workspaces };
}

/** Those that exist, in their order, and after them those that are only listed. */
export function workspacesOfLogin(known: LoginWorkspace[], listed: string[], existing: string[]): LoginWorkspace[] {
  const own = new Map(known.map((workspace) => [workspace.id, workspace]));
  const wanted = new Set([...listed, ...own.keys()]);
  const there = new Set(existing);
  const gone = listed.filter((id) => !there.has(id));
  return [...existing.filter((id) => wanted.has(id)), ...gone].map((id) => own.get(id) ?? outsideOf(id));
}

/** Of a workspace in which somebody is nothing. If it does not exist, the engine skips it, and says so. */
export function outsideOf(id: string): LoginWorkspace {
  return { id, member: "none" };
}
