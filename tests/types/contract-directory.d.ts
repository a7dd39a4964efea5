// The agreed surface of `idp-group-sync/directory`.

export declare function entraDirectory(options: EntraOptions): Directory;
export declare function googleDirectory(options: GoogleOptions): Directory;
export declare function oktaDirectory(options: OktaOptions): Directory;
export declare function keycloakDirectory(options: KeycloakOptions): Directory;
export declare function auth0Directory(options: Auth0Options): Directory;

export interface Directory {
  groupsOf(userId: string, options?: Reading): Promise<string[]>;
  users(options?: Reading): AsyncIterableIterator<DirectoryUser>;
}

export interface Reading {
  signal?: Signal;
  group?(id: string, name: string): void;
}

export interface DirectoryUser {
  id: string;
  directory: "active" | "inactive";
  groups: string[];
}

export interface Signal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
}

export interface FetchAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: unknown;
}

export interface DirectoryOptions {
  fetch?(address: string, init: object): Promise<FetchAnswer>;
  timeout?: number;
  attempts?: number;
  longestWait?: number;
  largestAnswer?: number;
  concurrency?: number;
  now?(): number;
  sleep?(milliseconds: number, signal: Signal | undefined): Promise<void>;
}

export interface EntraOptions extends DirectoryOptions {
  tenant: string;
  clientId: string;
  clientSecret: string;
  groups?: "id" | "name";
  securityEnabledOnly?: boolean;
  base?: string;
  login?: string;
}

export interface GoogleOptions extends DirectoryOptions {
  serviceAccount: { client_email: string; private_key: string; private_key_id?: string };
  subject: string;
  groups?: "email" | "name" | "id";
  nested?: boolean;
  customer?: string;
  base?: string;
  login?: string;
}

export interface OktaOptions extends DirectoryOptions {
  base: string;
  service?: { clientId: string; privateKey: string; keyId?: string };
  apiToken?: string;
  groups?: "name" | "id";
}

export interface KeycloakOptions extends DirectoryOptions {
  base: string;
  realm: string;
  clientId: string;
  clientSecret: string;
  groups?: "path" | "name";
}

export interface Auth0Options extends DirectoryOptions {
  base: string;
  clientId: string;
  clientSecret: string;
  groups?: "roles" | "organizations";
}

export type DirectoryErrorCode =
  | "invalid-input"
  | "unauthorized"
  | "forbidden"
  | "user-not-found"
  | "throttled"
  | "unavailable"
  | "timed-out"
  | "too-large"
  | "foreign-link"
  | "list-changed"
  | "unexpected-answer";

export declare class DirectoryError extends Error {
  constructor(code: DirectoryErrorCode, place: string, problem: string, help: string);
  name: string;
  code: DirectoryErrorCode;
  place: string;
  problem: string;
  help: string;
}
