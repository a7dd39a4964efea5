/**
 * Tests for a store of your own: whether it guarantees what group sync relies on, said in words where it does not.
 *
 * @packageDocumentation
 * @category Stores
 */

import { type Check, type Fixture, StoreFault } from "./check.js";
import { countChecks } from "./counts.js";
import { lockChecks } from "./locks.js";
import { loginChecks } from "./logins.js";
import { nameChecks } from "./names.js";
import { raceChecks } from "./races.js";
import { transactionChecks } from "./transactions.js";
import { withPatience } from "./waiting.js";
import { writeChecks } from "./writes.js";

export { type AuditLine, type Fixture, StoreFault } from "./check.js";

/** What is tested, and by what. */
export interface StoreTest {
  /** `test` of `node:test`, Vitest, Jest or another runner: it is called once for each check, with its name and what runs it. */
  test: (name: string, run: () => Promise<void>) => unknown;
  /** Makes an **empty** store, with ways round it. Each check has one of its own. */
  createStore: () => Fixture | Promise<Fixture>;
}

/**
 * Tests a store: some eighty checks of all that `Store` guarantees, each a test of your own test runner. They race logins, take the last
 * admin away twice at once, let transactions fail at each step, and repeat themselves; what a store does wrong is told in words, with what
 * to do about it.
 *
 * A check takes less than a second where the store is right, and ends within five where it waits for ever.
 */
export function testStore({ test, createStore }: StoreTest): void {
  for (const check of checks) test(`a store ${check.name}`, () => run(check, createStore));
}

const checks: readonly Check[] = [
  ...transactionChecks,
  ...lockChecks,
  ...writeChecks,
  ...countChecks,
  ...nameChecks,
  ...loginChecks,
  ...raceChecks,
];

async function run({ name, mend, run }: Check, createStore: StoreTest["createStore"]): Promise<void> {
  const fixture = await createStore();
  try {
    await withPatience("the check had not ended", 4, run(fixture));
  } catch (error) {
    // What waits for ever may hold up this too.
    await withPatience("`close` had not ended", 0.5, closed(fixture)).catch(() => {});
    throw new StoreFault(`A store ${name}, but here ${wordsOf(error)}. ${mend}`, { cause: error });
  }
  await closed(fixture);
}

async function closed({ close }: Fixture): Promise<void> {
  await close?.();
}

function wordsOf(error: unknown): string {
  if (error instanceof StoreFault) return error.message;
  return `an error was thrown: ${error instanceof Error ? error.message : String(error)}`;
}
