// What one check is, and what it is given.

import type { AuditRecord, MembershipChange, Store, StoredUser, StoreTransaction } from "../app/store.js";

/** A store, and ways round it: how an admin or another program changes and reads the same data. */
export interface Fixture {
  /** The store that is tested, with nobody in it. */
  store: Store;
  /** Stores a user who is not there yet, as given, with what an admin gave by hand, and outside of the store's transactions. */
  putUser(subject: string, user: StoredUser): unknown;
  /** The lines of the audit, oldest first. */
  readAudit(): readonly AuditLine[] | Promise<readonly AuditLine[]>;
  /** Called when the check is done: where connections are closed, for example. */
  close?(): unknown;
}

/** A line of the audit as it is read; further fields are passed over. */
export type AuditLine = Readonly<AuditRecord>;

/** One guarantee, and how it is tested. */
export interface Check {
  /** What a store does, as the end of a sentence that begins with “a store”. */
  name: string;
  /** What to do where it does not, in whole sentences. */
  mend: string;
  run(fixture: Fixture): Promise<void>;
}

/** What a store does wrong, in words. */
export class StoreFault extends Error {
  override name = "StoreFault";
}

/** Fails with these words, which end a sentence: “but here …”. */
export function must(holds: boolean, words: string): asserts holds {
  if (!holds) throw new StoreFault(words);
}

/** Fails where two values differ that could be written as JSON. The order of fields is of no matter. */
export function mustEqual(found: unknown, expected: unknown, what: string): void {
  const [is, shouldBe] = [shown(found), shown(expected)];
  must(is === shouldBe, `${what} is ${cut(is)} where ${cut(shouldBe)} is right`);
}

/** The user as they are, with what was left out, in one order. */
export function whole(user: StoredUser | null): object | null {
  if (user === null) return null;
  const { status = "active", archivedBy, exempt = false, superAdmin = false, memberships } = user;
  return {
    status,
    archivedBy: status === "archived" ? (archivedBy ?? "manual") : null,
    exempt,
    superAdmin,
    memberships: memberships
      .map(({ workspace, status = "active", role, roleGrantedBy, roleProvider, groups }) => ({
        workspace,
        status,
        role,
        roleGrantedBy: roleGrantedBy ?? "manual",
        roleProvider: roleProvider ?? null,
        groups: groups
          .map(({ name, grantedBy, provider }) => ({
            name,
            grantedBy: grantedBy ?? "manual",
            provider: provider ?? null,
          }))
          .sort(by(({ name }) => name)),
      }))
      .sort(by(({ workspace }) => workspace)),
  };
}

/** What is stored of a user, read in a transaction of its own. */
export async function stored({ store }: Pick<Fixture, "store">, subject: string): Promise<object | null> {
  const user = await store.transaction((transaction) => transaction.readUser(subject));
  must(user !== undefined, "`readUser` gives `undefined` for somebody unknown, where it has to be `null`");
  return whole(user);
}

/** Fails where what is stored of a user is not this. */
export async function mustBeStored(fixture: Fixture, subject: string, expected: StoredUser | null, when: string) {
  mustEqual(await stored(fixture, subject), whole(expected), `what \`readUser\` gives ${when}`);
}

/** An active member of one workspace, by hand. */
export function member(role: string, groups: readonly string[] = [], workspace = "main"): StoredUser {
  return { memberships: [{ workspace, role, groups: groups.map((name) => ({ name })) }] };
}

/** A plan that gives a role, and nothing else but what is said. */
export function plan(subject: string, change: Partial<MembershipChange> = {}): MembershipChange {
  return {
    ...{ subject, workspace: "main", role: "member", roleChanges: true, provider: null },
    ...{ join: [], create: [], leave: [], ...change },
  };
}

/** Makes a user with a role, as the first login does. */
export async function admit(
  transaction: StoreTransaction,
  subject: string,
  change: Partial<MembershipChange> = {},
): Promise<void> {
  await transaction.saveUser(subject, { status: "active" });
  await transaction.applyPlan(plan(subject, change));
}

/** A line of the audit. */
export function line(subject: string, decision = "{}"): AuditRecord {
  return { subject, event: "login", outcome: "admitted", decision };
}

/** By code units, wherever the tests run. */
function by<Item>(text: (item: Item) => string): (a: Item, b: Item) => number {
  return (a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0);
}

function shown(value: unknown): string {
  if (value === undefined) return "undefined";
  return JSON.stringify(value, (_, inner) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(by(([name]) => name)))
      : inner,
  );
}

function cut(text: string): string {
  return text.length <= 600 ? text : `${text.slice(0, 600)}… (${text.length} characters)`;
}
