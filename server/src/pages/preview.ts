// The page that shows what a mapping does to a token while it is typed. It decides in the browser and asks the server nothing.

import files from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** The page runs WebAssembly and makes its styles itself; it still talks to no other host. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Serves the built page of `folder` at `/preview/`. */
export function preview(server: FastifyInstance, folder: string): void {
  server.register((page, _options, done) => {
    page.addHook("onSend", async (_request, reply) => {
      reply.header("content-security-policy", policy);
    });
    page.register(files, { root: folder, prefix: "/preview/", redirect: true });
    done();
  });
}
