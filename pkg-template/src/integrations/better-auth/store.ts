// A store in the tables of better-auth's organization plugin, by whatever adapter better-auth has for its database.

import { type DBAdapter, type DBTransactionAdapter, getCurrentAdapter } from "better-auth";
import { ONLY_WORKSPACE } from "../../app/configuration.js";
import type {
  AuditRecord,
  MembershipChange,
  Others,
  Store,
  StoredMembership,
  StoredUser,
  StoreTransaction,
  UserStatus,
} from "../../app/store.js";

/** Somebody whom better-auth has not made yet. Its ids never look like this. */
export const NEWCOMER = "(newcomer)";

/** What the tables need beside their own columns. */
export const schema = {
  organization: { fields: { groupSyncedAt: { type: "date", required: false, input: false, returned: false } } },
  member: {
    fields: {
      // As long as this is the role, a sync gave it; whoever gives another one gives it by hand.
      syncedRole: { type: "string", required: false, input: false, returned: false },
      syncedBy: { type: "string", required: false, input: false, returned: false },
    },
  },
  teamMember: { fields: { syncedBy: { type: "string", required: false, input: false, returned: false } } },
  groupSyncAudit: {
    fields: {
      subject: { type: "string", required: true },
      event: { type: "string", required: true },
      outcome: { type: "string", required: true },
      decision: { type: "string", required: true },
      createdAt: { type: "date", required: true },
    },
  },
} as const;

type Adapter = DBAdapter | DBTransactionAdapter;
type Condition = { field: string; value: string | string[]; operator?: "contains" | "in" | "ne" };

interface Member {
  id: string;
  userId: string;
  role: string;
  syncedRole?: string | null;
  syncedBy?: string | null;
}

interface Team {
  id: string;
  name: string;
  memberCount?: number | null;
}

/** How an organization is kept. */
export interface Keeping {
  /** Lowest first. */
  roles: readonly string[];
  /** Whether others than those with the highest role are to be counted. */
  countsAll: boolean;
  /** Whether the organization is made if it is not there. */
  creates: boolean;
}

/** The members and teams of one organization. */
export class OrganizationStore implements Store {
  readonly #adapter: DBAdapter;
  readonly #slug: string;
  readonly keeping: Keeping;

  constructor(adapter: DBAdapter, slug: string, keeping: Keeping) {
    this.#adapter = adapter;
    this.#slug = slug;
    this.keeping = keeping;
  }

  async transaction<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result> {
    const adapter = await getCurrentAdapter(this.#adapter);
    const organization = await this.#organization(adapter);
    if (organization === undefined && !this.keeping.creates) {
      const help =
        "make it with `auth.api.createOrganization`, or let the first login make it: `createOrganization: true`";
      throw new Error(`there is no organization with the slug \`${this.#slug}\`; ${help}`);
    }
    const run = (within: Adapter) => work(new OrganizationTransaction(within, this.#slug, organization, this.keeping));
    // Inside a transaction of better-auth this is a part of it.
    const { transaction } = adapter as Partial<DBAdapter>;
    return transaction === undefined ? run(adapter) : transaction(run);
  }

  /** Two first logins make the organization at once, or the database gave up on one for the sake of another. */
  isRetryable(error: unknown): boolean {
    const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
    return RETRYABLE.has(code) || RETRYABLE.has(cause?.code);
  }

  /** The names of the teams that there are. */
  async teams(): Promise<string[]> {
    const adapter = await getCurrentAdapter(this.#adapter);
    const organization = await this.id();
    if (organization === undefined) return [];
    const teams = await all<Team>(adapter, "team", [{ field: "organizationId", value: organization }]);
    return [...new Set(teams.map(({ name }) => name))];
  }

  /** The id of the organization. */
  async id(): Promise<string | undefined> {
    return this.#organization(await getCurrentAdapter(this.#adapter));
  }

  /** Adds a line to the audit, in whatever transaction there is. */
  async audit(record: AuditRecord): Promise<void> {
    await writeAudit(await getCurrentAdapter(this.#adapter), record);
  }

  async #organization(adapter: Adapter): Promise<string | undefined> {
    const where = [{ field: "slug", value: this.#slug }];
    return (await adapter.findOne<{ id: string }>({ model: "organization", where }))?.id;
  }
}

const RETRYABLE = new Set<unknown>([
  ...["40001", "40P01", "23505"], // PostgreSQL
  ...["ER_LOCK_DEADLOCK", "ER_LOCK_WAIT_TIMEOUT", "ER_DUP_ENTRY"], // MySQL
  ...["SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_CONSTRAINT_UNIQUE"],
]);

class OrganizationTransaction implements StoreTransaction {
  readonly #adapter: Adapter;
  readonly #slug: string;
  readonly #keeping: Keeping;
  #organization: string | undefined;
  #locked = false;

  constructor(adapter: Adapter, slug: string, organization: string | undefined, keeping: Keeping) {
    this.#adapter = adapter;
    this.#slug = slug;
    this.#organization = organization;
    this.#keeping = keeping;
  }

  /**
   * An adapter has no locks, but a row that is changed is locked until the transaction ends: that of the organization stands for every name,
   * and is the first thing that the transaction touches, so that nothing was read before it was had.
   */
  async lock(): Promise<void> {
    if (this.#locked) return;
    this.#locked = true;
    const now = { groupSyncedAt: new Date() };
    if (this.#organization !== undefined) {
      const where = [{ field: "id", value: this.#organization }];
      if (await this.#adapter.update({ model: "organization", where, update: now })) return;
    }
    const data = { name: this.#slug, slug: this.#slug, createdAt: new Date(), ...now };
    this.#organization = (await this.#adapter.create<typeof data, { id: string }>({ model: "organization", data })).id;
  }

  async readUser(subject: string): Promise<StoredUser | null> {
    if (subject === NEWCOMER) return null;
    const where = [{ field: "id", value: subject }];
    const user = await this.#adapter.findOne<{ banned?: boolean | null }>({ model: "user", where });
    const member = await this.#member(subject);
    const status: UserStatus = user?.banned ? { status: "archived", archivedBy: "manual" } : { status: "active" };
    if (member === null) return user?.banned ? { ...status, memberships: [] } : null;
    return { ...status, memberships: [await this.#membership(member)] };
  }

  async countOthers(subject: string): Promise<Others> {
    const { roles, countsAll } = this.#keeping;
    const top = roles.at(-1) ?? "";
    const where: Condition[] = this.#inOrganization();
    if (!countsAll) where.push({ field: "role", value: top, operator: "contains" });
    const members = this.#organization === undefined ? [] : await all<Member>(this.#adapter, "member", where);
    const others = await this.#active(members.filter(({ userId }) => userId !== subject));
    const counted: Record<string, number> = {};
    for (const { role } of others) {
      for (const name of new Set(names(role))) counted[name] = (counted[name] ?? 0) + 1;
    }
    const workspaces = { [ONLY_WORKSPACE]: { roles: counted, groups: {} } };
    return { users: others.length, superAdmins: 0, roles: counted, workspaces };
  }

  /** Whoever signs in was made by better-auth; what makes a member of them is their role. */
  async saveUser(): Promise<void> {}

  async applyPlan({ subject, role, roleChanges, join, leave, provider }: MembershipChange): Promise<void> {
    const given = { role, syncedRole: role, syncedBy: provider };
    const member = await this.#member(subject);
    if (member === null) {
      const data = { organizationId: this.#required(), userId: subject, createdAt: new Date(), ...given };
      await this.#adapter.create({ model: "member", data });
    } else if (roleChanges) {
      await this.#adapter.update({ model: "member", where: [{ field: "id", value: member.id }], update: given });
    }
    const teams = await all<Team>(this.#adapter, "team", this.#inOrganization());
    for (const team of teams.filter(({ name }) => leave.includes(name))) {
      await this.#adapter.deleteMany({ model: "teamMember", where: membershipOf(subject, team) });
      await this.#recount(team);
    }
    for (const name of join) {
      const team = teams.find((team) => team.name === name) ?? (await this.#makeTeam(name));
      const data = { teamId: team.id, userId: subject, createdAt: new Date(), syncedBy: provider };
      await this.#adapter.create({ model: "teamMember", data });
      await this.#recount(team);
    }
  }

  /** Of a refusal nothing stays but its line: it is written when what better-auth began is undone. */
  async writeAudit(record: AuditRecord): Promise<void> {
    if (record.outcome !== "refused") await writeAudit(this.#adapter, record);
  }

  #required(): string {
    if (this.#organization === undefined) throw new Error("an organization is made before it is written to");
    return this.#organization;
  }

  #inOrganization(): Condition[] {
    return [{ field: "organizationId", value: this.#organization ?? "" }];
  }

  async #member(subject: string): Promise<Member | null> {
    if (this.#organization === undefined) return null;
    const where = [...this.#inOrganization(), { field: "userId", value: subject }];
    return this.#adapter.findOne<Member>({ model: "member", where });
  }

  async #membership({ userId, role, syncedRole, syncedBy }: Member): Promise<StoredMembership> {
    const held = names(role);
    const teams = await all<Team>(this.#adapter, "team", this.#inOrganization());
    const byUser: Condition[] = [{ field: "userId", value: userId }];
    const memberships = await all<{ teamId: string; syncedBy?: string | null }>(this.#adapter, "teamMember", byUser);
    return {
      workspace: ONLY_WORKSPACE,
      role: this.#keeping.roles.filter((name) => held.includes(name)).at(-1) ?? role,
      roleGrantedBy: syncedRole === role ? "sync" : "manual",
      roleProvider: syncedRole === role ? (syncedBy ?? null) : null,
      groups: memberships.flatMap(({ teamId, syncedBy }) => {
        const team = teams.find(({ id }) => id === teamId);
        if (team === undefined) return []; // a team of another organization
        return syncedBy
          ? { name: team.name, grantedBy: "sync" as const, provider: syncedBy }
          : { name: team.name, grantedBy: "manual" as const };
      }),
    };
  }

  /** Those who are not banned. */
  async #active(members: Member[]): Promise<Member[]> {
    const banned = new Set<string>();
    for (let at = 0; at < members.length; at += CHUNK) {
      const value = members.slice(at, at + CHUNK).map(({ userId }) => userId);
      const where: Condition[] = [{ field: "id", value, operator: "in" }];
      const users = await this.#adapter.findMany<{ id: string; banned?: boolean | null }>({
        model: "user",
        where,
        limit: value.length,
      });
      for (const user of users) if (user.banned) banned.add(user.id);
    }
    return members.filter(({ userId }) => !banned.has(userId));
  }

  async #makeTeam(name: string): Promise<Team> {
    const data = { name, organizationId: this.#required(), createdAt: new Date() };
    return this.#adapter.create<typeof data, Team>({ model: "team", data });
  }

  /** The number of a team's members, which better-auth keeps with the team. */
  async #recount(team: Team): Promise<void> {
    if (typeof team.memberCount !== "number") return;
    const memberCount = await this.#adapter.count({
      model: "teamMember",
      where: [{ field: "teamId", value: team.id }],
    });
    await this.#adapter.update({ model: "team", where: [{ field: "id", value: team.id }], update: { memberCount } });
  }
}

/** How many ids a statement is given. */
const CHUNK = 500;

const membershipOf = (userId: string, { id }: Team): Condition[] => [
  { field: "teamId", value: id },
  { field: "userId", value: userId },
];

/** A member's roles: better-auth separates several with commas. */
const names = (role: string): string[] => role.split(",").map((name) => name.trim());

/** Every row: an adapter gives a hundred if it is not told how many. */
async function all<Row>(adapter: Adapter, model: string, where: Condition[]): Promise<Row[]> {
  const limit = await adapter.count({ model, where });
  return limit === 0 ? [] : adapter.findMany<Row>({ model, where, limit });
}

async function writeAudit(adapter: Adapter, record: AuditRecord): Promise<void> {
  await adapter.create({ model: "groupSyncAudit", data: { ...record, createdAt: new Date() } });
}
