// Who may use the API. It is asked before the body of a request is read, so an answer says nothing about what was sent.

import type { FastifyRequest } from "fastify";
import type { Application } from "../application.ts";
import type { SignedInUser } from "../sign-in/sessions.ts";
import { ApiError } from "./errors.ts";
import type { ApiServer } from "./part.ts";

export function needSession(server: ApiServer, { sessions, cookies }: Application): void {
  server.addHook("onRequest", async (request) => {
    const token = request.cookies[cookies.name("session")];
    request.user = token === undefined ? null : await sessions.find(token);
    if (!request.user) throw new ApiError(401, { code: "not-signed-in", message: "sign in first" });
  });
}

export function needSuperAdmin(server: ApiServer): void {
  server.addHook("onRequest", async (request) => {
    if (!whoAsks(request).superAdmin) {
      throw new ApiError(403, { code: "not-super-admin", message: "only a super admin may do this" });
    }
  });
}

/** A page of another site can have a browser send the cookie, but not this header. */
export function needCsrfToken(server: ApiServer): void {
  server.addHook("onRequest", (request, reply, done) => {
    if (request.method === "GET" || request.method === "HEAD") done();
    else server.csrfProtection(request, reply, done);
  });
}

export function whoAsks({ user }: FastifyRequest): SignedInUser {
  if (!user) throw new Error("the route has no guard");
  return user;
}
