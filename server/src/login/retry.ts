// Transactions that lost against another one, run again.

import { setTimeout as delay } from "node:timers/promises";
import { isCollision } from "../database/failures.ts";
import type { Database, DatabaseTransaction } from "../database/schema.ts";

/** Something that was looked up before it was locked has changed in between. */
export class LostCollision extends Error {}

const tries = 4;

export async function retryCollisions<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt === tries || !(error instanceof LostCollision || isCollision(error))) throw error;
      await delay(Math.random() * 50 * attempt);
    }
  }
}

/** One transaction that locks before it reads, as `locks.ts` says, and is run again where it lost. */
export function inTransaction<Result>(
  database: Database,
  run: (transaction: DatabaseTransaction) => Promise<Result>,
): Promise<Result> {
  return retryCollisions(() =>
    // Each statement sees what was committed before it began, so what is read after a lock is up to date.
    database.transaction().setIsolationLevel("read committed").execute(run),
  );
}
