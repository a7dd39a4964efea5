// A PostgreSQL server.

import { Kysely } from "kysely";
import pg from "pg";
import { observeQuery } from "../telemetry/database.ts";
import { BreakablePostgresDialect } from "./postgres-dialect.ts";
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
    // Longer than the server takes to give up by itself: this is for a server that says nothing any more.
    query_timeout: 12_000,
    application_name: "idp-group-sync-server",
  });
  pool.on("error", onIdleError);
  return new Kysely<Schema>({ dialect: new BreakablePostgresDialect(pool), log: observeQuery });
}
