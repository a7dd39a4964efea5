// The embedded database: a folder on disk.

import { mkdirSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { Kysely } from "kysely";
import { observeQuery } from "../telemetry/database.ts";
import { lockFolder } from "./folder-lock.ts";
import { PGliteDialect } from "./pglite-dialect.ts";
import type { Database, Schema } from "./schema.ts";

export async function openPGlite(folder: string): Promise<Database> {
  mkdirSync(folder, { recursive: true });
  lockFolder(folder);
  const pglite = await PGlite.create(`${folder}/pglite`);
  return new Kysely<Schema>({ dialect: new PGliteDialect(pglite), log: observeQuery });
}
