// The login transaction of docs/login.md where something goes wrong in the middle of it, and what it locks before it reads.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { defaultSettings } from "idp-group-sync";
import { login } from "./login.mjs";

const db = await PGlite.create();
await db.exec(readFileSync("schema.sql", "utf8"));
const settings = { ...defaultSettings("main"), enabled: true };
await db.query("insert into settings (document) values ($1)", [settings]);
await db.query("insert into workspaces (id, catalog) values ('main', $1)", [{ groups: [{ name: "sales" }] }]);

const licence = { status: "active", features: { sso: true, groupSync: true }, seats: { total: { used: 0, limit: 9 } } };
const request = (...groups) => ({ subject: "ada", claims: { groups }, licence });
const contents = async () => {
  const tables = ["users", "memberships", "group_memberships", "audit"];
  return Promise.all(tables.map(async (table) => (await db.query(`select * from ${table} order by 1, 2`)).rows));
};

/** The database, with the statement that begins like this failing. */
const failingAt = (beginning) => ({
  query: (sql, values) =>
    sql.startsWith(beginning) ? Promise.reject(new Error("the disk is full")) : db.query(sql, values),
});

const empty = await contents();
for (const statement of ["insert into memberships", "insert into group_memberships", "insert into audit"]) {
  await assert.rejects(login(failingAt(statement), request("sales")), /the disk is full/);
  assert.deepEqual(await contents(), empty, `a login that fails at \`${statement}\` leaves something`);
}

await login(db, request("sales"));
const joined = await contents();
for (const statement of ["delete from group_memberships", "insert into audit", "commit"]) {
  await assert.rejects(login(failingAt(statement), request()), /the disk is full/);
  assert.deepEqual(await contents(), joined, `a login that fails at \`${statement}\` leaves something`);
}

const statements = [];
const watched = {
  query: (sql, values) => {
    statements.push(sql.replace(/\s+/g, " "));
    return db.query(sql, values);
  },
};
await login(watched, request());
const place = (pattern) => {
  const index = statements.findIndex((sql) => pattern.test(sql));
  assert.notEqual(index, -1, `no statement is like ${pattern}`);
  return index;
};
const inOrder = [
  place(/^begin$/),
  place(/from users where subject = \$1 for update$/),
  place(/from settings for (share|update)$/),
  place(/from workspaces .* order by id for update$/),
  place(/as last_admin from workspaces/),
  place(/^delete from group_memberships/),
  place(/^commit$/),
];
assert.deepEqual(
  inOrder,
  inOrder.toSorted((a, b) => a - b),
);
await db.close();
