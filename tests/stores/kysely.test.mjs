// kyselyStore.

import { test } from "node:test";
import { kyselyStore } from "idp-group-sync/store/kysely";
import { testStore } from "idp-group-sync/store-test";
import { Kysely, PostgresDialect } from "kysely";
import { inPostgresql } from "./support/fixtures.mjs";
import { database } from "./support/postgresql.mjs";

const { pool, query } = await database("kysely");
const kysely = new Kysely({ dialect: new PostgresDialect({ pool }) });

testStore({ test, createStore: () => inPostgresql(kyselyStore(kysely), query) });
