// The OpenAPI document, made from the schemas of the routes.

import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import type { Application } from "../application.ts";
import { engineSchemas } from "./schemas/engine.ts";

export async function openApi(server: FastifyInstance, { cookies }: Application): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Group sync of the login server",
        version: "1",
        description:
          "Settings of group sync, and what they do. Every answer about roles and groups comes from idp-group-sync. A request may have only the fields that are described here. Only for super admins, but for this document and `/api/me`.",
      },
      components: {
        securitySchemes: {
          session: { type: "apiKey", in: "cookie", name: cookies.name("session") },
          csrf: { type: "apiKey", in: "header", name: "csrf-token", description: "The `csrfToken` of `GET /api/me`." },
        },
      },
    },
    convertConstToEnum: false,
    // The plugin drops what stands beside a reference; of the engine's schemas nothing is to be lost.
    transformObject: (made) => {
      if (!("openapiObject" in made)) throw new Error("this is no OpenAPI");
      const ofEngine = engineSchemas((name) => `#/components/schemas/${name}`);
      Object.assign(made.openapiObject.components?.schemas ?? {}, ofEngine);
      return made.openapiObject;
    },
    refResolver: { buildLocalReference: (json, _base, _fragment, index) => String(json.$id ?? `schema-${index}`) },
  });
  server.get(
    "/openapi.json",
    {
      schema: {
        operationId: "getOpenApi",
        summary: "This document",
        security: [],
        response: { 200: { description: "The OpenAPI document.", type: "object", additionalProperties: true } },
      },
    },
    () => server.swagger(),
  );
}

/** What a route says about itself in the document. */
export function described(method: "GET" | "change", operationId: string, summary: string) {
  const security: Record<string, string[]>[] = [method === "GET" ? { session: [] } : { session: [], csrf: [] }];
  return { operationId, summary, security };
}
