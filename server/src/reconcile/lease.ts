// Reading a directory and looking at everybody takes as long as it takes, and is one server's. It says every few seconds that it is still at it;
// where that stops, it was killed, and the run is broken off instead of being in the way of the next one.

import { type SqlBool, sql } from "kysely";
import { type BackgroundOptions, BackgroundWork } from "../background-work.ts";
import type { Database, RunStatus } from "../database/schema.ts";
import { failRun, holdAgain } from "./runs.ts";

/** How often a server says it, and how often the others look, in milliseconds. */
const interval = 10_000;
/** By the clock of the database, which all servers share. */
const inAWhile = sql<Date>`now() + interval '40 seconds'`;
const isHeld = sql<SqlBool>`reading_until >= now()`;
const isOver = sql<SqlBool>`reading_until < now()`;

export interface Reading {
  run: number;
  status: RunStatus;
}

/**
 * Does the work, which ends the reading, as the only one. The signal tells it that nobody waits for it any more: the run was stopped, or counts
 * as broken off. Nothing is done where a server is at it already.
 */
export async function withLease(
  database: Database,
  { run, status }: Reading,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const mine = database.updateTable("reconcile_runs").where("id", "=", run).where("status", "=", status);
  const taken = await mine.set({ reading_until: inAWhile }).where("reading_until", "is", null).executeTakeFirst();
  if (taken.numUpdatedRows === 0n) return;
  const lost = new AbortController();
  const say = async () => {
    const said = await mine.set({ reading_until: inAWhile }).where(isHeld).executeTakeFirst();
    if (said.numUpdatedRows === 0n) lost.abort();
  };
  // A database that does not answer decides nothing: it is asked again, and once it answers it may be too late.
  const saying = setInterval(() => void say().catch(() => {}), interval);
  try {
    await work(lost.signal);
  } catch (error) {
    if (lost.signal.aborted) return;
    await mine.set({ reading_until: null }).execute();
    throw error;
  } finally {
    clearInterval(saying);
  }
}

const failure = "the server that read the directory ended before it was done: begin another run";

interface BrokenOffOptions {
  database: Database;
  clock: () => Date;
  log: BackgroundOptions["log"];
}

/** Ends what nobody is at any more. */
export class BrokenOff extends BackgroundWork {
  readonly #options: BrokenOffOptions;

  constructor(options: BrokenOffOptions) {
    super({ interval, log: options.log, failure: "the runs over directories could not be looked through" });
    this.#options = options;
  }

  protected override async work(): Promise<void> {
    for (const run of await this.#end()) this.#options.log.warn({ run }, failure);
  }

  #end(): Promise<number[]> {
    const { database, clock } = this.#options;
    return database.transaction().execute(async (transaction) => {
      const runs = await transaction
        .selectFrom("reconcile_runs")
        .select(["id", "status"])
        .where("status", "in", ["looking", "applying"])
        .where(isOver)
        .forUpdate()
        .skipLocked()
        .execute();
      for (const { id, status } of runs) {
        if (status === "looking") await failRun(transaction, id, failure, clock());
        else await holdAgain(transaction, id, failure);
      }
      return runs.map(({ id }) => id);
    });
  }
}
