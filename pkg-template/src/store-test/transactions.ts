// All or nothing, and what is read while others write.

import { admit, type Check, type Fixture, line, member, must, mustBeStored, mustEqual, plan } from "./check.js";
import { event, giveChance, withPatience } from "./waiting.js";

const ROLL_BACK =
  "Begin one database transaction in `transaction`, let every method of it use that very connection, and roll back where `work` throws.";
const READ_COMMITTED =
  "Run the transaction at the level `read committed`: at `repeatable read`, in a snapshot, or from a cache, whoever waited for a lock decides by what was true before.";

class Killed extends Error {}

export const transactionChecks: readonly Check[] = [
  {
    name: "gives what the work of a transaction gives",
    mend: "Return from `transaction` what `work` came to.",
    async run({ store }) {
      mustEqual(await store.transaction(async () => ["done"]), ["done"], "what `transaction` gives");
    },
  },
  {
    name: "has written everything once a transaction is done",
    mend: "Let `transaction` wait for the commit, and each method for its statements.",
    async run(fixture) {
      await fixture.store.transaction(async (transaction) => {
        await admit(transaction, "ada", { role: "owner", join: ["sales"] });
        await transaction.writeAudit(line("ada"));
      });
      const groups = [{ name: "sales", grantedBy: "sync" as const }];
      const ada = { memberships: [{ workspace: "main", role: "owner", roleGrantedBy: "sync" as const, groups }] };
      await mustBeStored(fixture, "ada", ada, "after the transaction");
      mustEqual((await fixture.readAudit()).length, 1, "the number of lines in the audit after it");
    },
  },
  {
    name: "throws the very error that the work of a transaction threw",
    mend: "Throw on what `work` threw, after rolling back; do not wrap it, and do not swallow it.",
    async run({ store }) {
      const error = new Killed("killed");
      const thrown = await outcome(store.transaction(async () => Promise.reject(error)));
      must(thrown !== undefined, "`transaction` ended well although its work threw");
      must(thrown === error, `another error came out: ${String(thrown)}`);
    },
  },
  ...(["saveUser", "applyPlan", "writeAudit"] as const).map(
    (step): Check => ({
      name: `leaves nothing of a transaction that fails after \`${step}\``,
      mend: ROLL_BACK,
      async run(fixture) {
        await kill(fixture, step);
        await mustBeStored(fixture, "ada", null, "of somebody whom a failed transaction made");
        mustEqual((await fixture.readAudit()).length, 0, "the number of lines in the audit after it");
      },
    }),
  ),
  {
    name: "leaves whoever was there as they were where a transaction fails",
    mend: ROLL_BACK,
    async run(fixture) {
      const bob = member("owner", ["sales", "support"]);
      await fixture.putUser("bob", bob);
      const work = fixture.store.transaction(async (transaction) => {
        await transaction.saveUser("bob", { status: "archived", archivedBy: "sync" });
        await transaction.applyPlan(plan("bob", { role: "member", join: ["labs"], leave: ["sales"] }));
        throw new Killed("killed");
      });
      await outcome(work);
      await mustBeStored(fixture, "bob", bob, "after a transaction that failed");
    },
  },
  {
    name: "goes on after many transactions that failed",
    mend: "Give the connection back to the pool where `work` throws too (`finally`).",
    async run({ store }) {
      const failing = Array.from({ length: 40 }, () =>
        outcome(
          store.transaction(async (transaction) => {
            await transaction.readUser("ada");
            throw new Killed("killed");
          }),
        ),
      );
      await withPatience("forty failing transactions had not ended", 3, Promise.all(failing));
      const next = store.transaction((transaction) => transaction.readUser("ada"));
      await withPatience("the transaction after forty that failed had not ended", 2, next);
    },
  },
  {
    name: "keeps transactions apart that run at once",
    mend: "Take a connection for each transaction, from a pool, or let one wait for the other: on a shared connection one rolls back what another wrote.",
    async run(fixture) {
      const subjects = Array.from({ length: 24 }, (_, index) => `user-${index}`);
      const fails = (subject: string) => Number(subject.slice(5)) % 3 === 0;
      const all = subjects.map((subject) =>
        outcome(
          fixture.store.transaction(async (transaction) => {
            await transaction.saveUser(subject, { status: "active" });
            await transaction.readUser(subject);
            await transaction.applyPlan(plan(subject));
            if (fails(subject)) throw new Killed("killed");
          }),
        ),
      );
      await Promise.all(all);
      for (const subject of subjects) {
        const user = await fixture.store.transaction((transaction) => transaction.readUser(subject));
        if (fails(subject)) must(user === null, "what one transaction wrote and rolled back was there afterwards");
        else must(user?.memberships.length === 1, "what one transaction wrote was lost when another one failed");
      }
    },
  },
  {
    name: "shows nobody what is not committed",
    mend: "Read at the level `read committed`, on another connection than the one that writes.",
    async run({ store }) {
      const [written, read] = [event(), event()];
      const failing = outcome(
        store.transaction(async (transaction) => {
          await admit(transaction, "ada");
          written.happen();
          await giveChance(read);
          throw new Killed("killed");
        }),
      );
      await withPatience("the first transaction had not written", 2, written.wait);
      const seen = await store.transaction((transaction) => transaction.readUser("ada"));
      read.happen();
      await failing;
      must(seen === null, "one transaction read what another one wrote and rolled back");
    },
  },
  {
    name: "reads a user afresh after waiting for a lock",
    mend: READ_COMMITTED,
    async run(fixture) {
      const [before, after] = await readAround(fixture, (transaction) => transaction.readUser("bob"));
      must(before === null || before !== undefined, "`readUser` gives `undefined` for somebody unknown");
      must(after !== null, "`readUser` did not know what had been committed while the transaction waited for its lock");
    },
  },
  {
    name: "counts afresh after waiting for a lock",
    mend: READ_COMMITTED,
    async run(fixture) {
      const [, after] = await readAround(fixture, (transaction) => transaction.countOthers("ada", ["main"]));
      mustEqual(after.users, 1, "the number of users, counted after waiting for whoever made one,");
      mustEqual(after.workspaces.main?.roles.owner, 1, "the number of owners, counted after that,");
    },
  },
];

/** What a transaction reads before it waits for another one that makes an owner, and after that. */
async function readAround<Read>(
  { store }: Fixture,
  read: (transaction: Parameters<Parameters<Fixture["store"]["transaction"]>[0]>[0]) => Promise<Read>,
): Promise<[Read, Read]> {
  const [locked, readOnce] = [event(), event()];
  const writer = store.transaction(async (transaction) => {
    await transaction.lock(["workspace main"]);
    locked.happen();
    await giveChance(readOnce);
    await admit(transaction, "bob", { role: "owner" });
  });
  await withPatience("a lock that nobody holds had not been given", 2, Promise.race([locked.wait, writer]));
  const reader = store.transaction(async (transaction): Promise<[Read, Read]> => {
    const before = await read(transaction);
    readOnce.happen();
    await transaction.lock(["workspace main"]);
    return [before, await read(transaction)];
  });
  const [, both] = await Promise.all([writer, reader]);
  return both;
}

/** Runs a transaction like that of a login, which fails right after this step. */
async function kill({ store }: Fixture, step: "saveUser" | "applyPlan" | "writeAudit"): Promise<void> {
  await outcome(
    store.transaction(async (transaction) => {
      await transaction.lock(["user ada", "workspace main"]);
      await transaction.saveUser("ada", { status: "active" });
      if (step === "saveUser") throw new Killed("killed");
      await transaction.applyPlan(plan("ada", { join: ["sales"] }));
      if (step === "applyPlan") throw new Killed("killed");
      await transaction.writeAudit(line("ada"));
      throw new Killed("killed");
    }),
  );
}

/** What was thrown, if anything was. */
async function outcome(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error) => error ?? new Error("nothing was thrown, but it failed"),
  );
}
