// The command line: one module with the libraries that it uses, beside the package's own entry points.

import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { Stop, succeeds } from "../setup/command.mjs";
import { root } from "../setup/place.mjs";

const sources = join(root, "pkg-template", "src", "cli");

/** Libraries come as modules of either kind; those of CommonJS ask for Node's modules by `require`. */
const banner = `import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
`;

/** Writes `cli.js`, the threads that it starts, and the licences of what it holds. */
export function writeCommandLine(dist, version) {
  if (!succeeds("tsc", ["--project", sources])) {
    throw new Stop("the command line does not compile; the messages above say where");
  }
  const program = join(dist, "cli.js");
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: {
      cli: join(sources, "main.ts"),
      "cli-yaml": join(sources, "cli-yaml.ts"),
      "impact-worker": join(sources, "impact-worker.ts"),
    },
    outdir: dist,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    mainFields: ["module", "main"],
    // The package itself stays outside: the program asks for it by its name, which leads from within it to itself.
    // So does the module that few of its uses need.
    external: ["idp-group-sync", "*/cli-yaml.js"],
    // For Node, it comes as CommonJS, of which nothing can be left out.
    alias: { yaml: join(root, "node_modules", "yaml", "browser", "dist", "index.js") },
    define: { packageVersion: JSON.stringify(version) },
    banner: { js: banner },
    metafile: true,
  });
  chmodSync(program, 0o755);
  writeFileSync(join(dist, "cli-licences.txt"), licences(Object.keys(metafile.inputs)));
}

/** The licence of every library of which something was taken, as their licences ask for. */
function licences(inputs) {
  const folders = new Set(inputs.map((file) => file.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]).filter(Boolean));
  const texts = [...folders].sort().map((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Stop(`${name} is a part of the command line and has no licence file`);
    return `${name} ${version}\n\n${readFileSync(join(root, folder, file), "utf8").trim()}\n`;
  });
  return `dist/cli.js and dist/cli-yaml.js hold parts of these libraries:\n\n${texts.join(`\n${"-".repeat(80)}\n\n`)}`;
}
