// typeOrmStore, by a DataSource.

import { after, test } from "node:test";
import { typeOrmStore } from "idp-group-sync/store/typeorm";
import { testStore } from "idp-group-sync/store-test";
import { DataSource } from "typeorm";
import { inPostgresql } from "./support/fixtures.mjs";
import { database } from "./support/postgresql.mjs";

const { url, query } = await database("typeorm");
const source = new DataSource({ type: "postgres", url });
await source.initialize();
after(() => source.destroy());

testStore({ test, createStore: () => inPostgresql(typeOrmStore(source), query) });
