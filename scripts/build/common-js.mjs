// The same modules and declarations for `require`.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";

/** Where `import.meta.url` is asked for, CommonJS has `__filename`; bundlers for browsers may have neither. */
const moduleUrl = `const moduleUrl =
  typeof __filename === "string" ? globalThis.process?.getBuiltinModule?.("node:url").pathToFileURL(__filename).href : undefined;
`;

/** Modules that only an `import` can reach. */
const modulesOnly = ["testing.js", "workerd.js"];

/** Writes a `.cjs` beside every `.js`, and a `.d.cts` beside every `.d.ts`. */
export function writeCommonJs(dist) {
  const files = readdirSync(dist, { recursive: true }).filter((file) => !modulesOnly.includes(file));
  for (const file of files.map((name) => join(dist, name))) {
    if (file.endsWith(".js")) write(file, ".js", ".cjs", toCommonJs(readFileSync(file, "utf8")));
    if (file.endsWith(".d.ts")) write(file, ".d.ts", ".d.cts", readFileSync(file, "utf8"));
  }
}

function toCommonJs(module) {
  const { code } = transformSync(module, {
    format: "cjs",
    platform: "node",
    target: "es2022",
    define: { "import.meta.url": "moduleUrl" },
  });
  return code.includes("moduleUrl") ? `"use strict";\n${moduleUrl}${code.replace(/^"use strict";\n/, "")}` : code;
}

/** Only what is loaded gets the other extension: the glue also has `.js` in the name of what the module imports from it. */
const loaded = /\b((?:require\(|import\(|from )"\.[^"\n]*)\.js"/g;

function write(file, from, to, text) {
  writeFileSync(file.slice(0, -from.length) + to, text.replace(loaded, '$1.cjs"'));
}
