// What an application would write by hand: the same work for mappings without patterns and the default policy, as fast as plain
// JavaScript does it, and with the same results. It looks names up in a Map and has no policies, no guards and no checks.

const DEFAULT_ROLES = ["end-user", "builder", "admin"];

/** Compiles a configuration whose entries are `name -> target`, one a line. */
export function compileByHand({ mapping, claim, catalog }) {
  const roles = catalog.roles ?? DEFAULT_ROLES;
  const rankOf = new Map(roles.map((role, rank) => [role, rank]));
  const groups = catalog.groups.map(({ name, requires }) => ({ name, rank: requires ? rankOf.get(requires) : 0 }));
  const placeOf = new Map(groups.map(({ name }, place) => [name, place]));
  const entries = new Map();
  let start = 0;
  for (const [index, text] of mapping.split("\n").entries()) {
    const [source, target] = text.split(" -> ");
    const entry = { start, end: start + text.length, line: index + 1, column: 1 };
    const rank = rankOf.get(target);
    const grant =
      rank === undefined
        ? { target, kind: "group", entry, place: placeOf.get(target) }
        : { target, kind: "role", entry, rank };
    const grants = entries.get(source);
    if (grants === undefined) entries.set(source, [grant]);
    else grants.push(grant);
    start += text.length + 1;
  }
  return { claim: claim.name, roles, rankOf, groups, placeOf, entries };
}

/** The role and groups of a user, with the reasons where they are asked for. */
export function resolveByHand(compiled, claims, explain) {
  const { role: _, joined: __, ...decided } = decide(compiled, claims, explain);
  return decided.resolution;
}

/** What to change for a user with this membership. */
export function planByHand(compiled, claims, membership, explain) {
  return plan(compiled, decide(compiled, claims, explain), membership);
}

/** A login to several workspaces that share a mapping. */
export function decideByHand(compiled, { claims, workspaces, explain }) {
  return {
    allowed: true,
    workspaces: workspaces.map(({ id, membership }) => ({
      id,
      plan: plan(compiled, decide(compiled, claims, explain), membership),
    })),
    diagnostics: [],
  };
}

function plan({ rankOf, roles, groups, placeOf }, { resolution, rank, joined }, membership) {
  const from = membership.role;
  const present = new Set();
  const gone = [];
  for (const { name } of membership.groups) {
    const place = placeOf.get(name);
    if (place === undefined) gone.push(name);
    else present.add(place);
  }
  const join = [];
  const keep = [];
  for (const place of joined) (present.has(place) ? keep : join).push(groups[place].name);
  const granted = new Set(joined);
  const leave = [...present].filter((place) => !granted.has(place)).sort((a, b) => a - b);
  const left = leave.map((place) => groups[place].name);
  left.push(...gone);
  const isSame = join.length === 0 && left.length === 0 && from !== null && rankOf.get(from) === rank;
  return {
    status: isSame ? "unchanged" : "change",
    role: { from, to: roles[rank] },
    join,
    leave: left,
    keep,
    blocked: [],
    resolution,
  };
}

function decide({ claim, roles, rankOf, groups, placeOf, entries }, claims, explain) {
  const names = namesIn(claims[claim]);
  const joined = new Set();
  let rank = -1;
  const matches = [];
  for (const name of names) {
    const grants = entries.get(name) ?? byName(name);
    for (const grant of grants ?? []) {
      if (grant.kind === "role") rank = Math.max(rank, grant.rank);
      else joined.add(grant.place);
    }
    if (!explain) continue;
    matches.push({
      idpGroup: name,
      via: grants === undefined ? "none" : grants[0].entry ? "mapping" : "name",
      grants: (grants ?? []).map(written),
      nearMisses: [],
    });
  }
  const granted = rank;
  const places = [...joined].sort((a, b) => a - b);
  for (const place of places) if (groups[place].rank > 0) rank = Math.max(rank, groups[place].rank);
  const isDefault = rank < 0;
  if (isDefault) rank = 0;
  const isMatch = granted >= 0 || places.length > 0;
  const resolution = {
    claim: {
      status: names.length > 0 ? "present" : "empty",
      groups: explain ? names : [],
      path: [claim],
      diagnostics: [],
    },
    outcome: isMatch ? "resolved" : "no-match",
    role: roles[rank],
    roleReasons: explain ? reasons() : [],
    groups: places.map((place) => groups[place].name),
    matches,
    unmet: [],
    diagnostics: [],
  };
  return { resolution, rank, joined: places };

  function byName(name) {
    const rank = rankOf.get(name);
    if (rank !== undefined) return [{ target: name, kind: "role", rank }];
    const place = placeOf.get(name);
    return place === undefined ? undefined : [{ target: name, kind: "group", place }];
  }

  function reasons() {
    const found = [];
    if (granted === rank) {
      for (const { idpGroup, grants } of matches) {
        if (grants.some(({ kind, target }) => kind === "role" && rankOf.get(target) === rank)) {
          found.push({ kind: "role-group", idpGroup });
        }
      }
    }
    for (const place of places) {
      if (groups[place].rank === rank && rank > 0) found.push({ kind: "required-by", group: groups[place].name });
    }
    return found.length > 0 ? found : [{ kind: "default" }];
  }
}

/** A grant as the result has it: the caller's own, as all of a result is. */
function written({ target, kind, entry }) {
  if (entry === undefined) return { target, kind };
  const { start, end, line, column } = entry;
  return { target, kind, entry: { start, end, line, column } };
}

/** The names, each once; anything that is no list of names is for the caller to handle. */
function namesIn(value) {
  if (!Array.isArray(value)) throw new TypeError("the claim is not a list");
  const names = [];
  const seen = new Set();
  for (const name of value) {
    if (typeof name !== "string" || name === "") throw new TypeError("the claim holds something that is no name");
    if (seen.has(name)) continue;
    seen.add(name);
    names.push(name);
  }
  return names;
}
