import type { EngineAsker } from "../engine/engine-asker.js";
import type { Facts } from "../engine/questions.js";
import type { Told } from "./entry-explanation.js";

/** Asks the engine about the entry at a place, and tells more as users are counted, until it is stopped or `facts` are others. */
export function askExplanation(
  engine: EngineAsker,
  facts: () => Facts,
  at: number,
  told: (explanation: Told) => void,
): () => void {
  const asked = facts();
  let stopped = false;
  const stale = () => stopped || asked !== facts();
  engine.ask("explain", asked, { at }, (explanation) => {
    if (stale()) return;
    told(explanation && { explanation, touched: undefined });
    // A mapping that does not run touches nobody, whatever their groups.
    if (!explanation?.runs || asked.knownUsers.length === 0) return;
    const count = () =>
      engine.ask("touched", asked, { entry: explanation.entry.span.start }, (touched) => {
        if (stale()) return;
        told({ explanation, touched });
        if (touched.counted < touched.of) setTimeout(count);
      });
    count();
  });
  return () => {
    stopped = true;
  };
}
