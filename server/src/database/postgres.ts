// A PostgreSQL server.

import { Kysely } from "kysely";
import pg from "pg";
import { CannotStart } from "../cannot-start.ts";
import { observeQuery } from "../telemetry/database.ts";
import { BreakablePostgresDialect } from "./postgres-dialect.ts";
import type { Database, Schema } from "./schema.ts";

export interface PostgresOptions {
  /** How many connections this process may have. */
  connections?: number;
  /** Told about connections that break while nobody uses them; without a listener they would end the process. */
  onIdleError?: (error: Error) => void;
  /** Whether statements may take as long as they take. */
  isPatient?: boolean;
}

/** Nobody waits for ever, and a process that hangs does not keep others from signing in. */
const limits = {
  statement_timeout: 10_000,
  lock_timeout: 10_000,
  idle_in_transaction_session_timeout: 10_000,
  // Longer than the server takes to give up by itself: this is for a server that says nothing any more.
  query_timeout: 12_000,
};

export function openPostgres(
  url: string,
  { connections = 10, onIdleError = () => {}, isPatient = false }: PostgresOptions = {},
): Database {
  mustBeReadable(url);
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5_000,
    ...(isPatient ? {} : limits),
    application_name: "idp-group-sync-server",
  });
  pool.on("error", onIdleError);
  return new Kysely<Schema>({ dialect: new BreakablePostgresDialect(pool), log: observeQuery });
}

/** The driver reads it with each connection. Its error may repeat the password. */
function mustBeReadable(connectionString: string): void {
  try {
    new pg.Client({ connectionString });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CannotStart(
      code === "ENOENT" || code === "EACCES"
        ? `DATABASE_URL names a file that cannot be read: ${message}`
        : "DATABASE_URL cannot be read: write `@`, `/`, `#`, `?` and `%` of the password as `%40`, `%2F`, `%23`, `%3F` and `%25`",
    );
  }
}
