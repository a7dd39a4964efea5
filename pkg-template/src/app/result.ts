// What a login or a reconciliation comes to, so told apart that a program which passes over `kept` or `refused` does not compile.

import type { Blocked, LoginOutcome, ReconcileOutcome, RoleReason } from "idp-group-sync";

/** What comes of a login. Look at `outcome` first. */
export type LoginResult<Access> = Admitted<Access> | Kept<Access> | Refused;

/** The user may come in, and has what their groups give. */
export type Admitted<Access> = Access & {
  outcome: "admitted";
  /** Whether this login made the user. */
  isNew: boolean;
  /** All of the decision, with its reasons. */
  decision: LoginOutcome;
};

/**
 * The user may come in, and has what they had: a rule, or a claim that can't be read, keeps their groups from deciding. A new user has the
 * default role, and no groups.
 */
export type Kept<Access> = OrNoRole<Access> & {
  outcome: "kept";
  /** Why, as in a plan: `claim-malformed`, for example. */
  reason: string;
  isNew: boolean;
  decision: LoginOutcome;
};

/** The user may not come in. Nothing was changed, and nobody made. */
export interface Refused {
  outcome: "refused";
  /** Why: `denied-by-policy`, for example. */
  code: string;
  /** What to show the person. */
  message: string;
  decision: LoginOutcome;
}

/** What comes of what a directory says of a user. */
export type ReconcileResult<Access> =
  | (Access & { outcome: "synced" | "created" | "restored"; decision: ReconcileOutcome })
  | { outcome: "archived"; reason: string; decision: ReconcileOutcome }
  | {
      /** Nothing was changed. */
      outcome: "kept";
      /** Why, or what blocked it. */
      reason: string;
      decision: ReconcileOutcome;
    };

/** Whoever is kept as they are may have no role: somebody new who signs in by a method that syncs nothing. */
type OrNoRole<Access> = Access extends { role: infer Role } ? Omit<Access, "role"> & { role: Role | null } : Access;

/** The same where one role is held at a time. */
export type KeptRole<Role extends string, Group extends string> = OrNoRole<RoleAccess<Role, Group>>;

/** What somebody has where one role is held at a time. */
export interface RoleAccess<Role extends string, Group extends string> {
  role: Role;
  /** The groups of the application. */
  groups: Group[];
  /** Groups that are kept and that the application no longer has. */
  otherGroups: string[];
  /** What was changed. */
  changes: {
    /** `null` where the role stays as it is. */
    role: { from: Role | null; to: Role } | null;
    joined: Group[];
    left: string[];
    /** What a guard refused: the last admin's role, or a role without a seat. */
    blocked: Blocked[];
  };
  /** Why the role. */
  reasons: RoleReason[];
}

/** What somebody has where several roles may be held at once. */
export interface RoleSetAccess<Role extends string, Group extends string> {
  roles: Role[];
  /** The groups of the application. */
  groups: Group[];
  /** Groups that are kept and that the application no longer has. */
  otherGroups: string[];
  /** What was changed. */
  changes: {
    granted: Role[];
    revoked: Role[];
    joined: Group[];
    left: string[];
    /** What a guard refused: to leave a role that nobody else has, or a role without a seat. */
    blocked: Blocked[];
  };
}

/** What somebody has in each workspace that lets them in. */
export interface WorkspacesAccess<Role extends string, Group extends string> {
  workspaces: ((RoleAccess<Role, Group> & { id: string; outcome: "admitted" }) | KeptInWorkspace<Role, Group>)[];
}

/** A workspace in which a rule, or a claim that can't be read, left everything as it was. */
type KeptInWorkspace<Role extends string, Group extends string> = RoleAccess<Role, Group> & {
  id: string;
  outcome: "kept";
  /** Why, as in a plan. */
  reason: string;
};
