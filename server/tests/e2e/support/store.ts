// Where a server keeps its data: a folder for the embedded database or, with TEST_DATABASE_URL, a database on that PostgreSQL server.

import { rmSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Kysely } from "kysely";
import { PGliteDialect } from "../../../src/database/pglite-dialect.ts";
import { prepareDatabase } from "../../../src/database/prepare.ts";
import type { Database, Schema } from "../../../src/database/schema.ts";
import { emptyDatabase } from "../../support/empty-database.ts";
import type { Environment } from "./server-process.ts";

export const onPostgres = Boolean(process.env.TEST_DATABASE_URL);

export interface Store {
  /** Where the server finds it. */
  environment: Environment;
  /** Whether others can look at it while a server runs. The embedded database belongs to one process. */
  shared: boolean;
  use<Result>(work: (database: Database) => Promise<Result>): Promise<Result>;
  remove(): Promise<void>;
}

/** A database that is up to date and has nobody in it. */
export function newStore(): Promise<Store> {
  return onPostgres ? onServer() : inFolder();
}

async function onServer(): Promise<Store> {
  const { database, url, drop } = await emptyDatabase();
  if (url === null) throw new Error("TEST_DATABASE_URL names no server");
  await prepareDatabase(database);
  return { environment: { DATABASE_URL: url }, shared: true, use: (work) => work(database), remove: drop };
}

let template: Promise<string> | undefined;

async function inFolder(): Promise<Store> {
  template ??= newTemplate(); // making one takes seconds, copying it does not
  const folder = await newFolder();
  await cp(await template, folder, { recursive: true });
  return {
    environment: { DATA_FOLDER: folder },
    shared: false,
    use: (work) => useFolder(folder, work),
    remove: () => removeFolder(folder),
  };
}

async function newTemplate(): Promise<string> {
  const folder = await newFolder();
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  await useFolder(folder, prepareDatabase);
  return folder;
}

async function useFolder<Result>(folder: string, work: (database: Database) => Promise<Result>): Promise<Result> {
  const pglite = await PGlite.create(join(folder, "pglite"));
  const database = new Kysely<Schema>({ dialect: new PGliteDialect(pglite) });
  try {
    return await work(database);
  } finally {
    await database.destroy();
  }
}

function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "idp-group-sync-data-"));
}

function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}
