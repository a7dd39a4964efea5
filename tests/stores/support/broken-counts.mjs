// Broken counts, and broken names.

import { memoryStore } from "idp-group-sync/store/memory";
import { withMethods } from "./breaking.mjs";

/** Counts what would be if every user were changed. */
const recounted = (changed) =>
  withMethods((_, store) => ({
    countOthers(...given) {
      const users = [...store.users].map(([subject, user]) => [subject, changed(user)]);
      return memoryStore(users).transaction((transaction) => transaction.countOthers(...given));
    },
  }));

/** Changes what was counted. */
const withCounts = (changed) =>
  withMethods(({ countOthers }, store) => ({
    countOthers: async (...given) => changed(await countOthers(...given), store),
  }));

const activated = (status) => (user) => ({
  ...user,
  memberships: user.memberships.map((membership) =>
    membership.status === status ? { ...membership, status: "active" } : membership,
  ),
});

export const brokenCounts = [
  {
    fault: "counts the user too",
    caughtBy: "counts nobody where there is nobody else",
    says: /with the user alone is .*"users":1.*everybody but `subject`/,
    make: withMethods(({ countOthers }) => ({ countOthers: (_, workspaces) => countOthers("", workspaces) })),
  },
  {
    fault: "counts no groups",
    caughtBy: "counts others by role and by group",
    says: /with two others is .*"groups":\{\}/,
    make: withCounts(({ workspaces, ...others }) => ({
      ...others,
      workspaces: Object.fromEntries(Object.entries(workspaces).map(([id, { roles }]) => [id, { roles, groups: {} }])),
    })),
  },
  {
    fault: "counts in text",
    caughtBy: "counts in numbers",
    says: /a count is the string "1"\. .*bigint/,
    make: withCounts(({ users, ...others }) => ({ ...others, users: String(users) })),
  },
  {
    fault: "counts archived users",
    caughtBy: "does not count users who are archived",
    says: /with one other, archived is .*"users":1.*no company for the last one/,
    make: recounted((user) => ({ ...user, status: "active" })),
  },
  {
    fault: "does not count who is invited",
    caughtBy: "counts users who are invited as users",
    says: /with one other, invited is .*"users":0.*takes a seat already/,
    make: recounted((user) => (user.status === "invited" ? { ...user, status: "archived" } : user)),
  },
  ...["invited", "archived"].map((status) => ({
    fault: `counts ${status} memberships`,
    caughtBy: `does not count memberships that are ${status}`,
    says: /"roles":\{"owner":1\}.*whose status is `active`/,
    make: recounted(activated(status)),
  })),
  {
    fault: "counts memberships in the place of users",
    caughtBy: "counts a user once for a role that they have in several workspaces",
    says: /"owner":2.*count\(distinct subject\)/,
    make: withCounts((others, store) => {
      const roles = {};
      for (const { memberships } of store.users.values()) {
        for (const { role } of memberships) roles[role] = (roles[role] ?? 0) + 1;
      }
      return { ...others, roles };
    }),
  },
  {
    fault: "counts all workspaces together",
    caughtBy: "counts each workspace by itself",
    says: /with one member in each of two workspaces .*does not own this one/,
    make: withCounts(({ workspaces, ...others }) => ({
      ...others,
      workspaces: Object.fromEntries(
        Object.entries(workspaces).map(([id, { groups }]) => [id, { roles: others.roles, groups }]),
      ),
    })),
  },
];

export const brokenNames = [
  {
    fault: "compares users but for case",
    caughtBy: "takes names of any characters for users",
    says: /of the user "spaces" is .*byte by byte/,
    make: withMethods(({ saveUser, readUser, applyPlan }) => ({
      saveUser: (subject, status) => saveUser(subject.toLowerCase(), status),
      readUser: (subject) => readUser(subject.toLowerCase()),
      applyPlan: (change) => applyPlan({ ...change, subject: change.subject.toLowerCase() }),
    })),
  },
  {
    fault: "composes accents in groups",
    caughtBy: "takes names of any characters for workspaces, groups and providers",
    says: /of a user with such names .*byte by byte/,
    make: withMethods(({ applyPlan }) => ({
      applyPlan: (change) => applyPlan({ ...change, join: change.join.map((name) => name.normalize("NFC")) }),
    })),
  },
  {
    fault: "counts in objects with a prototype",
    caughtBy: "counts names of any characters",
    says: /`roles` of `countOthers` .*Object\.hasOwn/,
    make: withCounts(({ roles, ...others }) => ({ ...others, roles: Object.assign({}, roles) })),
  },
  {
    fault: "puts names into its statements",
    caughtBy: "locks names of any characters, and of any length",
    says: /an error was thrown: syntax error/,
    make: withMethods(({ lock }) => ({
      async lock(names) {
        if (names.some((name) => name.includes("'"))) throw new Error("syntax error");
        await lock(names);
      },
    })),
  },
  {
    fault: "keeps its audit in columns that refuse U+0000",
    caughtBy: "keeps every character of the audit",
    says: /an error was thrown: unsupported Unicode escape.*`jsonb` refuses/,
    make: withMethods(({ writeAudit }) => ({
      async writeAudit(record) {
        if (record.decision.includes("\\u0000")) throw new Error("unsupported Unicode escape sequence");
        await writeAudit(record);
      },
    })),
  },
];
