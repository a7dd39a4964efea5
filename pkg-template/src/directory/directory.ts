/** Users and their groups as an identity provider has them. */
export interface Directory {
  /**
   * The groups of one user, all of them: for a login whose token says that its groups are kept elsewhere.
   *
   * @param userId the id in the directory, from the verified token
   * @throws {DirectoryError} rather than to give a part of them; and the reason of the signal, once that is aborted
   */
  groupsOf(userId: string, options?: Reading): Promise<string[]>;
  /**
   * Every user with all of their groups. A list that ends is whole, and whoever is not on it is absent from the directory; one that throws
   * says nothing of those who did not come yet.
   *
   * @throws {DirectoryError} as {@link Directory.groupsOf}
   */
  users(options?: Reading): AsyncIterableIterator<DirectoryUser>;
}

/** How a directory is read. */
export interface Reading {
  /** Ends the reading; an `AbortSignal`. */
  signal?: Signal;
  /**
   * Is told of each group that is read, by the provider's id of it and by what `groups` calls it: so that one that was renamed is known again.
   * Of a group whose id is all that is asked for, nothing is told.
   */
  group?(id: string, name: string): void;
}

/** A user as `reconcile` takes them, but for what the application knows of them. */
export interface DirectoryUser {
  /** The user's id in the directory. */
  id: string;
  /** Whether the account may be used. */
  directory: "active" | "inactive";
  /** The user's groups; none were asked for where the user is `inactive`. */
  groups: string[];
}

/** What of an `AbortSignal` is used. */
export interface Signal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
}

/** What of a `Response` is used, besides its `body`, which is a stream of bytes. */
export interface FetchAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: unknown;
}

/** What every directory takes. */
export interface DirectoryOptions {
  /** How requests are made: `fetch`, or one that goes through a proxy. The platform's if absent. */
  fetch?(address: string, init: object): Promise<FetchAnswer>;
  /** How long one request may take, in milliseconds: 10,000 if absent. */
  timeout?: number;
  /** How often a request is made at most where the provider throttles, fails or can't be reached: 5 if absent. */
  attempts?: number;
  /** How long to wait for the provider at most before the next attempt, in milliseconds: 60,000 if absent. */
  longestWait?: number;
  /** How large an answer may be, in bytes: 10,000,000 if absent. */
  largestAnswer?: number;
  /** For how many users of {@link Directory.users} groups are asked at a time: 4 if absent. */
  concurrency?: number;
  /** The time, in milliseconds since 1970: `Date.now` if absent. */
  now?(): number;
  /** Waits, in milliseconds; it rejects when the signal is aborted. The platform's timer if absent. */
  sleep?(milliseconds: number, signal: Signal | undefined): Promise<void>;
}
