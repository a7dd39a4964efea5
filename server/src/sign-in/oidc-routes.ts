// Single sign-on: out to the identity provider, back with a token, and through one login transaction.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { Application, Part } from "../application.ts";
import { isUnavailable } from "../database/failures.ts";
import { identityOf } from "../login/identity.ts";
import { syncLogin } from "../login/sync-login.ts";
import { Problem } from "../pages/problem.ts";
import { environmentProvider } from "../providers/environment.ts";
import { backChannelLogoutPath, callbackPath, signInPath, type UsableProvider } from "../providers/providers.ts";
import { directoryIdIn } from "../reconcile/directory.ts";
import { hashOf, newSecret } from "../secrets.ts";
import { signIn } from "./current-user.ts";
import { addressOf, destinationOf } from "./destination.ts";
import { withFetchedGroups } from "./fetched-groups.ts";
import { UnusableLogoutToken } from "./logout-token.ts";
import { type Attempt, rememberAttempt, takeAttempt } from "./oidc-attempts.ts";
import type { VerifiedToken } from "./oidc-client.ts";
import { oidcProblem } from "./oidc-failures.ts";
import { endAtProvider } from "./provider-logouts.ts";
import { refusal } from "./refusal.ts";
import { keepTestSignIn } from "./test-sign-ins.ts";

export const oidcRoutes: Part = (server, application) => {
  const { limits } = application;
  const rateLimit = { max: limits.oidc, timeWindow: "1 minute" };
  type Params = { provider?: string };
  const id = ({ provider }: Params) => provider ?? environmentProvider;

  type Query = { anew?: string; test?: string; to?: unknown; invitation?: string | string[] };
  const begin = async (request: FastifyRequest<{ Querystring: Query; Params: Params }>, reply: FastifyReply) => {
    const { anew, test, to, invitation } = request.query;
    const testBy = test === undefined ? null : whoTests(request);
    const provider = await providerOf(application, id(request.params), testBy !== null);
    if (testBy !== null) {
      return leave(application, provider, request, reply, { anew: true, secret: null, testBy, destination: null });
    }
    // Whoever follows the link of an invitation says who they are, whoever is signed in at the identity provider.
    const secret = typeof invitation === "string" ? invitation : null;
    return leave(application, provider, request, reply, {
      anew: anew !== undefined || secret !== null,
      secret,
      testBy: null,
      destination: destinationOf(to),
    });
  };
  const finish = async (request: FastifyRequest<{ Params: Params }>, reply: FastifyReply) => {
    const { testBy, destination, ...proof } = await comeBack(application, id(request.params), request);
    if (testBy !== null) {
      identityOf(proof.issuer, proof.claims); // what would keep everybody out is told here too
      await keepTestSignIn(application.database, testBy, proof, application.clock());
      return reply.redirect("/admin/#/preview/test-sign-in", 303);
    }
    const context = { ...application, hasIdentityProvider: true, now: application.clock(), requestId: request.id };
    const { outcome, userId, auditId } = await syncLogin(context, { method: "oidc", ...proof });
    request.log.info({ auditId, userId, allowed: outcome.allowed, reason: outcome.reason }, "login decided");
    if (!outcome.allowed || userId === null) throw refusal(outcome);
    const session = { ...proof.session, providerId: id(request.params) };
    await signIn(application, request, reply, { userId, method: "oidc", provider: session });
    return reply.redirect(addressOf(destination), 303);
  };

  // Whole companies may be signed out at once, from one address.
  const logoutLimit = { max: limits.oidc * 10, timeWindow: "1 minute" };
  type Form = { logout_token?: unknown };
  const signOut = async (request: FastifyRequest<{ Params: Params; Body: Form | null }>, reply: FastifyReply) => {
    reply.header("cache-control", "no-store");
    try {
      const ended = await endSessions(application, id(request.params), request.body?.logout_token);
      request.log.info({ ended }, "sessions ended by the identity provider");
      return reply.code(200).send();
    } catch (error) {
      const { status, description, cause } = logoutFault(error);
      request.log[status >= 500 ? "error" : "info"]({ err: cause }, "logout token refused");
      return reply.code(status).send({ error: "invalid_request", error_description: description });
    }
  };

  for (const path of [environmentProvider, ":provider"]) {
    server.get<{ Querystring: Query; Params: Params }>(signInPath(path), { config: { rateLimit } }, begin);
    server.get<{ Params: Params }>(callbackPath(path), { config: { rateLimit } }, finish);
    const ending = { config: { rateLimit: logoutLimit } };
    server.post<{ Params: Params; Body: Form | null }>(backChannelLogoutPath(path), ending, signOut);
  }
};

/** One at which people sign in, or also one that is only tested. */
async function providerOf({ providers }: Application, id: string, isTest: boolean): Promise<UsableProvider> {
  const provider = await providers.find(id);
  if (!provider || !(provider.enabled || isTest)) {
    throw new Problem({
      status: 404,
      code: "no-such-provider",
      title: "There is no such identity provider",
      detail: "Nobody signs in at it, or not any more. Go to the first page and choose another way to sign in.",
    });
  }
  const { oidc } = provider;
  if (oidc !== null) return { ...provider, oidc };
  throw new Problem({
    status: 503,
    code: "provider-secrets-unreadable",
    title: "This identity provider cannot be used at the moment",
    detail: "The server has no key to its secrets any more. A super admin enters them anew in the instance settings.",
  });
}

async function endSessions(application: Application, id: string, token: unknown): Promise<number> {
  if (typeof token !== "string") throw new UnusableLogoutToken("the form has no `logout_token`");
  const { database, clock } = application;
  const { oidc } = await providerOf(application, id, false);
  const ended = await endAtProvider(database, await oidc.logoutToken(token), clock());
  if (ended === null) throw new UnusableLogoutToken("this logout token was sent before");
  return ended;
}

/** Its answer is read by programs; section 2.8 of the specification says how. */
function logoutFault(error: unknown): { status: number; description: string; cause: unknown } {
  if (error instanceof UnusableLogoutToken) return { status: 400, description: error.message, cause: error };
  if (error instanceof Problem && error.status === 404) {
    return { status: 400, description: "There is no such identity provider.", cause: error };
  }
  const problem = isUnavailable(error) || error instanceof Problem ? null : oidcProblem(error);
  if (problem === null || (problem instanceof Problem && problem.status === 503)) {
    return { status: 503, description: "The token cannot be verified at the moment. Send it again.", cause: error };
  }
  return { status: 400, description: "The token could not be verified.", cause: error };
}

function whoTests({ user }: FastifyRequest): number {
  if (user?.superAdmin) return user.id;
  throw new Problem({
    status: 403,
    code: "test-needs-super-admin",
    title: "Only super admins test the sign-in",
    detail: "Sign in as a super admin, and begin the test anew.",
  });
}

async function leave(
  { database, cookies, clock }: Application,
  { id: providerId, oidc }: UsableProvider,
  request: FastifyRequest,
  reply: FastifyReply,
  { anew, secret, ...rest }: { anew: boolean; secret: string | null } & Pick<Attempt, "testBy" | "destination">,
): Promise<FastifyReply> {
  const { address, handshake } = await oidc.begin({ anew }).catch((error: unknown) => {
    throw oidcProblem(error);
  });
  const name = cookies.name("sign-in");
  const browser = request.cookies[name] ?? newSecret();
  const attempt = { ...handshake, providerId, invitationHash: secret && hashOf(secret), ...rest };
  await rememberAttempt(database, browser, attempt, clock());
  reply.setCookie(name, browser, cookies.options);
  return reply.redirect(address.href, 303);
}

async function comeBack(
  application: Application,
  id: string,
  request: FastifyRequest,
): Promise<
  VerifiedToken & { directoryId: string | null } & Pick<Attempt, "invitationHash" | "testBy" | "destination">
> {
  const { database, cookies, clock } = application;
  const query = request.url.slice(request.url.indexOf("?"));
  const state = new URLSearchParams(query).get("state") ?? "";
  const browser = request.cookies[cookies.name("sign-in")] ?? "";
  const attempt = await takeAttempt(database, browser, state, clock());
  // Another provider may not answer for the one that was asked; and what a test shows is for whoever began it.
  const isFromThere = attempt?.providerId === id;
  if (!attempt || !isFromThere || (attempt.testBy !== null && attempt.testBy !== whoTests(request))) {
    throw new Problem({
      status: 400,
      code: "sign-in-expired",
      title: "This sign-in is no longer valid",
      detail: "It was used already, took longer than ten minutes, or began in another browser. Begin again.",
    });
  }
  const { invitationHash, testBy, destination } = attempt;
  const { oidc, groupSource } = await providerOf(application, id, testBy !== null);
  const token = await oidc.finish(query, attempt).catch((error: unknown) => {
    throw oidcProblem(error);
  });
  const warn = (details: object, message: string) => request.log.warn(details, message);
  const claims = await withFetchedGroups(database, groupSource, token.claims, warn);
  const directoryId = directoryIdIn(groupSource, token.claims);
  return { ...token, claims, directoryId, invitationHash, testBy, destination };
}
