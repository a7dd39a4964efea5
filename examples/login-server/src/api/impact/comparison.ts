// One workspace before and after, for all users. The engine compares; here users are handed to it and its words are passed on.

import { Impact, type ImpactChange } from "idp-group-sync";
import type { Static } from "typebox";
import type { ImpactEvent } from "../schemas/trying-out.ts";
import type { Configurations } from "./configurations.ts";
import type { KnownUser } from "./known-users.ts";

export type Event = Static<typeof ImpactEvent>;

export class Comparison {
  readonly workspace: string;
  readonly #members: Impact;
  readonly #others: Impact;

  constructor(workspace: string, before: Configurations, after: Configurations) {
    this.workspace = workspace;
    this.#members = new Impact(before.members, after.members);
    this.#others = new Impact(before.others, after.others);
  }

  /** Those of a page whose role or groups would differ. */
  *compare(users: KnownUser[]): Generator<Event> {
    const members: string[] = [];
    const others: string[] = [];
    for (const { id, claims, memberships } of users) {
      const membership = memberships.get(this.workspace);
      // Whoever is archived in a workspace is not touched there.
      if (membership?.status === "archived") continue;
      if (!membership) others.push(`{"id":"${id}","claims":${claims}}\n`);
      else {
        const { role, groups } = membership;
        members.push(`{"id":"${id}","claims":${claims},"membership":${JSON.stringify({ role, groups })}}\n`);
      }
    }
    yield* this.#told(this.#members.push(members.join("")), users, true);
    yield* this.#told(this.#others.push(others.join("")), users, false);
  }

  finish() {
    return { id: this.workspace, members: this.#members.finish().summary, others: this.#others.finish().summary };
  }

  free(): void {
    this.#members.free();
    this.#others.free();
  }

  *#told(changes: ImpactChange[], users: KnownUser[], member: boolean): Generator<Event> {
    if (changes.length === 0) return;
    const people = new Map(
      users.map(({ id, name, email, emailVerified }) => [String(id), { id, name, email, emailVerified }]),
    );
    for (const { id, effect, before, after } of changes) {
      const user = people.get(id);
      if (!user) throw new Error("the engine names a user whom it was not given");
      yield { type: "change", workspace: this.workspace, user, member, effect, before, after };
    }
  }
}
