// docs/login.md, "What a change does to logins"; docs/javascript.md, "Known users", for the effect.

import type { Blocked, Catalog, LoginRequest } from "idp-group-sync";
import { inCatalogOrder, rank, rolesOf } from "./catalog.ts";
import type { Access } from "./impact.ts";
import { decide, type Instance, type ModelOutcome } from "./login.ts";
import type { ModelPlan } from "./planning.ts";

export interface KnownLogin extends LoginRequest {
  id: string;
}

export interface ModelWorkspaceChange {
  id: string;
  member: string;
  effect: "denied" | "admitted" | "gains" | "loses" | "changes";
  before: Access;
  after: Access;
  topRoleLost?: true;
  blocked?: Blocked[];
}

export interface ModelLoginImpact {
  refused?: { before?: string; after?: string };
  workspaces: ModelWorkspaceChange[];
  /** For the totals: what everybody has in each workspace of the request. */
  everywhere: { id: string; before: Access; after: Access; change?: ModelWorkspaceChange }[];
  wasAllowed: boolean;
  isAllowed: boolean;
}

/** Decided by hand, on both sides; nothing where the line cannot be read. */
export function loginImpact(before: Instance, after: Instance, login: KnownLogin): ModelLoginImpact | undefined {
  const [one, other] = [decide(before, login), decide(after, login)];
  if ("throws" in one || "throws" in other) return undefined;
  const everywhere = login.workspaces.map(({ id, member }, place) => {
    const catalogs = [before, after].map(({ catalogs }) => (Object.hasOwn(catalogs, id) ? catalogs[id] : undefined));
    const old = catalogs[0] ?? catalogs[1] ?? { groups: [] };
    const next = catalogs[1] ?? catalogs[0] ?? { groups: [] };
    const had = accessOf(member, planAt(one, place), old);
    const gets = accessOf(member, planAt(other, place), next);
    const effect = effectOf(had, gets, [next, old]);
    const top = rolesOf(old).at(-1);
    const blocked = planAt(other, place)?.blocked ?? [];
    const change = effect && {
      id,
      member,
      effect,
      before: had.access,
      after: gets.access,
      ...(had.access.role === top && gets.access.role !== top ? { topRoleLost: true as const } : {}),
      ...(blocked.length > 0 ? { blocked } : {}),
    };
    return { id, before: had.access, after: gets.access, change };
  });
  return {
    ...(one.reason !== other.reason ? { refused: { before: one.reason, after: other.reason } } : {}),
    workspaces: everywhere.flatMap(({ change }) => change ?? []),
    everywhere,
    wasAllowed: one.allowed,
    isAllowed: other.allowed,
  };
}

function planAt({ workspaces }: ModelOutcome, place: number): ModelPlan | undefined {
  return workspaces[place]?.plan;
}

interface Standing {
  access: Access;
  isIn: boolean;
}

/** The table of plans and access. */
function accessOf(member: string, plan: ModelPlan | undefined, catalog: Catalog): Standing {
  const nothing = { role: null, groups: [] };
  if (plan?.status === "denied") return { access: { ...nothing, denied: true }, isIn: false };
  const groups = plan && inCatalogOrder(catalog, [...plan.keep, ...plan.join]);
  if (plan?.status === "change" || plan?.status === "unchanged")
    return { access: { role: plan.role.to, groups: groups ?? [] }, isIn: true };
  if (plan && (member === "active" || member === "invited"))
    return { access: { role: plan.role.from, groups: groups ?? [] }, isIn: true };
  return { access: nothing, isIn: false };
}

function effectOf(had: Standing, gets: Standing, catalogs: Catalog[]): ModelWorkspaceChange["effect"] | undefined {
  if (!had.isIn && !gets.isIn) return undefined;
  if (gets.access.denied) return "denied";
  if (had.access.denied) return "admitted";
  const [one, other] = [had.access, gets.access];
  const knows = (catalog: Catalog, { role }: Access) => role === null || rank(catalog, role) >= 0;
  const ranking = catalogs.find((catalog) => knows(catalog, one) && knows(catalog, other));
  // "Of two roles that no catalog has both, one is gained and the other lost."
  const isOther = one.role !== other.role && one.role !== null && other.role !== null && ranking === undefined;
  // Whoever is outside has less than any role.
  const height = ({ role }: Access) => (role === null ? -1 : ranking === undefined ? 0 : rank(ranking, role));
  const isGained = isOther || height(other) > height(one) || other.groups.some((group) => !one.groups.includes(group));
  const isLost = isOther || height(other) < height(one) || one.groups.some((group) => !other.groups.includes(group));
  if (isGained && isLost) return "changes";
  return isGained ? "gains" : isLost ? "loses" : undefined;
}
