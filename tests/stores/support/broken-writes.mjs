// Broken reading and writing.

import { withMethods } from "./breaking.mjs";

const namesOf = (membership) => membership?.groups.map(({ name }) => name) ?? [];

/** With another `applyPlan`, which is given the right one, and what the user has in the workspace of the plan. */
const withPlan = (applyPlan) =>
  withMethods((right, store) => ({
    async applyPlan(change) {
      const user = await right.readUser(change.subject);
      const membership = user?.memberships.find(({ workspace }) => workspace === change.workspace);
      await applyPlan({ ...right, store }, change, membership, user);
    },
  }));

const withUser = (changed) =>
  withMethods(({ readUser }) => ({
    async readUser(subject) {
      const user = await readUser(subject);
      return user && changed(user);
    },
  }));

export const brokenWrites = [
  {
    fault: "knows nobody as `undefined`",
    caughtBy: "knows nobody whom nobody stored",
    says: /gives undefined for somebody unknown, where it has to be `null`/,
    make: withMethods(({ readUser }) => ({ readUser: async (subject) => (await readUser(subject)) ?? undefined })),
  },
  {
    fault: "knows nobody as an empty user",
    caughtBy: "knows nobody whom nobody stored",
    says: /gives \{"memberships":\[\]\} for somebody unknown/,
    make: withMethods(({ readUser }) => ({
      readUser: async (subject) => (await readUser(subject)) ?? { memberships: [] },
    })),
  },
  {
    fault: "forgets who is exempt",
    caughtBy: "gives all that is stored of a user",
    says: /"exempt":false.* where .*"exempt":true/,
    make: withUser((user) => ({ ...user, exempt: false })),
  },
  {
    fault: "gives the status of no membership",
    caughtBy: "gives all that is stored of a user",
    says: /where .*"status":"invited"/,
    make: withUser((user) => ({
      ...user,
      memberships: user.memberships.map(({ status, ...membership }) => membership),
    })),
  },
  {
    fault: "gives a newcomer a role",
    caughtBy: "makes a user who has nothing yet",
    says: /of a user who was just made is .*"role":"member"/,
    make: withMethods(({ saveUser, applyPlan }) => ({
      async saveUser(subject, status) {
        await saveUser(subject, status);
        const change = {
          subject,
          workspace: "main",
          role: "member",
          roleChanges: true,
          join: [],
          create: [],
          leave: [],
        };
        await applyPlan({ ...change, provider: null });
      },
    })),
  },
  {
    fault: "takes groups where it changes the status",
    caughtBy: "changes the status of a user, and leaves what they have",
    says: /after `saveUser` of an archived user .*nothing else, of anybody else/,
    make: withMethods(({ saveUser, readUser, applyPlan }) => ({
      async saveUser(subject, status) {
        await saveUser(subject, status);
        for (const membership of (await readUser(subject)).memberships) {
          const change = { ...{ subject, roleChanges: false, join: [], create: [] }, leave: namesOf(membership) };
          await applyPlan({ ...change, ...{ workspace: membership.workspace, role: membership.role, provider: null } });
        }
      },
    })),
  },
  {
    fault: "forgets who archived a user",
    caughtBy: "remembers who archived a user, and forgets it when they come back",
    says: /of somebody whom a sync archived .*stores `archivedBy`/,
    make: withMethods(({ saveUser }) => ({ saveUser: (subject, { status }) => saveUser(subject, { status }) })),
  },
  {
    fault: "remembers who archived a user before",
    caughtBy: "remembers who archived a user, and forgets it when they come back",
    says: /who came back and was archived by hand/,
    make: withMethods(({ saveUser, readUser }) => ({
      async saveUser(subject, status) {
        await saveUser(subject, { archivedBy: (await readUser(subject))?.archivedBy, ...status });
      },
    })),
  },
  {
    fault: "forgets the provider",
    caughtBy: "gives a new member the role and groups of a plan",
    says: /after the first plan of a user is .*"provider":null.*who gave it/,
    make: withPlan(({ applyPlan }, change) => applyPlan({ ...change, provider: null })),
  },
  {
    fault: "leaves a changed role with who gave the last one",
    caughtBy: "says that a changed role came from a sync, and of which provider",
    says: /after a plan that changes the role is .*"roleGrantedBy":"manual"/,
    make: withPlan(({ applyPlan }, change, membership) =>
      applyPlan({ ...change, roleChanges: change.roleChanges && membership === undefined }),
    ),
  },
  {
    fault: "calls each role a sync's",
    caughtBy: "leaves who gave a role that stays",
    says: /after a plan that leaves the role is .*"roleGrantedBy":"sync".*would become a sync's/,
    make: withPlan(({ applyPlan }, change) => applyPlan({ ...change, roleChanges: true })),
  },
  {
    fault: "takes all groups and gives those of the plan",
    caughtBy: "lets a member leave the groups of a plan and no other",
    says: /after leaving one group of three/,
    make: withPlan(({ applyPlan }, change, membership) => applyPlan({ ...change, leave: namesOf(membership) })),
  },
  {
    fault: "takes groups in each workspace",
    caughtBy: "leaves the user's other workspaces as they are",
    says: /after a plan of one of two workspaces .*this user \*and\* this workspace/,
    make: withPlan(async ({ applyPlan }, change, _, user) => {
      await applyPlan(change);
      for (const { workspace, role } of user?.memberships ?? []) {
        if (workspace === change.workspace) continue;
        await applyPlan({ ...change, ...{ workspace, role, roleChanges: false, join: [], create: [] } });
      }
    }),
  },
  {
    fault: "takes groups of everybody",
    caughtBy: "leaves other users as they are",
    says: /of another member after a plan .*this user \*and\* this workspace/,
    make: withPlan(async ({ applyPlan, store }, change) => {
      await applyPlan(change);
      for (const [subject, { memberships }] of store.users) {
        const role = memberships[0]?.role;
        if (subject === change.subject || role === undefined) continue;
        await applyPlan({ ...change, ...{ subject, role, roleChanges: false, join: [], create: [] } });
      }
    }),
  },
  {
    fault: "passes over groups that are not there",
    caughtBy: "makes groups that the application does not have yet",
    says: /after a plan that makes a group .*makes each group of `create` first/,
    make: withPlan(({ applyPlan }, change) =>
      applyPlan({ ...change, join: change.join.filter((name) => !change.create.includes(name)) }),
    ),
  },
  {
    fault: "takes no more than 500 parameters",
    caughtBy: "takes a plan of a thousand groups",
    says: /an error was thrown: too many parameters\. Pass lists as one parameter/,
    make: withPlan(({ applyPlan }, change) => {
      if (change.join.length > 500) throw new Error("too many parameters");
      return applyPlan(change);
    }),
  },
  {
    fault: "calls all in the audit a login",
    caughtBy: "adds each line to the audit, in order",
    says: /the audit is .*"event":"login".* where .*"event":"reconcile"/,
    make: withMethods(({ writeAudit }) => ({ writeAudit: (record) => writeAudit({ ...record, event: "login" }) })),
  },
  {
    fault: "has a foreign key from the audit to users",
    caughtBy: "writes to the audit of somebody who is not stored",
    says: /an error was thrown: violates foreign key constraint\. .*without a foreign key/,
    make: withMethods(({ writeAudit, readUser }) => ({
      async writeAudit(record) {
        if ((await readUser(record.subject)) === null) throw new Error("violates foreign key constraint");
        await writeAudit(record);
      },
    })),
  },
  {
    fault: "cuts what is long",
    caughtBy: "takes a long line into the audit whole",
    says: /an error was thrown: .*megabytes/,
    make: withMethods(({ writeAudit }) => ({
      writeAudit: (record) => writeAudit({ ...record, decision: record.decision.slice(0, 65_535) }),
    })),
  },
];
