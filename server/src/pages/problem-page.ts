// What people see when something went wrong: what it means for them, and a number by which the log has the rest. Never a stack trace.

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { GroupSyncError } from "idp-group-sync";
import type { Application } from "../application.ts";
import { isUnavailable } from "../database/failures.ts";
import { recordFailure } from "../login/failures.ts";
import { InvitationNeedsLink } from "../login/find-user.ts";
import { UnusableIdentity } from "../login/identity.ts";
import { Archived, EndedAtProvider } from "../sign-in/sessions.ts";
import { recordFailedSignIn } from "../telemetry/metrics.ts";
import { html } from "./html.ts";
import { sendPage } from "./layout.ts";
import { Problem } from "./problem.ts";

export function problemPages(server: FastifyInstance, application: Application): void {
  server.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const problem = problemOf(error);
    const level = problem.status >= 500 ? "error" : "info";
    request.log[level]({ err: error instanceof Problem ? (error.cause ?? error) : error }, problem.title);
    await record(application, request, problem);
    return show(request, reply, problem);
  });
  server.setNotFoundHandler((request, reply) =>
    show(
      request,
      reply,
      new Problem({
        status: 404,
        code: "not-found",
        title: "There is no such page",
        detail: "The address may be mistyped.",
      }),
    ),
  );
}

/** What any error means for whoever sent the request. */
export function problemOf(error: Error & Partial<Pick<FastifyError, "code" | "statusCode">>): Problem {
  if (error instanceof Problem) return error;
  const { code = "", statusCode = 500 } = error;
  const unchanged = "You are not signed in, and nothing was changed.";
  if (error instanceof UnusableIdentity || (error instanceof GroupSyncError && error.code === "too-large")) {
    return new Problem({
      status: 422,
      code: "claims-unreadable",
      title: "What the identity provider says of you cannot be read",
      detail: `${unchanged} Tell your administrator the number below.`,
    });
  }
  if (error instanceof InvitationNeedsLink) {
    return new Problem({
      status: 403,
      code: "invitation-needs-link",
      title: "Your invitation needs its link",
      detail: `${unchanged} Follow the link of your invitation; whoever invited you can give you a new one.`,
    });
  }
  if (error instanceof EndedAtProvider) {
    return new Problem({
      status: 403,
      code: "ended-at-provider",
      title: "The identity provider has signed you out",
      detail: "That was while you were signing in. Sign in again.",
    });
  }
  if (error instanceof Archived) {
    return new Problem({
      status: 403,
      code: "user-archived",
      title: "You cannot come in",
      detail: "Your account is archived. Ask your administrator to restore it.",
    });
  }
  if (isUnavailable(error)) {
    return new Problem({
      status: 503,
      code: "database-unavailable",
      title: "The database cannot be reached",
      detail: "What you did was carried out whole or not at all. Try again in a moment.",
    });
  }
  if (code.startsWith("FST_CSRF_")) {
    return new Problem({
      status: 403,
      code: "form-out-of-date",
      title: "This form is out of date",
      detail: "Go back, load the page again, and repeat what you did. Cookies have to be allowed.",
    });
  }
  if (statusCode === 429) {
    return new Problem({
      status: 429,
      code: "too-many-requests",
      title: "Too many attempts",
      detail: "Wait a minute, then try again.",
    });
  }
  if (statusCode < 500) {
    return new Problem({
      status: statusCode,
      code: "request-unreadable",
      title: "This request cannot be read",
      detail: "Go back and try again.",
    });
  }
  return new Problem({
    status: 500,
    code: "internal",
    title: "Something went wrong",
    detail: "It is not your fault. Try again, and if it happens again, tell your administrator the number below.",
  });
}

/** How somebody wanted to sign in, by the addresses at which one does. */
const methods: Record<string, string> = {
  "/sign-in/oidc": "oidc",
  "/sign-in/oidc/:provider": "oidc",
  "/sign-in/oidc/callback": "oidc",
  "/sign-in/oidc/callback/:provider": "oidc",
  "/sign-in/password": "password",
};

/** None is worth a question to the database: it is not there, somebody asks without end, or nobody could sign in at such an address. */
const unrecorded = ["database-unavailable", "too-many-requests", "no-such-provider"];

async function record(
  { database, clock }: Application,
  request: FastifyRequest,
  { code, isAudited, typed }: Problem,
): Promise<void> {
  const method = methods[request.routeOptions.url ?? ""];
  if (method === undefined || isAudited) return;
  recordFailedSignIn(method, code);
  if (unrecorded.includes(code)) return;
  const failure = { at: clock(), requestId: request.id, method, reason: code, typed };
  await recordFailure(database, failure).catch((error: unknown) => {
    request.log.warn({ err: error }, "a failed sign-in could not be written down");
  });
}

function show(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const { status, title, detail, retryAfter } = problem;
  if (retryAfter !== undefined) reply.header("retry-after", retryAfter);
  return sendPage(reply, {
    status,
    title,
    body: html`
<div class="narrow">
<section class="problem">
  <h1>${title}</h1>
  <p>${detail}</p>
  <p><a href="/">Go to the first page</a></p>
  <p class="mark">Number of this request: <code>${request.id}</code></p>
</section>
</div>`,
  });
}
