// `LoginImpact` against the model: two instances, some logins.

import { LoginImpact } from "idp-group-sync";
import type { LoginChange } from "../random/login.ts";
import { rolesOf } from "../rules/catalog.ts";
import type { Instance } from "../rules/login.ts";
import { loginImpact, type ModelLoginImpact } from "../rules/login-impact.ts";
import { count } from "./coverage.ts";
import { compare } from "./difference.ts";

export function compareLoginChange({ before, after, users }: LoginChange): number {
  const sideOf = ({ settings, catalogs }: Instance) => ({ settings, catalogs });
  const given = () => ({ before: sideOf(before), after: sideOf(after), users });
  compare("loginImpact", given, expected({ before, after, users }), measured({ before, after, users }));
  return users.length;
}

function expected({ before, after, users }: LoginChange) {
  const all = users.map((user) => ({ user, impact: loginImpact(before, after, user) }));
  const read = all.flatMap(({ user, impact }) => (impact ? [{ user, impact }] : []));
  const changes = read.flatMap(({ user, impact: { refused, workspaces } }) =>
    refused || workspaces.length > 0 ? [{ id: user.id, ...(refused && { refused }), workspaces }] : [],
  );
  for (const { refused, workspaces } of changes) {
    if (refused) count(`login impact: ${refused.after ? "refused" : "readmitted"}`);
    for (const { effect, topRoleLost, blocked } of workspaces) {
      count(`login impact: ${effect}`);
      if (topRoleLost) count("login impact: top role lost");
      for (const { guard } of blocked ?? []) count(`login impact: blocked by ${guard}`);
    }
  }
  if (read.length > changes.length) count("login impact: unchanged");
  const number = (is: (impact: ModelLoginImpact) => boolean) => read.filter(({ impact }) => is(impact)).length;
  const isRefused = ({ wasAllowed, isAllowed }: ModelLoginImpact) => wasAllowed && !isAllowed;
  const isDenied = ({ workspaces }: ModelLoginImpact) => workspaces.some(({ effect }) => effect === "denied");
  const loses = (impact: ModelLoginImpact) =>
    isRefused(impact) || impact.workspaces.some(({ effect }) => ["denied", "loses", "changes"].includes(effect));
  const losesTop = ({ workspaces }: ModelLoginImpact) => workspaces.some(({ topRoleLost }) => topRoleLost);
  return {
    changes,
    summary: {
      users: read.length,
      unchanged: read.length - changes.length,
      refused: number(isRefused),
      readmitted: number(({ wasAllowed, isAllowed }) => !wasAllowed && isAllowed),
      denied: number(isDenied),
      topRoleLost: number(losesTop),
      toConfirm: number((impact) => isRefused(impact) || isDenied(impact) || losesTop(impact)),
      losers: number(loses),
      workspaces: namedBy([before, after]).map((id) =>
        totals(
          id,
          [before, after],
          read.flatMap(({ impact }) => impact.everywhere.filter((workspace) => workspace.id === id)),
        ),
      ),
      faultyLines: all.flatMap(({ impact }, place) => (impact ? [] : [place + 1])),
      faultCount: all.length - read.length,
    },
  };
}

/** "Each workspace that the settings or the catalogs of either side name, by id." */
function namedBy(sides: Instance[]): string[] {
  const ids = sides.flatMap(({ settings, catalogs }) => [
    ...settings.workspaces.map(({ id }) => id),
    ...Object.keys(catalogs),
  ]);
  return [...new Set(ids)].sort();
}

function totals(id: string, sides: Instance[], users: ModelLoginImpact["everywhere"]) {
  const number = (effect: string | undefined) => users.filter(({ change }) => change?.effect === effect).length;
  const roles = sides.flatMap(({ catalogs }) => (Object.hasOwn(catalogs, id) ? rolesOf(catalogs[id]) : []));
  return {
    id,
    unchanged: number(undefined),
    denied: number("denied"),
    admitted: number("admitted"),
    gains: number("gains"),
    loses: number("loses"),
    changes: number("changes"),
    topRoleLost: users.filter(({ change }) => change?.topRoleLost).length,
    roles: Object.fromEntries(
      roles.map((role) => [
        role,
        {
          before: users.filter(({ before }) => before.role === role).length,
          after: users.filter(({ after }) => after.role === role).length,
        },
      ]),
    ),
  };
}

function measured({ before, after, users }: LoginChange) {
  const impact = new LoginImpact(
    { settings: before.settings, catalogs: before.catalogs },
    { settings: after.settings, catalogs: after.catalogs },
  );
  const text = users.map((user) => JSON.stringify(user)).join("\n");
  const middle = Math.floor(text.length / 2);
  const changes = [...impact.push(text.slice(0, middle)), ...impact.push(text.slice(middle))];
  const { changes: last, summary } = impact.finish();
  // Whom no workspace lets in is left to the cases.
  const { faults, nowhere: _, ...rest } = summary;
  return { changes: [...changes, ...last], summary: { ...rest, faultyLines: faults.map(({ line }) => line) } };
}
