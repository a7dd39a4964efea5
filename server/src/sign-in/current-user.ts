// Who sends a request.

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Application } from "../application.ts";
import { csrfToken } from "./csrf.ts";
import type { NewSession, Sessions } from "./sessions.ts";

/** Fills in `request.user` for all routes of this part of the server. */
export function loadUser(server: FastifyInstance, { sessions, cookies }: Application): void {
  server.addHook("preHandler", async (request) => {
    const token = request.cookies[cookies.name("session")];
    request.user = token === undefined ? null : await sessions.find(token);
  });
}

export async function signIn(
  { sessions, cookies }: Application,
  request: FastifyRequest,
  reply: FastifyReply,
  session: NewSession,
): Promise<void> {
  const name = cookies.name("session");
  const token = await sessions.start(session, request.cookies[name]);
  reply.setCookie(name, token, { ...cookies.options, maxAge: sessions.seconds });
  csrfToken(reply); // so that a session begins with its secret, and pages that load at once do not each set one
}

export async function signOut(
  { sessions, cookies }: Application,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Awaited<ReturnType<Sessions["end"]>>> {
  const name = cookies.name("session");
  const token = request.cookies[name];
  const ended = token === undefined ? undefined : await sessions.end(token);
  reply.clearCookie(name, cookies.options);
  return ended;
}
