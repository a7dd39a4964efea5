// For whoever watches over the server: whether it can sign people in.

import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import type { Application } from "./application.ts";

export function health(server: FastifyInstance, { database }: Application): void {
  server.get("/healthz", { logLevel: "warn" }, async (request, reply) => {
    try {
      await sql`select 1`.execute(database);
      return { status: "ok" };
    } catch (error) {
      request.log.error({ err: error }, "the database cannot be reached");
      return reply.code(503).send({ status: "database unavailable" });
    }
  });
}
