// What the builds of both pages have in common.

import { fileURLToPath } from "node:url";
import { defaultClientConditions, type UserConfig } from "vite";

export const pages = {
  // Relative, so that a built page works from any folder of any host.
  base: "./",
  publicDir: fileURLToPath(new URL("public", import.meta.url)),
  // The elements are taken from their sources; `tsconfig.json` names the same condition.
  resolve: { conditions: ["idp-group-sync-source", ...defaultClientConditions] },
  worker: { format: "es" },
} satisfies UserConfig;
