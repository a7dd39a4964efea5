// docs/guarantees.md: what no token gives, tried with all small sets of IdP groups of a small universe.

import type { Guarantee, Reach } from "idp-group-sync";
import { isRole, rank, rolesOf } from "./catalog.ts";
import { readGroupList } from "./claims.ts";
import { type Configuration, comparing } from "./configuration.ts";
import { capture, capturing, type Entry, invented, type Term } from "./mapping.ts";
import { requirement } from "./requirements.ts";
import { resolve } from "./resolving.ts";

/** "`only`: nobody reaches it without one of these IdP groups; `never`: nobody reaches it who has one of these." */
export function isBrokenBy(configuration: Configuration, guarantee: Guarantee, idpGroups: string[]): boolean {
  const reach = reachOf(guarantee);
  const as = comparing(configuration.policy);
  const has = idpGroups.some((idpGroup) => reach.groups.some((group) => as(group) === as(idpGroup)));
  return has === (guarantee.never !== undefined) && reaches(configuration, reach, idpGroups);
}

/** "A role is reached by whoever comes to that role or a higher one; a custom group by whoever joins it." */
function reaches(configuration: Configuration, { role, group }: Reach, idpGroups: string[]): boolean {
  const given = resolve(configuration, readGroupList(idpGroups), false);
  if (role === undefined) return given.groups.includes(group ?? "");
  const { catalog } = configuration;
  return given.role !== null && rank(catalog, given.role) >= rank(catalog, role);
}

export function reachOf({ only, never }: Guarantee): Reach {
  const reach = only ?? never;
  if (!reach) throw new Error("a random guarantee has one of both");
  return reach;
}

/** Somebody who breaks it; `undefined` if nobody does who has few of these IdP groups. */
export function breaker(configuration: Configuration, guarantee: Guarantee): string[] | undefined {
  const names = universe(configuration, guarantee);
  return subsets(names, largestNeeded(configuration)).find((some) => isBrokenBy(configuration, guarantee, some));
}

/** "Each grant asks for a conjunction", and so does what is required; `never` adds one IdP group. */
export function largestNeeded({ mapping, policy }: Configuration): number {
  const demanded = (terms: Pick<Term, "isExcluded">[]) => terms.filter(({ isExcluded }) => !isExcluded).length;
  return Math.max(1, ...mapping.entries.map(({ terms }) => demanded(terms))) + demanded(requirement(policy)) + 1;
}

/** Every name, a member of each pattern, and whatever a capture turns into an app group. */
function universe(configuration: Configuration, guarantee: Guarantee): string[] {
  const { mapping, catalog, policy } = configuration;
  const terms = [...mapping.entries.flatMap(({ terms }) => terms), ...requirement(policy)];
  const groups = catalog.groups.map(({ name }) => name);
  const captured = mapping.entries
    .filter(({ isCapture }) => isCapture)
    .flatMap((entry) => groups.filter((name) => !isRole(catalog, name)).flatMap((group) => capturedAs(entry, group)));
  const names = [
    ...terms.map(({ text, isPattern }) => (isPattern ? text.replaceAll("*", invented) : text)),
    ...rolesOf(catalog),
    ...groups,
    ...captured,
    ...reachOf(guarantee).groups,
  ];
  return names.filter((name, place) => name !== "" && names.indexOf(name) === place);
}

/** Names for which each star stands for a part of the app group's name, or for something invented. */
function capturedAs(entry: Entry, group: string): string[] {
  const parts = Array.from({ length: group.length }, (_, start) =>
    Array.from({ length: group.length - start }, (_, more) => group.slice(start, start + more + 1)),
  ).flat();
  const pieces = capturing(entry).text.split("*");
  const exactly = (name: string) => name;
  let names = [pieces[0]];
  for (const piece of pieces.slice(1)) {
    names = names.flatMap((name) => ["", invented, ...parts].map((part) => name + part + piece));
  }
  return names.filter((name) => capture(entry, name, exactly) === group).slice(0, 4);
}

function subsets(names: string[], largest: number): string[][] {
  let some: string[][] = [[]];
  for (const name of names) {
    some = [...some, ...some.filter((one) => one.length < largest).map((one) => [...one, name])];
  }
  return some;
}
