/**
 * PostgreSQL by Prisma.
 *
 * @packageDocumentation
 * @category Stores
 */

import { type SqlStore, sqlStore } from "./sql.js";

export { type SqlStore, tables } from "./sql.js";

/** What of a `PrismaClient` is used. */
export interface PrismaDatabase {
  $transaction<Result>(
    work: (transaction: {
      $queryRawUnsafe(sql: string, ...parameters: unknown[]): Promise<unknown>;
    }) => Promise<Result>,
    options?: { isolationLevel?: "ReadCommitted"; maxWait?: number; timeout?: number },
  ): Promise<Result>;
}

/** How long a transaction may wait for its turn, and take. Logins into one workspace wait for each other. */
const PATIENCE = { maxWait: 10_000, timeout: 20_000 };

/** A store in the database of this client, which is one of PostgreSQL. */
export function prismaStore(database: PrismaDatabase): SqlStore {
  return sqlStore((work) =>
    database.$transaction(
      (transaction) =>
        work(async (sql, parameters) => {
          const rows = await transaction.$queryRawUnsafe(sql, ...parameters);
          return Array.isArray(rows) ? rows : [];
        }),
      { isolationLevel: "ReadCommitted", ...PATIENCE },
    ),
  );
}
