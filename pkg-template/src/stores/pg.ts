/**
 * PostgreSQL by `pg`, or PGlite, which is PostgreSQL in the process.
 *
 * @packageDocumentation
 * @category Stores
 */

import { type Query, type SqlStore, sqlStore } from "./sql.js";

export { type SqlStore, tables } from "./sql.js";

/** What of a `Pool` of `pg` is used. */
export interface PgPool {
  connect(): Promise<PgClient>;
}

/** What of a client of `pg` is used. */
export interface PgClient {
  query(sql: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  release(destroy?: boolean): void;
}

/** What of PGlite is used. */
export interface PGliteDatabase {
  transaction<Result>(
    work: (transaction: { query(sql: string, values?: unknown[]): Promise<{ rows: unknown[] }> }) => Promise<Result>,
  ): Promise<Result>;
}

/** A store in the database of this pool, or of this PGlite. */
export function pgStore(database: PgPool | PGliteDatabase): SqlStore {
  if (!("connect" in database)) return sqlStore((work) => database.transaction((client) => work(queryOf(client))));
  return sqlStore(async (work) => {
    const client = await database.connect();
    let failed = true;
    try {
      await client.query("begin isolation level read committed");
      const result = await work(queryOf(client));
      await client.query("commit");
      failed = false;
      return result;
    } catch (error) {
      // Where this fails too, the connection is lost, and with it the transaction.
      await client.query("rollback").then(
        () => {
          failed = false;
        },
        () => {},
      );
      throw error;
    } finally {
      client.release(failed);
    }
  });
}

function queryOf(client: Pick<PgClient, "query">): Query {
  return async (sql, parameters) => (await client.query(sql, parameters)).rows as Record<string, unknown>[];
}
