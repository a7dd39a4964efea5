// Broken transactions.

import { forever, overridden, sleep, withMethods, withTransaction } from "./breaking.mjs";

/** Commits what was written before an error. */
export const commitsFailures = withTransaction((right) => async (work) => {
  const { result, error } = await right((transaction) =>
    work(transaction).then(
      (result) => ({ result }),
      (error) => ({ error }),
    ),
  );
  if (error !== undefined) throw error;
  return result;
});

export const brokenTransactions = [
  {
    fault: "gives nothing back",
    caughtBy: "gives what the work of a transaction gives",
    says: /what `transaction` gives is undefined where \["done"\] is right/,
    make: withTransaction((right) => async (work) => {
      await right(work);
    }),
  },
  {
    fault: "does not wait for its commit",
    caughtBy: "has written everything once a transaction is done",
    says: /after the transaction is null .*wait for the commit/,
    make: withTransaction(
      (right) => (work) =>
        new Promise((resolve, reject) => {
          right(async (transaction) => {
            resolve(await work(transaction));
            await sleep(50);
          }).catch(reject);
        }),
    ),
  },
  {
    fault: "wraps errors",
    caughtBy: "throws the very error that the work of a transaction threw",
    says: /another error came out: Error: the query failed/,
    make: withTransaction(
      (right) => (work) => right(work).catch((cause) => Promise.reject(new Error("the query failed", { cause }))),
    ),
  },
  {
    fault: "makes users outside of the transaction",
    caughtBy: "leaves nothing of a transaction that fails after `saveUser`",
    says: /somebody whom a failed transaction made .*roll back/,
    make: withMethods((_, store) => ({
      saveUser: (...given) => store.transaction((transaction) => transaction.saveUser(...given)),
    })),
  },
  {
    fault: "carries out plans outside of the transaction",
    caughtBy: "leaves nothing of a transaction that fails after `applyPlan`",
    says: /somebody whom a failed transaction made .*roll back/,
    make: withMethods((_, store) => ({
      applyPlan: (change) =>
        store.transaction(async (transaction) => {
          await transaction.saveUser(change.subject, { status: "active" });
          await transaction.applyPlan(change);
        }),
    })),
  },
  {
    fault: "writes the audit outside of the transaction",
    caughtBy: "leaves nothing of a transaction that fails after `writeAudit`",
    says: /the number of lines in the audit after it is 1 where 0 is right/,
    make: withMethods((_, store) => ({
      writeAudit: (record) => store.transaction((transaction) => transaction.writeAudit(record)),
    })),
  },
  {
    fault: "commits what fails",
    caughtBy: "leaves whoever was there as they were where a transaction fails",
    says: /after a transaction that failed .*roll back/,
    make: commitsFailures,
  },
  {
    fault: "keeps the connections of transactions that failed",
    caughtBy: "goes on after many transactions that failed",
    says: /forty failing transactions had not ended .*`finally`/,
    make(fixture) {
      let free = 10;
      const lent = async (right, work) => {
        if (free === 0) await forever;
        free -= 1;
        const result = await right(work);
        free += 1;
        return result;
      };
      return withTransaction((right) => (work) => lent(right, work))(fixture);
    },
  },
  {
    fault: "rolls back what others wrote",
    caughtBy: "keeps transactions apart that run at once",
    says: /lost when another one failed.*a connection for each transaction/,
    make: withTransaction((right, store) => async (work) => {
      const before = [...store.users];
      try {
        return await right(work);
      } catch (error) {
        store.users.clear();
        for (const [subject, user] of before) store.users.set(subject, user);
        throw error;
      }
    }),
  },
  {
    fault: "shows what is not committed",
    caughtBy: "shows nobody what is not committed",
    says: /read what another one wrote and rolled back/,
    make(fixture) {
      const written = new Map();
      return withMethods(({ saveUser, readUser }) => ({
        saveUser(subject, status) {
          written.set(subject, { ...status, memberships: [] });
          return saveUser(subject, status);
        },
        readUser: async (subject) => written.get(subject) ?? readUser(subject),
      }))(fixture);
    },
  },
  {
    fault: "reads users from a picture of the start",
    caughtBy: "reads a user afresh after waiting for a lock",
    says: /did not know what had been committed.*read committed/,
    make: withTransaction((right, store) => (work) => {
      const picture = structuredClone(store.users);
      const methods = () => ({ readUser: async (subject) => picture.get(subject) ?? null });
      return right((transaction) => work(overridden(transaction, methods)));
    }),
  },
  {
    fault: "counts once in a transaction",
    caughtBy: "counts afresh after waiting for a lock",
    says: /the number of users, counted after waiting .*read committed/,
    make: withMethods(({ countOthers }) => {
      let counted;
      return {
        countOthers(...given) {
          counted ??= countOthers(...given);
          return counted;
        },
      };
    }),
  },
];
