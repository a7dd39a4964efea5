// Providers as they are shown: without a secret.

import type { Static } from "typebox";
import type { Application } from "../../application.ts";
import { decryptSecrets } from "../../providers/configuration.ts";
import { issuerSpellings } from "../../providers/issuer.ts";
import { backChannelLogoutPath, callbackPath, signInPath } from "../../providers/providers.ts";
import type { ProviderView } from "../schemas/providers.ts";

type View = Static<typeof ProviderView>;

export async function providerViews({ database, origin, encryption }: Application): Promise<View[]> {
  const rows = await database
    .selectFrom("providers")
    .leftJoin("users", "users.id", "providers.changed_by")
    .selectAll("providers")
    .select(["users.id as userId", "users.name as userName", "users.email", "users.email_verified as emailVerified"])
    .orderBy("from_environment", "desc")
    .orderBy("providers.created_at")
    .orderBy("providers.id")
    .execute();
  const counts = await usersByIssuer(
    database,
    rows.map(({ issuer }) => issuer),
  );
  const address = (path: string) => new URL(path, origin).href;
  return rows.map((row) => {
    const { id, configuration } = row;
    const secrets = decryptSecrets(encryption, id, row.secrets);
    const named = Object.keys(secrets?.directory ?? {}).map((name) => `directory.${name}`);
    return {
      id,
      name: row.name,
      issuer: row.issuer,
      fromEnvironment: row.from_environment,
      enabled: row.enabled,
      secretsReadable: secrets !== null,
      version: row.version,
      configuration: configuration && {
        ...configuration,
        secrets: [...(secrets?.clientSecret ? ["clientSecret"] : []), ...named],
      },
      users: counts.get(row.issuer) ?? 0,
      addresses: {
        signIn: address(signInPath(id)),
        callback: address(callbackPath(id)),
        signedOut: address("/sign-in?signed-out"),
        backChannelLogout: address(backChannelLogoutPath(id)),
        scim: address("/scim/v2"),
      },
      changedAt: row.changed_at.toISOString(),
      changedBy:
        row.userId === null
          ? null
          : { id: row.userId, name: row.userName, email: row.email, emailVerified: row.emailVerified ?? false },
    };
  });
}

/** How many users came from each issuer, however their tokens spell it. */
export async function usersByIssuer(
  database: Application["database"],
  issuers: string[],
): Promise<Map<string, number>> {
  const spelled = new Map(issuers.flatMap((issuer) => issuerSpellings(issuer).map((one) => [one, issuer] as const)));
  if (spelled.size === 0) return new Map();
  const rows = await database
    .selectFrom("users")
    .select(["issuer", ({ fn }) => fn.countAll<string | number>().as("users")])
    .where("issuer", "in", [...spelled.keys()])
    .groupBy("issuer")
    .execute();
  const counts = new Map<string, number>();
  for (const { issuer, users } of rows) {
    const of = spelled.get(issuer ?? "") ?? "";
    counts.set(of, (counts.get(of) ?? 0) + Number(users));
  }
  return counts;
}
