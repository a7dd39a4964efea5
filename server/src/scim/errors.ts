// Errors in the form of RFC 7644, section 3.12. What a client cannot have caused is logged and not told.

import type { FastifyError, FastifyInstance, FastifyReply } from "fastify";
import { GroupSyncError } from "idp-group-sync";
import { isUnavailable, isUniqueViolation } from "../database/failures.ts";

type ScimType =
  | "invalidFilter"
  | "invalidPath"
  | "invalidSyntax"
  | "invalidValue"
  | "mutability"
  | "noTarget"
  | "tooMany"
  | "uniqueness";

export class ScimError extends Error {
  readonly status: number;
  readonly scimType: ScimType | undefined;

  constructor(status: number, detail: string, scimType?: ScimType) {
    super(detail);
    this.status = status;
    this.scimType = scimType;
  }
}

export function invalid(scimType: ScimType, detail: string): ScimError {
  return new ScimError(400, detail, scimType);
}

export function notFound(what: string): ScimError {
  return new ScimError(404, `there is no such ${what}`);
}

export function conflict(detail: string): ScimError {
  return new ScimError(409, detail, "uniqueness");
}

export function answerScimErrors(server: FastifyInstance): void {
  server.setErrorHandler<FastifyError>((error, request, reply) => {
    const known = scimErrorOf(error, request.id);
    if (known.status >= 500) request.log.error({ err: error }, "a SCIM request failed");
    else request.log.info({ status: known.status, scimType: known.scimType }, "SCIM request refused");
    return sendError(reply, known);
  });
  server.setNotFoundHandler((_request, reply) => sendError(reply, notFound("address")));
}

function sendError(reply: FastifyReply, { status, scimType, message }: ScimError): FastifyReply {
  return reply.code(status).send(scimErrorBody(status, message, scimType));
}

/** What a client reads of an error. */
export function scimErrorBody(status: number, detail: string, scimType?: ScimType): object {
  return { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: String(status), scimType, detail };
}

function scimErrorOf(error: Error & Partial<FastifyError>, requestId: string): ScimError {
  if (error instanceof ScimError) return error;
  if (isUniqueViolation(error)) return conflict("another request has just made the same");
  if (isUnavailable(error)) return new ScimError(503, "the database cannot be reached: send the request again");
  if (error instanceof GroupSyncError && error.code === "too-large") {
    return new ScimError(413, "these are more groups, or longer names, than are taken for one user", "tooMany");
  }
  const status = error.statusCode ?? 500;
  if (status === 413) return new ScimError(413, "the request is too large");
  if (status === 415) return new ScimError(415, "send JSON, as `application/scim+json`");
  if (status < 500)
    return new ScimError(status, "the request cannot be read", status === 400 ? "invalidSyntax" : undefined);
  return new ScimError(500, `something went wrong; the log has it under \`${requestId}\``);
}
