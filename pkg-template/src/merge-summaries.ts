import { ask } from "./boundary.js";
import { instance } from "./engine.js";
import type { Brake, ImpactSummary, LoginImpactSummary, ReconcileSummary } from "./generated/types.js";
import { plain } from "./plain.js";
import type { Taken } from "./taken.js";

/**
 * The summary of a whole, from those of its parts that were read in several places: of `Impact`, of `LoginImpact` or of
 * `Reconciliation`, by the same settings. It is the same in whatever order, and in however many steps, they are merged.
 *
 * Lines that could not be read are described by the users' ids, up to 100 of them; their numbers are those within their parts.
 *
 * @param summaries those of the parts, one at least
 * @param brake how many users of the whole may lose something before the summary says `held: true`; what a part's own brake said is
 * left out
 * @throws {GroupSyncError} `invalid-input` with a `path` such as `summaries[3].roles` if there is none, one has not the shape of the
 * others, or a count is none
 * @category Preview
 */
export function mergeSummaries<Summary extends ImpactSummary | LoginImpactSummary | ReconcileSummary>(
  summaries: readonly Summary[],
  brake?: Taken<Brake>,
): Summary {
  const given = { summaries: plain(summaries, "summaries"), brake: plain(brake, "brake") };
  return ask(instance(), given, (glue, length) => glue.mergeSummaries(length));
}
