// An empty database for one test file: PGlite in memory, or, with TEST_DATABASE_URL, a new database on that PostgreSQL server.

import { randomBytes } from "node:crypto";
import { Kysely, sql } from "kysely";
import { PGliteDialect } from "../../src/database/pglite-dialect.ts";
import { openPostgres } from "../../src/database/postgres.ts";
import type { Database, Schema } from "../../src/database/schema.ts";
import { emptyPGlite } from "./empty-pglite.ts";

export interface EmptyDatabase {
  database: Database;
  /** Where other processes find it; `null` for PGlite, which no other process can use. */
  url: string | null;
  drop(): Promise<void>;
}

export async function emptyDatabase(): Promise<EmptyDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) {
    const database: Database = new Kysely<Schema>({ dialect: new PGliteDialect(await emptyPGlite()) });
    return { database, url: null, drop: () => database.destroy() };
  }
  const administration = openPostgres(server, { connections: 1 });
  const name = `login_server_${randomBytes(6).toString("hex")}`;
  await sql`create database ${sql.id(name)}`.execute(administration);
  const url = new URL(server);
  url.pathname = `/${name}`;
  // Twenty-four logins of one user wait for each other, which takes its time on a busy machine.
  const database = openPostgres(url.href, { connections: 20, isPatient: true });
  return {
    database,
    url: url.href,
    async drop() {
      await database.destroy();
      await sql`drop database ${sql.id(name)} with (force)`.execute(administration);
      await administration.destroy();
    },
  };
}
