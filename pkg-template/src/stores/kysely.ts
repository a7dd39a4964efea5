/**
 * PostgreSQL by Kysely.
 *
 * @packageDocumentation
 * @category Stores
 */

import { CompiledQuery, type Kysely } from "kysely";
import { type SqlStore, sqlStore } from "./sql.js";

export { type SqlStore, tables } from "./sql.js";

/** A store in the database of this instance, whose dialect is one of PostgreSQL. */
// biome-ignore lint/suspicious/noExplicitAny: whatever tables the application has
export function kyselyStore(database: Kysely<any>): SqlStore {
  return sqlStore((work) =>
    database
      .transaction()
      .setIsolationLevel("read committed")
      .execute((transaction) =>
        work(async (sql, parameters) => {
          const { rows } = await transaction.executeQuery(CompiledQuery.raw(sql, parameters));
          return rows as Record<string, unknown>[];
        }),
      ),
  );
}
