// Whole logins, one after another: what they leave behind, when they fail too.

import { type ApplicationSync, defineGroupSync } from "../app/index.js";
import type { RoleAccess } from "../app/result.js";
import type { Store, StoreTransaction } from "../app/store.js";
import { type Check, type Fixture, member, must, mustEqual, stored } from "./check.js";

/** Group sync of a small application with this store. */
export function application(store: Store): ApplicationSync<RoleAccess<string, string>> {
  return defineGroupSync({
    ...{ store, roles: ["member", "editor", "owner"], groups: ["sales", "support"], claim: "groups" },
    policy: { noMatch: "deny" },
  });
}

/** A login with these groups. */
export function signIn(store: Store, subject: string, ...groups: string[]) {
  return application(store).login({ subject, claims: { groups } });
}

/** The methods of a transaction that a login calls, in their order. */
const STEPS = ["lock", "readUser", "countOthers", "saveUser", "applyPlan", "writeAudit"] as const;

export const loginChecks: readonly Check[] = [
  {
    name: "stores what a login gives",
    mend: "Compare `readUser` with what `saveUser` and `applyPlan` wrote before it.",
    async run(fixture) {
      const login = await signIn(fixture.store, "ada", "editor", "sales");
      must(login.outcome === "admitted" && login.isNew, "the first login of a user did not make them");
      const again = await signIn(fixture.store, "ada", "editor", "sales");
      must(again.outcome === "admitted" && !again.isNew, "the second login of a user made them again");
      mustEqual([again.role, again.groups], ["editor", ["sales"]], "what the user has at the second login");
      mustEqual(again.changes, { role: null, joined: [], left: [], blocked: [] }, "what the same login changes again");
    },
  },
  {
    name: "is changed by a login that is repeated in the audit alone",
    mend: "What a plan gives has to be read back as it was written, so that there is nothing left to do.",
    async run(fixture) {
      await fixture.putUser("ada", member("owner", ["support"]));
      await signIn(fixture.store, "ada", "owner", "sales");
      const before = await stored(fixture, "ada");
      for (let count = 0; count < 3; count += 1) await signIn(fixture.store, "ada", "owner", "sales");
      mustEqual(
        await stored(fixture, "ada"),
        before,
        "what is stored of a user after three logins that change nothing",
      );
      mustEqual((await fixture.readAudit()).length, 4, "the number of lines in the audit after four logins");
    },
  },
  {
    name: "has nothing but a line in the audit of a newcomer who is refused",
    mend: "Write in none of the reading methods, and keep the audit without a foreign key to users.",
    async run(fixture) {
      const { outcome } = await signIn(fixture.store, "eve", "visitors");
      mustEqual(outcome, "refused", "the outcome of a login that the policy denies");
      mustEqual(await stored(fixture, "eve"), null, "what is stored of a newcomer who was refused");
      mustEqual(
        (await fixture.readAudit()).map(({ subject, outcome }) => [subject, outcome]),
        [["eve", "refused"]],
        "the audit after it",
      );
    },
  },
  {
    name: "is changed by no preview",
    mend: "Write in none of `readUser` and `countOthers`.",
    async run(fixture) {
      await fixture.putUser("ada", member("owner"));
      for (const subject of ["ada", "bob"]) {
        const before = await stored(fixture, subject);
        await application(fixture.store).preview({ subject, claims: { groups: ["editor", "sales"] } });
        mustEqual(await stored(fixture, subject), before, `what is stored of ${subject} after a preview`);
      }
      mustEqual((await fixture.readAudit()).length, 0, "the number of lines in the audit after two previews");
    },
  },
  ...STEPS.flatMap((step) =>
    (["before", "after"] as const).map(
      (moment): Check => ({
        name: `is as it was where a login is killed ${moment} \`${step}\`, and lets the next one in`,
        mend: "Roll back what was written, and free what was locked, however a transaction ends.",
        run: (fixture) => killLogin(fixture, step, moment),
      }),
    ),
  ),
  {
    name: "brings back whom a sync archived, and no one else",
    mend: "`saveUser` stores the status and `archivedBy`, and `readUser` gives both.",
    async run(fixture) {
      await fixture.putUser("bob", member("owner"));
      await fixture.putUser("cid", { ...member("editor"), status: "archived", archivedBy: "manual" });
      await signIn(fixture.store, "ada", "editor", "sales");
      const heard = async (subject: string, directory: "active" | "absent") =>
        (await application(fixture.store).reconcile({ subject, directory, groups: ["editor"] })).outcome;
      mustEqual(await heard("ada", "absent"), "archived", "the outcome of a user's leaving the directory");
      mustEqual(
        (await signIn(fixture.store, "ada", "editor")).outcome,
        "refused",
        "the outcome of their login after it",
      );
      mustEqual(await heard("ada", "active"), "restored", "the outcome of their coming back");
      mustEqual(await heard("cid", "active"), "kept", "the outcome of it for somebody whom an admin archived");
    },
  },
  {
    name: "tells the groups of one provider from those of another",
    mend: "Store the provider of each role and group, and give it in `readUser`.",
    async run({ store }) {
      const login = (provider: string, ...groups: string[]) =>
        application(store).login({ subject: "ada", provider, claims: { groups } });
      await login("okta", "member", "sales");
      const other = await login("entra", "member", "support");
      must(other.outcome === "admitted", "a login by a second provider was not admitted");
      mustEqual(other.groups, ["sales", "support"], "what the user has after a login by a second provider");
      const first = await login("okta", "member");
      must(first.outcome === "admitted", "a login by the first provider was not admitted");
      mustEqual(first.groups, ["support"], "what they have once the first provider took back its own");
    },
  },
];

/** Kills a login of somebody new and one of somebody known at one step, and lets each in afterwards. */
async function killLogin(fixture: Fixture, step: (typeof STEPS)[number], moment: "before" | "after"): Promise<void> {
  await fixture.putUser("bob", member("owner", ["support"]));
  const subjects = step === "saveUser" ? ["ada"] : ["ada", "bob"];
  for (const subject of subjects) {
    const before = await stored(fixture, subject);
    const lines = (await fixture.readAudit()).length;
    const killed = new Error("killed");
    const thrown = await signIn(killing(fixture.store, step, moment, killed), subject, "owner", "sales").then(
      () => "nothing",
      (error) => (error === killed ? "the same error" : String(error)),
    );
    mustEqual(thrown, "the same error", "what came out of a login whose step failed");
    mustEqual(await stored(fixture, subject), before, "what is stored of a user after a login that was killed");
    mustEqual((await fixture.readAudit()).length, lines, "the number of lines in the audit after it");
    const next = await signIn(fixture.store, subject, "owner", "sales");
    mustEqual(next.outcome, "admitted", "the outcome of the next login");
  }
}

/** The same store, whose transactions throw at one step. */
function killing(store: Store, step: (typeof STEPS)[number], moment: "before" | "after", error: Error): Store {
  return {
    transaction: (work) =>
      store.transaction((transaction) => {
        const kills = new Proxy(transaction, {
          get(target, name) {
            const method = target[name as keyof StoreTransaction] as (...given: unknown[]) => Promise<unknown>;
            return async (...given: unknown[]) => {
              if (name === step && moment === "before") throw error;
              const result = await method.apply(target, given);
              if (name === step) throw error;
              return result;
            };
          },
        });
        return work(kills);
      }),
  };
}
