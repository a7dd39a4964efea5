// The bearer tokens with which an identity provider's SCIM client comes. Each belongs to one provider and is shown once.

import type { Database } from "../database/schema.ts";
import { hashOf, newSecret } from "../secrets.ts";

/** Says what it is to whoever finds one, and to what searches repositories for secrets. */
const prefix = "scim_";
/** How exactly it is kept when a token was used last, in milliseconds: not every request writes. */
const usedWithin = 60_000;

export interface ScimToken {
  id: number;
  name: string;
  createdAt: Date;
  createdBy: number | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/** A token of a provider that exists. `secret` is nowhere else. */
export async function issueScimToken(
  database: Database,
  { provider, name, by }: { provider: string; name: string; by: number | null },
  now: Date,
): Promise<{ token: ScimToken; secret: string }> {
  const secret = prefix + newSecret();
  const token = await database
    .insertInto("scim_tokens")
    .values({ provider_id: provider, name, token_hash: hashOf(secret), created_at: now, created_by: by })
    .returning(shown)
    .executeTakeFirstOrThrow();
  return { token, secret };
}

/** Those of a provider, the newest first. */
export function listScimTokens(database: Database, provider: string): Promise<ScimToken[]> {
  return database
    .selectFrom("scim_tokens")
    .select(shown)
    .where("provider_id", "=", provider)
    .orderBy("id", "desc")
    .execute();
}

/** Whether the provider has such a token; one that was revoked before stays as it is. */
export async function revokeScimToken(
  database: Database,
  { provider, id }: { provider: string; id: number },
  now: Date,
): Promise<boolean> {
  const row = await database
    .updateTable("scim_tokens")
    .set((set) => ({ revoked_at: set.fn.coalesce("revoked_at", set.val(now)) }))
    .where("provider_id", "=", provider)
    .where("id", "=", id)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** The provider whose token it is; `null` for one that is unknown or revoked. */
export async function verifyScimToken(database: Database, token: string, now: Date): Promise<string | null> {
  if (!token.startsWith(prefix)) return null;
  const row = await database
    .selectFrom("scim_tokens")
    .select(["id", "provider_id", "last_used_at"])
    .where("token_hash", "=", hashOf(token))
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  if (!row) return null;
  if (row.last_used_at === null || now.getTime() - row.last_used_at.getTime() >= usedWithin) {
    await database.updateTable("scim_tokens").set({ last_used_at: now }).where("id", "=", row.id).execute();
  }
  return row.provider_id;
}

const shown = [
  "id",
  "name",
  "created_at as createdAt",
  "created_by as createdBy",
  "last_used_at as lastUsedAt",
  "revoked_at as revokedAt",
] as const;
