// Built pages to measure: the one of the working tree, and those of earlier commits.

import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
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

/** Both pages of a commit, as `builtSite` and `builtDemo` have them, with the packages that are installed now, the engine included. */
export async function sitesOf(commit) {
  const source = join(folder, "source", commit);
  rmSync(source, { recursive: true, force: true });
  mkdirSync(source, { recursive: true });
  // The pages use a little of the server.
  const paths = git("ls-tree", "--name-only", commit, "www", "server", "tests/cases").toString().trim().split("\n");
  execFileSync("tar", ["-x", "-C", source], { input: git("archive", commit, ...paths) });
  mkdirSync(join(source, "node_modules"));
  symlinkSync(join(source, "www", "elements"), join(source, "node_modules", "idp-group-sync-elements"));
  const [site, demo] = await Promise.all([
    serve(join(source, "www", "preview"), join(folder, `${commit}-preview`)),
    serve(join(source, "www", "admin"), join(folder, `${commit}-admin`), "static"),
  ]);
  return { site, demo };
}

function git(...command) {
  return execFileSync("git", command, { cwd: repository, maxBuffer: 2 ** 28 });
}

async function serve(root, outDir, mode = "production") {
  const options = { root, mode, logLevel: "warn", build: { outDir, emptyOutDir: true } };
  await build(options);
  const server = await preview({ ...options, preview: { port: 0, host: "127.0.0.1" } });
  return { address: `http://127.0.0.1:${server.httpServer.address().port}/`, close: () => server.close() };
}
