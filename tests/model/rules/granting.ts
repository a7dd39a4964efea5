// docs/resolving.md, "What one IdP group grants", "Conditions" and "Reasons".

import type { Catalog, Grant, Match, Resolution } from "idp-group-sync";
import { isGroup, isRole, rolesOf } from "./catalog.ts";
import { type Configuration, comparing } from "./configuration.ts";
import { capture, capturing, type Entry, isAbout, isCondition, isMet, isTermMet, type Term } from "./mapping.ts";
import { nearMisses } from "./near-misses.ts";

/** For each IdP group of the token, "its three steps", and the conditions that all of them meet together. */
export function matchesOf(idpGroups: string[], configuration: Configuration): Match[] {
  return idpGroups.map((idpGroup) => matchOf(idpGroup, idpGroups, configuration));
}

function matchOf(idpGroup: string, idpGroups: string[], configuration: Configuration): Match {
  const { mapping } = configuration;
  const as = comparing(configuration.policy);
  const isSingle = (entry: Entry) => !isCondition(entry) && isAbout(entry.terms[0], idpGroup, as);
  const named = mapping.entries.filter((entry) => isSingle(entry) && !entry.terms[0].isPattern);
  const own = named.length === 0 ? byName(idpGroup, configuration) : [];
  const grants: Grant[] = [
    ...named.map((entry) => grantOf(entry, idpGroup, configuration)),
    ...own,
    // "Then patterns and conditions in the order of the text."
    ...mapping.entries.flatMap((entry) => {
      if (isCondition(entry)) return byCondition(entry, idpGroup, idpGroups, configuration);
      return isSingle(entry) && entry.terms[0].isPattern ? [grantOf(entry, idpGroup, configuration)] : [];
    }),
  ];
  const via = own.length > 0 ? "name" : grants.length > 0 ? "mapping" : "none";
  return {
    idpGroup,
    via,
    grants: grants.filter((grant, place) => grants.findIndex((other) => isSameTarget(grant, other)) === place),
    nearMisses: via === "none" ? nearMisses(idpGroup, configuration) : [],
  };
}

function isSameTarget(one: Grant, other: Grant): boolean {
  return one.kind === other.kind && one.target === other.target;
}

/** "Listed at each IdP group that met a term without `!`, and has `with`: the terms that this group does not meet itself." */
function byCondition(entry: Entry, idpGroup: string, idpGroups: string[], configuration: Configuration): Grant[] {
  const as = comparing(configuration.policy);
  if (!isMet(entry.terms, idpGroups, as)) return [];
  const meets = (term: Term) => !term.isExcluded && isAbout(term, idpGroup, as);
  if (!entry.terms.some(meets)) return [];
  const others = entry.terms.filter((term) => !meets(term)).map(termOf);
  const told = (from: string): Grant => ({
    ...grantOf(entry, from, configuration),
    ...(others.length > 0 && { with: others }),
  });
  if (!entry.isCapture) return [told(idpGroup)];
  // "A group that met another term lists all app groups that the capture grants; one that it takes from, what it comes to there."
  const pattern = capturing(entry);
  const takenFrom = idpGroups.filter((other) => isAbout(pattern, other, as));
  const captured = takenFrom.map(told).filter(({ kind }) => kind === "group");
  const groups = configuration.catalog.groups.flatMap(
    ({ name }) => captured.find(({ target }) => target === name) ?? [],
  );
  return [
    ...(entry.terms.some((term) => term !== pattern && meets(term)) ? groups : []),
    ...(takenFrom.includes(idpGroup) ? [told(idpGroup)] : []),
  ];
}

function termOf({ text, isPattern, isExcluded, span }: Term) {
  return {
    text,
    kind: isPattern ? ("pattern" as const) : ("name" as const),
    ...(isExcluded && { excluded: true }),
    span,
  };
}

/** "One item for each IdP group and each condition in which it is a term, with or without `!`, and which was not met." */
export function unmetOf(idpGroups: string[], { mapping, policy }: Configuration): Resolution["unmet"] {
  const as = comparing(policy);
  return idpGroups.flatMap((idpGroup) =>
    mapping.entries
      .filter((entry) => isCondition(entry) && entry.terms.some((term) => isAbout(term, idpGroup, as)))
      .filter(({ terms }) => !isMet(terms, idpGroups, as))
      .map(({ terms, span, text }) => ({
        idpGroup,
        entry: span,
        ...(text && { text }),
        failed: terms.filter((term) => !isTermMet(term, idpGroups, as)).map(termOf),
      })),
  );
}

/** `matchByName`; a role and a group of the same name: the role is meant everywhere. */
function byName(name: string, { catalog, policy }: Configuration): Grant[] {
  const matchByName = policy.matchByName ?? true;
  if (matchByName === false) return [];
  const as = comparing(policy);
  const isMeant = (known: string) => as(known) === as(name);
  // "Each role and each app group that becomes equal to it."
  const roles = rolesOf(catalog).filter(isMeant);
  const groups = catalog.groups.map((group) => group.name).filter((group) => isMeant(group) && !isRole(catalog, group));
  return [
    ...(matchByName === true ? roles.map((target) => ({ target, kind: "role" as const })) : []),
    ...groups.map((target) => ({ target, kind: "group" as const })),
  ];
}

/** "A target means the role or group of exactly its name; failing that, the role of that name but for ASCII case." */
function grantOf(entry: Entry, idpGroup: string, { catalog, policy }: Configuration): Grant {
  if (entry.isCapture) return captureOf(entry, idpGroup, { catalog, policy });
  const { target } = entry;
  const place = placeOf(entry);
  if (isRole(catalog, target)) return { target, kind: "role", ...place };
  if (isGroup(catalog, target)) return { target, kind: "group", ...place };
  const role = rolesOf(catalog).find((name) => asciiLowerCase(name) === asciiLowerCase(target));
  if (role !== undefined) return { target: role, kind: "role", ...place };
  return { target, kind: "unknown", ...place };
}

/** docs/settings.md, "Entries": "a grant says which of the two texts its `entry` is a place in"; elsewhere there is no `text`. */
function placeOf({ span, text }: Entry) {
  return { entry: span, ...(text && { text }) };
}

/** "A capture reaches custom groups only"; "of several app groups a capture means the first". */
function captureOf(
  entry: Entry,
  idpGroup: string,
  { catalog, policy }: Pick<Configuration, "catalog" | "policy">,
): Grant {
  const as = comparing(policy);
  const target = capture(entry, idpGroup, as);
  const groups = catalog.groups.map((group) => group.name).filter((name) => !isRole(catalog, name));
  const group = groups.find((name) => as(name) === as(target));
  if (group !== undefined) return { target: group, kind: "group", ...placeOf(entry) };
  return { target, kind: "unknown", ...placeOf(entry) };
}

function asciiLowerCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** diagnostics.md, `unknown-target`: for each entry that an IdP group of this user meets, with the first such target. */
export function unknownTargetsOf(idpGroups: string[], configuration: Configuration) {
  const as = comparing(configuration.policy);
  return configuration.mapping.entries.flatMap((entry) => {
    const term = entry.isCapture ? capturing(entry) : entry.terms.find(({ isExcluded }) => !isExcluded);
    if (!term || !isMet(entry.terms, idpGroups, as)) return [];
    const met = idpGroups.filter((idpGroup) => isAbout(term, idpGroup, as));
    const unknown = met.map((idpGroup) => grantOf(entry, idpGroup, configuration));
    const first = unknown.find(({ kind }) => kind === "unknown");
    return first ? [{ target: first.target, ...(entry.text && { text: entry.text }) }] : [];
  });
}

export function knownTargets(matches: Match[], kind: "role" | "group", catalog: Catalog): string[] {
  const targets = matches.flatMap((match) => match.grants.filter((grant) => grant.kind === kind));
  const known = kind === "role" ? rolesOf(catalog) : catalog.groups.map(({ name }) => name);
  return known.filter((name) => targets.some(({ target }) => target === name));
}
