/**
 * PostgreSQL by TypeORM.
 *
 * @packageDocumentation
 * @category Stores
 */

import { type SqlStore, sqlStore } from "./sql.js";

export { type SqlStore, tables } from "./sql.js";

/** What of a `DataSource` is used. */
export interface TypeOrmDataSource {
  transaction<Result>(
    isolation: "READ COMMITTED",
    work: (manager: { query(sql: string, parameters?: unknown[]): Promise<unknown> }) => Promise<Result>,
  ): Promise<Result>;
}

/** A store in the database of this data source, which is one of PostgreSQL. */
export function typeOrmStore(database: TypeOrmDataSource): SqlStore {
  return sqlStore((work) =>
    database.transaction("READ COMMITTED", (manager) =>
      work(async (sql, parameters) => {
        const rows = await manager.query(sql, parameters);
        return Array.isArray(rows) ? rows : [];
      }),
    ),
  );
}
