// Runs a command with a PostgreSQL server of its own, which TEST_DATABASE_URL names; the server and its files are gone afterwards.
//
//   node scripts/test/with-postgresql.mjs command arguments…
//
// If TEST_DATABASE_URL names a server already, the command uses that one.

import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { become, main, output, Stop } from "../setup/command.mjs";
import { requirePostgresql } from "../setup/postgresql.mjs";
import { freePort } from "./free-port.mjs";

await main(async () => {
  const [command, ...args] = process.argv.slice(2);
  if (!command) throw new Stop("no command was given to run with PostgreSQL");
  requirePostgresql();
  if (process.env.TEST_DATABASE_URL) return become(command, args);
  const server = await start(process.env.POSTGRESQL_BIN);
  try {
    process.env.TEST_DATABASE_URL = server.url;
    return await become(command, args);
  } finally {
    await server.stop();
  }
});

async function start(programs) {
  const owner = findOwner();
  const folder = mkdtempSync(join(tmpdir(), "idp-group-sync-postgresql-"));
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const password = randomBytes(18).toString("base64url");
    const data = join(folder, "data");
    initialise({ programs, owner, folder, data, password });
    const port = await freePort();
    const child = spawn(join(programs, "postgres"), serverArguments({ data, folder, port }), {
      ...owner,
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let log = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      log = (log + text).slice(-10_000);
    });
    const ended = new Promise((resolve) => child.once("close", resolve));
    await untilReady({ data, child, log: () => log });
    return {
      url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
      async stop() {
        child.kill("SIGINT"); // a fast end: whoever is connected still is put out
        await ended;
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** PostgreSQL refuses to run as root; the package makes a user for it. */
function findOwner() {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = ["-u", "-g"].map((option) => output("id", [option, "postgres"])?.trim());
  if (!uid || !gid) {
    throw new Stop("PostgreSQL does not run as root, and there is no user `postgres`: run the tests as another user");
  }
  return { uid: Number(uid), gid: Number(gid) };
}

function initialise({ programs, owner, folder, data, password }) {
  const secret = join(folder, "password");
  writeFileSync(secret, password, { mode: 0o600 });
  if (owner.uid !== undefined) chownSync(secret, owner.uid, owner.gid);
  const { status, stderr, error } = spawnSync(
    join(programs, "initdb"),
    [
      ...["--pgdata", data, "--username=postgres", "--pwfile", secret, "--auth=scram-sha-256"],
      ...["--encoding=UTF8", "--no-locale", "--no-sync"],
    ],
    { ...owner, cwd: folder, encoding: "utf8" },
  );
  rmSync(secret);
  if (status !== 0) throw new Stop(`\`initdb\` failed: ${error?.message ?? stderr}`);
}

/** It does not outlive the tests, so it need not outlive a power cut either; that makes it several times as fast. */
function serverArguments({ data, folder, port }) {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: folder,
    port,
    max_connections: 200,
    fsync: "off",
    full_page_writes: "off",
    synchronous_commit: "off",
    autovacuum: "off",
  };
  return ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}

async function untilReady({ data, child, log }) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Stop(`PostgreSQL ended at once: ${log()}`);
    if (isReady(data)) return;
    await delay(50);
  }
  child.kill("SIGKILL");
  throw new Stop(`PostgreSQL was not ready within a minute: ${log()}`);
}

/** The eighth line of this file is how the server tells its own programs. */
function isReady(data) {
  try {
    return readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[7]?.trim() === "ready";
  } catch {
    return false; // not written yet
  }
}
