// What each write changes, and what it leaves as it is.

import type { StoredMembership, StoredUser } from "../app/store.js";
import { type Check, line, member, must, mustBeStored, mustEqual, plan } from "./check.js";

const UPDATE_STATUS =
  "`saveUser` inserts somebody new, and updates the status and who archived them, nothing else, of anybody else.";
const PROVENANCE =
  "Store with each role and each group who gave it (`sync` with the provider, or `manual`): a sync takes back what a sync gave, and nothing else.";
const ONE_MEMBERSHIP = "Limit each statement of `applyPlan` to this user *and* this workspace.";

/** Somebody with all that can be stored. */
const full: StoredUser = {
  status: "archived",
  archivedBy: "sync",
  exempt: true,
  superAdmin: true,
  memberships: [
    {
      workspace: "main",
      role: "editor",
      roleGrantedBy: "sync",
      roleProvider: "okta",
      groups: [
        { name: "sales", grantedBy: "sync", provider: "okta" },
        { name: "support", grantedBy: "manual" },
        { name: "labs", grantedBy: "sync" },
      ],
    },
    { workspace: "lab", status: "invited", role: "owner", roleGrantedBy: "manual", groups: [] },
    { workspace: "old", status: "archived", role: "member", roleGrantedBy: "sync", groups: [{ name: "sales" }] },
  ],
};

/** Somebody with a role and groups from everywhere. */
const before: StoredMembership = {
  workspace: "main",
  role: "editor",
  roleGrantedBy: "manual",
  groups: [
    { name: "by hand", grantedBy: "manual" },
    { name: "by okta", grantedBy: "sync", provider: "okta" },
    { name: "to leave", grantedBy: "sync", provider: "entra" },
  ],
};

export const writeChecks: readonly Check[] = [
  {
    name: "knows nobody whom nobody stored",
    mend: "`readUser` gives `null` where there is no row, not `undefined` and no empty user.",
    async run({ store }) {
      const user = await store.transaction((transaction) => transaction.readUser("nobody"));
      must(
        user === null,
        `\`readUser\` gives ${JSON.stringify(user)} for somebody unknown, where it has to be \`null\``,
      );
    },
  },
  {
    name: "gives all that is stored of a user",
    mend: "`readUser` gives status, `archivedBy`, `exempt`, `superAdmin`, and every membership with its status, its role, its groups, and who gave each.",
    async run(fixture) {
      await fixture.putUser("ada", full);
      await mustBeStored(fixture, "ada", full, "of a user with everything");
      await fixture.putUser("bob", { memberships: [] });
      await mustBeStored(fixture, "bob", { memberships: [] }, "of a user without anything");
    },
  },
  {
    name: "makes a user who has nothing yet",
    mend: UPDATE_STATUS,
    async run(fixture) {
      await fixture.store.transaction((transaction) => transaction.saveUser("ada", { status: "active" }));
      await mustBeStored(fixture, "ada", { memberships: [] }, "of a user who was just made");
    },
  },
  {
    name: "changes the status of a user, and leaves what they have",
    mend: UPDATE_STATUS,
    async run(fixture) {
      await fixture.putUser("ada", full);
      await fixture.putUser("bob", full);
      await fixture.store.transaction((transaction) => transaction.saveUser("ada", { status: "active" }));
      await mustBeStored(fixture, "ada", { ...full, status: "active" }, "after `saveUser` of an archived user");
      await mustBeStored(fixture, "bob", full, "of another user after it");
    },
  },
  {
    name: "remembers who archived a user, and forgets it when they come back",
    mend: "`saveUser` stores `archivedBy`, as `null` where none is given: only whom a sync archived is brought back by one.",
    async run(fixture) {
      const save = (
        status: Parameters<Parameters<Parameters<typeof fixture.store.transaction>[0]>[0]["saveUser"]>[1],
      ) => fixture.store.transaction((transaction) => transaction.saveUser("ada", status));
      const archived = (archivedBy: "sync" | "manual"): StoredUser => ({
        status: "archived",
        archivedBy,
        memberships: [],
      });
      await save({ status: "active" });
      await save({ status: "archived", archivedBy: "sync" });
      await mustBeStored(fixture, "ada", archived("sync"), "of somebody whom a sync archived");
      await save({ status: "active" });
      await save({ status: "archived" });
      await mustBeStored(fixture, "ada", archived("manual"), "of somebody who came back and was archived by hand");
    },
  },
  {
    name: "gives a new member the role and groups of a plan",
    mend: PROVENANCE,
    async run(fixture) {
      for (const provider of [null, "okta"]) {
        const subject = `ada of ${provider}`;
        await fixture.store.transaction(async (transaction) => {
          await transaction.saveUser(subject, { status: "active" });
          await transaction.applyPlan(plan(subject, { role: "editor", join: ["sales", "labs"], provider }));
        });
        const given = { grantedBy: "sync" as const, ...(provider && { provider }) };
        const groups = ["labs", "sales"].map((name) => ({ name, ...given }));
        const membership = {
          workspace: "main",
          role: "editor",
          roleGrantedBy: "sync" as const,
          roleProvider: provider,
          groups,
        };
        await mustBeStored(fixture, subject, { memberships: [membership] }, "after the first plan of a user");
      }
    },
  },
  {
    name: "says that a changed role came from a sync, and of which provider",
    mend: PROVENANCE,
    async run(fixture) {
      await fixture.putUser("ada", { memberships: [before] });
      const change = plan("ada", { role: "owner", provider: "okta" });
      await fixture.store.transaction((transaction) => transaction.applyPlan(change));
      const after = { ...before, role: "owner", roleGrantedBy: "sync" as const, roleProvider: "okta" };
      await mustBeStored(fixture, "ada", { memberships: [after] }, "after a plan that changes the role");
    },
  },
  {
    name: "leaves who gave a role that stays",
    mend: "Where `roleChanges` is `false`, the membership's row is not touched: what was given by hand would become a sync's, which then takes it away.",
    async run(fixture) {
      const byOkta = { ...before, roleGrantedBy: "sync" as const, roleProvider: "okta" };
      await fixture.putUser("ada", { memberships: [before] });
      await fixture.putUser("bob", { memberships: [byOkta] });
      for (const [subject, membership] of [
        ["ada", before],
        ["bob", byOkta],
      ] as const) {
        const change = plan(subject, { role: "editor", roleChanges: false, join: ["new"], provider: "entra" });
        await fixture.store.transaction((transaction) => transaction.applyPlan(change));
        const groups = [...before.groups, { name: "new", grantedBy: "sync" as const, provider: "entra" }];
        await mustBeStored(
          fixture,
          subject,
          { memberships: [{ ...membership, groups }] },
          "after a plan that leaves the role",
        );
      }
    },
  },
  {
    name: "lets a member leave the groups of a plan and no other",
    mend: PROVENANCE,
    async run(fixture) {
      await fixture.putUser("ada", { memberships: [before] });
      const change = plan("ada", {
        role: "editor",
        roleChanges: false,
        join: ["new"],
        leave: ["to leave"],
        provider: null,
      });
      await fixture.store.transaction((transaction) => transaction.applyPlan(change));
      const groups = [...before.groups.slice(0, 2), { name: "new", grantedBy: "sync" as const }];
      await mustBeStored(fixture, "ada", { memberships: [{ ...before, groups }] }, "after leaving one group of three");
    },
  },
  {
    name: "leaves the user's other workspaces as they are",
    mend: ONE_MEMBERSHIP,
    async run(fixture) {
      const other = { ...before, workspace: "lab" };
      await fixture.putUser("ada", { memberships: [before, other] });
      const change = plan("ada", { role: "owner", join: ["new"], leave: before.groups.map(({ name }) => name) });
      await fixture.store.transaction((transaction) => transaction.applyPlan(change));
      const groups = [{ name: "new", grantedBy: "sync" as const }];
      const main = { ...before, role: "owner", roleGrantedBy: "sync" as const, groups };
      await mustBeStored(fixture, "ada", { memberships: [main, other] }, "after a plan of one of two workspaces");
    },
  },
  {
    name: "leaves other users as they are",
    mend: ONE_MEMBERSHIP,
    async run(fixture) {
      for (const subject of ["ada", "bob"]) await fixture.putUser(subject, { memberships: [before] });
      const change = plan("ada", { role: "owner", join: ["new"], leave: before.groups.map(({ name }) => name) });
      await fixture.store.transaction((transaction) => transaction.applyPlan(change));
      await mustBeStored(fixture, "bob", { memberships: [before] }, "of another member after a plan");
    },
  },
  {
    name: "makes groups that the application does not have yet",
    mend: "`applyPlan` makes each group of `create` first, unless another login made it meanwhile, and then lets the user join it.",
    async run(fixture) {
      for (const subject of ["ada", "bob"]) {
        await fixture.store.transaction(async (transaction) => {
          await transaction.saveUser(subject, { status: "active" });
          await transaction.applyPlan(plan(subject, { join: ["made", "sales"], create: ["made"] }));
        });
        const groups = ["made", "sales"].map((name) => ({ name, grantedBy: "sync" as const }));
        const membership = { workspace: "main", role: "member", roleGrantedBy: "sync" as const, groups };
        await mustBeStored(fixture, subject, { memberships: [membership] }, "after a plan that makes a group");
      }
    },
  },
  {
    name: "takes a plan of a thousand groups",
    mend: "Pass lists as one parameter (an array, or JSON), not as one placeholder for each name, or in portions.",
    async run(fixture) {
      const many = Array.from({ length: 1000 }, (_, index) => `group-${index}`);
      await fixture.store.transaction(async (transaction) => {
        await transaction.saveUser("ada", { status: "active" });
        await transaction.applyPlan(plan("ada", { join: many }));
      });
      const groups = many.map((name) => ({ name, grantedBy: "sync" as const }));
      const membership = { workspace: "main", role: "member", roleGrantedBy: "sync" as const, groups };
      await mustBeStored(fixture, "ada", { memberships: [membership] }, "after joining a thousand groups");
      const change = plan("ada", { roleChanges: false, leave: many });
      await fixture.store.transaction((transaction) => transaction.applyPlan(change));
      await mustBeStored(fixture, "ada", { memberships: [{ ...membership, groups: [] }] }, "after leaving all of them");
    },
  },
  {
    name: "adds each line to the audit, in order",
    mend: "`writeAudit` adds a row with all four texts, and changes no other.",
    async run(fixture) {
      await fixture.putUser("ada", member("owner"));
      const lines = [
        line("ada", '{"allowed":true}'),
        { ...line("ada"), event: "reconcile" as const, outcome: "archived" },
      ];
      for (const record of lines) await fixture.store.transaction((transaction) => transaction.writeAudit(record));
      const found = (await fixture.readAudit()).map(({ subject, event, outcome, decision }) => ({
        ...{ subject, event, outcome },
        decision: JSON.parse(decision),
      }));
      mustEqual(
        found,
        lines.map(({ decision, ...rest }) => ({ ...rest, decision: JSON.parse(decision) })),
        "the audit",
      );
    },
  },
  {
    name: "writes to the audit of somebody who is not stored",
    mend: "The audit's `subject` is a text of its own, without a foreign key: of a newcomer who is refused there is nothing else.",
    async run({ store, readAudit }) {
      await store.transaction((transaction) => transaction.writeAudit({ ...line("eve"), outcome: "refused" }));
      mustEqual(
        (await readAudit()).map(({ subject, outcome }) => [subject, outcome]),
        [["eve", "refused"]],
        "the audit",
      );
    },
  },
  {
    name: "takes a long line into the audit whole",
    mend: "The column of `decision` has to take megabytes: a token may carry 10,000 groups, and the decision names each.",
    async run({ store, readAudit }) {
      const groups = Array.from({ length: 400 }, (_, index) => `${index} ${"x".repeat(4092)}`.slice(0, 4096));
      const decision = JSON.stringify({ groups });
      await store.transaction((transaction) => transaction.writeAudit(line("ada", decision)));
      const [found] = await readAudit();
      must(
        found !== undefined && JSON.stringify(JSON.parse(found.decision)) === decision,
        "a decision of 1.6 million characters was not read back as it was written",
      );
    },
  },
];
