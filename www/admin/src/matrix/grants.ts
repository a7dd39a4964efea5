// What a login of one person comes to in each workspace, and by which entries: the engine's answer, put beside the entries.

import { formatMapping } from "idp-group-sync";
import type { Preview } from "../backend/answers.js";
import type { Plan } from "../shared/words/plans.js";

export interface PersonGrants {
  plan: Plan;
  /** Where entries of the instance's mapping begin that grant something. */
  places: Set<number>;
  /** Other entries that do, in canonical form. */
  texts: Set<string>;
}

/** By the id of the workspace. */
export function grantsOf({ outcome, workspaces }: Preview): Map<string, PersonGrants> {
  return new Map(
    outcome.workspaces.map(({ id, plan }) => {
      const effective = workspaces.find((workspace) => workspace.id === id)?.effective ?? null;
      const places = new Set<number>();
      const texts = new Set<string>();
      for (const { entry, text } of plan.resolution.matches.flatMap(({ grants }) => grants)) {
        if (!entry || !effective) continue;
        const { entries, inherited } = effective;
        if (inherited.mapping || (entries && text !== "workspace")) places.add(entry.start);
        else
          texts.add(formatMapping((entries ? (entries.add ?? "") : effective.mapping).slice(entry.start, entry.end)));
      }
      return [id, { plan, places, texts }];
    }),
  );
}
