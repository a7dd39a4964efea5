// `resolve`, `plan` and `decide` in numbers, where a token's claim is a plain list of names: the names go in as one text, and what
// they come to comes back as numbers of roles, groups, entries and IdP groups, which are put in words here, from tables that the
// engine gave once. Nothing is decided here: where there is more to say, the engine gives no numbers, and the call goes as text.

import { type Arguments, numbersOf, putNumbers, putText, read } from "./boundary.js";
import { call, type Instance } from "./engine.js";
import type { Glue } from "./generated/glue.js";
import type { Grant, LoginOutcome, Match, Resolution, RoleReason, Span, SyncPlan } from "./generated/types.js";
import { isWellFormed, type Plain } from "./plain.js";

/** Switches this way off, for tests that hold it against the other. */
export const byNumber = { isOff: false };

/** Separates the names. The engine counts them, so that one which holds a separator takes the other way. */
const SEPARATOR = "\0";

type Sync = InstanceType<Glue["GroupSync"]>;
type Login = InstanceType<Glue["LoginSync"]>;
type Fields = Record<string, Plain>;

/** A compiled configuration, asked in numbers. */
export class SyncNumbers {
  #names: Names | undefined;

  resolve(target: Instance, sync: Sync, given: Arguments): Resolution | undefined {
    const names = this.#namesOf(target, sync);
    const explain = explainOf(given.options, RESOLVE_OPTIONS);
    const { claim, idpGroups } = listed(given, names);
    if (explain === undefined || idpGroups === undefined) return undefined;
    const told = tell(target, idpGroups, [], (length) => sync.resolveByNumber(length, idpGroups.length, explain));
    return told?.resolution(names, claim, idpGroups, explain);
  }

  plan(target: Instance, sync: Sync, given: Arguments): SyncPlan | undefined {
    const names = this.#namesOf(target, sync);
    const explain = explainOf(given.options, PLAN_OPTIONS);
    const { claim, idpGroups } = listed(given, names);
    if (explain === undefined || idpGroups === undefined) return undefined;
    const numbers: number[] = [];
    const guards = (given.options as Fields | null | undefined)?.guards;
    if (!names.addMembership(numbers, given.membership, guards)) return undefined;
    const told = tell(target, idpGroups, numbers, (length) =>
      sync.planByNumber(length, idpGroups.length, numbers.length, explain),
    );
    return told?.plan(names, claim, idpGroups, explain);
  }

  #namesOf(target: Instance, sync: Sync): Names {
    this.#names ??= new Names(read(target, sync.names()));
    return this.#names;
  }
}

/** Compiled settings, asked in numbers. */
export class LoginNumbers {
  #known: Known | undefined;

  decide(target: Instance, sync: Login, given: Arguments): LoginOutcome | undefined {
    const { claim, workspaces } = this.#knownTo(target, sync);
    const request = given.request;
    if (!hasOnly(request, REQUEST)) {
      return undefined;
    }
    const idpGroups = namesIn(request.claims, claim);
    const flags = flagsOf(request);
    if (request.method !== "oidc" || idpGroups === undefined || flags === undefined) return undefined;
    if (!Array.isArray(request.workspaces)) return undefined;
    const numbers: number[] = [flags];
    const asked: Asked[] = [];
    for (const workspace of request.workspaces) {
      if (!hasOnly(workspace, WORKSPACE)) return undefined;
      const found = typeof workspace.id === "string" ? workspaces.get(workspace.id) : undefined;
      const member = place(MEMBERS, workspace.member);
      if (found === undefined || member === undefined) return undefined;
      numbers.push(found.place, member);
      const membership = workspace.membership ?? NOBODY;
      if (!found.names.addMembership(numbers, membership, workspace.guards)) return undefined;
      asked.push({ id: workspace.id as string, names: found.names });
    }
    const told = tell(target, idpGroups, numbers, (length) =>
      sync.decideByNumber(length, idpGroups.length, numbers.length),
    );
    return told?.outcome(asked, idpGroups, request.explain !== false);
  }

  #knownTo(target: Instance, sync: Login): Known {
    this.#known ??= known(read(target, sync.names()));
    return this.#known;
  }
}

/** Runs an export that takes names and numbers; nothing where it gives no numbers. */
function tell(
  target: Instance,
  idpGroups: string[],
  numbers: number[],
  run: (length: number) => number,
): Told | undefined {
  const text = idpGroups.join(SEPARATOR);
  // As UTF-8 different names would become the same.
  if (!isWellFormed(text)) return undefined;
  const place = call(target, () => {
    if (numbers.length > 0) putNumbers(target, numbers);
    return run(putText(target, text));
  });
  return place === 0 ? undefined : new Told(numbersOf(target), place / Uint32Array.BYTES_PER_ELEMENT);
}

/** The names that are given, in a claim or by themselves; none where they are no plain list. */
function listed(given: Arguments, { claim }: Names): { claim: string | null; idpGroups: string[] | undefined } {
  if ("groups" in given) return { claim: null, idpGroups: namesOf(given.groups) };
  return { claim, idpGroups: namesIn(given.claims, claim) };
}

/** The names in the claim, if it is a plain list of them. */
function namesIn(claims: Plain | undefined, claim: string | null): string[] | undefined {
  return claim !== null && isObject(claims) && Object.hasOwn(claims, claim) ? namesOf(claims[claim]) : undefined;
}

function namesOf(list: Plain | undefined): string[] | undefined {
  const isPlain = !byNumber.isOff && Array.isArray(list) && list.every((name) => typeof name === "string");
  return isPlain ? list : undefined;
}

function isObject(value: Plain | undefined): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether it is an object that has no other fields than these. */
function hasOnly(value: Plain | undefined, fields: readonly string[]): value is Fields {
  if (!isObject(value)) return false;
  for (const name in value) if (!fields.includes(name)) return false;
  return true;
}

/** Whether an explanation is wanted, by options that have these fields. */
function explainOf(options: Plain | undefined, fields: readonly string[]): boolean | undefined {
  if (options === undefined || options === null) return true;
  return hasOnly(options, fields) ? flag(options.explain, true) : undefined;
}

/** A flag that may be left out. */
function flag(value: Plain | undefined, absent?: boolean): boolean | undefined {
  return typeof value === "boolean" ? value : value === undefined || value === null ? absent : undefined;
}

/** The number of a word; that of the first where it is left out and may be. */
function place(words: readonly string[], value: Plain | undefined, absent?: number): number | undefined {
  if (value === undefined || value === null) return absent;
  const place = words.indexOf(value as string);
  return place < 0 ? undefined : place;
}

const RESOLVE_OPTIONS = ["explain"];
const PLAN_OPTIONS = ["explain", "guards"];
const MEMBERSHIP = ["role", "roleGrantedBy", "groups"];
const MEMBER_GROUP = ["name", "grantedBy"];
const GUARDS = ["lastAdmin", "seats"];
const REQUEST = [
  "method",
  "claims",
  "claimSeen",
  "user",
  "licence",
  "passwordLogin",
  "signup",
  "explain",
  "workspaces",
];
const USER = ["exists", "status", "superAdmin", "exempt"];
const LICENCE = ["status", "features", "seats"];
const FEATURES = ["sso", "groupSync", "customGroups"];
const WORKSPACE = ["id", "member", "membership", "guards"];

// Words in the order in which the engine numbers them.
const MEMBERS = ["none", "active", "invited", "archived"];
const USER_STATUSES = ["active", "invited", "archived"];
const LICENCE_STATUSES = ["active", "expired"];
const OUTCOMES = ["resolved", "no-match", "keep", "deny"] as const;
const VIAS = ["mapping", "name", "none"] as const;
const PLAN_STATUSES = ["change", "unchanged", "skipped", "denied"] as const;

const REASONS = [
  "no-match",
  "claim-missing",
  "claim-malformed",
  "claim-incomplete",
  "claim-never-seen",
  "required-group",
  "first-login-only",
  "not-sso",
  "exempt",
  "sync-disabled",
  "workspace-disabled",
  "archived",
  "not-a-member",
  "invalid-mapping",
  "unknown-workspace",
  "invalid-membership",
];

const NOBODY = { groups: [] };

/** What a licence allows that is left out: everything. */
const UNRESTRICTED: Plain = { status: "active", features: { sso: true, groupSync: true } };

/** All that is known of a login but claims and workspaces, one bit or two each. */
function flagsOf(request: Fields): number | undefined {
  const { user, claimSeen, passwordLogin, signup, explain } = request;
  const licence = request.licence ?? UNRESTRICTED;
  if (!hasOnly(user, USER) || !hasOnly(licence, LICENCE) || flag(claimSeen, true) === undefined) {
    return undefined;
  }
  const { features, seats } = licence;
  if (!hasOnly(features, FEATURES) || (seats ?? null) !== null) {
    return undefined;
  }
  const parts = [
    flag(user.exists),
    flag(user.superAdmin, false),
    flag(features.sso),
    flag(features.groupSync),
    flag(features.customGroups, true),
    flag(passwordLogin, true),
    flag(signup, true),
    flag(explain, true),
    place(LICENCE_STATUSES, licence.status),
    flag(user.exempt, false),
    place(USER_STATUSES, user.status, 0),
  ];
  let flags = 0;
  let bit = 0;
  for (const part of parts) {
    if (part === undefined) return undefined;
    flags |= Number(part) << bit;
    bit += 1;
  }
  return flags;
}

/** What the engine numbers in a configuration. */
interface Table {
  /** The property of the claims that holds the names; nothing where they are not read as they are. */
  claim: string | null;
  roles: string[];
  groups: string[];
  /** Start, end, line and column of each entry. */
  entries: number[];
}

class Names {
  readonly claim: string | null;
  readonly roles: string[];
  readonly groups: string[];
  readonly #entries: Uint32Array;
  readonly #groupPlaces: Map<string, number>;

  constructor({ claim, roles, groups, entries }: Table) {
    this.claim = claim;
    this.roles = roles;
    this.groups = groups;
    this.#entries = Uint32Array.from(entries);
    this.#groupPlaces = new Map(groups.map((name, place) => [name, place]));
  }

  /** Adds the numbers of a membership and its guards. False where there are none for it. */
  addMembership(numbers: number[], membership: Plain | undefined, guards: Plain | undefined): boolean {
    if (!hasOnly(membership, MEMBERSHIP) || !Array.isArray(membership.groups)) return false;
    const role = place(this.roles, membership.role, -1);
    const roleGiver = giverOf(membership.roleGrantedBy);
    const lastAdmin = lastAdminOf(guards);
    if (role === undefined || roleGiver === undefined || lastAdmin === undefined) return false;
    numbers.push((role + 1) * 2 + roleGiver, lastAdmin, membership.groups.length);
    for (const group of membership.groups) {
      if (!hasOnly(group, MEMBER_GROUP)) return false;
      const place = this.#groupPlaces.get(group.name as string);
      const giver = giverOf(group.grantedBy);
      if (place === undefined || giver === undefined) return false;
      numbers.push(place * 2 + giver);
    }
    return true;
  }

  /** A role or group, numbered one after the other, and the entry that grants it, if one does: its number plus one. */
  grant(target: number, entry: number): Grant {
    const isRole = target < this.roles.length;
    const name = isRole ? this.roles[target] : this.groups[target - this.roles.length];
    const kind = isRole ? "role" : "group";
    return entry === 0 ? { target: name, kind } : { target: name, kind, entry: this.#span(entry * 4 - 4) };
  }

  #span(at: number): Span {
    const entries = this.#entries;
    return { start: entries[at], end: entries[at + 1], line: entries[at + 2], column: entries[at + 3] };
  }
}

/** Whether a sync gave something: it did not, as far as is known, or it did. */
function giverOf(grantedBy: Plain | undefined): 0 | 1 | undefined {
  if (grantedBy === "sync") return 1;
  return grantedBy === "manual" || grantedBy === undefined || grantedBy === null ? 0 : undefined;
}

/** Whether guards say that the user is the last admin: they do not, no, or yes. */
function lastAdminOf(guards: Plain | undefined): 0 | 1 | 2 | undefined {
  if (guards === undefined || guards === null) return 0;
  if (!hasOnly(guards, GUARDS) || (guards.seats ?? null) !== null) return undefined;
  const { lastAdmin } = guards;
  if (typeof lastAdmin === "boolean") return lastAdmin ? 2 : 1;
  return (lastAdmin ?? null) === null ? 0 : undefined;
}

/** What the engine numbers in settings. */
interface Known {
  claim: string | null;
  workspaces: Map<string, { place: number; names: Names }>;
}

interface Asked {
  id: string;
  names: Names;
}

/** Configurations, and the workspaces by id, each with its number and the place of its configuration. */
function known({ claim, syncs, workspaces }: LoginTable): Known {
  const names = syncs.map((table) => new Names(table));
  const byId = workspaces.map(([id, place, sync]) => [id, { place, names: names[sync] }] as const);
  return { claim, workspaces: new Map(byId) };
}

interface LoginTable {
  claim: string | null;
  syncs: Table[];
  workspaces: [id: string, place: number, sync: number][];
}

/** What the engine told in numbers, which are read one after the other. */
class Told {
  readonly #numbers: Uint32Array;
  #at: number;

  constructor(numbers: Uint32Array, at: number) {
    this.#numbers = numbers;
    this.#at = at;
  }

  #next(): number {
    return this.#numbers[this.#at++];
  }

  resolution(names: Names, claim: string | null, idpGroups: string[], explain: boolean): Resolution {
    const outcome = OUTCOMES[this.#next()];
    const role = this.#next();
    const groups = this.#list(names.groups);
    const roleReasons = this.#reasons(names, idpGroups);
    const resolution = {
      claim: {
        status: idpGroups.length > 0 ? "present" : "empty",
        groups: explain ? idpGroups : [],
        path: claim === null ? [] : [claim],
        diagnostics: [],
      },
      outcome,
      role: role === 0 ? null : names.roles[role - 1],
      roleReasons,
      groups,
      matches: explain ? this.#matches(names, idpGroups) : [],
      unmet: [],
      diagnostics: [],
    };
    // The engine gives what goes with the outcome.
    return resolution as Resolution;
  }

  plan(names: Names, claim: string | null, idpGroups: string[], explain: boolean): SyncPlan {
    const status = PLAN_STATUSES[this.#next()];
    const reason = this.#next();
    const from = this.#next();
    const to = this.#next();
    const role = { from: from === 0 ? null : names.roles[from - 1], to: names.roles[to] };
    const join = this.#list(names.groups);
    const leave = this.#list(names.groups);
    const keep = this.#list(names.groups);
    const resolution = this.#next() === 1 ? this.resolution(names, claim, idpGroups, explain) : unread();
    const rest = { role, join, leave, keep, blocked: [], resolution };
    // The engine gives what goes with the status.
    return (reason === 0 ? { status, ...rest } : { status, reason: REASONS[reason - 1], ...rest }) as SyncPlan;
  }

  outcome(asked: Asked[], idpGroups: string[], explain: boolean): LoginOutcome {
    const workspaces = asked.map(({ id, names }) => ({
      id,
      plan: this.plan(names, names.claim, idpGroups.slice(), explain),
    }));
    return { allowed: true, workspaces, diagnostics: [] };
  }

  /** As many of the names as the next number says. */
  #list(names: string[]): string[] {
    const list: string[] = [];
    for (let left = this.#next(); left > 0; left -= 1) list.push(names[this.#next()]);
    return list;
  }

  #reasons(names: Names, idpGroups: string[]): RoleReason[] {
    const reasons: RoleReason[] = [];
    for (let left = this.#next(); left > 0; left -= 1) {
      const number = this.#next();
      const place = number >>> 2;
      if ((number & 3) === 1) reasons.push({ kind: "role-group", idpGroup: idpGroups[place] });
      else if ((number & 3) === 2) reasons.push({ kind: "required-by", group: names.groups[place] });
      else reasons.push({ kind: (number & 3) === 0 ? "default" : "kept" });
    }
    return reasons;
  }

  #matches(names: Names, idpGroups: string[]): Match[] {
    const matches: Match[] = [];
    for (const idpGroup of idpGroups) {
      const number = this.#next();
      const grants: Grant[] = [];
      for (let left = number >>> 2; left > 0; left -= 1) grants.push(names.grant(this.#next() - 1, this.#next()));
      matches.push({ idpGroup, via: VIAS[number & 3], grants, nearMisses: [] });
    }
    return matches;
  }
}

/** The resolution where no claim was looked at. */
function unread(): Resolution {
  const claim: Resolution["claim"] = { status: "missing", groups: [], path: [], diagnostics: [] };
  const none = {
    claim,
    outcome: "keep",
    role: null,
    roleReasons: [],
    groups: [],
    matches: [],
    unmet: [],
    diagnostics: [],
  };
  return none as Resolution;
}
