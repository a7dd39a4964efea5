// The brake: a run that takes something from many people waits for somebody to look at it.

import type { ReconcileSummary } from "idp-group-sync";
import type { HeldBy } from "../database/schema.ts";

export interface RunLimits {
  /** So many people may always lose something, */
  maxLosers: number;
  /** or else such a share of those who are known, in percent. */
  maxShare: number;
}

/** What the engine counts against. */
export function brakeOf({ maxLosers, maxShare }: RunLimits) {
  return { maxLosers, maxShare: Math.min(maxShare, 100) / 100 };
}

/** `null` for a run that may go on. */
export function heldBy({ losers, users, heldBy: limits = [] }: ReconcileSummary, entries: number): HeldBy | null {
  if (entries === 0) return "empty";
  if (limits.includes("max-losers") && limits.includes("max-share")) return "limits";
  return losers > 1 && losers > users / 2 ? "most" : null;
}
