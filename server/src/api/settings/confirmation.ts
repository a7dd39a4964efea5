// A save that keeps known users out, or takes the highest role of a workspace from them, has to be confirmed with the number of them. If that
// number cannot be found, then that is to be confirmed. And so is how many expectations the settings do not meet.

import type { FastifyBaseLogger } from "fastify";
import type { InstanceSettings, LoginImpactSummary } from "idp-group-sync";
import type { Static } from "typebox";
import type { Database } from "../../database/schema.ts";
import type { SavedSet } from "../../settings/scenarios.ts";
import type { Review } from "../../settings/versions.ts";
import { ApiError } from "../errors.ts";
import { totalImpact } from "../impact/impact.ts";
import type { Held } from "../scenarios/hold.ts";
import { holdAll } from "../scenarios/run.ts";
import type { Confirmation } from "../schemas/settings.ts";

/** How long it is counted, in milliseconds. */
export const impactPatience = 10_000;

/** How many known users a change would keep out, or take the highest role of a workspace from; and what it does to expectations. */
export type Question =
  | { about: "impact"; impact: Pick<LoginImpactSummary, "toConfirm" | "denied" | "refused" | "topRoleLost"> }
  | { about: "expectations"; held: Held };

interface Confirmed {
  confirmed: Static<typeof Confirmation> | undefined;
  failing: number | undefined;
  expectations: SavedSet[];
}

/** Refuses what is not confirmed. It is asked before anything is locked: logins need not wait until everybody is counted. */
export function reviewed(
  database: Database,
  { confirmed, failing, expectations }: Confirmed,
  log: FastifyBaseLogger,
): Review<Question> {
  return async (before, after) => {
    const impact = await impactOf(database, before, after, { confirmed, log });
    if (impact) return { about: "impact", impact };
    const held = await holdAll(database, after, expectations);
    return held.failing === (failing ?? 0) ? null : { about: "expectations", held };
  };
}

async function impactOf(
  database: Database,
  before: InstanceSettings,
  after: InstanceSettings,
  { confirmed, log }: Pick<Confirmed, "confirmed"> & { log: FastifyBaseLogger },
) {
  let totals: LoginImpactSummary;
  try {
    totals = await totalImpact(database, before, after, impactPatience);
  } catch (error) {
    log.warn({ err: error }, "the impact of a change is not known");
    if (confirmed && "unknown" in confirmed) return null;
    const message = "what this does to known users could not be worked out; try again, or confirm that it is not known";
    throw new ApiError(503, { code: "impact-unknown", message });
  }
  const { toConfirm, denied, refused, topRoleLost } = totals;
  if (toConfirm === 0 || (confirmed && "count" in confirmed && confirmed.count === toConfirm)) return null;
  return { toConfirm, denied, refused, topRoleLost };
}
