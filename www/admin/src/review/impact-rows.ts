// What becomes of each person in each workspace, as rows to show: one for a login that is refused as a whole, one for each workspace.

import type { Effect } from "idp-group-sync";
import type { ImpactChange, ImpactState, LoginChange } from "./known-impact.js";

export type ImpactRow = { effect: Effect; topRoleLost: boolean } & (
  | { kind: "login"; change: LoginChange }
  | { kind: "workspace"; change: ImpactChange }
  /** Logins do not sync the workspace any more, so nobody loses or gains anything there. */
  | { kind: "not-synced"; change: ImpactChange }
);

/** `syncs` says whether logins would sync a workspace. */
export function rowsOf({ logins, changes }: ImpactState, syncs: (workspace: string) => boolean): ImpactRow[] {
  const rows = [
    ...logins.map((change): ImpactRow => {
      const { before, after } = change.refused;
      const effect = before === undefined ? "denied" : after === undefined ? "admitted" : "changes";
      return { kind: "login", effect, topRoleLost: false, change };
    }),
    ...changes.map((change): ImpactRow => {
      const { workspace, effect, topRoleLost = false } = change;
      if (syncs(workspace) || effect === "denied") return { kind: "workspace", effect, topRoleLost, change };
      return { kind: "not-synced", effect: effect === "admitted" ? effect : "changes", topRoleLost, change };
    }),
  ];
  // What becomes of one person stands together.
  return rows.toSorted((a, b) => a.change.user.id - b.change.user.id);
}

export const effects: Effect[] = ["denied", "loses", "changes", "gains", "admitted"];

/** Whoever is refused stands first, then whoever has the highest role no longer. */
export function grouped(rows: ImpactRow[]): { denied: ImpactRow[]; topRole: ImpactRow[]; others: ImpactRow[] } {
  const others = rows.filter(({ effect, topRoleLost }) => effect !== "denied" && !topRoleLost);
  return {
    denied: rows.filter(({ effect }) => effect === "denied"),
    topRole: rows.filter(({ effect, topRoleLost }) => effect !== "denied" && topRoleLost),
    others: others.toSorted((a, b) => effects.indexOf(a.effect) - effects.indexOf(b.effect)),
  };
}
