// What the static demo keeps in the browser, in place of a database.

import type { Catalog, InstanceSettings, LoginOutcome, Scenario } from "idp-group-sync";
import type { AuditEntry, GroupLabel, Person, ScenarioSet } from "../answers.js";
import { BackendError } from "../backend.js";
import { emptyData, sampleData } from "./sample.js";

type Status = "active" | "invited" | "archived";

export interface LocalUser {
  id: number;
  name: string | null;
  email: string;
  /** `null` for somebody who is invited and has not come. */
  subject: string | null;
  status: Status;
  superAdmin: boolean;
  exempt?: boolean;
  archivedBySync?: boolean;
  /** What a sign-in of this person brings; `null` for somebody who never came from the identity provider. */
  token: Record<string, unknown> | null;
  /** The claims of their last sign-in. */
  claims: { at: string; claims: Record<string, unknown> } | null;
  memberships: Record<string, LocalMembership>;
}

/** As the server names a user. The addresses of the demo are made up, and nobody doubts them. */
export function personOf({ id, name, email }: Pick<LocalUser, "id" | "name" | "email">): Person {
  return { id, name, email, emailVerified: true };
}

export function userOf({ users }: LocalData, id: number): LocalUser {
  const user = users.find((one) => one.id === id);
  if (!user) throw new BackendError({ code: "not-found", message: "there is no such user" });
  return user;
}

export interface LocalMembership {
  status: Status;
  role: string;
  roleGrantedBy?: "sync" | "manual";
  groups: { name: string; grantedBy: "sync" | "manual" }[];
}

export interface LocalVersion {
  settings: InstanceSettings;
  changedAt: string;
  changedBy: Person | null;
}

export interface LocalLogin {
  at: string;
  userId: number;
  settingsVersion: number;
  outcome: LoginOutcome;
  /** The workspaces whose plans were carried out. */
  applied: string[];
  /** What an admin did, where it was no login. */
  change?: { userChange: NonNullable<AuditEntry["userChange"]>; actorId: number; note: string | null };
}

export interface LocalData {
  format: 3;
  workspaces: { id: string; name: string; catalog: Catalog; catalogVersion?: number }[];
  users: LocalUser[];
  /** The first is version 1; the last holds. */
  versions: LocalVersion[];
  /** Oldest first; the number of the first is `firstLogin`. */
  logins: LocalLogin[];
  firstLogin: number;
  scenarios: { workspace: string | null; set: ScenarioSet }[];
  /** In the order of the names. */
  labels: GroupLabel[];
}

export type { Scenario };

/** Where the data is kept: the browser's storage, or something like it. */
export type Keep = Pick<Storage, "getItem" | "setItem">;

const KEY = "idp-group-sync-demo";

/** What is kept, or the sample. Whoever has switched storage off can still look around. */
export class LocalStore {
  readonly #keep: Keep;
  #data: LocalData | undefined;

  constructor(keep: Keep) {
    this.#keep = keep;
    // Another tab has written.
    addEventListener("storage", ({ key }) => {
      if (key === KEY || key === null) this.#data = undefined;
    });
  }

  get data(): LocalData {
    this.#data ??= this.#read() ?? sampleData(new Date());
    return this.#data;
  }

  write(): void {
    try {
      this.#keep.setItem(KEY, JSON.stringify(this.data));
    } catch {
      // No storage, or no room in it: the data lasts as long as the page.
    }
  }

  begin(from: "sample" | "empty"): void {
    this.#data = from === "sample" ? sampleData(new Date()) : emptyData(new Date());
    this.write();
  }

  #read(): LocalData | undefined {
    try {
      const kept = JSON.parse(this.#keep.getItem(KEY) ?? "null");
      return kept?.format === 3 ? kept : undefined;
    } catch {
      return undefined;
    }
  }
}
