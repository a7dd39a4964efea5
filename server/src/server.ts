// The server, put together from its parts. A test makes one and calls `inject`; `main.ts` makes one and listens.

import { randomUUID } from "node:crypto";
import cookie from "@fastify/cookie";
import csrf from "@fastify/csrf-protection";
import formBody from "@fastify/formbody";
import rateLimit from "@fastify/rate-limit";
import fastify, { type FastifyInstance, type FastifyServerOptions } from "fastify";
import { adminPage } from "./admin-page.ts";
import { adminApi } from "./api/api.ts";
import type { Application, Part, RateLimits } from "./application.ts";
import type { Database } from "./database/schema.ts";
import type { Encryption } from "./encryption.ts";
import { health } from "./health.ts";
import { logging } from "./logging.ts";
import { Engines } from "./login/engines.ts";
import { forgetOldFailures } from "./login/failures.ts";
import { homePage } from "./pages/home-page.ts";
import { invitations } from "./pages/invitations.ts";
import { preview } from "./pages/preview.ts";
import { problemPages } from "./pages/problem-page.ts";
import { signInPage } from "./pages/sign-in-page.ts";
import { style } from "./pages/style.ts";
import { rememberEnvironmentProvider } from "./providers/environment.ts";
import { Providers } from "./providers/providers.ts";
import { rotateSecrets } from "./providers/rotate-secrets.ts";
import { type ReconcileOptions, Reconciling } from "./reconcile/reconciling.ts";
import { forgetOldRuns } from "./reconcile/runs.ts";
import { DueMembers } from "./scim/due.ts";
import { forgetOldNames } from "./scim/former-names.ts";
import { scim } from "./scim/scim.ts";
import { securityHeaders } from "./security-headers.ts";
import { Cookies } from "./sign-in/cookies.ts";
import { loadUser } from "./sign-in/current-user.ts";
import type { GroupSource } from "./sign-in/group-source.ts";
import type { OidcOptions } from "./sign-in/oidc-client.ts";
import { oidcRoutes } from "./sign-in/oidc-routes.ts";
import { passwordRoutes } from "./sign-in/password-routes.ts";
import { Refresh } from "./sign-in/refresh.ts";
import { Sessions } from "./sign-in/sessions.ts";
import { forgetTestSignIns } from "./sign-in/test-sign-ins.ts";
import { observeRequests } from "./telemetry/http.ts";
import { apiPath, refuseUnreadableAddress, scimPath } from "./unreadable-address.ts";

export interface ServerOptions {
  /** An open database that `prepareDatabase` has seen. The server does not close it. */
  database: Database;
  /** The address at which browsers find this server. */
  origin: URL;
  /** `null` for passwords alone. */
  oidc: OidcOptions | null;
  /** Where groups come from that a token lacks. */
  groupSource?: GroupSource | null;
  clock?: () => Date;
  logger?: FastifyServerOptions["logger"];
  /** The addresses and networks of the proxies before the server: what they say of where a request comes from is believed. */
  trustProxy?: string[];
  sessionHours?: number;
  /** For refresh tokens, and for the secrets of providers: neither are kept without it. */
  encryption?: Encryption | null;
  /** How often sessions with a refresh token are synced again; 0 for never. */
  refreshMinutes?: number;
  /** When whole directories are read, and when a run over one is held. */
  reconcile?: Partial<ReconcileOptions>;
  limits?: Partial<RateLimits>;
  /** Something to be said where people sign in. */
  signInNote?: string | null;
  /** In a demonstration, the line of the mapping without which people are locked out: the admin page offers to try that. */
  lockoutToTry?: string | null;
  /** The folder of the built preview page, if it is to be served. */
  previewFolder?: string | null;
  /** Whether the process was told to end: from then on, it says that it is not ready. */
  isEnding?: () => boolean;
}

/** The parts that people see. Whoever adds one, adds it here. */
const parts: Part[] = [signInPage, oidcRoutes, passwordRoutes, homePage, invitations];

export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { database, origin, clock = () => new Date(), sessionHours = 8 } = options;
  const { encryption = null, refreshMinutes = 15 } = options;
  const refreshing = encryption && refreshMinutes > 0 ? { encryption, minutes: refreshMinutes } : null;
  const secure = origin.protocol === "https:";
  await rememberEnvironmentProvider(database, options.oidc?.issuer ?? null, options.oidc?.name);
  if (encryption) await rotateSecrets(database, encryption);
  const shared: Omit<Application, "reconciling"> = {
    database,
    origin,
    engines: new Engines(),
    sessions: new Sessions({ database, clock, hours: sessionHours, refresh: refreshing }),
    cookies: new Cookies(secure),
    providers: new Providers({
      database,
      origin,
      encryption,
      oidc: options.oidc,
      groupSource: options.groupSource ?? null,
    }),
    encryption,
    clock,
    limits: { password: 10, oidc: 300, scim: 3000, ...options.limits },
    signInNote: options.signInNote ?? null,
    lockoutToTry: options.lockoutToTry ?? null,
  };
  const application: Application = { ...shared, reconciling: new Reconciling(shared, options.reconcile) };

  const server = fastify({
    logger: logging(options.logger),
    trustProxy: options.trustProxy?.length ? options.trustProxy : false,
    genReqId: () => randomUUID(),
    bodyLimit: 1024 * 1024,
    // Claims may have any names. Parsed, these too are properties like others; nothing here copies a body by assigning its properties.
    onProtoPoisoning: "ignore",
    onConstructorPoisoning: "ignore",
    // Ids of workspaces stand in paths, and may be long.
    routerOptions: { maxParamLength: 1024 },
    frameworkErrors: refuseUnreadableAddress,
    // Requests under way are answered; a connection that is only kept open does not hold up the end.
    forceCloseConnections: "idle",
  });
  observeRequests(server);
  await securityHeaders(server, { secure });
  await server.register(cookie);
  const { cookies } = application;
  await server.register(csrf, { cookieKey: cookies.name("csrf"), cookieOpts: cookies.options });
  await server.register(formBody);
  await server.register(rateLimit, { global: false });
  server.decorateRequest("user", null);
  problemPages(server, application);

  health(server, application, options.isEnding ?? (() => false));
  server.get("/style.css", (_request, reply) =>
    reply.type("text/css; charset=utf-8").header("cache-control", "max-age=3600").send(style),
  );
  server.register((people, _options, done) => {
    loadUser(people, application);
    for (const part of parts) part(people, application);
    done();
  });
  if (options.previewFolder) preview(server, options.previewFolder);
  await server.register(adminApi(application), { prefix: apiPath });
  await server.register(adminPage, { prefix: "/admin" });
  const dueMembers = new DueMembers({ database, engines: application.engines, clock, log: server.log });
  await server.register(scim(application, new URL(scimPath, origin).href, dueMembers), { prefix: scimPath });

  const cleaning = setInterval(() => {
    Promise.all([
      application.sessions.deleteExpired(),
      forgetTestSignIns(database, clock()),
      forgetOldFailures(database),
      forgetOldRuns(database, clock()),
      forgetOldNames(database, clock()),
    ]).catch((error: unknown) => server.log.warn({ err: error }, "cleaning failed"));
  }, hour);
  cleaning.unref();
  const { providers, engines } = application;
  const refresh = refreshing && new Refresh({ ...refreshing, database, engines, providers, clock, log: server.log });
  refresh?.start();
  await application.reconciling.start(server.log);
  dueMembers.start();
  server.addHook("onClose", async () => {
    clearInterval(cleaning);
    await refresh?.stop();
    await application.reconciling.stop();
    await dueMembers.stop();
    application.engines.free();
  });
  return server;
}

const hour = 60 * 60 * 1000;
