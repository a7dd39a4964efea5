// pgStore of a pool of `pg`.

import { test } from "node:test";
import { pgStore } from "idp-group-sync/store/pg";
import { testStore } from "idp-group-sync/store-test";

import { inPostgresql } from "./support/fixtures.mjs";
import { database } from "./support/postgresql.mjs";

const { pool, query } = await database("pg");

testStore({ test, createStore: () => inPostgresql(pgStore(pool), query) });
