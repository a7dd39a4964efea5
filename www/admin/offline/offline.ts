// Writes the service worker of the static demonstration, which keeps every file of the build.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const source = fileURLToPath(new URL("service-worker.js", import.meta.url));

export function offline(publicDir: string): Plugin {
  return {
    name: "offline",
    enforce: "post",
    // After the licences, which are a file of their own.
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const built = Object.entries(bundle).map(([name, file]) => {
          return { name, content: file.type === "chunk" ? file.code : file.source };
        });
        const copied = readdirSync(publicDir).map((name) => ({ name, content: readFileSync(`${publicDir}/${name}`) }));
        const files = [...built, ...copied];
        const hash = createHash("sha256");
        for (const { name, content } of files) hash.update(name).update(content);
        const facts = {
          BUILT_FILES: ["./", ...files.map(({ name }) => `./${name}`)],
          BUILT_NAME: `idp-group-sync-demo-${hash.digest("hex").slice(0, 16)}`,
        };
        const code = readFileSync(source, "utf8").replaceAll(/self\.(BUILT_\w+)/g, (_match, name: keyof typeof facts) =>
          JSON.stringify(facts[name]),
        );
        this.emitFile({ type: "asset", fileName: "service-worker.js", source: code });
      },
    },
  };
}
