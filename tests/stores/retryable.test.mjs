// Errors that may be tried again, as each library wraps what PostgreSQL says.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sqlStore } from "idp-group-sync/store/sql";

const { isRetryable } = sqlStore(() => assert.fail("no transaction is run"));

/** How an error with this code arrives. That of Prisma was taken from its version 7.10 with `@prisma/adapter-pg`. */
const wrapped = {
  pg: (code) => ({ code }),
  Drizzle: (code) => ({ cause: { code } }),
  TypeORM: (code) => ({ driverError: { code } }),
  "Prisma 6": (code) => ({ code: "P2010", meta: { code } }),
  "Prisma 7": (code) => ({
    code: "P2010",
    meta: { driverAdapterError: { cause: { kind: "postgres", originalCode: code } } },
  }),
};

for (const [library, error] of Object.entries(wrapped)) {
  test(`those of ${library} are known by their code`, () => {
    for (const code of ["40001", "40P01"]) assert.equal(isRetryable(error(code)), true);
    for (const code of ["23505", "40002", "P2010"]) assert.equal(isRetryable(error(code)), false);
  });
}

test("an error that is its own cause ends", () => {
  const error = new Error("endless");
  error.cause = error;
  assert.equal(isRetryable(error), false);
});
