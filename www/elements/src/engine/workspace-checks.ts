import { type Catalog, type Completion, completeMapping, type Diagnostic } from "idp-group-sync";
import type { Facts, KnownGroups, MappingDiagnostic, MappingWorkspace } from "./questions.js";

// A mapping that holds for several workspaces, each with roles, groups and choices of its own: the engine is asked about each of them.

/** What the engine says for each workspace, each thing once. What is so in some of them only names them. */
export function checkInEach(
  workspaces: readonly MappingWorkspace[],
  check: (workspace: MappingWorkspace) => Diagnostic[],
): MappingDiagnostic[] {
  const byPlace = new Map<string, Diagnostic[]>();
  const found = new Map<string, { diagnostic: Diagnostic; workspaces: string[] }>();
  for (const workspace of workspaces) {
    const place = JSON.stringify([workspace.catalog, workspace.policy]);
    const diagnostics = byPlace.get(place) ?? check(workspace);
    byPlace.set(place, diagnostics);
    for (const diagnostic of diagnostics) {
      const { code, span, params } = diagnostic;
      const key = JSON.stringify([code, span, params]);
      const known = found.get(key);
      if (known) known.workspaces.push(workspace.name);
      else found.set(key, { diagnostic, workspaces: [workspace.name] });
    }
  }
  const everywhere = workspaces.length;
  return [...found.values()]
    .map(({ diagnostic, workspaces }) =>
      workspaces.length === everywhere
        ? diagnostic
        : // What would mend it in some of them could break it in the others.
          { ...diagnostic, workspaces, fixes: [] },
    )
    .toSorted((a, b) => (a.span?.start ?? -1) - (b.span?.start ?? -1));
}

/** The roles and groups of each place that the mapping holds for. */
export function catalogsOf({ workspaces, catalog }: Pick<Facts, "workspaces" | "catalog">): readonly Catalog[] {
  return workspaces.length === 0 ? [catalog] : workspaces.map((workspace) => workspace.catalog);
}

/** What may be written at a place, in any of the workspaces. */
export function completeInAny(
  catalogs: readonly Catalog[],
  text: string,
  at: number,
  idpGroups: KnownGroups,
): Completion[] {
  const found = new Map<string, Completion>();
  for (const catalog of catalogs) {
    for (const completion of completeMapping(text, at, catalog, idpGroups)) {
      const key = JSON.stringify([completion.kind, completion.label]);
      if (!found.has(key)) found.set(key, completion);
    }
  }
  return [...found.values()];
}
