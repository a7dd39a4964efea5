// What an application's database must do for a login: a few methods, and what each of them has to guarantee.

import type { MemberGroup } from "idp-group-sync";

/**
 * Where an application keeps its users, and what each of them has. `testStore` of `idp-group-sync/store-test` holds one to all of this.
 */
export interface Store {
  /**
   * Runs `work` in one transaction and gives what it gives. Whatever `work` did is there once this is done; where `work` throws, nothing of
   * it is, and the same error is thrown. What it reads is what was committed before that read began: *read committed*, not a picture of
   * the start.
   */
  transaction<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result>;
  /** Whether a transaction that threw this may be tried again as a whole: after a deadlock, or a failure to serialize. */
  isRetryable?(error: unknown): boolean;
}

/** One transaction of a {@link Store}. */
export interface StoreTransaction {
  /**
   * Waits, one by one and in this order, until no other transaction holds any of these names, and holds them until this one ends. Names are
   * any texts; they need not be there in any table.
   */
  lock(names: readonly string[]): Promise<void>;
  /** What is stored of a user; `null` for one who is not known. Reads afresh, at each call. */
  readUser(subject: string): Promise<StoredUser | null>;
  /** How many **other** users there are who are not archived, and what they have in these workspaces. */
  countOthers(subject: string, workspaces: readonly string[]): Promise<Others>;
  /** Makes the user, or gives one who is there another status. What they have stays as it is. */
  saveUser(subject: string, status: UserStatus): Promise<void>;
  /** Carries out the plan of one workspace, for a user who is there. */
  applyPlan(change: MembershipChange): Promise<void>;
  /** Adds a line to the audit. */
  writeAudit(record: AuditRecord): Promise<void>;
}

/** A user as they are stored. */
export interface StoredUser extends UserStatus {
  /** An account that no sync touches. `false` if absent. */
  exempt?: boolean;
  /** Whether this is a super admin of the instance. `false` if absent. */
  superAdmin?: boolean;
  /** What the user has, one for each workspace in which they have anything. */
  memberships: readonly StoredMembership[];
}

/** Whether a user may come in. */
export interface UserStatus {
  /** `active` if absent. */
  status?: "active" | "invited" | "archived";
  /** Who archived the user; only a sync brings back whom a sync archived. */
  archivedBy?: "sync" | "manual" | null;
}

/** What a user has in one workspace. */
export interface StoredMembership {
  /** The workspace's id; `main` where the application has none. */
  workspace: string;
  /** `active` if absent. */
  status?: "active" | "invited" | "archived";
  /** The role. */
  role: string;
  /** Who gave the role; by hand if absent. */
  roleGrantedBy?: "sync" | "manual" | null;
  /** The provider whose sync gave it, where there are several. */
  roleProvider?: string | null;
  /** The groups, and who gave each. */
  groups: readonly MemberGroup[];
}

/** What other users have. */
export interface Others {
  /** How many of them are not archived. */
  users: number;
  /** How many of these are super admins. */
  superAdmins: number;
  /** How many are active members with each role in any workspace, each of them once. What nobody has may be left out. */
  roles: Record<string, number>;
  /** By workspace: how many active members have each role, and are in each group. What nobody has may be left out. */
  workspaces: Record<string, { roles: Record<string, number>; groups: Record<string, number> }>;
}

/** A plan to be carried out for one user in one workspace. */
export interface MembershipChange {
  subject: string;
  workspace: string;
  /** The role to have. */
  role: string;
  /** Whether it differs from the present one. If so it was given by a sync, of this provider; if not, who gave it stays as it is. */
  roleChanges: boolean;
  /** Groups to join, given by a sync, of this provider. */
  join: readonly string[];
  /** Those of `join` that the application does not have yet. */
  create: readonly string[];
  /** Groups to leave. */
  leave: readonly string[];
  /** The provider whose sync this is, where there are several. */
  provider: string | null;
}

/** A line of the audit: who, and what was decided. The store adds the time. */
export interface AuditRecord {
  subject: string;
  /** What called for the decision. */
  event: "login" | "reconcile";
  /** What came of it, such as `admitted` or `refused`. */
  outcome: string;
  /** All of the decision, with its reasons, as JSON text. It may hold any character, U+0000 escaped. */
  decision: string;
}
