// Work that any of the servers may do, once: jobs in the database, be it PostgreSQL or the embedded one. A job whose server is killed is
// another's after a while, so each has to bear being done again.

import { CompiledQuery } from "kysely";
import PgBoss from "pg-boss";
import type { Database, DatabaseTransaction } from "../database/schema.ts";

const name = "reconcile";
const schedule = "reconcile-schedule";
const patience = { retryLimit: 20, retryDelay: 5 };

export interface QueueOptions<Job> {
  database: Database;
  work: (job: Job) => Promise<void>;
  /** Is called by the schedule, on one of the servers. */
  onSchedule: () => Promise<void>;
  /** A cron expression, in UTC; `null` for never. */
  at: string | null;
  warn: (error: unknown) => void;
}

export class Queue<Job extends object> {
  readonly #options: QueueOptions<Job>;
  #starting: Promise<PgBoss> | undefined;
  #worker: string | undefined;

  constructor(options: QueueOptions<Job>) {
    this.#options = options;
  }

  /** The first one to call it makes the tables, where there are none. */
  async start(): Promise<void> {
    this.#starting ??= this.#start();
    await this.#starting;
  }

  async #start(): Promise<PgBoss> {
    const { database, work, onSchedule, at, warn } = this.#options;
    const boss = new PgBoss({
      db: { executeSql: executeIn(database) },
      schema: "queue",
      maintenanceIntervalSeconds: 30,
    });
    boss.on("error", warn);
    await boss.start();
    await boss.createQueue(name, { name, ...patience });
    await boss.createQueue(schedule, { name: schedule, ...patience });
    this.#worker = await boss.work<Job>(name, { pollingIntervalSeconds: 2 }, async ([job]) => job && work(job.data));
    await boss.work(schedule, { pollingIntervalSeconds: 15 }, onSchedule);
    await (at === null ? boss.unschedule(schedule) : boss.schedule(schedule, at));
    return boss;
  }

  /** It is to be done if the transaction is committed. `seconds` is how long a server may take. */
  async send(transaction: DatabaseTransaction, job: Job, seconds: number): Promise<void> {
    const boss = await this.#started();
    await boss.send(name, job, { db: { executeSql: executeIn(transaction) }, expireInSeconds: seconds });
  }

  /** Something was sent: this server need not wait until it looks again. */
  async notify(): Promise<void> {
    const boss = await this.#started();
    if (this.#worker !== undefined) boss.notifyWorker(this.#worker);
  }

  /** What is under way has so many milliseconds to end. */
  async stop(timeout: number): Promise<void> {
    const boss = await this.#starting?.catch(() => undefined);
    await boss?.stop({ graceful: true, wait: true, timeout });
  }

  async #started(): Promise<PgBoss> {
    await this.start();
    if (!this.#starting) throw new Error("the queue was not started");
    return this.#starting;
  }
}

/** Several statements may bring their own transaction, which is not to outlive one that fails. */
function executeIn(database: Database): PgBoss.Db["executeSql"] {
  const inTransaction = database.isTransaction;
  return (text, values) =>
    inTransaction
      ? database.executeQuery(CompiledQuery.raw(text, values))
      : database.connection().execute(async (connection) => {
          try {
            return await connection.executeQuery(CompiledQuery.raw(text, values));
          } catch (error) {
            await connection.executeQuery(CompiledQuery.raw("rollback")).catch(() => {});
            throw error;
          }
        });
}
