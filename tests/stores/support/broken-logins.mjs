// What breaks whole logins, and races of them.

import { sleep, withMethods, withTransaction } from "./breaking.mjs";
import { commitsFailures } from "./broken-transactions.mjs";

const steps = ["lock", "readUser", "countOthers", "saveUser", "applyPlan", "writeAudit"];
const moments = steps.flatMap((step) => ["before", "after"].map((moment) => `${moment} \`${step}\``));

/** Those at which something was written. */
const written = moments.slice(moments.indexOf("after `saveUser`"));

const killed = (moment) => `is as it was where a login is killed ${moment}, and lets the next one in`;

/** Gives the next transaction a connection on which one has failed. */
const poisoned = (fixture) => {
  let failed = false;
  return withTransaction((right) => async (work) => {
    if (failed) throw new Error("current transaction is aborted");
    return right(work).catch((error) => {
      failed = true;
      throw error;
    });
  })(fixture);
};

/** Locks users alone, so that two of them can lose a role at once. */
const locksUsers = withMethods(({ lock }) => ({
  lock: (names) => lock(names.filter((name) => name.startsWith("user "))),
}));

const doesNotRetry = (fixture) => ({ ...fixture, store: { transaction: (work) => fixture.store.transaction(work) } });

export const brokenLogins = [
  {
    fault: "gives no groups",
    caughtBy: "stores what a login gives",
    says: /what the same login changes again is .*"joined":\["sales"\]/,
    make: withMethods(({ applyPlan }) => ({ applyPlan: (change) => applyPlan({ ...change, join: [] }) })),
  },
  {
    fault: "writes one line a user",
    caughtBy: "is changed by a login that is repeated in the audit alone",
    says: /the number of lines in the audit after four logins is 1/,
    make: withMethods(({ writeAudit }, store) => ({
      async writeAudit(record) {
        if (!store.audit.some(({ subject }) => subject === record.subject)) await writeAudit(record);
      },
    })),
  },
  {
    fault: "makes whom it reads",
    caughtBy: "has nothing but a line in the audit of a newcomer who is refused",
    says: /what is stored of a newcomer who was refused .*reading methods/,
    make: withMethods(({ readUser, saveUser }) => ({
      async readUser(subject) {
        const user = await readUser(subject);
        if (user === null) await saveUser(subject, { status: "active" });
        return user;
      },
    })),
  },
  {
    fault: "writes where it counts",
    caughtBy: "is changed by no preview",
    says: /in the audit after two previews is 2 where 0 is right/,
    make: withMethods(({ countOthers, writeAudit }) => ({
      async countOthers(subject, workspaces) {
        await writeAudit({ subject, event: "login", outcome: "counted", decision: "{}" });
        return countOthers(subject, workspaces);
      },
    })),
  },
  ...moments.map((moment) => ({
    fault: `can't go on once a login failed ${moment}`,
    caughtBy: killed(moment),
    says: /an error was thrown: current transaction is aborted\. Roll back/,
    make: poisoned,
  })),
  ...written.map((moment) => ({
    fault: `commits a login that failed ${moment}`,
    caughtBy: killed(moment),
    says: /what is stored of a user after a login that was killed/,
    make: commitsFailures,
  })),
  {
    fault: "does not say who archived a user",
    caughtBy: "brings back whom a sync archived, and no one else",
    says: /the outcome of their coming back is "kept" where "restored" is right/,
    make: withMethods(({ readUser }) => ({
      async readUser(subject) {
        const user = await readUser(subject);
        return user && { ...user, archivedBy: null };
      },
    })),
  },
  {
    fault: "does not say which provider gave a group",
    caughtBy: "tells the groups of one provider from those of another",
    says: /after a login by a second provider is \["support"\]/,
    make: withMethods(({ readUser }) => ({
      async readUser(subject) {
        const user = await readUser(subject);
        const memberships = user?.memberships.map(({ groups, ...membership }) => ({
          ...membership,
          groups: groups.map(({ provider, ...group }) => ({ ...group, provider: "entra" })),
        }));
        return user && { ...user, memberships };
      },
    })),
  },
  {
    fault: "locks no users",
    caughtBy: "makes one user of many logins of them at once",
    says: /the number of logins that made the user is 8 where 1 is right/,
    make: withMethods(() => ({ lock: async () => {} })),
  },
  {
    fault: "locks nothing, and takes its time",
    caughtBy: "comes to one whole state where logins of a user with different groups race",
    says: /made the user (editor|member) with/,
    make(fixture) {
      let plans = 0;
      return withMethods(({ applyPlan }) => ({
        lock: async () => {},
        async applyPlan(change) {
          plans += 1;
          await sleep(plans * 5);
          await applyPlan(change);
        },
      }))(fixture);
    },
  },
  {
    fault: "throws where all connections are taken",
    caughtBy: "lets many users in at once",
    says: /an error was thrown: too many connections\. Connections come back/,
    make(fixture) {
      let open = 0;
      return withTransaction((right) => async (work) => {
        if (open === 10) throw new Error("too many connections");
        open += 1;
        return right(work).finally(() => {
          open -= 1;
        });
      })(fixture);
    },
  },
  ...[
    ["keeps one owner where the last two lose the role at once", /number of owners .* is 0 where 1 is right/],
    ["keeps one owner where the last two leave the directory at once", /number of owners .* is 0 where 1 is right/],
    ["keeps one holder of a role where the last two lose it at once, and roles are a set", /is 0 where 1 is right/],
    ["fills the last seats no more than once where newcomers race for them", /to four seats at once is 10/],
    ["gives the last seat of a role to one of those who race for it", /the one seat of a role at once is 6/],
  ].map(([caughtBy, says]) => ({
    fault: `locks users alone, so that it does not do what a store does: it ${caughtBy}`,
    ...{ caughtBy, says, make: locksUsers },
  })),
  {
    fault: "does not try a login again that comes second into a deadlock",
    caughtBy: "lets a login in that closes a deadlock with somebody else's transaction",
    says: /an error was thrown: .*`isRetryable`/,
    make: doesNotRetry,
  },
  {
    fault: "ends a deadlock at its first transaction, and does not try that again",
    caughtBy: "lets a login in with which somebody else's transaction closes a deadlock",
    says: /an error was thrown: deadlock detected\. `isRetryable`/,
    // The store in memory ends the second one, so here the first is told after a while what PostgreSQL would tell it.
    make: withMethods(({ lock }) => ({
      lock: (names) =>
        Promise.race([
          lock(names),
          sleep(100).then(() => {
            if (names.includes("workspace main")) throw new Error("deadlock detected");
          }),
        ]),
    })),
  },
];
