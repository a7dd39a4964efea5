// docs/resolving.md, "The catalog": roles from the lowest to the highest, and the custom groups.

import type { Catalog } from "idp-group-sync";

export function rolesOf(catalog: Catalog): string[] {
  return catalog.roles ?? ["end-user", "builder", "admin"];
}

/** "The first is the default role." */
export function defaultRole(catalog: Catalog): string {
  return rolesOf(catalog)[0];
}

export function highestRole(catalog: Catalog): string {
  return rolesOf(catalog)[rolesOf(catalog).length - 1];
}

export function rank(catalog: Catalog, role: string): number {
  return rolesOf(catalog).indexOf(role);
}

export function isRole(catalog: Catalog, name: string): boolean {
  return rolesOf(catalog).includes(name);
}

export function isGroup(catalog: Catalog, name: string): boolean {
  return catalog.groups.some((group) => group.name === name);
}

/** A gone group requires nothing. */
export function requiredBy(catalog: Catalog, name: string): string | undefined {
  return catalog.groups.find((group) => group.name === name)?.requires;
}

export function highest(catalog: Catalog, roles: string[]): string | undefined {
  return rolesOf(catalog).findLast((role) => roles.includes(role));
}

/** The highest role that these groups require. */
export function highestRequired(catalog: Catalog, groups: string[]): string | undefined {
  return highest(
    catalog,
    groups.flatMap((name) => requiredBy(catalog, name) ?? []),
  );
}

/** Each once: those of the catalog in its order, then the others in the order given. */
export function inCatalogOrder(catalog: Catalog, names: string[]): string[] {
  const known = catalog.groups.map((group) => group.name).filter((name) => names.includes(name));
  const gone = names.filter((name, place) => !isGroup(catalog, name) && names.indexOf(name) === place);
  return [...known, ...gone];
}
