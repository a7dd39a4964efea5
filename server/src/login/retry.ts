// Transactions that lost against another one, run again.

import { setTimeout as delay } from "node:timers/promises";
import { isCollision } from "../database/failures.ts";

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
