// pgStore of PGlite, which runs one transaction after another.

import { after, test } from "node:test";
import { PGlite } from "@electric-sql/pglite";
import { pgStore } from "idp-group-sync/store/pg";
import { testStore } from "idp-group-sync/store-test";
import { inPostgresql } from "./support/fixtures.mjs";

const database = new PGlite();
after(() => database.close());
const query = async (sql, parameters) => (await database.query(sql, parameters)).rows;

testStore({ test, createStore: () => inPostgresql(pgStore(database), query) });
