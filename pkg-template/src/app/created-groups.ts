// Groups that the application makes on the way: which names may be made is asked of the engine, by a mapping of one entry.

import {
  type Catalog,
  GroupSync,
  GroupSyncError,
  type LoginOutcome,
  parseMapping,
  type ReconcileOutcome,
} from "idp-group-sync";

/** What names of groups may be made. */
export class CreatedGroups {
  readonly #allowed: GroupSync;

  /** @throws {GroupSyncError} `invalid-input` with the path `createGroups.allow` for anything but one name or pattern */
  constructor(allow: string) {
    const { entries, diagnostics } = parseMapping(`${allow} -> allowed`);
    const [entry] = entries;
    const isOne = entries.length === 1 && entry?.source.kind !== "condition" && entry?.target.text === "allowed";
    if (!isOne || diagnostics.some(({ severity }) => severity === "error")) {
      throw new GroupSyncError("invalid-input", "expected one name or pattern, such as `team-*`", {
        path: "createGroups.allow",
      });
    }
    this.#allowed = new GroupSync({
      mapping: `${allow} -> allowed`,
      claim: "groups",
      catalog: { roles: ["nobody"], groups: [{ name: "allowed" }] },
      policy: { matchByName: false },
    });
  }

  /** Those that may be made, each once, in their order. */
  allowed(names: readonly string[]): string[] {
    const { matches } = this.#allowed.resolveGroups([...names]);
    return matches
      .filter(({ via, idpGroup }) => via === "mapping" && isStorable(idpGroup))
      .map(({ idpGroup }) => idpGroup);
  }
}

/** What no database of text refuses, and everybody can see. */
function isStorable(name: string): boolean {
  return name.length <= 255 && !/[\p{Cc}\p{Cs}]/u.test(name);
}

/** Names that the user's groups come to, and that the application does not have. */
export function wantedNames({ workspaces }: LoginOutcome | ReconcileOutcome, matchesByName: boolean): string[] {
  const matches = workspaces.flatMap(({ plan }) => plan.resolution.matches);
  const targets = matches.flatMap(({ grants }) =>
    grants.filter(({ kind }) => kind === "unknown").map(({ target }) => target),
  );
  const unmatched = matchesByName ? matches.filter(({ via }) => via === "none").map(({ idpGroup }) => idpGroup) : [];
  return [...targets, ...unmatched];
}

/** The catalog with these groups besides. */
export function withMade(catalog: Catalog, names: readonly string[]): Catalog {
  const known = new Set(catalog.groups.map(({ name }) => name));
  const made = [...new Set(names)].filter((name) => !known.has(name) && !catalog.roles?.includes(name));
  return { ...catalog, groups: [...catalog.groups, ...made.map((name) => ({ name }))] };
}
