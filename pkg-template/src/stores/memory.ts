/**
 * Users in memory, for tests and for trying things out. They are gone with the process.
 *
 * @packageDocumentation
 * @category Stores
 */

import type { AuditRecord, Others, Store, StoredMembership, StoredUser, StoreTransaction } from "../app/store.js";

/** A store in memory. */
export interface MemoryStore extends Store {
  /** The users, by subject; to be read, and to be changed outside of logins. */
  readonly users: Map<string, StoredUser>;
  /** The audit, oldest first. */
  readonly audit: (AuditRecord & { at: Date })[];
}

/** An empty store, or one with these users. */
export function memoryStore(users: Iterable<readonly [string, StoredUser]> = []): MemoryStore {
  return new InMemory(users);
}

/** For each name that is locked, by whom. */
type Holders = Map<string, MemoryTransaction>;

/** Thrown where transactions would wait for each other for ever. */
class Deadlock extends Error {
  override name = "Deadlock";
}

class InMemory implements MemoryStore {
  readonly users: Map<string, StoredUser>;
  readonly audit: (AuditRecord & { at: Date })[] = [];
  readonly #held: Holders = new Map();

  constructor(users: Iterable<readonly [string, StoredUser]>) {
    this.users = new Map(users);
  }

  async transaction<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> {
    const transaction = new MemoryTransaction(this, this.#held);
    try {
      const result = await work(transaction);
      transaction.commit();
      return result;
    } finally {
      transaction.end();
    }
  }

  isRetryable(error: unknown): boolean {
    return error instanceof Deadlock;
  }
}

/** What it writes is kept aside until it ends well. */
class MemoryTransaction implements StoreTransaction {
  readonly #store: MemoryStore;
  readonly #held: Holders;
  readonly #written = new Map<string, StoredUser>();
  readonly #records: (AuditRecord & { at: Date })[] = [];
  /** Whom this one waits for. */
  #blocker: MemoryTransaction | undefined;
  #free = () => {};
  readonly #ended: Promise<void>;

  constructor(store: MemoryStore, held: Holders) {
    this.#store = store;
    this.#held = held;
    this.#ended = new Promise((resolve) => {
      this.#free = resolve;
    });
  }

  async lock(names: readonly string[]): Promise<void> {
    for (const name of names) {
      for (;;) {
        const holder = this.#held.get(name);
        if (holder === undefined || holder === this) break;
        await this.#waitFor(holder);
      }
      this.#held.set(name, this);
    }
  }

  async #waitFor(holder: MemoryTransaction): Promise<void> {
    for (let other: MemoryTransaction | undefined = holder; other !== undefined; other = other.#blocker) {
      if (other === this) throw new Deadlock("transactions lock the same names in different orders");
    }
    this.#blocker = holder;
    await holder.#ended;
    this.#blocker = undefined;
  }

  async readUser(subject: string): Promise<StoredUser | null> {
    const user = this.#written.get(subject) ?? this.#store.users.get(subject);
    return user === undefined ? null : structuredClone(user);
  }

  async countOthers(subject: string, workspaces: readonly string[]): Promise<Others> {
    const others = [...new Map([...this.#store.users, ...this.#written])]
      .filter(([other, { status }]) => other !== subject && status !== "archived")
      .map(([, user]) => user);
    const active = others.flatMap(({ memberships }) => memberships.filter(isActive));
    return {
      users: others.length,
      superAdmins: others.filter(({ superAdmin }) => superAdmin).length,
      roles: counted(others.flatMap(({ memberships }) => rolesOf(memberships.filter(isActive)))),
      workspaces: Object.fromEntries(
        workspaces.map((id) => {
          const there = active.filter(({ workspace }) => workspace === id);
          const groups = there.flatMap(({ groups }) => groups.map(({ name }) => name));
          return [id, { roles: counted(there.map(({ role }) => role)), groups: counted(groups) }];
        }),
      ),
    };
  }

  async saveUser(subject: string, status: Pick<StoredUser, "status" | "archivedBy">): Promise<void> {
    const user = (await this.readUser(subject)) ?? { memberships: [] };
    this.#written.set(subject, { ...user, archivedBy: null, ...status });
  }

  async applyPlan({ subject, workspace, role, roleChanges, join, leave, provider }: Change): Promise<void> {
    const user = await this.readUser(subject);
    if (user === null) throw new Error("there is no such user");
    const before = user.memberships.find((membership) => membership.workspace === workspace);
    const byThis = { grantedBy: "sync" as const, ...(provider !== null && { provider }) };
    const after: StoredMembership = {
      ...(before ?? { workspace, groups: [] }),
      role,
      ...(roleChanges && { roleGrantedBy: "sync" as const, roleProvider: provider }),
      groups: [
        ...(before?.groups ?? []).filter(({ name }) => !leave.includes(name)),
        ...join.map((name) => ({ name, ...byThis })),
      ],
    };
    const others = user.memberships.filter((membership) => membership.workspace !== workspace);
    this.#written.set(subject, { ...user, memberships: [...others, after] });
  }

  async writeAudit(record: AuditRecord): Promise<void> {
    this.#records.push({ ...record, at: new Date() });
  }

  commit(): void {
    for (const [subject, user] of this.#written) this.#store.users.set(subject, user);
    this.#store.audit.push(...this.#records);
  }

  end(): void {
    for (const [name, holder] of this.#held) {
      if (holder === this) this.#held.delete(name);
    }
    this.#free();
  }
}

type Change = Parameters<StoreTransaction["applyPlan"]>[0];

function isActive({ status = "active" }: StoredMembership): boolean {
  return status === "active";
}

/** Each once. */
function rolesOf(memberships: readonly StoredMembership[]): string[] {
  return [...new Set(memberships.map(({ role }) => role))];
}

/** How often each name is there. Names may be any, `__proto__` too. */
function counted(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
}
