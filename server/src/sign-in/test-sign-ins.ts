// Test sign-ins: a super admin goes the whole way to the identity provider and back, and what it says is only shown. Nobody is signed in,
// nothing is synced, and nothing is written down but what is shown, for ten minutes.

import type { Database } from "../database/schema.ts";

const keptSeconds = 10 * 60;

export async function keepTestSignIn(
  database: Database,
  userId: number,
  { issuer, claims }: { issuer: string; claims: Record<string, unknown> },
  now: Date,
): Promise<void> {
  const kept = { issuer, claims: JSON.stringify(claims), at: now };
  await database
    .insertInto("test_sign_ins")
    .values({ user_id: userId, ...kept })
    .onConflict((conflict) => conflict.column("user_id").doUpdateSet(kept))
    .execute();
}

export interface TestSignIn {
  issuer: string;
  claims: Record<string, unknown>;
}

export async function readTestSignIn(database: Database, userId: number, now: Date): Promise<TestSignIn | null> {
  const row = await database
    .selectFrom("test_sign_ins")
    .select(["issuer", "claims"])
    .where("user_id", "=", userId)
    .where("at", ">", new Date(now.getTime() - keptSeconds * 1000))
    .executeTakeFirst();
  return row ?? null;
}

export async function forgetTestSignIns(database: Database, now: Date): Promise<void> {
  const before = new Date(now.getTime() - keptSeconds * 1000);
  await database.deleteFrom("test_sign_ins").where("at", "<=", before).execute();
}
