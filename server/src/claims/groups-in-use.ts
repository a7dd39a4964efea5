// Which IdP groups a mapping does something with, and which of its sources nobody has. The engine says both: it is asked about the mapping's
// sources with a target each, so that none hides behind another, and about the application's names without a mapping.

import {
  type Catalog,
  type ClaimOptions,
  effectiveSettings,
  GroupSync,
  GroupSyncError,
  type InstanceSettings,
  type Policy,
  parseMapping,
  type Span,
} from "idp-group-sync";

/** What makes a group count: an entry of the mapping, a role or group of its name, or nothing. */
export type Via = "mapping" | "name" | "none";

/** What holds at one place. */
export interface MappedPlace {
  mapping: string;
  policy: Policy;
  catalog: Catalog;
}

/** A name or pattern in the mapping, with where it stands first. */
export interface NamedSource {
  text: string;
  span: Span;
}

/** Where groups of this claim count: in the workspaces that read it, or, while none does, by what the instance has. */
export function placesReading(
  claim: ClaimOptions,
  settings: InstanceSettings,
  catalogOf: (workspace: string) => Catalog,
): MappedPlace[] {
  const places = settings.workspaces.flatMap(({ id }) => {
    const { claim: own, mapping, policy } = effectiveSettings(settings, id);
    return JSON.stringify(own) === JSON.stringify(claim) ? [{ mapping, policy, catalog: catalogOf(id) }] : [];
  });
  const { mapping, policy, defaultWorkspace } = settings;
  return places.length > 0 ? places : [{ mapping, policy, catalog: catalogOf(defaultWorkspace) }];
}

/** For each group, by what it counts in any of the places; `null` while a mapping cannot be read that far. */
export function viasOf(places: readonly MappedPlace[], groups: readonly string[], read: SourceReader): Via[] | null {
  const vias: Via[] = groups.map(() => "none");
  for (const place of places) {
    const sources = read.of(place);
    if (!sources) return null;
    const { policy, catalog } = place;
    const byName = new GroupSync({
      mapping: "",
      claim: "groups",
      catalog,
      policy: comparing(policy, policy.matchByName),
    });
    for (const [index, group] of groups.entries()) {
      if (vias[index] === "mapping") continue;
      if (meets(sources.sync, group)) vias[index] = "mapping";
      else if (vias[index] === "none" && meets(byName, group)) vias[index] = "name";
    }
    byName.free();
  }
  return vias;
}

/** The sources that none of these groups is or matches, each once; `null` while the mapping cannot be read that far. */
export function unmetSources(
  place: Omit<MappedPlace, "catalog">,
  groups: readonly string[],
  read: SourceReader,
): NamedSource[] | null {
  const sources = read.of(place);
  if (!sources) return null;
  const met = new Set<string>();
  for (let at = 0; at < groups.length; at += mostGroups) {
    const some = sources.sync.resolveGroups(groups.slice(at, at + mostGroups), { explain: false });
    for (const target of some.role === null ? [] : some.groups) met.add(target);
  }
  return sources.named.filter((_, index) => !met.has(targetOf(index)));
}

/** As many as the engine reads of one user. */
const mostGroups = 10_000;

const targetOf = (index: number) => `source ${index}`;

function meets(sync: GroupSync, group: string): boolean {
  return sync.resolveGroups([group], { explain: false }).outcome === "resolved";
}

/** Each name and pattern of a mapping, those within conditions too, as an entry of its own. */
interface Sources {
  named: NamedSource[];
  sync: GroupSync;
}

/** Reads a text once, for however many places it holds. */
export class SourceReader {
  readonly #read = new Map<string, Sources | null>();

  of({ mapping, policy }: Omit<MappedPlace, "catalog">): Sources | null {
    const key = `${policy.compare ?? ""} ${mapping}`;
    let sources = this.#read.get(key);
    if (sources === undefined) {
      sources = sourcesOf(mapping, policy);
      this.#read.set(key, sources);
    }
    return sources;
  }

  /** Gives the engine's memory back. */
  free(): void {
    for (const sources of this.#read.values()) sources?.sync.free();
  }
}

function sourcesOf(mapping: string, policy: Policy): Sources | null {
  const found = new Map<string, NamedSource>();
  for (const { source } of parseMapping(mapping).entries) {
    for (const { text, kind, span } of source.terms ?? [source]) {
      const key = `${kind} ${text}`;
      if (!found.has(key)) found.set(key, { text, span });
    }
  }
  const named = [...found.values()];
  const lines = named.map(({ span }, index) => `${mapping.slice(span.start, span.end)} -> "${targetOf(index)}"`);
  const catalog = { groups: named.map((_, index) => ({ name: targetOf(index) })) };
  try {
    const sync = new GroupSync({
      mapping: lines.join("\n"),
      claim: "groups",
      catalog,
      policy: comparing(policy, false),
    });
    return { named, sync };
  } catch (error) {
    // An unfinished name, or too many.
    if (error instanceof GroupSyncError) return null;
    throw error;
  }
}

/** How names are compared is all that counts here; whom the policy refuses does not. */
function comparing({ compare }: Policy, matchByName: Policy["matchByName"]): Policy {
  return { ...(compare !== undefined && { compare }), ...(matchByName !== undefined && { matchByName }) };
}
