// Passwords: Argon2id, in the threads of the library, so that nobody else waits.

import { hash, verify } from "@node-rs/argon2";
import type { Database } from "../database/schema.ts";
import { comparedAddress, comparedEmail } from "../login/addresses.ts";

// The library's defaults are those that OWASP recommends: Argon2id with 19 MiB, two passes and one lane.
export function hashPassword(password: string): Promise<string> {
  return hash(password);
}

/** Made once: what a password is held against if nobody has it, so that the answer takes as long. */
let nobodys: Promise<string> | undefined;

/** Whose password this is, or `null`. It takes as long for an address that nobody has. */
export async function userWithPassword(database: Database, email: string, password: string): Promise<number | null> {
  const user = await database
    .selectFrom("users")
    .select(["id", "password_hash"])
    .where(comparedEmail, "=", comparedAddress(email))
    .where("password_hash", "is not", null)
    .executeTakeFirst();
  nobodys ??= hashPassword("nobody's password");
  const matches = await verify(user?.password_hash ?? (await nobodys), password);
  return user && matches ? user.id : null;
}
