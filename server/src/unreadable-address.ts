// Addresses that the router cannot take apart are refused before any part of the server is chosen. They are told in the form of the part that
// they are for all the same, as whatever reads its errors reads this one.

import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { apiErrorOf } from "./api/errors.ts";
import { scimErrorBody } from "./scim/errors.ts";

export const scimPath = "/scim/v2";
export const apiPath = "/api";

const sentence = "the address cannot be read";

/** Fastify's `frameworkErrors`. */
export function refuseUnreadableAddress(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const status = error.statusCode ?? 400;
  request.log.info({ code: error.code }, "address refused");
  reply.code(status).header("cache-control", "no-store");
  if (request.url.startsWith(`${scimPath}/`)) {
    void reply.type("application/scim+json; charset=utf-8").send(JSON.stringify(scimErrorBody(status, sentence)));
  } else if (request.url.startsWith(`${apiPath}/`)) {
    const { failure } = apiErrorOf(Object.assign(new Error(sentence), { statusCode: status }), request.id);
    void reply.send({ error: failure });
  } else {
    void reply.type("text/plain; charset=utf-8").send("The address cannot be read. It may be mistyped.");
  }
}
