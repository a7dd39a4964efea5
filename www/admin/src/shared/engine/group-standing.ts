// What the mapping as it is typed makes of the groups that were seen. The engine is asked for all of it, away from the page where that takes long.

import {
  addEntries,
  type Catalog,
  effectiveSettings,
  GroupSync,
  GroupSyncError,
  type InstanceSettings,
  parseMapping,
  type Span,
  type WorkspaceEntries,
} from "idp-group-sync";
import type { Facts } from "idp-group-sync-elements/internal/engine/questions.js";
import { completeInAny } from "idp-group-sync-elements/internal/engine/workspace-checks.js";
import {
  type MappedPlace,
  type NamedSource,
  placesReading,
  SourceReader,
  unmetSources,
  type Via,
  viasOf,
} from "../../../../../server/src/claims/groups-in-use.ts";
import type { GroupsSeen } from "../../backend/answers.js";
import { withNearMiss } from "../state/near-misses.js";
import { rolesOf } from "./roles.js";

export type SeenGroup = GroupsSeen["groups"][number];

export type { NamedSource, Via };

/** What is asked about; whose settings these are with the text as it is typed. */
export interface StandingFacts extends Facts {
  settings: InstanceSettings;
  catalogs: Readonly<Record<string, Catalog>>;
  /** Whose mapping it is: the instance's, or a workspace's own. */
  scope: string | null;
  seen: GroupsSeen;
  /** For how many groups that do nothing yet it is told what they may be meant to lead to. */
  suggesting: number;
}

export interface Standing {
  /** In the order in which they were given. */
  vias: Via[];
  /** Sources of the mapping that no recent token met. */
  unmet: NamedSource[];
  /** Those of which a directory tells that a group was called so, and is no longer. */
  former: FormerSource[];
  /** The roles and groups that there are to map to. */
  targets: string[];
  /** What each group that does nothing yet may be meant to lead to, as far as that was asked for. */
  suggestions: Map<string, string[]>;
}

export type FormerSource = NamedSource & Omit<GroupsSeen["former"][number], "name">;

/** `null` while the mapping cannot be read that far. */
export function standing({ settings, catalogs, scope, seen, suggesting, mapping }: StandingFacts): Standing | null {
  const catalogOf = (workspace: string) => catalogs[workspace] ?? { groups: [] };
  const held = scope === null ? settings : effectiveSettings(settings, scope);
  const places =
    scope === null ? placesReading(held.claim, settings, catalogOf) : [{ ...held, catalog: catalogOf(scope) }];
  const known = standingOf(places, { mapping, policy: held.policy }, seen);
  if (!known) return null;
  const unmapped = seen.groups.filter((_, index) => known.vias[index] === "none").slice(0, suggesting);
  return {
    ...known,
    targets: [...new Set(places.flatMap(({ catalog }) => targetsOf(catalog)))],
    suggestions: suggestedTargets(
      places,
      unmapped.map(({ name }) => name),
    ),
  };
}

/** `own` is what is said of the mapping that is edited. */
function standingOf(
  places: readonly MappedPlace[],
  own: Pick<MappedPlace, "mapping" | "policy">,
  { groups, recent, since, more, former: formerNames }: GroupsSeen,
): Pick<Standing, "vias" | "unmet" | "former"> | null {
  const read = new SourceReader();
  const names = groups.map(({ name }) => name);
  const vias = viasOf(places, names, read);
  const lately = groups.filter(({ lastSeen }) => lastSeen >= since).map(({ name }) => name);
  // Of no token, and of a part of the groups, nothing can be concluded.
  const unmet = recent === 0 || more ? [] : unmetSources(own, lately, read);
  const former = formerSources(read.of(own)?.named ?? [], formerNames, groups);
  read.free();
  const known = new Set(former.map(({ span }) => span.start));
  return vias && unmet && { vias, unmet: unmet.filter(({ span }) => !known.has(span.start)), former };
}

/** What somebody signed in with since then is in use, whatever a directory calls it. */
function formerSources(
  named: NamedSource[],
  former: GroupsSeen["former"],
  groups: GroupsSeen["groups"],
): FormerSource[] {
  const seen = new Map(groups.map(({ name, lastSeen }) => [name, lastSeen]));
  const told = former.filter(({ name, until }) => !((seen.get(name) ?? "") > until));
  const facts = new Map(told.map(({ name, ...fact }) => [name, fact]));
  return named.flatMap((source) => {
    const fact = facts.get(source.text);
    return fact ? [{ ...source, ...fact }] : [];
  });
}

/** For each group, the roles and groups that it may be meant to lead to, the likeliest first. */
function suggestedTargets(places: readonly MappedPlace[], groups: readonly string[]): Map<string, string[]> {
  const near = nearMisses(places, groups);
  return new Map(
    groups.map((group, index) => {
      const targets = [...(near[index] ?? []), ...byWords(places, group)];
      return [group, [...new Set(targets)].slice(0, mostSuggested)];
    }),
  );
}

const mostSuggested = 2;

/** For each group, what is given to a name that looks the same, or the role or group of that name. The mapping is compiled once for all. */
function nearMisses(places: readonly MappedPlace[], groups: readonly string[]): string[][] {
  const [place] = places;
  if (!place || groups.length === 0) return [];
  const { mapping, catalog, policy } = place;
  return withoutMistakes([], () => {
    const sync = new GroupSync({ mapping, claim: "groups", catalog, policy: { ...policy, require: "" } });
    const found = groups.map((group) =>
      withoutMistakes([], () => {
        const [match] = sync.resolveGroups([group]).matches;
        const like = match?.nearMisses.slice(0, mostSuggested) ?? [];
        return like.flatMap((name) =>
          entriesOf(withNearMiss(mapping, group, name), group).map(({ target }) => target.text),
        );
      }),
    );
    sync.free();
    return found;
  });
}

/** What the engine makes of it, or, where that has a mistake, `otherwise`. */
function withoutMistakes<Value>(otherwise: Value, make: () => Value): Value {
  try {
    return make();
  } catch (error) {
    if (error instanceof GroupSyncError) return otherwise;
    throw error;
  }
}

/** So much of a word tells what it is about: "Engineering" and "engineers" begin alike. */
const beginning = 6;

/** What the engine would complete each of its words to, or their beginnings, as a target. */
function byWords(places: readonly MappedPlace[], group: string): string[] {
  const words = group.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= 3);
  const catalogs = places.map(({ catalog }) => catalog);
  return words.slice(0, 8).flatMap((word) => {
    const beginnings = [word, word.slice(0, beginning)].map((typed) => {
      const text = `x -> ${typed}`;
      return completeInAny(catalogs, text, text.length, [])[0]?.label;
    });
    return beginnings.find((label) => label !== undefined) ?? [];
  });
}

/** What can be granted, the roles first. */
function targetsOf(catalog: Catalog): string[] {
  return [...rolesOf(catalog), ...catalog.groups.map(({ name }) => name)];
}

/** The mapping with an entry for a group, and where that leads to. */
export function withEntry(text: string, group: string, target: string): { mapping: string; place: Span | undefined } {
  const { mapping } = addEntries(text, [{ source: group, target }]);
  const entry = entriesOf(mapping, group).findLast((one) => one.target.text === target);
  return { mapping, place: entry?.target.span };
}

/** How a workspace differs by entry, with other entries that hold there also. */
export function withAdded({ add: _, ...others }: WorkspaceEntries, add: string): WorkspaceEntries {
  return add === "" ? others : { ...others, add };
}

function entriesOf(mapping: string, group: string) {
  return parseMapping(mapping).entries.filter(({ source }) => source.kind === "name" && source.text === group);
}
