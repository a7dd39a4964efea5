import type { Backend } from "./backend.js";

/** The back end that this build of the page is for. The other one is not in it. */
export async function openBackend(): Promise<Backend> {
  if (import.meta.env.MODE === "static") {
    const { localBackend } = await import("./local/local-backend.js");
    return localBackend(localStorage);
  }
  const { serverBackend } = await import("./server.js");
  // Where the page is served at /admin, the API is at /api beside it.
  return serverBackend(new URL("../api", document.baseURI).pathname);
}
