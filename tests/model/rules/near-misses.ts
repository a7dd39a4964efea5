// docs/resolving.md, "Near misses".

import { isRole, rolesOf } from "./catalog.ts";
import type { Configuration } from "./resolving.ts";

/** For an IdP group that matches nothing: the sources, then the roles and app groups that could match by name. */
export function nearMisses(idpGroup: string, { mapping, catalog, policy }: Configuration): string[] {
  const byName = policy.matchByName ?? true;
  const sources = mapping.entries.filter((entry) => !entry.isPattern).map((entry) => entry.source);
  const roles = byName === true ? rolesOf(catalog) : [];
  // A group that bears the name of a role cannot match by name: the role is meant.
  const groups = byName ? catalog.groups.map((group) => group.name).filter((name) => !isRole(catalog, name)) : [];
  const alike = [...sources, ...roles, ...groups].filter((name) => look(name) === look(idpGroup));
  return alike.filter((name, place) => alike.indexOf(name) === place);
}

/** Lower case; runs of white space, underscores and dashes one space, none at the ends; what cannot be seen taken out. */
function look(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\u200B-\u200D\u2060\uFEFF]/g, "")
    .replace(/[\s_\-\u2010-\u2015]+/g, " ")
    .trim();
}
