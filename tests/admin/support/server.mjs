// The real login server with the page in it, as a process of its own: PGlite in memory or on disk, and the identity provider for development.

import { spawn } from "node:child_process";
import { cpSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { build } from "esbuild";
import { freePort } from "../../../scripts/test/free-port.mjs";
import { atEnd } from "./at-end.mjs";
import { buildPage } from "./site.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));

let built;

/** The server as one file. It lies within the repository, where it finds its packages. */
function builtServer() {
  built ??= (async () => {
    const folder = join(root, "target", `admin-tests-${process.pid}`);
    atEnd(() => rm(folder, { recursive: true, force: true }));
    const page = buildPage("production");
    await build({
      entryPoints: [join(root, "server", "src", "main.ts")],
      outfile: join(folder, "src", "main.js"),
      bundle: true,
      packages: "external",
      platform: "node",
      format: "esm",
      target: "node20",
      logLevel: "error",
    });
    await cp(await page, join(folder, "admin"), { recursive: true });
    return join(folder, "src", "main.js");
  })();
  return built;
}

let made;

/** A folder with an empty database. Making one takes seconds, copying it does not. */
function emptyDatabase() {
  made ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), "idp-group-sync-admin-empty-"));
    atEnd(() => rm(folder, { recursive: true, force: true }));
    await (await PGlite.create(join(folder, "pglite"))).close();
    return folder;
  })();
  return made;
}

let next;

/**
 * A server with the data that development begins with, to be closed by whoever opened it. While it is used, the next one starts, but for one
 * with an environment of its own.
 */
export async function openServer(environment) {
  if (environment) return startServer(environment);
  if (next === undefined) atEnd(async () => (await next).close());
  const server = await (next ?? startServer());
  next = startServer();
  // Whoever opens the next one is told.
  next.catch(() => undefined);
  return server;
}

async function startServer(environment = {}) {
  const [program, empty] = await Promise.all([builtServer(), emptyDatabase()]);
  const data = await mkdtemp(join(tmpdir(), "idp-group-sync-admin-data-"));
  // In one go, as a thousand small files one by one take a second.
  cpSync(empty, data, { recursive: true });
  // The addresses are part of the protocol, and so both servers have to know theirs beforehand.
  const [port, identityProviderPort] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, ["--enable-source-maps", program], {
    cwd: join(root, "server"),
    env: {
      ...process.env,
      // Building the page has set this.
      NODE_ENV: "development",
      PORT: String(port),
      IDENTITY_PROVIDER_PORT: String(identityProviderPort),
      DATA_FOLDER: data,
      LOG_LEVEL: "warn",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const address = `http://localhost:${port}`;
  await new Promise((resolve, reject) => {
    const hear = (text) => {
      output += text;
      if (output.includes(address)) resolve();
    };
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", hear);
    child.on("exit", () => reject(new Error(`the server ended: ${output}`)));
  });
  const close = async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  return { address, output: () => output, close };
}
