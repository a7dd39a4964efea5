import type { GroupSync } from "idp-group-sync";
import type { KnownUsers } from "./questions.js";

/** How long a stretch of counting may take: the next question waits for it. */
const STRETCH = 12;

/** Counts, for every entry of a mapping, the known users with an IdP group that it matches: each is resolved as at a login. */
export class TouchedUsers {
  readonly users: KnownUsers;
  readonly #sync: GroupSync;
  readonly #byEntry = new Map<number, number>();
  #counted = 0;

  constructor(sync: GroupSync, users: KnownUsers) {
    this.#sync = sync;
    this.users = users;
  }

  /** Counts on for a while; returns how many users are counted. */
  goOn(): number {
    const end = performance.now() + STRETCH;
    while (this.#counted < this.users.length && performance.now() < end) this.#countNext();
    return this.#counted;
  }

  /** How many users the entry that begins at a place touches, of those counted. */
  by(entry: number): number {
    return this.#byEntry.get(entry) ?? 0;
  }

  #countNext(): void {
    const groups = this.users[this.#counted] ?? [];
    this.#counted++;
    const { matches } = this.#sync.resolveGroups([...groups]);
    const entries = matches.flatMap(({ grants }) => grants.flatMap(({ entry }) => (entry ? [entry.start] : [])));
    for (const entry of new Set(entries)) this.#byEntry.set(entry, this.by(entry) + 1);
  }
}
