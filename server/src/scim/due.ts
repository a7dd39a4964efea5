// Everybody whose groups have changed is reconciled, each in a transaction of its own: those of a request before it is answered, as far as time
// allows, and the others by whichever process finds them, also after another one was killed.

import { setImmediate as others } from "node:timers/promises";
import { BackgroundWork } from "../background-work.ts";
import type { Database } from "../database/schema.ts";
import type { Engines } from "../login/engines.ts";
import { inTransaction } from "../login/retry.ts";
import { ScimError } from "./errors.ts";
import { findProvider } from "./link-user.ts";
import { reconcileProvisioned } from "./reconcile.ts";

/** How often it is looked for whoever is due. */
const interval = 5_000;
/** After how long somebody is tried again whose reconciling failed. */
const patience = 60_000;
/** For how long a request waits for the members of its group, and how many are reconciled at once. */
const waiting = 3_000;
const atOnce = 4;

export interface DueOptions {
  database: Database;
  engines: Engines;
  clock: () => Date;
  log: { warn: (what: object, message: string) => void };
}

/** Reconciles everybody who is due. */
export class DueMembers extends BackgroundWork {
  readonly #options: DueOptions;

  constructor(options: DueOptions) {
    super({ interval, log: options.log, failure: "users could not be reconciled with their groups" });
    this.#options = options;
  }

  /** Reconciles these, and leaves those to `run` for whom there is no time. */
  async reconcileNow(ids: string[], requestId: string): Promise<void> {
    const end = Date.now() + waiting;
    const left = [...ids];
    const work = async () => {
      for (let id = left.pop(); id !== undefined && !this.isStopped; id = left.pop()) {
        if (Date.now() >= end) return;
        await this.#one(id, requestId, "wait");
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    if (left.length > 0) void this.run();
  }

  protected override async work(): Promise<void> {
    const { database, clock } = this.#options;
    while (!this.isStopped) {
      const due = await database
        .selectFrom("scim_users")
        .select("id")
        .where("due_at", "<=", clock())
        .orderBy("due_at")
        .limit(100)
        .execute();
      if (due.length === 0) return;
      const left = due.map(({ id }) => id);
      let done = 0;
      const work = async () => {
        for (let id = left.pop(); id !== undefined && !this.isStopped; id = left.pop()) {
          if (await this.#one(id, `scim-${id}`, "skip")) done += 1;
        }
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      // What another process holds is left to it.
      if (done === 0) return;
    }
  }

  /** Whether it is done, by this process. A request waits for whoever else is at it, so that its answer comes after all of its members. */
  async #one(id: string, requestId: string, ifHeld: "wait" | "skip"): Promise<boolean> {
    const { database, clock, log } = this.#options;
    // The embedded database answers in the same turn, for as long as it is asked: requests would wait until everybody is done.
    await others();
    try {
      return await this.#reconcile(id, requestId, ifHeld);
    } catch (error) {
      // Whoever is nobody's here cannot become anybody's by a group.
      const again = error instanceof ScimError ? null : new Date(clock().getTime() + patience);
      log.warn({ err: error, scimUser: id }, "a user could not be reconciled with their groups");
      await database.updateTable("scim_users").set({ due_at: again }).where("id", "=", id).execute();
      return true;
    }
  }

  async #reconcile(id: string, requestId: string, ifHeld: "wait" | "skip"): Promise<boolean> {
    const { database, engines, clock } = this.#options;
    return inTransaction(database, async (transaction) => {
      const row = await transaction
        .selectFrom("scim_users")
        .selectAll()
        .where("id", "=", id)
        .where("due_at", "is not", null)
        .where("deleted_at", "is", null)
        .forNoKeyUpdate()
        .$if(ifHeld === "skip", (query) => query.skipLocked())
        .executeTakeFirst();
      if (!row) return false;
      const provider = await findProvider(transaction, row.provider_id);
      if (!provider) return false;
      await reconcileProvisioned(transaction, { engines, now: clock(), requestId, provider }, row);
      return true;
    });
  }
}
