// A database of its own for each test file, on the server of TEST_DATABASE_URL.

import { after } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";

/** A pool for a new database, which is gone after the tests. */
export async function database(name) {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error("run these tests with `npm test -- stores`, which starts a PostgreSQL");
  const url = new URL(server);
  url.pathname = `/store_test_${name}`;
  const onServer = async (sql) => {
    const client = new pg.Client(server);
    await client.connect();
    return (await client.query(sql).finally(() => client.end())).rows;
  };
  await onServer(`drop database if exists store_test_${name} with (force)`);
  await onServer(`create database store_test_${name}`);
  const pool = new pg.Pool({ connectionString: url.href, max: 10 });
  after(async () => {
    await pool.end();
    await untilAlone(onServer, `store_test_${name}`);
    await onServer(`drop database store_test_${name} with (force)`);
  });
  return { url: url.href, pool, query: async (sql, parameters) => (await pool.query(sql, parameters)).rows };
}

/** A pool has ended before its connections are gone; whichever is cut off then fails the file. One that a test has forgotten is cut off. */
async function untilAlone(onServer, name) {
  const others = `select pid from pg_stat_activity where datname = '${name}'`;
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline && (await onServer(others)).length > 0) await delay(20);
}
