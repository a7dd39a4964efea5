// Names that people and identity providers really choose, and those that an attacker would.

import { type Check, line, must, mustBeStored, mustEqual, plan } from "./check.js";
import { withPatience } from "./waiting.js";

/** No control characters: group sync stores none in names. */
const hostile: readonly string[] = [
  "O'Brien; drop table users --",
  'say "hello" \\ `now`',
  "$1 $name :name ? %s %",
  "a,b;c{d}[e](f)",
  " spaces ",
  "spaces",
  "Spaces",
  "caf\u00e9",
  "cafe\u0301",
  "\u{1f469}\u200d\u{1f680} \u202eabc",
  "null",
  "__proto__",
  "constructor",
  "*",
  "_",
  "\u6f22".repeat(255),
];

const EXACT =
  "Names are compared byte by byte: pass them as parameters, in columns whose collation tells upper from lower case and keeps spaces, and take objects by `Object.hasOwn` or a `Map`.";

export const nameChecks: readonly Check[] = [
  {
    name: "takes names of any characters for users",
    mend: EXACT,
    async run(fixture) {
      for (const subject of hostile) {
        await fixture.store.transaction((transaction) => transaction.saveUser(subject, { status: "active" }));
        await fixture.store.transaction((transaction) => transaction.applyPlan(plan(subject, { role: subject })));
      }
      for (const subject of hostile) {
        const memberships = [{ workspace: "main", role: subject, roleGrantedBy: "sync" as const, groups: [] }];
        await mustBeStored(fixture, subject, { memberships }, `of the user ${JSON.stringify(subject)}`);
      }
    },
  },
  {
    name: "takes names of any characters for workspaces, groups and providers",
    mend: EXACT,
    async run(fixture) {
      await fixture.store.transaction(async (transaction) => {
        await transaction.saveUser("ada", { status: "active" });
        for (const workspace of hostile) {
          await transaction.applyPlan(plan("ada", { workspace, join: hostile, provider: workspace }));
        }
      });
      const memberships = hostile.map((workspace) => ({
        ...{ workspace, role: "member", roleGrantedBy: "sync" as const, roleProvider: workspace },
        groups: hostile.map((name) => ({ name, grantedBy: "sync" as const, provider: workspace })),
      }));
      await mustBeStored(fixture, "ada", { memberships }, "of a user with such names");
      await fixture.store.transaction(async (transaction) => {
        for (const workspace of hostile) {
          await transaction.applyPlan(plan("ada", { workspace, roleChanges: false, leave: hostile.slice(1) }));
        }
      });
      const left = memberships.map((membership) => ({ ...membership, groups: membership.groups.slice(0, 1) }));
      await mustBeStored(fixture, "ada", { memberships: left }, "after leaving all such groups but one");
    },
  },
  {
    name: "counts names of any characters",
    mend: EXACT,
    async run({ store, putUser }) {
      const groups = hostile.map((name) => ({ name }));
      const memberships = hostile.map((workspace) => ({ workspace, role: workspace, groups }));
      await putUser("bob", { memberships });
      const { roles, workspaces } = await store.transaction((transaction) => transaction.countOthers("ada", hostile));
      const one = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 1]));
      mustEqual(own(roles), own(one(hostile)), "`roles` of `countOthers`");
      for (const workspace of hostile) {
        const there = Object.hasOwn(workspaces, workspace) ? workspaces[workspace] : undefined;
        mustEqual(
          own(there?.roles ?? {}),
          own(one([workspace])),
          `\`roles\` of the workspace ${JSON.stringify(workspace)}`,
        );
        mustEqual(
          own(there?.groups ?? {}),
          own(one(hostile)),
          `\`groups\` of the workspace ${JSON.stringify(workspace)}`,
        );
      }
    },
  },
  {
    name: "locks names of any characters, and of any length",
    mend: "Lock by a hash of the name's text, or in a column that takes every text.",
    async run({ store }) {
      const names = [...hostile, "x".repeat(4096)].map((name) => `workspace ${name}`);
      const all = store.transaction((transaction) => transaction.lock(names));
      await withPatience("names of any characters had not been locked", 3, all);
    },
  },
  {
    name: "keeps every character of the audit",
    mend: "The audit is JSON *text*, in which U+0000 and lone surrogates are escaped: keep it in a column of text, or `json` in PostgreSQL. `jsonb` refuses some of it.",
    async run({ store, readAudit }) {
      const decision = JSON.stringify({
        groups: [...hostile, "a\u0000b", "\ud800", "\u0001", "y".repeat(4096)],
        ["__proto__"]: 1,
      });
      await store.transaction((transaction) => transaction.writeAudit(line("ada", decision)));
      const [found] = await readAudit();
      must(found !== undefined, "there was no line in the audit");
      mustEqual(JSON.parse(found.decision), JSON.parse(decision), "the decision in the audit");
    },
  },
];

/** As a list, since an object may hold names that mean something else to JavaScript. */
function own(counts: Record<string, number>): [string, number][] {
  return Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
}
