// Errors as JSON, with codes that stay. What a program does not expect is logged and not told.

import type { FastifyError, FastifyInstance } from "fastify";
import { type Diagnostic, GroupSyncError } from "idp-group-sync";
import { isUnavailable } from "../database/failures.ts";
import { schemaFault } from "./validation.ts";

export interface ApiFailure {
  code: string;
  message: string;
  path?: string;
  diagnostics?: Diagnostic[];
}

export class ApiError extends Error {
  readonly status: number;
  readonly failure: ApiFailure;

  constructor(status: number, failure: ApiFailure) {
    super(failure.message);
    this.status = status;
    this.failure = failure;
  }
}

export function missing(what: string): ApiError {
  return new ApiError(404, { code: "not-found", message: `there is no such ${what}` });
}

export function answerErrors(server: FastifyInstance): void {
  server.setErrorHandler<FastifyError>((error, request, reply) => {
    const { status, failure } = apiErrorOf(error, request.id);
    if (status >= 500) request.log.error({ err: error }, failure.message);
    else request.log.info({ code: failure.code, path: failure.path }, "refused");
    return reply.code(status).send({ error: failure });
  });
  server.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ error: missing("address in the API").failure }),
  );
}

export function apiErrorOf(error: Error & Partial<FastifyError>, requestId: string): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof GroupSyncError) return engineError(error) ?? internal(requestId);
  if (error.validation) return new ApiError(400, schemaFault(error.validation));
  if (isUnavailable(error)) {
    const message = "the database cannot be reached; what was asked was carried out whole or not at all";
    return new ApiError(503, { code: "database-unavailable", message });
  }
  const status = error.statusCode ?? 500;
  return status < 500 ? requestError(status, error) : internal(requestId);
}

function engineError({ code, message, path, diagnostics }: GroupSyncError): ApiError | null {
  const place = path === undefined ? {} : { path };
  switch (code) {
    case "invalid-input":
      return new ApiError(400, { code, message, ...place });
    case "invalid-mapping":
      return new ApiError(422, { code, message, ...place, diagnostics });
    case "too-large":
      return new ApiError(413, { code, message, ...place });
    default:
      return null;
  }
}

/** What Fastify and its plugins refuse. */
function requestError(status: number, { code = "", message = "" }: Partial<FastifyError>): ApiError {
  if (code.startsWith("FST_CSRF_")) {
    return new ApiError(403, {
      code: "csrf-token",
      message: "send the token of `GET /api/me` in the header `csrf-token`",
    });
  }
  switch (status) {
    case 413:
      return new ApiError(413, { code: "too-large", message: "the request is too large" });
    case 415:
      return new ApiError(415, { code: "unsupported-media-type", message: "send JSON, as `application/json`" });
    case 429:
      return new ApiError(429, { code: "too-many-requests", message: "wait a minute, then try again" });
    default:
      return new ApiError(status, { code: "invalid-input", message: message || "the request cannot be read" });
  }
}

function internal(requestId: string): ApiError {
  return new ApiError(500, {
    code: "internal",
    message: `something went wrong; the log has it under \`${requestId}\``,
  });
}
