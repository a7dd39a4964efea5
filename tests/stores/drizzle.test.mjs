// drizzleStore, by node-postgres.

import { test } from "node:test";
import { drizzle } from "drizzle-orm/node-postgres";
import { drizzleStore } from "idp-group-sync/store/drizzle";
import { testStore } from "idp-group-sync/store-test";
import { inPostgresql } from "./support/fixtures.mjs";
import { database } from "./support/postgresql.mjs";

const { pool, query } = await database("drizzle");

testStore({ test, createStore: () => inPostgresql(drizzleStore(drizzle(pool)), query) });
