// A disk that is really full: the tables of the server are on a file system of a few megabytes. It takes root and Linux to make one.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, rmdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { sql } from "kysely";
import { openPostgres } from "../../src/database/postgres.ts";
import type { Database } from "../../src/database/schema.ts";
import { auditAgrees } from "./support/audit-replay.ts";
import { type DeploymentWithIdp, deployment } from "./support/deployment.ts";
import { placesOf } from "./support/memberships.ts";
import { isProblem } from "./support/problem.ts";

const url = process.env.TEST_DATABASE_URL;
const isHere = url ? ["127.0.0.1", "localhost"].includes(new URL(url).hostname) : false;
const folder = isHere ? mountTiny() : null;

/** `null` where this process may not. */
function mountTiny(): string | null {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return null;
  const place = mkdtempSync(join(tmpdir(), "idp-group-sync-tiny-disk-"));
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", "size=12m", "tmpfs", place]);
  if (status === 0) return place;
  rmdirSync(place);
  return null;
}

if (folder !== null) {
  const administration = openPostgres(url ?? "", { connections: 1 });
  let deployed: DeploymentWithIdp;
  before(async () => {
    const { rows } = await sql<{ data_directory: string }>`show data_directory`.execute(administration);
    const { uid, gid } = statSync(rows[0]?.data_directory ?? "");
    chownSync(folder, uid, gid);
    await sql`create tablespace tiny location ${sql.lit(folder)}`.execute(administration);
    deployed = await deployment({ prepare: moveToTiny });
  });
  after(async () => {
    await deployed.close();
    await sql`drop tablespace tiny`.execute(administration);
    await administration.destroy();
    spawnSync("umount", [folder]);
    rmdirSync(folder);
  });

  async function moveToTiny(database: Database): Promise<void> {
    await sql`alter table all in tablespace pg_default set tablespace tiny`.execute(database);
    await sql`alter index all in tablespace pg_default set tablespace tiny`.execute(database);
  }

  async function fill(database: Database): Promise<void> {
    await sql`create table filler (data text) tablespace tiny`.execute(database);
    await sql`alter table filler alter data set storage plain`.execute(database);
    const rows = sql`insert into filler select repeat('x', 8000) from generate_series(1, 50)`;
    const error: { code?: string } = await (async () => {
      for (;;) await rows.execute(database);
    })().catch((caught: object) => caught);
    assert.equal(error.code, "53100");
  }

  test("on a disk that is full, a login is told so and leaves nothing; once there is room, it works", async () => {
    const { idp, server, store } = deployed;
    // Its audit does not fit into what room the tables still have.
    const groups = ["sales", ...Array.from({ length: 3000 }, (_, index) => `a group that grants nothing ${index}`)];
    const browser = deployed.newBrowser();
    const back = await browser.goOut(idp, { sub: "ada", groups });
    await store.use(fill);
    const page = await browser.get(back);
    await isProblem(page, {
      status: 503,
      title: /The database cannot be reached/,
      server,
      log: /No space left on device/,
    });
    assert.ok(!browser.cookies.has("session"));
    const places = await store.use(async (database) => {
      await auditAgrees(database);
      return placesOf(database);
    });
    assert.equal(places.ada, undefined);

    await store.use((database) => sql`drop table filler`.execute(database));
    assert.equal((await browser.signIn(idp, { sub: "ada", groups })).location, "/");
    await store.use(async (database) => {
      assert.equal(await auditAgrees(database), 1);
      assert.deepEqual((await placesOf(database)).ada, { main: "end-user: sales" });
    });
  });
}
