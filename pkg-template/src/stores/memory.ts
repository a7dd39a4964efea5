// `idp-group-sync/store/memory`: users in memory, for tests and for trying things out. They are gone with the process.

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

class InMemory implements MemoryStore {
  readonly users: Map<string, StoredUser>;
  readonly audit: (AuditRecord & { at: Date })[] = [];
  /** For each name that is held, when it is free again. */
  readonly #held = new Map<string, Promise<void>>();

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
}

/** What it writes is kept aside until it ends well. */
class MemoryTransaction implements StoreTransaction {
  readonly #store: MemoryStore;
  readonly #held: Map<string, Promise<void>>;
  readonly #own = new Set<string>();
  readonly #written = new Map<string, StoredUser>();
  readonly #records: (AuditRecord & { at: Date })[] = [];
  #free = () => {};
  readonly #ended: Promise<void>;

  constructor(store: MemoryStore, held: Map<string, Promise<void>>) {
    this.#store = store;
    this.#held = held;
    this.#ended = new Promise((resolve) => {
      this.#free = resolve;
    });
  }

  async lock(names: readonly string[]): Promise<void> {
    for (const name of names) {
      if (this.#own.has(name)) continue;
      for (let other = this.#held.get(name); other !== undefined; other = this.#held.get(name)) await other;
      this.#own.add(name);
      this.#held.set(name, this.#ended);
    }
  }

  async readUser(subject: string): Promise<StoredUser | null> {
    const user = this.#written.get(subject) ?? this.#store.users.get(subject);
    return user === undefined ? null : structuredClone(user);
  }

  async countOthers(subject: string, workspaces: readonly string[]): Promise<Others> {
    const others = [...new Map([...this.#store.users, ...this.#written])]
      .filter(([other, { status }]) => other !== subject && status !== "archived")
      .map(([, user]) => user);
    const counted: Others = { users: others.length, superAdmins: 0, roles: {}, workspaces: {} };
    for (const workspace of workspaces) counted.workspaces[workspace] = { roles: {}, groups: {} };
    for (const { superAdmin, memberships } of others) {
      if (superAdmin) counted.superAdmins += 1;
      const active = memberships.filter(({ status }) => (status ?? "active") === "active");
      for (const role of new Set(active.map(({ role }) => role))) add(counted.roles, role);
      for (const { workspace, role, groups } of active) {
        const there = counted.workspaces[workspace];
        if (there === undefined) continue;
        add(there.roles, role);
        for (const { name } of groups) add(there.groups, name);
      }
    }
    return counted;
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
    for (const name of this.#own) this.#held.delete(name);
    this.#free();
  }
}

type Change = Parameters<StoreTransaction["applyPlan"]>[0];

function add(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
