// A transaction that the database gave up on for the sake of another is tried again.

import type { Store, StoreTransaction } from "./store.js";

const ATTEMPTS = 5;

export async function inTransaction<Result>(
  store: Store,
  work: (transaction: StoreTransaction) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await store.transaction(work);
    } catch (error) {
      if (attempt === ATTEMPTS || !store.isRetryable?.(error)) throw error;
      // Those that stood in each other's way come back at different times.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 2 ** attempt * 10));
    }
  }
}
