// What a developer needs to know, printed once at the start.

import type { Config } from "./config.ts";
import { accounts } from "./development/accounts.ts";
import type { DevelopmentIdentityProvider } from "./development/identity-provider.ts";
import { developmentPassword, passwordAccounts } from "./development/seed.ts";

export function announce(
  { origin, database, previewFolder }: Config,
  development: DevelopmentIdentityProvider | null,
  invitation: string | null,
): void {
  const lines = [
    "",
    `  The login server is at      ${origin.origin}`,
    `  Group sync is configured at ${new URL("/admin/", origin)}`,
    `  Its database is             ${"folder" in database ? `embedded, in ${database.folder}/` : "a PostgreSQL server"}`,
  ];
  if (previewFolder) lines.push(`  Mappings are tried at       ${origin.origin}/preview/`);
  if (invitation !== null) {
    lines.push(`  The first super admin is invited: ${new URL(`/sign-in/oidc?invitation=${invitation}`, origin)}`);
  }
  if (development) {
    lines.push(
      `  The identity provider is at ${development.options.issuer.origin} (for development: choose an account there)`,
      `  Accounts are changed at     ${new URL("/accounts", development.options.issuer)}`,
      "",
      ...accounts.map(({ name, shows }) => `    ${name.padEnd(16)} ${shows}`),
      "",
      `  With the password "${developmentPassword}":`,
      ...passwordAccounts.map(({ email, superAdmin }) => `    ${email}${superAdmin ? " (super admin)" : ""}`),
    );
  }
  console.log(`${lines.join("\n")}\n`);
}
