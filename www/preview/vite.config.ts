import { defineConfig } from "vite";
import { pages } from "../vite.pages.js";

export default defineConfig({
  ...pages,
  build: {
    target: "es2022",
    // Browsers that know `light-dark()`, which an older target would be written without.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // One page whose editor and engine are needed at once: splitting it would only add requests.
    chunkSizeWarningLimit: 1500,
    license: { fileName: "licenses.md" },
  },
});
