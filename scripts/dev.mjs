// `npm run dev [-- preview|admin]`: serves a page, and builds what it stands on anew whenever Rust or TypeScript changes, quickly
// rather than small and fast. The admin page is the demonstration, which needs no server.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { createServer } from "vite";
import { main, Stop } from "./setup/command.mjs";
import { environment, root } from "./setup/place.mjs";

const pages = {
  preview: { root: join(root, "www", "preview") },
  admin: { root: join(root, "www", "admin"), mode: "static" },
};

/** What the package is built from. */
const sources = ["src", "wasm", "Cargo.toml", "Cargo.lock", "pkg-template"].map((path) => join(root, path));

/** What the build itself writes there. */
const generated = join(root, "pkg-template", "src", "generated");

/** Editors write a file in several steps, and several files at once. */
const settled = 50;

await main(async () => {
  const name = process.argv[2] ?? "preview";
  if (!Object.hasOwn(pages, name)) {
    throw new Stop(`there is no page called \`${name}\`: choose from ${Object.keys(pages).join(", ")}`);
  }
  // A fault in the sources is mended while this runs.
  await build();
  // The page is loaded again once a build has ended, and not while one replaces the package.
  const server = await createServer({ ...pages[name], server: { watch: { ignored: [join(root, "pkg", "**")] } } });
  await server.listen();
  server.printUrls();
  const changed = whenChanged(server.watcher);
  for (;;) {
    await changed.next();
    if (!(await build())) continue;
    server.moduleGraph.invalidateAll();
    server.hot.send({ type: "full-reload" });
  }
});

async function build() {
  const start = performance.now();
  const args = [join(root, "scripts", "build.mjs"), "--dev"];
  const [code] = await once(spawn(process.execPath, args, { cwd: root, env: environment(), stdio: "inherit" }), "exit");
  console.log(`[dev] ${code === 0 ? "built" : "not built"} after ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return code === 0;
}

/** Gives something each time that sources changed since the time before. */
async function* whenChanged(watcher) {
  watcher.add(sources);
  let tell = () => {};
  let isChanged = false;
  watcher.on("all", (_event, path) => {
    if (!sources.some((source) => path.startsWith(source)) || path.startsWith(generated)) return;
    isChanged = true;
    tell();
  });
  for (;;) {
    while (!isChanged) await new Promise((resolve) => (tell = resolve));
    await delay(settled);
    isChanged = false;
    yield;
  }
}
