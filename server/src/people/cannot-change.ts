// Why what an admin wants cannot be done. It is thrown, so that the transaction is rolled back.

export type Hindrance =
  | "no-user"
  | "not-super-admin"
  | "last-super-admin"
  | "last-admin-unconfirmed"
  | "no-seat"
  | "user-exists"
  | "no-such-workspace"
  | "not-invited";

export interface HindranceDetails {
  /** The workspaces that would be without an admin. */
  lastAdminOf?: WorkspaceName[];
  /** Who has the address. */
  existing?: number;
  /** Which of the workspaces of an invitation there is not. */
  index?: number;
}

export interface WorkspaceName {
  workspace: string;
  name: string;
}

export class CannotChange extends Error {
  readonly code: Hindrance;
  readonly details: HindranceDetails;

  constructor(code: Hindrance, details: HindranceDetails = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}
