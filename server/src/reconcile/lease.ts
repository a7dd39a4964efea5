// Reading a directory and looking at everybody takes as long as it takes, and is one server's. The run's own row says whose turn it is: whoever
// takes it says in the same statement that they are at it, and then every few seconds. Where that stops, they were killed, and the run is broken
// off instead of being in the way of the next one.

import { type SqlBool, sql } from "kysely";
import { type BackgroundOptions, BackgroundWork } from "../background-work.ts";
import type { Database, RunStatus } from "../database/schema.ts";
import { failRun, holdAgain } from "./runs.ts";

/** How often a server says it, and how often the others look, in milliseconds. */
const interval = 10_000;
/** How often a server looks whether there is something to read, in milliseconds. */
const patience = 2_000;
/** By the clock of the database, which all servers share. */
const inAWhile = sql<Date>`now() + interval '40 seconds'`;
const isHeld = sql<SqlBool>`(reading_until >= now() and isfinite(reading_until))`;
const isOver = sql<SqlBool>`reading_until < now()`;

export interface Reading {
  run: number;
  status: RunStatus;
}

interface ReaderOptions {
  database: Database;
  log: BackgroundOptions["log"];
  /** Ends the reading, whatever comes of it. Where it throws, it is another server's turn. */
  read: (reading: Reading, signal: AbortSignal) => Promise<void>;
}

/** Reads the directories of the runs that wait for it, one after the other. */
export class Reader extends BackgroundWork {
  readonly #options: ReaderOptions;
  readonly #ending = new AbortController();

  constructor(options: ReaderOptions) {
    super({ interval: patience, log: options.log, failure: "the run over a directory is put off" });
    this.#options = options;
  }

  /** What is under way is handed on. */
  override stop(): Promise<void> {
    this.#ending.abort();
    return super.stop();
  }

  protected override async work(): Promise<void> {
    for (let next = await this.#take(); next; next = await this.#take()) await this.#read(next);
  }

  async #take(): Promise<Reading | undefined> {
    if (this.isStopped) return undefined;
    return this.#options.database
      .updateTable("reconcile_runs")
      .set({ reading_until: inAWhile })
      .where("id", "in", (runs) =>
        runs
          .selectFrom("reconcile_runs")
          .select("id")
          .where("status", "in", ["looking", "applying"])
          .where("reading_until", "is", null)
          .orderBy("id")
          .limit(1)
          .forUpdate()
          .skipLocked(),
      )
      .returning(["id as run", "status"])
      .executeTakeFirst();
  }

  /** The signal tells that nobody waits for it any more: the server ends, the run was stopped, or it counts as broken off. */
  async #read(reading: Reading): Promise<void> {
    const { database, read } = this.#options;
    const mine = database
      .updateTable("reconcile_runs")
      .where("id", "=", reading.run)
      .where("status", "=", reading.status)
      .where(isHeld);
    const lost = new AbortController();
    const say = async () => {
      const said = await mine.set({ reading_until: inAWhile }).executeTakeFirst();
      if (said.numUpdatedRows === 0n) lost.abort();
    };
    // A database that does not answer decides nothing: it is asked again, and once it answers it may be too late.
    const saying = setInterval(() => void say().catch(() => {}), interval);
    try {
      await read(reading, AbortSignal.any([this.#ending.signal, lost.signal]));
    } catch (error) {
      if (lost.signal.aborted) return;
      await mine.set({ reading_until: null }).execute();
      if (!this.isStopped) throw error;
    } finally {
      clearInterval(saying);
    }
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
        if (status === "looking") await failRun(transaction, id, { reason: "server-ended", failure }, clock());
        else await holdAgain(transaction, id, failure);
      }
      return runs.map(({ id }) => id);
    });
  }
}
