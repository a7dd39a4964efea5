// Locks: who waits for whom, in which order, and until when.

import type { StoreTransaction } from "../app/store.js";
import { type Check, type Fixture, must } from "./check.js";
import { event, giveChance, pause, withPatience } from "./waiting.js";

const HOLD =
  "Take locks that the database holds until the transaction ends, such as `pg_advisory_xact_lock`, or `select … for update` of a row that is there for each name.";

export const lockChecks: readonly Check[] = [
  {
    name: "gives a lock to one transaction at a time",
    mend: HOLD,
    async run({ store }) {
      let inside = 0;
      let most = 0;
      const all = Array.from({ length: 6 }, () =>
        store.transaction(async (transaction) => {
          await transaction.lock(["workspace main"]);
          inside += 1;
          most = Math.max(most, inside);
          // A statement, so that a lock of that one statement would be gone after it.
          await transaction.readUser("ada");
          await new Promise((resolve) => setTimeout(resolve, 20));
          inside -= 1;
        }),
      );
      await withPatience("six transactions that lock the same name had not ended", 3, Promise.all(all));
      must(most === 1, `${most} transactions held the lock of the same name at once`);
    },
  },
  {
    name: "locks each of the names that it is given",
    mend: "`lock` is given several names: lock all of them.",
    async run(fixture) {
      for (const name of ["user ada", "seats", "workspace main"]) {
        const isKeptOut = await keepsOut(fixture, ["user ada", "seats", "workspace main"], [name]);
        must(isKeptOut, `\`${name}\`, one of three names that a transaction had locked, was given to another one too`);
      }
    },
  },
  {
    name: "holds locks until the commit is done",
    mend: `${HOLD} Whoever gets a lock has to see all that its last holder wrote.`,
    async run({ store }) {
      const locked = event();
      const writer = store.transaction(async (transaction) => {
        await transaction.lock(["user ada"]);
        locked.happen();
        await pause();
        await transaction.saveUser("ada", { status: "active" });
      });
      await withPatience("a lock that nobody holds had not been given", 2, Promise.race([locked.wait, writer]));
      const next = store.transaction(async (transaction) => {
        await transaction.lock(["user ada"]);
        return transaction.readUser("ada");
      });
      const [, user] = await Promise.all([writer, next]);
      must(user !== null, "a transaction got the lock before its last holder's changes could be read");
    },
  },
  {
    name: "frees locks where a transaction fails",
    mend: "Locks end with the transaction, however it ends.",
    async run({ store }) {
      const failing = store.transaction(async (transaction) => {
        await transaction.lock(["user ada", "workspace main"]);
        throw new Error("killed");
      });
      await failing.catch(() => {});
      const next = store.transaction((transaction) => transaction.lock(["user ada", "workspace main"]));
      await withPatience("names that a failed transaction had locked could not be locked", 2, next);
    },
  },
  {
    name: "lets a transaction lock again what it holds",
    mend: "A transaction never waits for itself.",
    async run({ store }) {
      const twice = store.transaction(async (transaction) => {
        await transaction.lock(["user ada"]);
        await transaction.lock(["user ada", "workspace main", "workspace main"]);
      });
      await withPatience("a transaction that locks a name twice had not ended", 2, twice);
    },
  },
  {
    name: "locks names in the order that it is given",
    mend: "Lock the names one by one as they come, without sorting them: two logins would wait for each other.",
    async run({ store }) {
      // Not in the order of the alphabet either way.
      for (const [first, second] of [
        ["user b", "seats"],
        ["seats", "user b"],
      ] as const) {
        const held = event();
        let holderIsDone = false;
        const holder = store.transaction(async (transaction) => {
          await transaction.lock([second]);
          held.happen();
          await new Promise((resolve) => setTimeout(resolve, 1200));
          // Not when the whole is done: what a library does after the commit may take longer than two transactions behind it.
          holderIsDone = true;
        });
        await withPatience("a lock that nobody holds had not been given", 2, Promise.race([held.wait, holder]));
        const both = store.transaction((transaction) => transaction.lock([first, second]));
        // Long enough for a connection on a busy machine, and half of what the holder gives.
        await new Promise((resolve) => setTimeout(resolve, 600));
        const third = store.transaction(async (transaction) => {
          await transaction.lock([first]);
          return !holderIsDone;
        });
        const [, , overtook] = await Promise.all([holder, both, third]);
        must(!overtook, "a transaction that waited for the second of two names did not hold the first");
      }
    },
  },
  {
    name: "ends a deadlock with an error that may be tried again",
    mend: "`isRetryable` has to be true of the error by which the database ends a deadlock (in PostgreSQL the code `40P01`, which libraries may wrap), and of a failure to serialize (`40001`).",
    async run({ store }) {
      const [first, second] = [event(), event()];
      const crossed = (own: typeof first, other: typeof first, names: [string, string]) =>
        store
          .transaction(async (transaction) => {
            await transaction.lock([names[0]]);
            own.happen();
            await giveChance(other);
            await transaction.lock([names[1]]);
          })
          .then(
            () => null,
            (error) => ({ error }),
          );
      const both = Promise.all([crossed(first, second, ["a", "b"]), crossed(second, first, ["b", "a"])]);
      const ends = await withPatience("two transactions that waited for each other had not ended", 3, both);
      for (const end of ends) {
        must(
          end === null || store.isRetryable?.(end.error) === true,
          `\`isRetryable\` is not true of the error that ended a deadlock: ${String(end?.error)}`,
        );
      }
    },
  },
  {
    name: "calls no other error one that may be tried again",
    mend: "Answer `isRetryable` by the code of the database's error, and `false` where there is none.",
    async run({ store }) {
      const others = [
        new Error("anything"),
        Object.assign(new Error(), { code: "23505" }),
        null,
        undefined,
        "text",
        {},
      ];
      for (const error of others) {
        const answer = store.isRetryable?.(error);
        must(!answer, `\`isRetryable\` is ${String(answer)} of ${String(error)}`);
      }
    },
  },
];

/** Whether a transaction that wants these names waits until one that holds those has ended. */
async function keepsOut({ store }: Fixture, held: string[], wanted: string[]): Promise<boolean> {
  const [locked, entered] = [event(), event()];
  let isOver = false;
  const holder = store.transaction(async (transaction: StoreTransaction) => {
    await transaction.lock(held);
    locked.happen();
    await giveChance(entered);
    isOver = true;
  });
  await withPatience("a lock that nobody holds had not been given", 2, Promise.race([locked.wait, holder]));
  const other = store.transaction(async (transaction) => {
    await transaction.lock(wanted);
    entered.happen();
    return isOver;
  });
  const [, wasKeptOut] = await withPatience("two transactions had not ended", 3, Promise.all([holder, other]));
  return wasKeptOut;
}
