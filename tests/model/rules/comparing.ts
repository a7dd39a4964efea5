// docs/resolving.md, "Comparing two mappings". Both configurations have the same roles.

import type { Catalog, MappingChange, MappingDiff, Policy } from "idp-group-sync";
import { defaultRole, isGroup, isRole, requiredBy, rolesOf } from "./catalog.ts";
import { readGroupList } from "./claims.ts";
import type { Configuration } from "./configuration.ts";
import { type Access, effectOf } from "./impact.ts";
import { capture, type Entry, invented, isCondition, patternMatches, type Term } from "./mapping.ts";
import { requirement } from "./requirements.ts";
import { resolve } from "./resolving.ts";

export type ModelChange = Pick<MappingChange, "kind" | "idpGroup" | "before" | "after" | "effect">;

const exactly = (name: string) => name;

/** Both are of entries that are no conditions. */
const source = ({ terms }: Entry) => terms[0].text;
const isPattern = ({ terms }: Entry) => terms[0].isPattern;

/** Where single IdP groups tell everything, and each capture has one star. Elsewhere what is reported is tried. */
export function isSimple({ mapping, policy }: Configuration): boolean {
  if (policy.compare === "ignore-case" || requirement(policy).length > 0) return false;
  return mapping.entries.every(
    (entry) =>
      !isCondition(entry) &&
      (!entry.isCapture || (source(entry).split("*").length === 2 && !entry.target.includes("$"))),
  );
}

/** "In bold: the default." */
const defaults: Required<Policy> = {
  matchByName: true,
  compare: "exact",
  require: "",
  noMatch: "default-role",
  missingClaim: "no-groups",
  unreadableClaim: "keep",
  roleWithoutRoleGroup: "infer",
  demotion: "allow",
  removal: "all",
  nonMembers: "matched",
  syncOn: "every-login",
  whenGone: "archive",
  protectLastAdmin: true,
};

/** "It compares what a user gets who has one IdP group, or none." */
export function accessOf(configuration: Configuration, groups: string[]): Access {
  const { outcome, role, groups: gets } = resolve(configuration, readGroupList(groups), false);
  return outcome === "deny" ? { role, groups: gets, denied: true } : { role, groups: gets };
}

export function changesBetween(before: Configuration, after: Configuration): ModelChange[] {
  const both = [before, after];
  const change = (kind: ModelChange["kind"], idpGroup: string, one: Access, other: Access): ModelChange[] => {
    const effect = effectOf(before.catalog, one, other);
    return effect ? [{ kind, idpGroup, before: one, after: other, effect }] : [];
  };
  const of = (kind: ModelChange["kind"], idpGroup: string, groups: string[]) =>
    change(kind, idpGroup, accessOf(before, groups), accessOf(after, groups));

  const entries = both.flatMap(({ mapping }) => mapping.entries);
  const patterns = distinct(entries.filter(isPattern).map(source));
  const hasOther = !patterns.some((pattern) => patternMatches(pattern, invented));
  const changes = [
    ...namesOf(before, after).flatMap((name) => of("name", name, [name])),
    ...patterns.flatMap((pattern) => {
      const member = pattern.replaceAll("*", invented);
      const plain = of("pattern", pattern, [member]);
      const captures = both.map((side) => capturesOf(side, pattern));
      if (captures.flat().length === 0) return plain;
      const [one, other] = both.map((side, place) => capturedAccess(side, member, captures[place]));
      const captured = change("pattern", pattern, one, other);
      return [...captured, ...plain.filter(({ effect }) => effect !== captured[0]?.effect)];
    }),
    ...(hasOther ? of("any-other", "", [invented]) : []),
    ...of("no-groups", "", []),
  ];
  const isDenied = ({ effect }: ModelChange) => effect === "denied";
  return [...changes.filter(isDenied), ...changes.filter((one) => !isDenied(one))];
}

/** "Those whose capture is an app group, for whom the groups hold the captures as written." */
function capturedAccess(configuration: Configuration, member: string, captures: string[]): Access {
  if (captures.length === 0) return accessOf(configuration, [member]);
  // Whatever is captured is a match, so the policy for no match has no say.
  const matched = { ...configuration, policy: { ...configuration.policy, noMatch: "default-role" as const } };
  const { role, groups } = accessOf(matched, [member]);
  return { role: role ?? defaultRole(configuration.catalog), groups: [...groups, ...captures] };
}

/** "A capture that can be no app group has no members of the first kind." */
function capturesOf({ mapping, catalog }: Configuration, pattern: string): string[] {
  const groups = catalog.groups.map(({ name }) => name).filter((name) => meaning(catalog, name) !== undefined);
  const own = mapping.entries.filter(
    (entry) =>
      entry.isCapture &&
      source(entry) === pattern &&
      groups.some((group) => capturedAs(entry, group).some((name) => name !== "")),
  );
  return distinct(own.map(({ target }) => target));
}

/** "Every name in either text and either catalog", and what captures turn into groups that are not the same in both. */
function namesOf(before: Configuration, after: Configuration): string[] {
  const both = [before, after];
  const entries = both.flatMap(({ mapping }) => mapping.entries);
  const inTexts = entries.flatMap((entry) => [
    ...(isPattern(entry) ? [] : [source(entry)]),
    ...(entry.isCapture ? [] : [entry.target]),
  ]);
  const inCatalogs = both.flatMap(({ catalog }) => [...rolesOf(catalog), ...catalog.groups.map(({ name }) => name)]);
  const groups = distinct(both.flatMap(({ catalog }) => catalog.groups.map(({ name }) => name)));
  const differing = groups.filter((name) => meaning(before.catalog, name) !== meaning(after.catalog, name));
  const captured = entries
    .filter(({ isCapture }) => isCapture)
    .flatMap((entry) => differing.flatMap((group) => capturedAs(entry, group)));
  return distinct([...inTexts, ...inCatalogs, ...captured]).filter((name) => name !== "");
}

function meaning(catalog: Catalog, name: string): string | undefined {
  return isGroup(catalog, name) && !isRole(catalog, name) ? (requiredBy(catalog, name) ?? "") : undefined;
}

/** The IdP group whose capture is this group, found by trying every part of the group's name. */
function capturedAs(entry: Entry, group: string): string[] {
  const parts = Array.from(group, (_, start) => start).concat(group.length);
  const candidates = parts.flatMap((start) => parts.map((end) => group.slice(start, Math.max(start, end))));
  const names = distinct(candidates).map((part) => source(entry).replace("*", () => part));
  const leads = (name: string) => patternMatches(source(entry), name) && capture(entry, name, exactly) === group;
  return names.filter(leads).slice(0, 1);
}

/** "With what holds before and after, be it chosen or by default." */
export function choicesBetween(before: Configuration, after: Configuration): MappingDiff["choices"] {
  const effective = ({ policy }: Configuration, field: keyof Policy) => policy[field] ?? defaults[field];
  return (Object.keys(defaults) as (keyof Policy)[])
    .map((field) => ({
      field: `policy.${field}`,
      before: effective(before, field),
      after: effective(after, field),
    }))
    .filter((choice) => choice.before !== choice.after);
}

/** Each name or member of a pattern alone, and those of each entry with one more. */
export function triedGroups(before: Configuration, after: Configuration): string[][] {
  const entries = [before, after].flatMap(({ mapping }) => mapping.entries);
  const memberOf = ({ text, isPattern }: Omit<Term, "span">) => (isPattern ? text.replaceAll("*", invented) : text);
  const members = distinct(entries.flatMap(({ terms }) => terms.map(memberOf)));
  const demanded = (terms: Omit<Term, "span">[]) =>
    distinct(terms.filter(({ isExcluded }) => !isExcluded).map(memberOf));
  const required = [before, after].map(({ policy }) => demanded(requirement(policy)));
  const met = [...entries.map(({ terms }) => demanded(terms)), ...required];
  return [
    ...members.map((one) => [one]),
    ...met,
    ...met.flatMap((some) => members.map((one) => distinct([...some, one]))),
  ];
}

function distinct(names: string[]): string[] {
  return names.filter((name, place) => names.indexOf(name) === place);
}
