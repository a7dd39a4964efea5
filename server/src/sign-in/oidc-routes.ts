// Single sign-on: out to the identity provider, back with a token, and through one login transaction.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { Application, Part } from "../application.ts";
import { isUnavailable } from "../database/failures.ts";
import { identityOf } from "../login/identity.ts";
import { syncLogin } from "../login/sync-login.ts";
import { Problem } from "../pages/problem.ts";
import { hashOf, newSecret } from "../secrets.ts";
import { signIn } from "./current-user.ts";
import { addressOf, destinationOf } from "./destination.ts";
import { withFetchedGroups } from "./fetched-groups.ts";
import { UnusableLogoutToken } from "./logout-token.ts";
import { type Attempt, rememberAttempt, takeAttempt } from "./oidc-attempts.ts";
import type { OidcClient, VerifiedToken } from "./oidc-client.ts";
import { oidcProblem } from "./oidc-failures.ts";
import { endAtProvider } from "./provider-logouts.ts";
import { refusal } from "./refusal.ts";
import { keepTestSignIn } from "./test-sign-ins.ts";

export const oidcRoutes: Part = (server, application) => {
  const { oidc, limits } = application;
  if (oidc === null) return;
  const rateLimit = { max: limits.oidc, timeWindow: "1 minute" };

  type Query = { anew?: string; test?: string; to?: unknown; invitation?: string | string[] };
  server.get<{ Querystring: Query }>("/sign-in/oidc", { config: { rateLimit } }, (request, reply) => {
    const { anew, test, to, invitation } = request.query;
    if (test !== undefined) {
      const testBy = whoTests(request);
      return leave(application, oidc, request, reply, { anew: true, secret: null, testBy, destination: null });
    }
    // Whoever follows the link of an invitation says who they are, whoever is signed in at the identity provider.
    const secret = typeof invitation === "string" ? invitation : null;
    return leave(application, oidc, request, reply, {
      anew: anew !== undefined || secret !== null,
      secret,
      testBy: null,
      destination: destinationOf(to),
    });
  });
  server.get("/sign-in/oidc/callback", { config: { rateLimit } }, async (request, reply) => {
    const { testBy, destination, ...proof } = await comeBack(application, oidc, request);
    if (testBy !== null) {
      identityOf(proof.issuer, proof.claims); // what would keep everybody out is told here too
      await keepTestSignIn(application.database, testBy, proof, application.clock());
      return reply.redirect("/admin/#/preview/test-sign-in", 303);
    }
    const context = { ...application, hasIdentityProvider: true, now: application.clock(), requestId: request.id };
    const { outcome, userId, auditId } = await syncLogin(context, { method: "oidc", ...proof });
    request.log.info({ auditId, userId, allowed: outcome.allowed, reason: outcome.reason }, "login decided");
    if (!outcome.allowed || userId === null) throw refusal(outcome);
    await signIn(application, request, reply, { userId, method: "oidc", provider: proof.session });
    return reply.redirect(addressOf(destination), 303);
  });

  // Whole companies may be signed out at once, from one address.
  const logoutLimit = { max: limits.oidc * 10, timeWindow: "1 minute" };
  type Form = { logout_token?: unknown };
  server.post<{ Body: Form | null }>(
    backChannelLogout,
    { config: { rateLimit: logoutLimit } },
    async (request, reply) => {
      reply.header("cache-control", "no-store");
      try {
        const ended = await endSessions(application, oidc, request.body?.logout_token);
        request.log.info({ ended }, "sessions ended by the identity provider");
        return reply.code(200).send();
      } catch (error) {
        const { status, description, cause } = logoutFault(error);
        request.log[status >= 500 ? "error" : "info"]({ err: cause }, "logout token refused");
        return reply.code(status).send({ error: "invalid_request", error_description: description });
      }
    },
  );
};

/** OpenID Connect Back-Channel Logout 1.0: the address that the identity provider is given. */
const backChannelLogout = "/sign-in/oidc/back-channel-logout";

async function endSessions({ database, clock }: Application, oidc: OidcClient, token: unknown): Promise<number> {
  if (typeof token !== "string") throw new UnusableLogoutToken("the form has no `logout_token`");
  const ended = await endAtProvider(database, await oidc.logoutToken(token), clock());
  if (ended === null) throw new UnusableLogoutToken("this logout token was sent before");
  return ended;
}

/** Its answer is read by programs; section 2.8 of the specification says how. */
function logoutFault(error: unknown): { status: number; description: string; cause: unknown } {
  if (error instanceof UnusableLogoutToken) return { status: 400, description: error.message, cause: error };
  const problem = isUnavailable(error) ? null : oidcProblem(error);
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
  oidc: OidcClient,
  request: FastifyRequest,
  reply: FastifyReply,
  { anew, secret, ...rest }: { anew: boolean; secret: string | null } & Pick<Attempt, "testBy" | "destination">,
): Promise<FastifyReply> {
  const { address, handshake } = await oidc.begin({ anew }).catch((error: unknown) => {
    throw oidcProblem(error);
  });
  const name = cookies.name("sign-in");
  const browser = request.cookies[name] ?? newSecret();
  const attempt = { ...handshake, invitationHash: secret && hashOf(secret), ...rest };
  await rememberAttempt(database, browser, attempt, clock());
  reply.setCookie(name, browser, cookies.options);
  return reply.redirect(address.href, 303);
}

async function comeBack(
  { database, cookies, clock, groupSource }: Application,
  oidc: OidcClient,
  request: FastifyRequest,
): Promise<VerifiedToken & Pick<Attempt, "invitationHash" | "testBy" | "destination">> {
  const query = request.url.slice(request.url.indexOf("?"));
  const state = new URLSearchParams(query).get("state") ?? "";
  const browser = request.cookies[cookies.name("sign-in")] ?? "";
  const attempt = await takeAttempt(database, browser, state, clock());
  // What a test shows is for whoever began it.
  if (!attempt || (attempt.testBy !== null && attempt.testBy !== whoTests(request))) {
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
  const warn = (details: object, message: string) => request.log.warn(details, message);
  const claims = await withFetchedGroups(database, groupSource, token.claims, warn);
  const { invitationHash, testBy, destination } = attempt;
  return { ...token, claims, invitationHash, testBy, destination };
}
