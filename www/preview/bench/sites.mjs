// Built pages to measure: the one of the working tree, and those of earlier commits.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, preview } from "vite";

const repository = fileURLToPath(new URL("../../../", import.meta.url));
const folder = join(repository, "target", "bench");

/** The page as it is now. */
export function builtSite() {
  return serve(join(repository, "www", "preview"), join(folder, "now"));
}

/** The admin page, as the demonstration that needs no server. */
export function builtDemo() {
  return serve(join(repository, "www", "admin"), join(folder, "admin"), "static");
}

/** The page and the elements of a commit, with the packages that are installed now, the engine included. */
export async function siteOf(commit) {
  const source = join(folder, "source", commit);
  rmSync(source, { recursive: true, force: true });
  mkdirSync(source, { recursive: true });
  const archive = execFileSync("git", ["archive", commit, "www", "tests/cases"], {
    cwd: repository,
    maxBuffer: 2 ** 28,
  });
  execFileSync("tar", ["-x", "-C", source], { input: archive });
  const elements = join(source, "www", "elements");
  mkdirSync(join(source, "node_modules"));
  symlinkSync(elements, join(source, "node_modules", "idp-group-sync-elements"));
  // Until the elements were a workspace, `www` itself was the page.
  const page = join(source, "www", "preview");
  return serve(existsSync(page) ? page : join(source, "www"), join(folder, commit));
}

async function serve(root, outDir, mode = "production") {
  const options = { root, mode, logLevel: "warn", build: { outDir, emptyOutDir: true } };
  await build(options);
  const server = await preview({ ...options, preview: { port: 0, host: "127.0.0.1" } });
  return { address: `http://127.0.0.1:${server.httpServer.address().port}/`, close: () => server.close() };
}
