/**
 * PostgreSQL by Drizzle.
 *
 * @packageDocumentation
 * @category Stores
 */

import { type SQL, sql } from "drizzle-orm";
import { type Parameter, type SqlStore, sqlStore } from "./sql.js";

export { type SqlStore, tables } from "./sql.js";

/** What of a Drizzle database is used. */
export interface DrizzleDatabase {
  transaction<Result>(
    work: (transaction: { execute(query: SQL): Promise<unknown> }) => Promise<Result>,
    options?: { isolationLevel?: "read committed" },
  ): Promise<Result>;
}

/** A store in the database of this instance, which is one of PostgreSQL. */
export function drizzleStore(database: DrizzleDatabase): SqlStore {
  return sqlStore((work) =>
    database.transaction(
      (transaction) =>
        work(async (text, parameters) => {
          const result = await transaction.execute(withParameters(text, parameters));
          // Some drivers give the rows, others what they came in.
          return (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows) as Record<string, unknown>[];
        }),
      { isolationLevel: "read committed" },
    ),
  );
}

/** The statement with its parameters where `$1` and so on stand for them. */
function withParameters(text: string, parameters: readonly Parameter[]): SQL {
  const parts = text.split(/\$(\d+)/).map((part, index) => {
    return index % 2 === 0 ? sql.raw(part) : sql`${parameters[Number(part) - 1] ?? null}`;
  });
  return sql.join(parts);
}
