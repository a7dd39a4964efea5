// Signing in with a password.

import type { Part } from "../application.ts";
import { syncLogin } from "../login/sync-login.ts";
import { signIn } from "./current-user.ts";
import { userWithPassword } from "./passwords.ts";
import { refusal } from "./refusal.ts";

const credentials = {
  type: "object",
  required: ["email", "password"],
  properties: {
    // The database cannot hold the character U+0000.
    email: { type: "string", minLength: 1, maxLength: 320, pattern: "^[^\\u0000]*$" },
    password: { type: "string", maxLength: 1024 },
  },
} as const;

export const passwordRoutes: Part = (server, application) => {
  const { database, limits, clock } = application;
  server.post<{ Body: { email: string; password: string } }>(
    "/sign-in/password",
    {
      schema: { body: credentials },
      preHandler: server.csrfProtection,
      config: { rateLimit: { max: limits.password, timeWindow: "1 minute" } },
    },
    async (request, reply) => {
      const email = request.body.email.trim();
      const userId = await userWithPassword(database, email, request.body.password);
      const context = { ...application, now: clock(), requestId: request.id };
      const { outcome, auditId } = await syncLogin(context, { method: "password", email, userId });
      request.log.info({ auditId, userId, allowed: outcome.allowed, reason: outcome.reason }, "login decided");
      if (!outcome.allowed || userId === null) throw refusal(outcome);
      await signIn(application, request, reply, { userId, method: "password" });
      return reply.redirect("/", 303);
    },
  );
};
