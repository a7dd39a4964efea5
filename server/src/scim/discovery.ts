// What this server can do, by RFC 7643, sections 5 to 7.

import type { FastifyInstance } from "fastify";
import { notFound, ScimError } from "./errors.ts";
import { mostResults } from "./list.ts";
import { describedSchemas, enterpriseId, groupSchema, userSchema } from "./schemas.ts";

export function discovery(server: FastifyInstance, base: string): void {
  const schemas = describedSchemas(base);
  const types = resourceTypes(base);
  server.get("/ServiceProviderConfig", () => serviceProviderConfig(base));
  documents(server, "/Schemas", schemas, ({ id }) => id);
  documents(server, "/ResourceTypes", types, ({ id }) => id);
}

function documents<One extends Record<string, unknown>>(
  server: FastifyInstance,
  path: string,
  all: One[],
  idOf: (one: One) => unknown,
): void {
  server.get<{ Querystring: { filter?: string } }>(path, ({ query }) => {
    if (query.filter !== undefined) throw new ScimError(403, "these are not filtered");
    return {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
      totalResults: all.length,
      startIndex: 1,
      itemsPerPage: all.length,
      Resources: all,
    };
  });
  server.get<{ Params: { id: string } }>(`${path}/:id`, ({ params }) => {
    const found = all.find((one) => String(idOf(one)).toLowerCase() === params.id.toLowerCase());
    if (!found) throw notFound("document");
    return found;
  });
}

function resourceTypes(base: string): Record<string, unknown>[] {
  const common = { schemas: ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"] };
  const meta = (id: string) => ({ resourceType: "ResourceType", location: `${base}/ResourceTypes/${id}` });
  return [
    {
      ...common,
      id: "User",
      name: "User",
      endpoint: "/Users",
      description: "Somebody in the directory",
      schema: userSchema.id,
      schemaExtensions: [{ schema: enterpriseId, required: false }],
      meta: meta("User"),
    },
    {
      ...common,
      id: "Group",
      name: "Group",
      endpoint: "/Groups",
      description: "A group of the directory, which the mapping names",
      schema: groupSchema.id,
      meta: meta("Group"),
    },
  ];
}

function serviceProviderConfig(base: string): Record<string, unknown> {
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: mostResults },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: "oauthbearertoken",
        name: "Bearer token",
        description: "A token that a super admin has made for the identity provider",
        specUri: "https://www.rfc-editor.org/info/rfc6750",
        primary: true,
      },
    ],
    meta: { resourceType: "ServiceProviderConfig", location: `${base}/ServiceProviderConfig` },
  };
}
