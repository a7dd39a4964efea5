// Who may use SCIM: whoever has a token of a provider, which is asked before anything else of a request is read.

import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Application } from "../application.ts";
import { verifyScimToken } from "../providers/scim-tokens.ts";
import { ScimError } from "./errors.ts";
import { findProvider, type Provider } from "./link-user.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Whose token a request to SCIM has. */
    scimProvider: Provider | null;
  }
}

/** So many requests without a valid token a minute are answered from one address. */
const mostFailures = 60;

export function needToken(server: FastifyInstance, { database, clock, limits }: Application): void {
  server.decorateRequest("scimProvider", null);
  const timeWindow = 60_000;
  const requests = server.createRateLimit({
    max: limits.scim,
    timeWindow,
    keyGenerator: (request) => whoAsks(request).id,
  });
  const failures = server.createRateLimit({ max: mostFailures, timeWindow, keyGenerator: ({ ip }) => ip });
  server.addHook("onRequest", async (request, reply) => {
    const token = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(request.headers.authorization ?? "")?.[1];
    const id = token === undefined ? null : await verifyScimToken(database, token, clock());
    const provider = id === null ? undefined : await findProvider(database, id);
    request.scimProvider = provider ?? null;
    const limit = await (provider ? requests : failures)(request);
    if (!limit.isAllowed && limit.isExceeded) {
      reply.header("retry-after", Math.max(1, Math.ceil(limit.ttl / 1000)));
      throw new ScimError(429, "there are too many requests: wait, then go on");
    }
    if (provider) return;
    reply.header("www-authenticate", 'Bearer realm="SCIM"');
    throw new ScimError(401, "send a valid token of this identity provider, as `Authorization: Bearer`");
  });
}

export function whoAsks({ scimProvider }: FastifyRequest): Provider {
  if (!scimProvider) throw new Error("the route has no guard");
  return scimProvider;
}
