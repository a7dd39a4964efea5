// For whoever watches over the server: whether its process lives, and whether it can take requests.

import type { FastifyInstance } from "fastify";
import type { Application } from "./application.ts";
import { isUpToDate, isWritable } from "./database/migrations.ts";

/** `isEnding` is true from the moment that the process was told to end. */
export function health(server: FastifyInstance, { database }: Application, isEnding: () => boolean): void {
  // Says nothing of the database: a process that waits for one is not mended by being started again.
  server.get("/healthz", { logLevel: "warn" }, () => ({ status: "ok" }));
  server.get("/readyz", { logLevel: "warn" }, async (request, reply) => {
    reply.header("cache-control", "no-store");
    if (isEnding()) return reply.code(503).send({ status: "ending" });
    try {
      if (!(await isWritable(database))) return reply.code(503).send({ status: "database read-only" });
      if (await isUpToDate(database)) return { status: "ready" };
      return reply.code(503).send({ status: "migrations missing" });
    } catch (error) {
      request.log.error({ err: error }, "the database cannot be reached");
      return reply.code(503).send({ status: "database unavailable" });
    }
  });
}
