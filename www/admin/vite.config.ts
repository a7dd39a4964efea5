import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { offline } from "./offline/offline.js";

const publicDir = fileURLToPath(new URL("../public", import.meta.url));

// `vite build www/admin` makes the page for the login server, `--mode static` the demonstration that needs no server.
export default defineConfig(({ mode }) => ({
  root: fileURLToPath(new URL(".", import.meta.url)),
  publicDir,
  plugins: mode === "static" ? [offline(publicDir)] : [],
  // Relative, so that the built page works from any folder of any host.
  base: "./",
  worker: { format: "es" },
  build: {
    target: "es2022",
    outDir: fileURLToPath(new URL(mode === "static" ? "./dist/static" : "./dist/server", import.meta.url)),
    emptyOutDir: true,
    chunkSizeWarningLimit: 1500,
  },
}));
