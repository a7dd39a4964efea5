// What the routes share.

import type { FastifyInstance } from "fastify";
import type { Database } from "./database/schema.ts";
import type { Encryption } from "./encryption.ts";
import type { Engines } from "./login/engines.ts";
import type { Providers } from "./providers/providers.ts";
import type { Reconciling } from "./reconcile/reconciling.ts";
import type { Cookies } from "./sign-in/cookies.ts";
import type { Sessions, SignedInUser } from "./sign-in/sessions.ts";

export interface Application {
  database: Database;
  /** The address at which browsers find the server. */
  origin: URL;
  engines: Engines;
  sessions: Sessions;
  cookies: Cookies;
  providers: Providers;
  /** For secrets, which are not kept without it. */
  encryption: Encryption | null;
  /** Runs over whole directories. */
  reconciling: Reconciling;
  clock: () => Date;
  limits: RateLimits;
  /** Something to be said where people sign in. */
  signInNote: string | null;
  /** In a demonstration, what the admin page offers to try: the line of the mapping without which people are locked out. */
  lockoutToTry: string | null;
}

/** Requests a minute, from one address or, by SCIM, of one identity provider. */
export interface RateLimits {
  password: number;
  oidc: number;
  scim: number;
}

/** A part of the server: registers its routes. */
export type Part = (server: FastifyInstance, application: Application) => void;

declare module "fastify" {
  interface FastifyRequest {
    /** Whoever is signed in; filled in for every route but those for files and health. */
    user: SignedInUser | null;
  }
}
