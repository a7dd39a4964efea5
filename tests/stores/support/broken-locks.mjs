// Broken locks.

import { memoryStore } from "idp-group-sync/store/memory";
import { forever, overridden, sleep, withMethods, withTransaction } from "./breaking.mjs";

export const brokenLocks = [
  {
    fault: "locks nothing",
    caughtBy: "gives a lock to one transaction at a time",
    says: /6 transactions held the lock of the same name at once.*until the transaction ends/,
    make: withMethods(() => ({ lock: async () => {} })),
  },
  {
    fault: "locks the first name alone",
    caughtBy: "locks each of the names that it is given",
    says: /`seats`, one of three names .*lock all of them/,
    make: withMethods(({ lock }) => ({ lock: ([name]) => lock([name]) })),
  },
  {
    fault: "frees locks before the commit",
    caughtBy: "holds locks until the commit is done",
    says: /got the lock before its last holder's changes could be read/,
    make(fixture) {
      const locks = memoryStore();
      return withTransaction(
        (right) => (work) =>
          right(async (transaction) => {
            const result = await locks.transaction((held) =>
              work(overridden(transaction, () => ({ lock: (names) => held.lock(names) }))),
            );
            await sleep(30);
            return result;
          }),
      )(fixture);
    },
  },
  {
    fault: "keeps the locks of a transaction that failed",
    caughtBy: "frees locks where a transaction fails",
    says: /names that a failed transaction had locked could not be locked after 2 seconds/,
    make(fixture) {
      const kept = new Set();
      return withTransaction((right) => (work) => {
        const own = [];
        const methods = ({ lock }) => ({
          async lock(names) {
            if (names.some((name) => kept.has(name))) await forever;
            own.push(...names);
            await lock(names);
          },
        });
        return right((transaction) => work(overridden(transaction, methods))).catch((error) => {
          for (const name of own) kept.add(name);
          throw error;
        });
      })(fixture);
    },
  },
  {
    fault: "waits for itself",
    caughtBy: "lets a transaction lock again what it holds",
    says: /locks a name twice had not ended/,
    make: withMethods(({ lock }) => {
      const own = new Set();
      return {
        async lock(names) {
          for (const name of names) {
            if (own.has(name)) await forever;
            own.add(name);
            await lock([name]);
          }
        },
      };
    }),
  },
  {
    fault: "sorts the names that it locks",
    caughtBy: "locks names in the order that it is given",
    says: /did not hold the first.*without sorting them/,
    make: withMethods(({ lock }) => ({ lock: (names) => lock([...names].sort()) })),
  },
  {
    fault: "does not know a deadlock",
    caughtBy: "ends a deadlock with an error that may be tried again",
    says: /`isRetryable` is not true of the error that ended a deadlock.*40P01/,
    make: (fixture) => ({ ...fixture, store: { transaction: (work) => fixture.store.transaction(work) } }),
  },
  {
    fault: "tries everything again",
    caughtBy: "calls no other error one that may be tried again",
    says: /`isRetryable` is true of Error: anything/,
    make: (fixture) => ({
      ...fixture,
      store: { transaction: (work) => fixture.store.transaction(work), isRetryable: () => true },
    }),
  },
];
