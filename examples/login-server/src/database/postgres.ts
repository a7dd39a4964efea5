// A PostgreSQL server.

import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Database, Schema } from "./schema.ts";

export interface PostgresOptions {
  /** How many connections this process may have. */
  connections?: number;
  /** Told about connections that break while nobody uses them; without a listener they would end the process. */
  onIdleError?: (error: Error) => void;
}

export function openPostgres(
  url: string,
  { connections = 10, onIdleError = () => {} }: PostgresOptions = {},
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5_000,
    // Nobody waits for ever, and a process that hangs does not keep others from signing in.
    statement_timeout: 10_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 10_000,
    application_name: "idp-group-sync-login-server",
  });
  pool.on("error", onIdleError);
  // A connection that breaks while somebody uses it fails their query, and then says so once more, which nobody would hear: Node ends a
  // process for that.
  pool.on("connect", (client) => client.on("error", () => {}));
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}
