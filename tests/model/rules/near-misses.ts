// docs/resolving.md, "Near misses".

import { isRole, rolesOf } from "./catalog.ts";
import { type Configuration, comparing } from "./configuration.ts";
import { isCondition } from "./mapping.ts";

/** For an IdP group that matches nothing: the sources, names in conditions, then the roles and app groups that could match by name. */
export function nearMisses(idpGroup: string, { mapping, catalog, policy }: Configuration): string[] {
  const byName = policy.matchByName ?? true;
  const names = (inConditions: boolean) =>
    mapping.entries
      .filter((entry) => isCondition(entry) === inConditions)
      .flatMap(({ terms }) => terms.filter(({ isPattern }) => !isPattern).map(({ text }) => text));
  const roles = byName === true ? rolesOf(catalog) : [];
  // A group that bears the name of a role cannot match by name: the role is meant.
  const groups = byName ? catalog.groups.map((group) => group.name).filter((name) => !isRole(catalog, name)) : [];
  const as = comparing(policy);
  const looked = [...names(false), ...names(true), ...roles, ...groups];
  const alike = looked.filter((name) => look(name) === look(idpGroup) && as(name) !== as(idpGroup));
  return alike.filter((name, place) => alike.findIndex((other) => as(other) === as(name)) === place);
}

/** Letters as a letter and its marks, in lower case; runs of white space, underscores and dashes one space, none at the ends. */
function look(name: string): string {
  const seen = name
    .normalize("NFD")
    .toLowerCase()
    .replace(/[\u200B-\u200D\u2060\uFEFF]/g, "")
    .replace(/[\s_\-\u2010-\u2015]+/g, " ")
    .trim();
  // "In a name with an `=`, as LDAP writes names, none beside that or a comma either."
  return seen.includes("=") ? seen.replace(/ ?([=,]) ?/g, "$1") : seen;
}
