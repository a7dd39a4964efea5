// What whoever starts a server with something wrong is told: a sentence, and never where in the source it was noticed.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { type EmptyDatabase, emptyDatabase } from "./support/empty-database.ts";

const main = fileURLToPath(new URL("../src/main.js", import.meta.url));

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), "login-server-"));
});
after(() => rmSync(folder, { recursive: true }));

/** The process ends by itself, with code 1, and says one line. */
async function refusal(environment: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, ["--enable-source-maps", main], {
    env: { PATH: process.env.PATH, OIDC_ISSUER: "none", LOG_LEVEL: "silent", DATA_FOLDER: folder, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [[code], said] = await Promise.all([once(child, "exit"), text(child.stderr), text(child.stdout)]);
  // The library of the identity provider for development has something to say of older versions of Node.
  const errors = said.replace(/^oidc-provider WARNING.*\n/gm, "");
  assert.equal(code, 1, errors);
  assert.match(errors, /^[^\n]+\n$/, errors);
  return errors.trim();
}

test("a data folder that is none", async () => {
  const file = join(folder, "file");
  writeFileSync(file, "");
  assert.match(
    await refusal({ DATA_FOLDER: file }),
    /^the data folder cannot be written to: EEXIST.*; set DATA_FOLDER to/,
  );
});

test("a data folder whose database is broken", async () => {
  const broken = join(folder, "broken");
  mkdirSync(join(broken, "pglite"), { recursive: true });
  writeFileSync(join(broken, "pglite", "PG_VERSION"), "99");
  const told = await refusal({ DATA_FOLDER: broken });
  assert.match(told, /^the data folder .*broken holds no database that can be opened: .*put a backup in its place/);
});

test("a collector that cannot be asked so often", async () => {
  const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://localhost:1", OTEL_METRIC_EXPORT_INTERVAL: "-5" };
  assert.match(await refusal(environment), /^OTEL_METRIC_EXPORT_INTERVAL is no number of milliseconds/);
});

test("an address that is not this machine's, and a port that somebody else has", async (context) => {
  assert.match(
    await refusal({ HOST: "192.0.2.1" }),
    /^the server cannot listen: listen EADDRNOTAVAIL.*set HOST and PORT/,
  );
  const port = await takenPort(context);
  assert.match(await refusal({ HOST: "localhost", PORT: port }), /^the server cannot listen: listen EADDRINUSE/);
  assert.match(
    await refusal({ OIDC_ISSUER: "", IDENTITY_PROVIDER_PORT: port }),
    /the identity provider cannot listen: listen EADDRINUSE.*; set IDENTITY_PROVIDER_PORT/,
  );
});

async function takenPort(context: TestContext): Promise<string> {
  const server = createServer().listen(0, "localhost");
  await once(server, "listening");
  context.after(() => server.close());
  const address = server.address();
  return String(address && typeof address === "object" && address.port);
}

if (process.env.TEST_DATABASE_URL) {
  let empty: EmptyDatabase;
  let address: URL;
  before(async () => {
    empty = await emptyDatabase();
    address = new URL(empty.url ?? "");
  });
  after(() => empty.drop());

  const told = (change: (url: URL) => void, environment = {}) => {
    const url = new URL(address);
    change(url);
    return refusal({ DATABASE_URL: url.href, ...environment });
  };

  test("a database that cannot be reached, for whichever reason", async () => {
    const reasons: [RegExp, (url: URL) => void][] = [
      [/password authentication failed/, (url) => (url.password = "wrong")],
      [/database "nowhere" does not exist/, (url) => (url.pathname = "/nowhere")],
      [/ECONNREFUSED/, (url) => (url.port = "1")],
      [/does not support SSL/, (url) => url.searchParams.set("sslmode", "verify-full")],
    ];
    for (const [reason, change] of reasons) {
      const line = await told(change);
      assert.match(line, /^the database cannot be reached: .*; see whether it runs, and DATABASE_URL$/);
      assert.match(line, reason);
    }
    assert.match(await refusal({ DATABASE_URL: "/nowhere app" }), /^the database cannot be reached: connect ENOENT/);
  });

  test("one that may not be written to, or not by this user", async (context) => {
    const readOnly = await told((url) => url.searchParams.set("options", "-c default_transaction_read_only=on"));
    assert.match(readOnly, /^the database refuses what the server needs: .*read-only.*can be written to$/);
    const role = `lowly_${process.pid}`;
    await sql.raw(`create role ${role} login password 'lowly'`).execute(empty.database);
    context.after(() => sql.raw(`drop role ${role}`).execute(empty.database));
    const lowly = await told((url) => {
      url.username = role;
      url.password = "lowly";
    });
    assert.match(lowly, /^the database refuses what the server needs: permission denied.*the right to make tables/);
  });

  test("one that is newer than the server; and one that is brought up to date has as long as that takes", async () => {
    const { database } = empty;
    // A table that is large takes longer than any request may.
    await sql`create table limits_of_migrations (statement text, lock text)`.execute(database);
    await sql`
      create function note_limits() returns event_trigger language plpgsql as $$
        begin
          insert into public.limits_of_migrations
            values (current_setting('statement_timeout'), current_setting('lock_timeout'));
        end
      $$`.execute(database);
    await sql`create event trigger note_limits on ddl_command_end when tag in ('CREATE INDEX') execute function note_limits()`.execute(
      database,
    );
    assert.match(await told(() => {}, { HOST: "192.0.2.1" }), /^the server cannot listen/);
    await sql`drop event trigger note_limits`.execute(database);
    const { rows } = await sql`select distinct statement, lock from limits_of_migrations`.execute(database);
    assert.deepEqual(rows, [{ statement: "0", lock: "0" }]);

    await sql`insert into kysely_migration values ('9999-later', now()::text)`.execute(database);
    const newer = await told(() => {});
    assert.match(
      newer,
      /^the database is newer than this version of the server, which does not know 9999-later: start/,
    );
  });
}
