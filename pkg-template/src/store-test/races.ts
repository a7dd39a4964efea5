// Logins at once, of one user and of many.

import { defineGroupSync } from "../app/index.js";
import type { Store } from "../app/store.js";
import { type Check, member, must, mustEqual, stored } from "./check.js";
import { application, signIn } from "./logins.js";
import { event, giveChance, pause, withPatience } from "./waiting.js";

const LOCKS =
  "`lock` has to hold each name until the transaction ends, and what is read after it has to be fresh: both logins read before either wrote.";

const RETRYABLE =
  "`isRetryable` has to be true of the error by which the database ends a deadlock; the login is then tried again.";

/** Races are lost now and then; so each is run several times, with other users. */
const ROUNDS = [1, 2, 3, 4];

export const raceChecks: readonly Check[] = [
  {
    name: "makes one user of many logins of them at once",
    mend: `${LOCKS} \`saveUser\` takes a user who is there already.`,
    async run(fixture) {
      const logins = await all(8, () => signIn(fixture.store, "ada", "editor", "sales"));
      mustEqual(
        logins.filter((login) => login.outcome === "admitted").length,
        8,
        "the number of logins that were admitted",
      );
      const made = logins.filter((login) => login.outcome !== "refused" && login.isNew).length;
      mustEqual(made, 1, "the number of logins that made the user");
      mustEqual((await fixture.readAudit()).length, 8, "the number of lines in the audit");
    },
  },
  {
    name: "comes to one whole state where logins of a user with different groups race",
    mend: LOCKS,
    async run(fixture) {
      await fixture.putUser("root", member("owner"));
      await signIn(fixture.store, "ada", "member");
      await all(8, (index) =>
        signIn(fixture.store, "ada", ...(index % 2 ? ["editor", "sales"] : ["member", "support"])),
      );
      const user = await fixture.store.transaction((transaction) => transaction.readUser("ada"));
      const [membership] = user?.memberships ?? [];
      const found = [membership?.role, ...(membership?.groups ?? []).map(({ name }) => name)].join(" with ");
      must(
        found === "editor with sales" || found === "member with support",
        `two logins, one as editor with sales and one as member with support, made the user ${found}`,
      );
    },
  },
  {
    name: "lets many users in at once",
    mend: "Connections come back to the pool after each transaction, and those that wait for one get it in turn; deadlocks are retryable.",
    async run(fixture) {
      await all(20, (index) => signIn(fixture.store, `user-${index}`, index % 2 ? "editor" : "member", "sales"));
      for (let index = 0; index < 20; index += 1) {
        const groups = [{ name: "sales", grantedBy: "sync", provider: null }];
        const role = index % 2 ? "editor" : "member";
        const user = (await stored(fixture, `user-${index}`)) as { memberships: object[] } | null;
        const expected = [
          { workspace: "main", status: "active", role, roleGrantedBy: "sync", roleProvider: null, groups },
        ];
        mustEqual(user?.memberships, expected, "what one of twenty users has who came at once");
      }
      mustEqual((await fixture.readAudit()).length, 20, "the number of lines in the audit after twenty logins at once");
    },
  },
  {
    name: "keeps one owner where the last two lose the role at once",
    mend: LOCKS,
    async run(fixture) {
      await mustKeepOne(fixture.store, (subject) => signIn(fixture.store, subject, "member"));
    },
  },
  {
    name: "keeps one owner where the last two leave the directory at once",
    mend: LOCKS,
    async run(fixture) {
      const sync = application(fixture.store);
      await mustKeepOne(fixture.store, (subject) => sync.reconcile({ subject, directory: "absent" }));
    },
  },
  {
    name: "keeps one holder of a role where the last two lose it at once, and roles are a set",
    mend: `${LOCKS} Such roles are groups to a store, and counted as groups.`,
    async run({ store }) {
      const roles = { kind: "set", names: ["editor", "owner"] } as const;
      const sync = defineGroupSync({ store, roles, claim: "groups" });
      const login = (subject: string, ...groups: string[]) => sync.login({ subject, claims: { groups } });
      for (const _ of ROUNDS) {
        await all(2, (index) => login(`user-${index}`, "owner"));
        const logins = await all(2, (index) => login(`user-${index}`, "editor"));
        const kept = logins.filter((login) => login.outcome !== "refused" && login.roles.includes("owner"));
        mustEqual(kept.length, 1, "the number of owners after both of two lost the role at once");
      }
    },
  },
  {
    name: "fills the last seats no more than once where newcomers race for them",
    mend: `${LOCKS} The name \`seats\` is locked like any other.`,
    async run({ store }) {
      const roles = ["member", "owner"] as const;
      const sync = defineGroupSync({ store, roles, claim: "groups", seats: { total: 4 } });
      const logins = await all(10, (index) => sync.login({ subject: `user-${index}`, claims: { groups: ["member"] } }));
      const admitted = logins.filter(({ outcome }) => outcome === "admitted").length;
      mustEqual(admitted, 4, "the number of newcomers who were admitted to four seats at once");
    },
  },
  {
    name: "gives the last seat of a role to one of those who race for it",
    mend: `${LOCKS} Roles are counted in all workspaces.`,
    async run({ store }) {
      const roles = ["member", "editor", "owner"] as const;
      const sync = defineGroupSync({ store, roles, claim: "groups", seats: { roles: { editor: 1 } } });
      const logins = await all(6, (index) => sync.login({ subject: `user-${index}`, claims: { groups: ["editor"] } }));
      const editors = logins.filter((login) => login.outcome !== "refused" && login.role === "editor").length;
      mustEqual(editors, 1, "the number of users who got the one seat of a role at once");
    },
  },
  // Databases end the transaction that came first, or the one that came second.
  {
    name: "lets a login in with which somebody else's transaction closes a deadlock",
    mend: RETRYABLE,
    run: ({ store }) => meetDeadlock(store, "other"),
  },
  {
    name: "lets a login in that closes a deadlock with somebody else's transaction",
    mend: RETRYABLE,
    run: ({ store }) => meetDeadlock(store, "login"),
  },
];

/** A login and somebody else's transaction lock the same two names in different orders; one of them is the last to do so. */
async function meetDeadlock(store: Store, last: "login" | "other"): Promise<void> {
  const [otherHolds, loginHolds, closing] = [event(), event(), event()];
  const other = store
    .transaction(async (transaction) => {
      await transaction.lock(["workspace main"]);
      otherHolds.happen();
      await giveChance(loginHolds);
      if (last === "other") await pause();
      const user = transaction.lock(["user ada"]);
      if (last === "login") setTimeout(closing.happen, 50);
      await user;
    })
    .catch(() => {});
  await withPatience("a lock that nobody holds had not been given", 2, Promise.race([otherHolds.wait, other]));
  const slow: Store = {
    isRetryable: (error) => store.isRetryable?.(error) ?? false,
    transaction: (work) =>
      store.transaction((transaction) => {
        const lock = async (names: readonly string[]) => {
          if (names.includes("workspace main") && last === "login") await giveChance(closing);
          await transaction.lock(names);
          loginHolds.happen();
        };
        return work(
          new Proxy(transaction, {
            get: (target, name) => (name === "lock" ? lock : Reflect.get(target, name).bind(target)),
          }),
        );
      }),
  };
  const [login] = await Promise.all([signIn(slow, "ada", "editor"), other]);
  mustEqual(login.outcome, "admitted", "the outcome of a login that met a deadlock");
}

/** Takes the role of two owners at once, several times; one of them has to be left each time. */
async function mustKeepOne(
  store: Parameters<typeof signIn>[0],
  lose: (subject: string) => Promise<unknown>,
): Promise<void> {
  for (const round of ROUNDS) {
    const subjects = ["a", "b"].map((name) => `${name}-${round}`);
    // Those that are left of the last round go first, one by one.
    for (const subject of subjects) await signIn(store, subject, "owner");
    for (let old = 1; old < round; old += 1) {
      for (const name of ["a", "b"]) await lose(`${name}-${old}`);
    }
    await all(2, (index) => lose(subjects[index] ?? ""));
    const users = await Promise.all(
      subjects.map((subject) => store.transaction((transaction) => transaction.readUser(subject))),
    );
    const owners = users.filter((user) => user?.status !== "archived" && user?.memberships[0]?.role === "owner");
    mustEqual(owners.length, 1, "the number of owners after both of two lost the role at once");
  }
}

function all<Result>(count: number, run: (index: number) => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => run(index)));
}
