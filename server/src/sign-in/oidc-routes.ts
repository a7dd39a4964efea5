// Single sign-on: out to the identity provider, back with a token, and through one login transaction.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { Application, Part } from "../application.ts";
import { syncLogin } from "../login/sync-login.ts";
import { Problem } from "../pages/problem.ts";
import { hashOf, newSecret } from "../secrets.ts";
import { signIn } from "./current-user.ts";
import { rememberAttempt, takeAttempt } from "./oidc-attempts.ts";
import type { OidcClient, VerifiedToken } from "./oidc-client.ts";
import { oidcProblem } from "./oidc-failures.ts";
import { refusal } from "./refusal.ts";

export const oidcRoutes: Part = (server, application) => {
  const { oidc, limits } = application;
  if (oidc === null) return;
  const rateLimit = { max: limits.oidc, timeWindow: "1 minute" };

  type Query = { anew?: string; invitation?: string | string[] };
  server.get<{ Querystring: Query }>("/sign-in/oidc", { config: { rateLimit } }, (request, reply) => {
    const { anew, invitation } = request.query;
    // Whoever follows the link of an invitation says who they are, whoever is signed in at the identity provider.
    const secret = typeof invitation === "string" ? invitation : null;
    return leave(application, oidc, request, reply, { anew: anew !== undefined || secret !== null, secret });
  });
  server.get("/sign-in/oidc/callback", { config: { rateLimit } }, async (request, reply) => {
    const proof = await comeBack(application, oidc, request);
    const context = { ...application, hasIdentityProvider: true, now: application.clock(), requestId: request.id };
    const { outcome, userId, auditId } = await syncLogin(context, { method: "oidc", ...proof });
    request.log.info({ auditId, userId, allowed: outcome.allowed, reason: outcome.reason }, "login decided");
    if (!outcome.allowed || userId === null) throw refusal(outcome);
    await signIn(application, request, reply, { userId, method: "oidc" });
    return reply.redirect("/", 303);
  });
};

async function leave(
  { database, cookies, clock }: Application,
  oidc: OidcClient,
  request: FastifyRequest,
  reply: FastifyReply,
  { anew, secret }: { anew: boolean; secret: string | null },
): Promise<FastifyReply> {
  const { address, handshake } = await oidc.begin({ anew }).catch((error: unknown) => {
    throw oidcProblem(error);
  });
  const name = cookies.name("sign-in");
  const browser = request.cookies[name] ?? newSecret();
  await rememberAttempt(database, browser, { ...handshake, invitationHash: secret && hashOf(secret) }, clock());
  reply.setCookie(name, browser, cookies.options);
  return reply.redirect(address.href, 303);
}

async function comeBack(
  { database, cookies, clock }: Application,
  oidc: OidcClient,
  request: FastifyRequest,
): Promise<VerifiedToken & { invitationHash: string | null }> {
  const query = request.url.slice(request.url.indexOf("?"));
  const state = new URLSearchParams(query).get("state") ?? "";
  const browser = request.cookies[cookies.name("sign-in")] ?? "";
  const attempt = await takeAttempt(database, browser, state, clock());
  if (!attempt) {
    throw new Problem({
      status: 400,
      code: "sign-in-expired",
      title: "This sign-in is no longer valid",
      detail: "It was used already, took longer than ten minutes, or began in another browser. Begin again.",
    });
  }
  const token = await oidc.finish(query, attempt).catch((error: unknown) => {
    throw oidcProblem(error);
  });
  return { ...token, invitationHash: attempt.invitationHash };
}
