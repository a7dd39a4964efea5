import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { pages } from "../vite.pages.js";
import { offline } from "./offline/offline.js";

// `vite build www/admin` makes the page for the login server, `--mode static` the demonstration that needs no server.
export default defineConfig(({ mode }) => ({
  ...pages,
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: mode === "static" ? [offline(pages.publicDir)] : [],
  build: {
    target: "es2022",
    outDir: fileURLToPath(new URL(mode === "static" ? "./dist/static" : "./dist/server", import.meta.url)),
    emptyOutDir: true,
    chunkSizeWarningLimit: 1500,
    license: { fileName: "licenses.md" },
  },
}));
