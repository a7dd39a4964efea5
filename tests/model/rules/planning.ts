// docs/planning.md: from a resolution to a change.

import type { Blocked, Catalog, Guards, Membership, Policy, Seats } from "idp-group-sync";
import {
  defaultRole,
  highest,
  highestRequired,
  highestRole,
  inCatalogOrder,
  isGroup,
  isRole,
  rank,
  requiredBy,
} from "./catalog.ts";
import type { Reading } from "./claims.ts";
import type { Configuration } from "./configuration.ts";
import { type Entry, mayGive } from "./mapping.ts";
import { higher, type ModelResolution, nothing, type PresentRole, resolve, wantedRole } from "./resolving.ts";

export interface ModelPlan {
  status: "change" | "unchanged" | "skipped" | "denied";
  reason?: string;
  role: { from: string | null; to: string };
  join: string[];
  leave: string[];
  keep: string[];
  blocked: Blocked[];
  /** "Where one was named." */
  provider?: string;
  resolution: ModelResolution;
}

/** The facts of a sync besides the token, docs/planning.md, "Guards". */
export interface Facts {
  guards?: Guards;
  /** "Which of several providers." */
  provider?: string;
  claimSeen?: boolean;
}

/** What of a licence concerns a plan: docs/login.md, "Without custom groups in the licence" and "Seats of the licence". */
export interface LicenceLimits {
  customGroups: boolean;
  seats?: Seats;
}

interface Present extends PresentRole {
  groups: { name: string; synced: boolean; isAnothers: boolean }[];
}

/** "The membership": the same group twice is one; if any of the records is not `sync`, it counts as `manual`. */
export function presentOf(membership: Membership | undefined, provider: string | undefined): Present {
  const records = membership?.groups ?? [];
  const names = records.map((record) => record.name);
  const distinct = names.filter((name, place) => names.indexOf(name) === place);
  const synced = (name: string) => records.every((record) => record.name !== name || record.grantedBy === "sync");
  // "Another provider is any that is not the sync's own"; `provider` goes with `sync`.
  const isAnothers = (grantedBy: string | null | undefined, by: string | null | undefined) =>
    grantedBy === "sync" && by != null && by !== provider;
  return {
    role: membership?.role ?? null,
    isManual: membership?.roleGrantedBy !== "sync",
    isAnothers: isAnothers(membership?.roleGrantedBy, membership?.roleProvider),
    groups: distinct.map((name) => ({
      name,
      synced: synced(name),
      isAnothers: records.some((record) => record.name === name && isAnothers(record.grantedBy, record.provider)),
    })),
  };
}

/** The path of what names a role that the catalog does not have; seats are looked at before the membership's role. */
export function membershipFault(catalog: Catalog, membership: Membership | undefined, guards: Guards | undefined) {
  const seats = Object.keys(guards?.seats?.roles ?? {});
  if (seats.some((role) => !isRole(catalog, role))) return "options.guards.seats.roles";
  const role = membership?.role ?? null;
  return role !== null && !isRole(catalog, role) ? "membership.role" : undefined;
}

export function plan(
  configuration: Configuration,
  claim: Reading,
  membership: Membership | undefined,
  facts: Facts = {},
  explain = true,
  licence: LicenceLimits = { customGroups: true },
): ModelPlan {
  const { catalog, policy } = configuration;
  const { guards = {}, provider, claimSeen = true } = facts;
  const present = presentOf(membership, provider);
  const names = present.groups.map((group) => group.name);

  // Step 1: an outcome of `keep` or `deny` changes nothing.
  const alone = { ...nothing, customGroups: licence.customGroups };
  const unweighed = resolve(configuration, claim, true, alone, claimSeen);
  // "First login only": whoever has a role is left alone, whatever the claim and the other policies say.
  const isLeftAlone = (policy.syncOn ?? "every-login") === "first-login" && present.role !== null;
  if (unweighed.outcome === "keep" || unweighed.outcome === "deny") {
    const resolution = resolve(configuration, claim, explain, alone, claimSeen);
    if (isLeftAlone) return { ...leftAlone(catalog, resolution, present), provider };
    return { ...unchanging(configuration, resolution, present, claimSeen), provider };
  }

  // Steps 2 and 3: what is granted, and which present groups stay.
  const granted = unweighed.groups;
  const staying = present.groups
    .filter((group) => !granted.includes(group.name) && isGroup(catalog, group.name))
    .filter((group) => !licence.customGroups || group.isAnothers || !isRemoved(group.name, group.synced, configuration))
    .map((group) => group.name);

  // Step 4: the wanted role.
  const resolution = resolve(configuration, claim, explain, {
    present,
    staying,
    customGroups: licence.customGroups,
  });
  if (isLeftAlone) return { ...leftAlone(catalog, resolution, present), provider };
  const grantedRoles = unweighed.matches.flatMap((match) =>
    match.grants.filter((grant) => grant.kind === "role").map((grant) => grant.target),
  );
  const wanted = wantedRole(configuration, grantedRoles, [...granted, ...staying], present);

  // Step 5: the final role, as the guards settle it.
  const blocked: Blocked[] = [];
  let final = wanted;
  if (isLastAdmin(configuration, guards, present.role) && rank(catalog, wanted) < rank(catalog, highestRole(catalog))) {
    final = highestRole(catalog);
    blocked.push({ change: "role", name: wanted, guard: "last-admin" });
  } else {
    const mayHave = (role: string) =>
      rank(catalog, role) <= rank(catalog, present.role ?? defaultRole(catalog)) ||
      (isSeatLeft(guards.seats, role) && isSeatLeft(licence.seats, role));
    if (!mayHave(wanted)) {
      final = withoutSeat(configuration, grantedRoles, granted, staying, present, mayHave);
      blocked.push({ change: "role", name: wanted, guard: "seat-limit" });
    }
  }

  // diagnostics.md, `last-admin-unknown`.
  const isLowered = present.role === highestRole(catalog) && rank(catalog, final) < rank(catalog, present.role);
  if (isLowered && (configuration.policy.protectLastAdmin ?? true) && guards.lastAdmin == null) {
    resolution.remarks.push({ code: "last-admin-unknown", params: { from: highestRole(catalog), to: final } });
  }

  // Step 6: of the granted and staying groups, those that require a higher role than the final one cannot be had.
  const fits = (name: string) => {
    const required = requiredBy(catalog, name);
    return required === undefined || rank(catalog, required) <= rank(catalog, final);
  };
  const join: string[] = [];
  const keep: string[] = [];
  const leave: string[] = [];
  for (const name of inCatalogOrder(catalog, [...granted, ...staying])) {
    const isPresent = names.includes(name);
    if (fits(name)) (isPresent ? keep : join).push(name);
    else if (isPresent) leave.push(name);
    else blocked.push({ change: "join", name, guard: "seat-limit" });
  }

  // Step 7: the others are left; gone groups if `removal` is `all`, and never without custom groups in the licence.
  const removal = licence.customGroups ? (policy.removal ?? "all") : "none";
  for (const { name, isAnothers } of present.groups) {
    if (granted.includes(name) || staying.includes(name)) continue;
    (isGroup(catalog, name) || (removal === "all" && !isAnothers) ? leave : keep).push(name);
  }

  // "Status".
  const changes = present.role !== final || join.length > 0 || leave.length > 0;
  return {
    status: changes ? "change" : "unchanged",
    role: { from: present.role, to: final },
    join: inCatalogOrder(catalog, join),
    leave: inCatalogOrder(catalog, leave),
    keep: inCatalogOrder(catalog, keep),
    blocked,
    provider,
    resolution,
  };
}

/** "Removal", of a present group that the catalog has and no IdP group grants. */
function isRemoved(name: string, synced: boolean, { catalog, mapping, policy }: Configuration): boolean {
  const removal = policy.removal ?? "all";
  if (removal === "all") return true;
  if (removal === "synced") return synced;
  if (removal === "mapped") return !isRole(catalog, name) && mapping.entries.some((entry) => canGrant(entry, name));
  return false;
}

/** "`mapped` means the targets of entries, and only those." */
function canGrant(entry: Entry, group: string): boolean {
  return entry.isCapture ? mayGive(entry, group) : entry.target === group;
}

/** "last-admin": all of it but that the wanted role is lower. */
function isLastAdmin({ catalog, policy }: Configuration, guards: Guards, present: string | null): boolean {
  return (policy.protectLastAdmin ?? true) && guards.lastAdmin === true && present === highestRole(catalog);
}

/** "A seat of it is left: no limit is given for it, or `used` is less than `limit`." */
function isSeatLeft(seats: Seats | undefined | null, role: string): boolean {
  const limited = Object.entries(seats?.roles ?? {}).find(([name]) => name === role);
  return limited === undefined || limited[1].used < limited[1].limit;
}

/** "seat-limit": the final role where the wanted one may not be had. */
function withoutSeat(
  configuration: Configuration,
  grantedRoles: string[],
  grantedGroups: string[],
  staying: string[],
  present: PresentRole,
  mayHave: (role: string) => boolean,
): string {
  const { catalog } = configuration;
  // 1. Staying groups that require a role which may not be had no longer count.
  const counting = staying.filter((name) => {
    const required = requiredBy(catalog, name);
    return required === undefined || mayHave(required);
  });
  // 2. The role is worked out as before.
  const groups = [...grantedGroups, ...counting];
  const again = wantedRole(configuration, grantedRoles, groups, present);
  if (mayHave(again)) return again;
  // 3. The highest that may be had of those granted or required, and never lower than the present role.
  const required = groups.flatMap((name) => requiredBy(catalog, name) ?? []);
  const best = highest(catalog, [...grantedRoles, ...required].filter(mayHave));
  if (present.role === null) return best ?? defaultRole(catalog);
  return higher(catalog, present.role, best);
}

function leftAlone(catalog: Catalog, resolution: ModelResolution, { role, groups }: Present): ModelPlan {
  const keep = inCatalogOrder(
    catalog,
    groups.map(({ name }) => name),
  );
  const to = role ?? defaultRole(catalog);
  return {
    status: "skipped",
    reason: "first-login-only",
    role: { from: role, to },
    join: [],
    leave: [],
    keep,
    blocked: [],
    resolution,
  };
}

/** "Plans that change nothing". */
function unchanging(
  { catalog, policy }: Configuration,
  resolution: ModelResolution,
  present: Present,
  claimSeen: boolean,
): ModelPlan {
  const keep = inCatalogOrder(
    catalog,
    present.groups.map((group) => group.name),
  );
  const rest = { reason: reasonOf(policy, resolution, claimSeen), join: [], leave: [], keep, blocked: [], resolution };
  if (resolution.outcome === "deny") {
    return { status: "denied", role: { from: present.role, to: present.role ?? defaultRole(catalog) }, ...rest };
  }
  if (present.role !== null) return { status: "skipped", role: { from: present.role, to: present.role }, ...rest };
  return { status: "change", role: { from: null, to: newMemberRole(catalog, keep) }, ...rest };
}

/** Whoever is let in needs a role: the default one, or the highest that the groups which they have already require. */
function newMemberRole(catalog: Catalog, groups: string[]): string {
  return highestRequired(catalog, groups) ?? defaultRole(catalog);
}

/** "Reasons" that a claim or a user gives. */
function reasonOf(policy: Policy, { claim, unmetRequirement }: ModelResolution, claimSeen: boolean): string {
  if (claim.status === "malformed") return "claim-malformed";
  if (claim.status === "incomplete") return "claim-incomplete";
  if (claim.status === "missing" && !claimSeen) return "claim-never-seen";
  const isMissingDecisive = (policy.missingClaim ?? "no-groups") !== "no-groups";
  if (claim.status === "missing" && isMissingDecisive) return "claim-missing";
  return unmetRequirement ? "required-group" : "no-match";
}
