// The embedded database: a folder on disk.

import { mkdirSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { Kysely } from "kysely";
import { CannotStart } from "../cannot-start.ts";
import { observeQuery } from "../telemetry/database.ts";
import { lockFolder } from "./folder-lock.ts";
import { PGliteDialect } from "./pglite-dialect.ts";
import type { Database, Schema } from "./schema.ts";

export async function openPGlite(folder: string): Promise<Database> {
  try {
    mkdirSync(folder, { recursive: true });
    await lockFolder(folder);
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    throw new CannotStart(
      `the data folder cannot be written to: ${(error as Error).message}; set DATA_FOLDER to one that can, or DATABASE_URL`,
    );
  }
  const pglite = await PGlite.create(`${folder}/pglite`).catch(({ message }: Error) => {
    throw new CannotStart(
      `the data folder ${folder} holds no database that can be opened: ${message}; put a backup in its place, or set DATA_FOLDER to another one`,
    );
  });
  return new Kysely<Schema>({ dialect: new PGliteDialect(pglite), log: observeQuery });
}
