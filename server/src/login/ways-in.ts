// Which ways to sign in there are at present. The engine says so, by the rules of a login.

import { defaultSettings, LoginSync } from "idp-group-sync";
import type { Database } from "../database/schema.ts";
import { readTerms, type Terms } from "./licence.ts";

export interface WaysIn {
  /** `null` if no identity provider is configured; otherwise why it is not to be had, if it is not. */
  singleSignOn: { problem: string | null } | null;
  /** Whose password is taken. */
  password: "everybody" | "super admins" | "nobody";
}

export async function waysIn(database: Database, hasIdentityProvider: boolean): Promise<WaysIn> {
  const { password_login: passwordLogin } = await database
    .selectFrom("instance")
    .select("password_login")
    .executeTakeFirstOrThrow();
  const licence = await readTerms(database, hasIdentityProvider);
  const engine = new LoginSync(defaultSettings("main"), {});
  try {
    const takes = (method: string, superAdmin: boolean) => {
      const user = { exists: true, superAdmin };
      return engine.decide({ method, claims: {}, user, licence, passwordLogin, workspaces: [] }).allowed;
    };
    return {
      singleSignOn: hasIdentityProvider ? { problem: takes("oidc", false) ? null : problemOf(licence) } : null,
      password: takes("password", false) ? "everybody" : takes("password", true) ? "super admins" : "nobody",
    };
  } finally {
    engine.free();
  }
}

function problemOf({ status }: Terms): string {
  return status === "expired"
    ? "Single sign-on is not available: the licence of this instance has expired."
    : "Single sign-on is not available: the licence of this instance does not include it.";
}
