// The API of the admin page. It has a part of the server to itself: its errors are JSON, and nothing is read of a request before it is known
// who sends it.

import type { FastifyInstance } from "fastify";
import type { Application } from "../application.ts";
import { answerErrors } from "./errors.ts";
import { needCsrfToken, needSession, needSuperAdmin } from "./guard.ts";
import { openApi } from "./openapi.ts";
import type { ApiPart, ApiServer } from "./part.ts";
import { auditRoutes } from "./routes/audit.ts";
import { changingPeopleRoutes } from "./routes/changing-people.ts";
import { claimRoutes } from "./routes/claims.ts";
import { groupRoutes } from "./routes/groups.ts";
import { impactRoute } from "./routes/impact.ts";
import { meRoute } from "./routes/me.ts";
import { previewRoute } from "./routes/preview.ts";
import { providerRoutes } from "./routes/providers.ts";
import { reconcileRoutes } from "./routes/reconcile-runs.ts";
import { scenarioRoutes } from "./routes/scenarios.ts";
import { settingsRoutes } from "./routes/settings.ts";
import { userRoutes } from "./routes/users.ts";
import { workspaceRoutes } from "./routes/workspaces.ts";
import { checkBySchema } from "./validation.ts";

const parts: ApiPart[] = [
  settingsRoutes,
  workspaceRoutes,
  groupRoutes,
  userRoutes,
  changingPeopleRoutes,
  claimRoutes,
  previewRoute,
  impactRoute,
  scenarioRoutes,
  auditRoutes,
  reconcileRoutes,
  providerRoutes,
];

/** To be registered with the prefix under which the API is to be found. */
export function adminApi(application: Application) {
  return async (server: FastifyInstance): Promise<void> => {
    server.removeContentTypeParser(["text/plain", "application/x-www-form-urlencoded"]);
    answerErrors(server);
    checkBySchema(server);
    server.addHook("onSend", async (_request, reply) => {
      reply.header("cache-control", "no-store");
    });
    await openApi(server, application);
    server.register((signedIn: ApiServer, _options, done) => {
      needSession(signedIn, application);
      meRoute(signedIn, application);
      signedIn.register((superAdmins: ApiServer, _options, done) => {
        needSuperAdmin(superAdmins);
        needCsrfToken(superAdmins);
        for (const part of parts) part(superAdmins, application);
        done();
      });
      done();
    });
  };
}
