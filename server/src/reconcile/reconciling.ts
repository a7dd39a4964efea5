// Runs over whole directories, from the schedule or an admin's click to the last user. A run first looks at everybody; where the brake holds
// it, an admin has to; then it is carried out, by jobs of the queue.

import { setImmediate } from "node:timers/promises";
import cronParser from "cron-parser";
import { DirectoryError } from "idp-group-sync/directory";
import type { Application } from "../application.ts";
import { isUnavailable } from "../database/failures.ts";
import type { DatabaseTransaction } from "../database/schema.ts";
import { recordBrakeHeld, recordReconcileLag } from "../telemetry/metrics.ts";
import { applyNext, endIfDone, leaveOutChanged } from "./apply.ts";
import type { RunLimits } from "./brake.ts";
import { directoryOf, forgetEntries, keepEntries, providersWithDirectory } from "./directory.ts";
import { BrokenOff, Reader, type Reading } from "./lease.ts";
import { look } from "./look.ts";
import { Queue } from "./queue.ts";
import {
  beginRun,
  type Confirmed,
  confirmRun,
  endLook,
  endReading,
  failRun,
  holdAgain,
  readRunOfReader,
} from "./runs.ts";

export interface ReconcileOptions extends RunLimits {
  /** When all directories are read: a cron expression, in UTC; `null` for never. */
  at: string | null;
}

export const reconcileDefaults: ReconcileOptions = { maxLosers: 10, maxShare: 5, at: null };

/** To carry changes of a run out. */
interface Job {
  run: number;
}

type Shared = Pick<Application, "database" | "engines" | "providers" | "clock">;
type Found = NonNullable<Awaited<ReturnType<typeof readRunOfReader>>>;

class NoDirectory extends Error {}

type Log = { info: (details: object, message: string) => void; warn: (details: object, message: string) => void };

/** After how long another server takes a job over, in seconds. */
const longest = 60;
/** How long one job carries changes out before it makes room, in milliseconds. */
const slice = 20_000;
/** So many changes are worth another job, which another server may take. */
const changesOfJob = 100;
const mostJobs = 8;

export class Reconciling {
  readonly options: ReconcileOptions;
  readonly #application: Shared;
  readonly #queue: Queue<Job>;
  readonly #reader: Reader;
  readonly #brokenOff: BrokenOff;
  readonly #ending = new AbortController();
  #waiting: NodeJS.Timeout | undefined;
  #log: Log = { info() {}, warn() {} };

  constructor(application: Shared, options: Partial<ReconcileOptions> = {}) {
    this.#application = application;
    this.options = { ...reconcileDefaults, ...options };
    this.#queue = new Queue<Job>({
      database: application.database,
      work: ({ run }) => this.#apply(run),
      onSchedule: () => this.#beginAll(),
      at: this.options.at,
      warn: (error) => this.#log.warn({ err: error }, "the queue could not be asked"),
    });
    const { database, clock } = application;
    const log: Pick<Log, "warn"> = { warn: (details, message) => this.#log.warn(details, message) };
    this.#reader = new Reader({ database, log, read: (reading, signal) => this.#read(reading, signal) });
    this.#brokenOff = new BrokenOff({ database, clock, log });
  }

  /** Without a directory there is nothing to do, until an admin configures one. */
  async start(log: Log): Promise<void> {
    this.#log = log;
    this.#brokenOff.start();
    if ((await this.providers()).length > 0) return this.#begin();
    this.#waiting = setInterval(() => {
      this.#startIfNeeded().catch((error) => log.warn({ err: error }, "the queue could not be started"));
    }, 60_000);
    this.#waiting.unref();
  }

  async #startIfNeeded(): Promise<void> {
    if ((await this.providers()).length === 0) return;
    clearInterval(this.#waiting);
    await this.#begin();
  }

  async #begin(): Promise<void> {
    await this.#queue.start();
    this.#reader.start();
  }

  async stop(): Promise<void> {
    clearInterval(this.#waiting);
    this.#ending.abort();
    await this.#reader.stop();
    await this.#queue.stop(8_000);
    await this.#brokenOff.stop();
  }

  /** Those that have a directory. */
  providers(): Promise<string[]> {
    return providersWithDirectory(this.#application);
  }

  /** When the schedule begins the next runs. */
  next(): Date | null {
    const { at } = this.options;
    if (at === null) return null;
    return cronParser.parseExpression(at, { utc: true, currentDate: this.#application.clock() }).next().toDate();
  }

  /** Begins a run; `null` where one of this provider is under way. */
  async begin(provider: string, by: number | null): Promise<number | null> {
    const { database, clock } = this.#application;
    await this.#begin();
    const run = await beginRun(database, { provider, by, limits: this.options, now: clock() });
    if (run !== null) void this.#reader.run();
    return run;
  }

  /** Carries a held run out all the same. `false` where it is not held any more, or so many people are not what was looked at. */
  async confirm(run: number, decision: Confirmed): Promise<boolean> {
    const { database, clock } = this.#application;
    await this.#begin();
    const isConfirmed = await database
      .transaction()
      .execute((transaction) => confirmRun(transaction, run, decision, clock()));
    if (isConfirmed) void this.#reader.run();
    return isConfirmed;
  }

  async #change<Result>(work: (transaction: DatabaseTransaction) => Promise<Result>): Promise<Result> {
    await this.#queue.start();
    const result = await this.#application.database.transaction().execute(work);
    await this.#queue.notify();
    return result;
  }

  async #beginAll(): Promise<void> {
    for (const provider of await this.providers()) {
      const run = await this.begin(provider, null);
      if (run === null) this.#log.warn({ provider }, "the directory is not read: a run is under way");
    }
  }

  /** A run that was begun is looked at; one that an admin has confirmed is read anew, as they have looked at it only now. */
  async #read({ run, status }: Reading, signal: AbortSignal): Promise<void> {
    const { database, clock } = this.#application;
    const found = await readRunOfReader(database, run, status);
    if (!found) return; // stopped meanwhile
    try {
      const source = await directoryOf(this.#application, found.provider);
      if (!source) throw new NoDirectory("the provider has no directory any more");
      const entries = await keepEntries(database, { ...found, now: clock() }, source.directory, signal);
      if (status === "looking") await this.#look(found, source, entries, signal);
      else await this.#readAgain(run);
    } catch (error) {
      if (signal.aborted || isUnavailable(error)) throw error;
      this.#log.warn({ err: error, run }, "the directory could not be read");
      const isGone = error instanceof NoDirectory;
      const reason = isGone ? "directory-missing" : "directory-unreadable";
      const isKnown = isGone || error instanceof DirectoryError;
      const failure = isKnown ? error.message : "the directory could not be read; the log has more";
      await database.transaction().execute(async (transaction) => {
        if (status === "looking") await failRun(transaction, run, { reason, failure }, clock());
        else await holdAgain(transaction, run, failure);
      });
    }
  }

  async #look(
    { run, provider, issuer, limits }: Found,
    source: NonNullable<Awaited<ReturnType<typeof directoryOf>>>,
    entries: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { database, clock } = this.#application;
    const begun = clock();
    const looked = await look(database, { run, issuer, source, limits, signal });
    const { status, changes } = await this.#change(async (transaction) => {
      const ended = await endLook(transaction, run, { ...looked, entries }, clock());
      if (ended.status === "applying") await this.#sendApply(transaction, run, ended.changes);
      return ended;
    });
    if (status === "held") recordBrakeHeld(provider);
    // One that has nothing to do is done as soon as everybody was looked at.
    if (status === "done") recordReconcileLag(provider, (clock().getTime() - begun.getTime()) / 1000);
    this.#log.info({ run, status, changes, losers: looked.summary.losers }, "the directory was looked at");
  }

  async #readAgain(run: number): Promise<void> {
    await leaveOutChanged(this.#application.database, run);
    await this.#change(async (transaction) => {
      if (!(await endReading(transaction, run))) return;
      await forgetEntries(transaction, run);
      const { changes } = await transaction
        .selectFrom("reconcile_changes")
        .select(({ fn }) => fn.countAll<string>().as("changes"))
        .where("run_id", "=", run)
        .where("result", "is", null)
        .executeTakeFirstOrThrow();
      await this.#sendApply(transaction, run, Number(changes));
    });
  }

  async #sendApply(transaction: DatabaseTransaction, run: number, changes: number): Promise<void> {
    const jobs = Math.max(1, Math.min(mostJobs, Math.ceil(changes / changesOfJob)));
    for (let job = 0; job < jobs; job += 1) await this.#queue.send(transaction, { run }, longest);
  }

  async #apply(run: number): Promise<void> {
    const { database, engines, clock } = this.#application;
    const context = { database, engines, clock, warn: this.#log.warn.bind(this.#log) };
    for (const end = Date.now() + slice; Date.now() < end && !this.#ending.signal.aborted; ) {
      if (!(await applyNext(context, run))) {
        if (await endIfDone(database, run, clock())) this.#log.info({ run }, "the directory was reconciled");
        return;
      }
      await setImmediate();
    }
    await this.#change((transaction) => this.#queue.send(transaction, { run }, longest));
  }
}
