// The page as it is built: for the login server, or as the demonstration that needs none. Each is built once for a run of the tests.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, preview } from "vite";
import { atEnd } from "./at-end.mjs";

const configFile = fileURLToPath(new URL("../../../www/admin/vite.config.ts", import.meta.url));

/** Gives the folder of the built page. */
export async function buildPage(mode) {
  const outDir = await mkdtemp(join(tmpdir(), `idp-group-sync-admin-${mode}-`));
  atEnd(() => rm(outDir, { recursive: true }));
  await build({ configFile, mode, logLevel: "warn", build: { outDir } });
  return outDir;
}

let demo;

/** The static demonstration, served as any web server would. */
export function openDemo() {
  demo ??= (async () => {
    const outDir = await buildPage("static");
    const server = await preview({
      configFile,
      mode: "static",
      logLevel: "warn",
      build: { outDir },
      preview: { port: 0, host: "127.0.0.1" },
    });
    atEnd(() => server.close());
    return { outDir, address: `http://127.0.0.1:${server.httpServer.address().port}/` };
  })();
  return demo;
}
