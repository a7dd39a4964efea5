// A plan of the engine as what the application reads: names of its own roles and groups.

import type { SyncPlan } from "idp-group-sync";
import type { Rulebook } from "./configuration.js";
import type { KeptRole, RoleSetAccess } from "./result.js";

/** A plan that lets the user in. */
type Admitting = Exclude<SyncPlan, { status: "denied" }>;

/** Where one role is held at a time. Whoever is skipped and has none gets none. */
export function roleAccess(plan: Admitting, { catalogs }: Rulebook, workspace: string): KeptRole<string, string> {
  const { keep, blocked, resolution } = plan;
  const { role, join, leave } =
    plan.status === "skipped" ? { role: { ...plan.role, to: plan.role.from }, join: [], leave: [] } : plan;
  const { known, other } = told(catalogs[workspace]?.groups.map(({ name }) => name) ?? [], [...keep, ...join]);
  return {
    role: role.to,
    groups: known,
    otherGroups: other,
    changes: {
      role: role.to === null || role.from === role.to ? null : { from: role.from, to: role.to },
      joined: join,
      left: leave,
      blocked,
    },
    reasons: resolution.roleReasons,
  };
}

/** Where roles are a set. */
export function roleSetAccess(plan: Admitting, rulebook: Rulebook, workspace: string): RoleSetAccess<string, string> {
  const { changes, groups, otherGroups } = roleAccess(plan, rulebook, workspace);
  const roles = split(rulebook.roleSet, groups);
  const joined = split(rulebook.roleSet, changes.joined);
  const left = split(rulebook.roleSet, changes.left);
  return {
    roles: roles.inside,
    groups: roles.outside,
    otherGroups,
    changes: {
      granted: joined.inside,
      revoked: left.inside,
      joined: joined.outside,
      left: left.outside,
      blocked: changes.blocked,
    },
  };
}

/** What the application has, in its order, and what it no longer has. */
function told(catalog: readonly string[], names: readonly string[]): { known: string[]; other: string[] } {
  const had = new Set(names);
  const known = catalog.filter((name) => had.delete(name));
  return { known, other: [...had] };
}

function split(set: ReadonlySet<string>, names: readonly string[]): { inside: string[]; outside: string[] } {
  return { inside: names.filter((name) => set.has(name)), outside: names.filter((name) => !set.has(name)) };
}
