// Signing in with a password.

import type { Part } from "../application.ts";
import { comparedAddress } from "../login/addresses.ts";
import { syncLogin } from "../login/sync-login.ts";
import { Problem } from "../pages/problem.ts";
import { newSecret } from "../secrets.ts";
import { signIn } from "./current-user.ts";
import { addressOf, destinationOf } from "./destination.ts";
import { browserRememberedFor, countAttempt, forgetAttempts } from "./password-limit.ts";
import { userWithPassword } from "./passwords.ts";
import { refusal } from "./refusal.ts";

const credentials = {
  type: "object",
  required: ["email", "password"],
  properties: {
    // The database cannot hold the character U+0000.
    email: { type: "string", minLength: 1, maxLength: 320, pattern: "^[^\\u0000]*$" },
    password: { type: "string", maxLength: 1024 },
    to: { type: "string", maxLength: 64 },
  },
} as const;

export const passwordRoutes: Part = (server, application) => {
  const { database, limits, clock, cookies } = application;
  server.post<{ Body: { email: string; password: string; to?: string } }>(
    "/sign-in/password",
    {
      schema: { body: credentials },
      preHandler: server.csrfProtection,
      config: { rateLimit: { max: limits.password, timeWindow: "1 minute" } },
    },
    async (request, reply) => {
      const email = request.body.email.trim();
      const attempt = {
        account: comparedAddress(email) ?? email,
        browser: request.cookies[cookies.name("browser")],
        now: clock(),
      };
      const counted = await countAttempt(database, attempt);
      if ("wait" in counted) throw tooMany(counted.wait, email);
      const userId = await userWithPassword(database, email, request.body.password);
      const hasIdentityProvider = (await application.providers.offered()).length > 0;
      const context = { ...application, hasIdentityProvider, now: attempt.now, requestId: request.id };
      const { outcome, auditId } = await syncLogin(context, { method: "password", email, userId });
      request.log.info({ auditId, userId, allowed: outcome.allowed, reason: outcome.reason }, "login decided");
      if (!outcome.allowed || userId === null) throw refusal(outcome);
      const browser = attempt.browser ?? newSecret();
      await forgetAttempts(database, { ...attempt, ...counted, browser });
      reply.setCookie(cookies.name("browser"), browser, { ...cookies.options, maxAge: browserRememberedFor });
      await signIn(application, request, reply, { userId, method: "password", provider: null });
      return reply.redirect(addressOf(destinationOf(request.body.to)), 303);
    },
  );
};

function tooMany(seconds: number, typed: string): Problem {
  const wait = seconds < 60 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return new Problem({
    status: 429,
    code: "too-many-attempts",
    title: "Too many attempts",
    detail: `Wait ${wait}, then try again. Single sign-on, where it is offered, does not have to wait.`,
    retryAfter: seconds,
    typed,
  });
}
