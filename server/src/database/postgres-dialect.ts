// Kysely on a PostgreSQL server whose connections break.

import { PostgresDialect, PostgresDriver } from "kysely";
import pg from "pg";
import { isSilence } from "./failures.ts";

export class BreakablePostgresDialect extends PostgresDialect {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super({ pool });
    this.#pool = pool;
    pool.on("connect", (client) => {
      // A connection that breaks while somebody uses it fails their query, and then says so once more, which nobody would hear: Node ends
      // a process for that.
      client.on("error", () => {});
      if (client instanceof pg.Client) endAfterSilence(client);
    });
  }

  override createDriver(): PostgresDriver {
    return new BreakablePostgresDriver({ pool: this.#pool });
  }
}

type Connection = Parameters<PostgresDriver["rollbackTransaction"]>[0];

class BreakablePostgresDriver extends PostgresDriver {
  /** Whoever has a transaction fail is told why, and not that rolling back failed too. Without its connection, the server does that itself. */
  override async rollbackTransaction(connection: Connection): Promise<void> {
    await super.rollbackTransaction(connection).catch(() => {});
  }
}

/** A connection on which an answer did not come in time is worth nothing: whoever had it next would wait as long. */
function endAfterSilence(client: pg.Client): void {
  const query = client.query.bind(client) as (...parameters: unknown[]) => unknown;
  client.query = ((...parameters: unknown[]) => {
    const answer = query(...parameters);
    if (answer instanceof Promise) {
      answer.catch((error: unknown) => {
        if (isSilence(error)) void client.end();
      });
    }
    return answer;
  }) as typeof client.query;
}
