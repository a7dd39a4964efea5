// Where everybody begins.

import type { FastifyRequest } from "fastify";
import type { Application, Part } from "../application.ts";
import type { EndReason } from "../database/schema.ts";
import { waysIn } from "../login/ways-in.ts";
import { signInPath } from "../providers/providers.ts";
import { signOut } from "../sign-in/current-user.ts";
import { addressOf, destinationOf, withDestination } from "../sign-in/destination.ts";
import { html } from "./html.ts";
import { csrfField, sendPage } from "./layout.ts";

/** Nobody stays signed in here because the identity provider does not answer. */
async function signOutThere(
  { providers }: Application,
  request: FastifyRequest,
  { providerId, idToken }: { providerId: string | null; idToken: string | null },
): Promise<URL | null> {
  const oidc = (await providers.find(providerId ?? ""))?.oidc ?? null;
  if (oidc === null) return null;
  return oidc.signOutAddress(idToken).catch((error: unknown) => {
    request.log.warn({ err: error }, "the identity provider does not say where to sign out");
    return null;
  });
}

/** It is told in the browser alone whose session it was. */
const reasons: Record<EndReason, string> = {
  archived: "You were signed out because your account was archived.",
  "identity-provider": "You were signed out because your identity provider ended the session.",
  "provider-gone": "You were signed out because your identity provider is no longer used here.",
  refused: "You were signed out because you may no longer come in. Sign in again to see why.",
  unchecked: "You were signed out because your access can no longer be checked. Please sign in again.",
};

export const signInPage: Part = (server, application) => {
  const { database, providers, sessions, cookies, signInNote } = application;

  server.get<{ Querystring: { "signed-out"?: string; to?: unknown } }>("/sign-in", async (request, reply) => {
    const to = destinationOf(request.query.to);
    if (request.user) return reply.redirect(addressOf(to), 303);
    const token = request.cookies[cookies.name("session")];
    const ended = token === undefined ? null : await sessions.whyEnded(token);
    const offered = await providers.offered();
    const { singleSignOn, password } = await waysIn(database, offered.length > 0);
    return sendPage(reply, {
      title: "Sign in",
      body: html`
<div class="narrow">
<h1>Sign in</h1>
${signInNote !== null && html`<p class="quiet">${signInNote}</p>`}
${ended !== null && html`<p role="status">${reasons[ended]}</p>`}
${request.query["signed-out"] !== undefined && html`<p role="status">You are signed out here.</p>`}
${
  singleSignOn?.problem === null &&
  offered.map(({ id, name }) => {
    const path = signInPath(id);
    return html`<section>
  <a class="button" href="${withDestination(path, to)}">Sign in with ${offered.length > 1 ? name : "single sign-on"}</a>
  <p class="mark"><a href="${withDestination(`${path}?anew`, to)}">Use another account</a></p>
</section>`;
  })
}
${singleSignOn !== null && singleSignOn.problem !== null && html`<section class="problem"><p>${singleSignOn.problem}</p></section>`}
${
  password !== "nobody" &&
  html`<section>
  ${password === "super admins" && html`<p>Signing in with a password is switched off. Super admins can use theirs all the same while there is no single sign-on.</p>`}
  <form method="post" action="/sign-in/password">
    ${csrfField(reply)}
    ${to !== null && html`<input type="hidden" name="to" value="${to}">`}
    <label for="email">E-mail address</label>
    <input id="email" name="email" type="email" autocomplete="username" required maxlength="320">
    <label for="password">Password</label>
    <input id="password" name="password" type="password" autocomplete="current-password" required maxlength="1024">
    <button>Sign in with a password</button>
  </form>
</section>`
}
</div>`,
    });
  });

  server.post("/sign-out", { preHandler: server.csrfProtection }, async (request, reply) => {
    const ended = await signOut(application, request, reply);
    const there = ended?.method === "oidc" ? await signOutThere(application, request, ended) : null;
    if (there === null) return reply.redirect("/sign-in?signed-out", 303);
    return sendPage(reply, {
      title: "Signed out",
      body: html`
<div class="narrow">
<h1>You are signed out here</h1>
<p>You may still be signed in at your identity provider, and with it elsewhere.</p>
<section>
  <a class="button" href="${there.href}">Sign out there too</a>
  <p class="mark"><a href="/sign-in">Sign in again</a></p>
</section>
</div>`,
    });
  });
};
