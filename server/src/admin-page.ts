// The admin page: files that were built beforehand. They hold nothing of the instance, so whoever asks may have them; what they show comes from
// the API, which asks who it is for.

import { existsSync } from "node:fs";
import { join } from "node:path";
import files from "@fastify/static";
import type { FastifyPluginAsync } from "fastify";

/** What the page needs beyond what other pages do: its scripts, the engine, styles made by scripts, and the API. */
const policy = {
  "default-src": ["'none'"],
  "script-src": ["'self'", "'wasm-unsafe-eval'"],
  "worker-src": ["'self'"],
  "style-src": ["'self'", "'unsafe-inline'"],
  "img-src": ["'self'", "data:"],
  "connect-src": ["'self'", "data:"],
  "form-action": ["'none'"],
  "base-uri": ["'none'"],
  "frame-ancestors": ["'none'"],
};

const folder = join(import.meta.dirname, "..", "admin");

/** To be registered with the prefix under which the page is to be found. */
export const adminPage: FastifyPluginAsync = async (server) => {
  if (!existsSync(folder)) {
    server.log.warn("the admin page is not there: `npm start` builds it");
    return;
  }
  const value = Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources.join(" ")}`)
    .join(";");
  server.addHook("onSend", async (_request, reply) => {
    reply.header("content-security-policy", value);
  });
  server.get("", (_request, reply) => reply.redirect(`${server.prefix}/`, 301));
  await server.register(files, {
    root: folder,
    // The names of all other files change with what is in them.
    cacheControl: false,
    setHeaders(reply, path) {
      const lasting = path.startsWith(join(folder, "assets"));
      reply.header("cache-control", lasting ? "max-age=31536000, immutable" : "no-cache");
    },
  });
};
