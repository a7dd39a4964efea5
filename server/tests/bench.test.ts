// The bench of logins, run small: what it prints fits together, and it ends in an error unless the database has every login that it counted.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";

const program = join(import.meta.dirname, "..", "..", "bench", "logins.mjs");

async function bench(seconds: string) {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const child = spawn(process.execPath, [program, seconds], { env });
  const ended = once(child, "exit");
  const [printed, faults] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await ended;
  return { code, printed, faults };
}

/** The rows of the table with this head: the first cell, and the numbers of the others. */
function rows(printed: string, head: string): Map<string, number[]> {
  const table = printed.split("\n\n").find((part) => part.startsWith(`| ${head} |`));
  assert.ok(table, printed);
  const lines = table.trim().split("\n").slice(2);
  return new Map(
    lines.map((line) => {
      const [first = "", ...others] = line.slice(2, -2).split(" | ");
      return [first, others.map((cell) => Number.parseFloat(cell))];
    }),
  );
}

if (process.env.TEST_DATABASE_URL) {
  test("logins of one process and of two, and the steps of a login", async () => {
    const { code, printed, faults } = await bench("0.2");
    assert.equal(code, 0, faults);

    const rates = rows(printed, "Processes");
    assert.deepEqual([...rates.keys()], ["1", "2"]);
    for (const [pages = 0, logins = 0, ratio = 0] of rates.values()) {
      // They were rounded.
      assert.ok(ratio >= (pages - 0.5) / (logins + 0.5) - 0.1, printed);
      assert.ok(logins === 0 || ratio <= (pages + 0.5) / (logins - 0.5) + 0.1, printed);
    }

    const steps = rows(printed, "Step");
    const [whole = 0, share, times] = steps.get("the whole request") ?? [];
    assert.deepEqual([share, times], [100, 1]);
    for (const step of ["login transaction", "engine"]) assert.equal(steps.get(step)?.[2], 1, step);
    const statements = steps.get("statements, in and around the transaction")?.[2] ?? 0;
    assert.ok(statements > 5, printed);
    for (const [step, [milliseconds = 0, part = 0]] of steps) {
      assert.ok(milliseconds > 0 && milliseconds <= whole, step);
      assert.ok(Math.abs(part - (100 * milliseconds) / whole) < 1, `${step}: ${printed}`);
    }
  });
} else {
  test("without a PostgreSQL server it says that it needs one", async () => {
    const { code, printed, faults } = await bench("0.2");
    assert.deepEqual([code, printed], [1, ""]);
    assert.match(faults, /TEST_DATABASE_URL is missing: set it to a PostgreSQL server/);
  });
}
