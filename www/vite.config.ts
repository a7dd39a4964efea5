import { defineConfig } from "vite";

export default defineConfig({
  // Relative, so that the built page works from any folder of any host.
  base: "./",
  worker: { format: "es" },
  build: {
    target: "es2022",
    // One page whose editor and engine are needed at once: splitting it would only add requests.
    chunkSizeWarningLimit: 1500,
  },
});
