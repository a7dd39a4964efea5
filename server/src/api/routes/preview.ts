// What a login would come to, and from what.

import { identityOf } from "../../login/identity.ts";
import { readTestSignIn } from "../../sign-in/test-sign-ins.ts";
import { described } from "../openapi.ts";
import { type ApiPart, documentLimit } from "../part.ts";
import { userOfIdentity } from "../people/users.ts";
import { loginFacts } from "../preview/login-facts.ts";
import { previewLogin } from "../preview/preview.ts";
import { notFound, refusals, unprocessable, unreadable } from "../schemas/common.ts";
import {
  LoginFactsAnswer,
  LoginFactsBody,
  PreviewAnswer,
  PreviewBody,
  TestSignInAnswer,
} from "../schemas/trying-out.ts";

export const previewRoute: ApiPart = (server, { database, clock }) => {
  server.post(
    "/preview",
    {
      ...documentLimit,
      schema: {
        ...described("change", "previewLogin", "What a login would come to: of a user, of pasted claims, or of both"),
        description:
          "With `userId` alone, the claims are those of the user's last token. With `claims` alone, it is somebody new. Nothing is changed.",
        body: PreviewBody,
        response: {
          200: PreviewAnswer,
          ...refusals,
          ...notFound,
          ...unreadable,
          ...unprocessable("The user's claims are not known, and none were given: `no-known-claims`."),
        },
      },
    },
    ({ body }) => previewLogin(database, body),
  );

  server.get(
    "/preview/test-sign-in",
    {
      schema: {
        ...described("GET", "getTestSignIn", "What your last test of signing in has shown, for ten minutes"),
        description: "A test begins at `/sign-in/oidc?test`: it signs nobody in and changes nothing.",
        response: { 200: TestSignInAnswer, ...refusals },
      },
    },
    async ({ user }) => {
      const shown = user && (await readTestSignIn(database, user.id, clock()));
      if (!shown) return { testSignIn: null };
      const { issuer, claims } = shown;
      return {
        testSignIn: { claims, user: await userOfIdentity(database, issuer, identityOf(issuer, claims).subject) },
      };
    },
  );

  server.post(
    "/preview/facts",
    {
      schema: {
        ...described(
          "change",
          "readLoginFacts",
          "What logins of these users, and of somebody new, would be decided from",
        ),
        description:
          "With settings and claims, `LoginSync` decides from them what `previewLogin` answers, so a page can do so while somebody types. `claims` are those of the settings, in workspaces too.",
        body: LoginFactsBody,
        response: { 200: LoginFactsAnswer, ...refusals, ...unreadable },
      },
    },
    ({ body }) => loginFacts(database, body.userIds, body.claims ?? []),
  );
};
