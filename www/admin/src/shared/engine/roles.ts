import { type Catalog, completeMapping } from "idp-group-sync";

/** The roles of a catalog, lowest first; those of one that names none are the engine's to know. */
export function rolesOf(catalog: Catalog): string[] {
  if (catalog.roles) return catalog.roles;
  const target = "x -> ";
  return completeMapping(target, target.length, { groups: [] }).map(({ label }) => label);
}
