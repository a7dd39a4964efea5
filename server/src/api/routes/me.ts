// Who asks, and what they need to ask more.

import type { Application } from "../../application.ts";
import { csrfToken } from "../../sign-in/csrf.ts";
import { whoAsks } from "../guard.ts";
import { described } from "../openapi.ts";
import type { ApiServer } from "../part.ts";
import { refusals } from "../schemas/common.ts";
import { MeAnswer } from "../schemas/me.ts";

export function meRoute(server: ApiServer, { providers, lockoutToTry }: Application): void {
  const { 401: unauthorized, 500: fault, 503: unavailable } = refusals;
  server.get(
    "/me",
    {
      schema: {
        ...described("GET", "getMe", "Who is signed in"),
        response: { 200: MeAnswer, 401: unauthorized, 500: fault, 503: unavailable },
      },
    },
    async (request, reply) => {
      const { method, superAdmin, ...user } = whoAsks(request);
      const singleSignOn = (await providers.offered()).length > 0;
      return { user, method, superAdmin, singleSignOn, lockoutToTry, csrfToken: csrfToken(reply) };
    },
  );
}
