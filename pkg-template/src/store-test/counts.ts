// Who counts as another user, on which the last admin and the seats depend.

import type { Others, StoredUser } from "../app/store.js";
import { type Check, type Fixture, member, must, mustEqual } from "./check.js";

const NOT_ARCHIVED =
  "Count users whose own status is not `archived`, everywhere: an archived admin is no company for the last one, and takes no seat.";
const ACTIVE = "Of memberships, count those whose status is `active`: who was only invited can't run a workspace.";

export const countChecks: readonly Check[] = [
  {
    name: "counts nobody where there is nobody else",
    mend: "`countOthers` counts everybody but `subject`: whoever counts themselves is never the last admin.",
    async run(fixture) {
      await mustCount(fixture, { users: 0, superAdmins: 0, roles: {}, workspaces: {} }, "in an empty store");
      await fixture.putUser("ada", { ...member("owner", ["sales"]), superAdmin: true });
      await mustCount(fixture, { users: 0, superAdmins: 0, roles: {}, workspaces: {} }, "with the user alone");
    },
  },
  {
    name: "counts others by role and by group",
    mend: "Count what the other users have in each workspace that is asked for.",
    async run(fixture) {
      await fixture.putUser("ada", member("owner", ["sales"]));
      await fixture.putUser("bob", { ...member("owner", ["sales", "labs"]), superAdmin: true });
      await fixture.putUser("cid", member("member", ["sales"]));
      const main = { roles: { owner: 1, member: 1 }, groups: { sales: 2, labs: 1 } };
      const expected = { users: 2, superAdmins: 1, roles: main.roles, workspaces: { main } };
      await mustCount(fixture, expected, "with two others");
    },
  },
  {
    name: "counts in numbers",
    mend: "Counts are numbers: drivers give `count(*)` as text, since it is a `bigint`. Convert it, by `count(*)::int` or `Number`.",
    async run(fixture) {
      await fixture.putUser("bob", { ...member("owner", ["sales"]), superAdmin: true });
      const { users, superAdmins, roles, workspaces } = await counted(fixture);
      const main = workspaces.main;
      for (const count of [users, superAdmins, roles.owner, main?.roles.owner, main?.groups.sales]) {
        must(typeof count === "number", `a count is the ${typeof count} ${JSON.stringify(count ?? null)}`);
      }
    },
  },
  {
    name: "does not count users who are archived",
    mend: NOT_ARCHIVED,
    async run(fixture) {
      await fixture.putUser("bob", { ...member("owner", ["sales"]), status: "archived", superAdmin: true });
      await mustCount(fixture, { users: 0, superAdmins: 0, roles: {}, workspaces: {} }, "with one other, archived");
    },
  },
  {
    name: "counts users who are invited as users",
    mend: `${NOT_ARCHIVED} Who is invited takes a seat already.`,
    async run(fixture) {
      await fixture.putUser("bob", { status: "invited", memberships: [] });
      await mustCount(fixture, { users: 1, superAdmins: 0, roles: {}, workspaces: {} }, "with one other, invited");
    },
  },
  ...(["invited", "archived"] as const).map(
    (status): Check => ({
      name: `does not count memberships that are ${status}`,
      mend: ACTIVE,
      async run(fixture) {
        await fixture.putUser("bob", withStatus(member("owner", ["sales"]), status));
        const expected = { users: 1, superAdmins: 0, roles: {}, workspaces: {} };
        await mustCount(fixture, expected, `with one other, whose membership is ${status}`);
      },
    }),
  ),
  {
    name: "counts a user once for a role that they have in several workspaces",
    mend: "`roles` counts users (`count(distinct subject)`), in all workspaces, also in those that are not asked for: each takes one seat.",
    async run(fixture) {
      const both = { memberships: [...member("owner").memberships, ...member("owner", [], "lab").memberships] };
      await fixture.putUser("bob", both);
      await fixture.putUser("cid", member("editor", [], "elsewhere"));
      const one = { roles: { owner: 1 }, groups: {} };
      const roles = { owner: 1, editor: 1 };
      const expected = { users: 2, superAdmins: 0, roles, workspaces: { main: one, lab: one } };
      await mustCount(fixture, expected, "with an owner of two workspaces and an editor of a third");
    },
  },
  {
    name: "counts each workspace by itself",
    mend: "Count by workspace: the owner of another one does not own this one.",
    async run(fixture) {
      await fixture.putUser("bob", member("owner", ["sales"], "lab"));
      await fixture.putUser("cid", member("member", ["sales"]));
      const [main, lab] = [member("member", ["sales"]), member("owner", ["sales"])].map(({ memberships }) => ({
        roles: { [memberships[0]?.role ?? ""]: 1 },
        groups: { sales: 1 },
      }));
      const expected = { users: 2, superAdmins: 0, roles: { owner: 1, member: 1 }, workspaces: { main, lab } };
      await mustCount(fixture, expected as Others, "with one member in each of two workspaces");
    },
  },
];

function withStatus(user: StoredUser, status: "invited" | "archived"): StoredUser {
  return { ...user, memberships: user.memberships.map((membership) => ({ ...membership, status })) };
}

async function counted({ store }: Fixture): Promise<Others> {
  return store.transaction((transaction) => transaction.countOthers("ada", ["main", "lab"]));
}

async function mustCount(fixture: Fixture, expected: Others, where: string): Promise<void> {
  mustEqual(complete(await counted(fixture)), complete(expected), `what \`countOthers\` gives ${where}`);
}

/** With the workspaces that were asked for, and without what nobody has: either may be left out. */
function complete({ users, superAdmins, roles, workspaces }: Others): Others {
  const asked = ["main", "lab"].map((id) => {
    const { roles = {}, groups = {} } = workspaces[id] ?? {};
    return [id, { roles: had(roles), groups: had(groups) }] as const;
  });
  return { users, superAdmins, roles: had(roles), workspaces: Object.fromEntries(asked) };
}

function had(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => Number(count) !== 0));
}
